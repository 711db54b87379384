import { defineConfig } from 'vitest/config'

/** The tests that mutants are tried on: those of the rule engine, without those that measure time or load the shipped packs. */
export default defineConfig({
  test: {
    include: ['test/unit/rules/**/*.test.ts'],
    exclude: ['test/unit/rules/release-files.test.ts', 'test/unit/rules/ready-rules.test.ts', '**/node_modules/**'],
    environment: 'node',
    testTimeout: 20_000,
  },
})
