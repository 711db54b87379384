import { availableParallelism } from 'node:os'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [vue()],
  test: {
    include: ['test/{unit,contract,rules,security,cli}/**/*.test.ts'],
    environment: 'node',
    testTimeout: 20_000,
    // Vitest leaves a core to the developer; most tests wait for programs they started.
    maxWorkers: availableParallelism(),
    // No test leaves anything behind in the modules it loads: loading them anew for each file takes a third of the time.
    isolate: false,
    setupFiles: [],
  },
})
