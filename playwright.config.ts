import { defineConfig } from '@playwright/test'
import type { HostOption } from './test/e2e/fixtures.ts'

/** One suite over both hosts: the browser mode in Chromium, and the desktop window in a real Electron. */
export default defineConfig<HostOption>({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  // A window waits for its workers a third of the time: three keep two cores busy.
  workers: 3,
  fullyParallel: false,
  forbidOnly: process.env.CI === 'true',
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  projects: [
    // Ends of the server's process are tested a hundred times without a page.
    { name: 'chromium', testIgnore: ['**/*.electron.spec.ts', '**/killed.spec.ts'], use: { host: 'chromium' } },
    // What concerns the page alone is looked at in one host.
    {
      name: 'electron',
      testIgnore: [
        '**/look.spec.ts',
        '**/reviewer-look.spec.ts',
        '**/clauses.spec.ts',
        '**/findings.spec.ts',
        '**/rules.spec.ts',
        '**/views.spec.ts',
      ],
      use: { host: 'electron' },
    },
  ],
})
