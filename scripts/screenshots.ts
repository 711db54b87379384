import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { chromiumHost } from '../test/e2e/hosts/chromium.ts'
import { peoplePage } from '../test/e2e/pages/people.ts'
import { workbenchPage, type WorkbenchPage } from '../test/e2e/pages/workbench.ts'

/** `npm run screenshots`: every screen with the sample campaign, in two sizes, light and dark, as `docs/images` has them. */
const root = join(import.meta.dirname, '..')
const images = join(root, 'docs', 'images')
/** A message of the samples that shows a finding in subject and body. */
const subject = /^Game night/
const sizes = [
  { name: '', width: 1440, height: 900 },
  { name: '-small', width: 1024, height: 700 },
] as const

/** Each leads to its screen from the one before. */
function screens(page: Page, workbench: WorkbenchPage): readonly (readonly [string, () => Promise<void>])[] {
  const { message, findings, clause, clauses, nav, settings } = workbench
  const people = peoplePage(page)
  return [
    [
      'review',
      async () => {
        await nav('Review').click()
        await message.rendered()
        await findings.chosen.waitFor()
        await clause.getByRole('button', { name: 'Open in Clauses' }).waitFor()
      },
    ],
    [
      'feedback',
      async () => {
        await page.keyboard.press('Control+Shift+f')
        await people.dialog('Feedback to the author').locator('iframe').contentFrame().locator('h1').first().waitFor()
      },
    ],
    [
      'sign-off',
      async () => {
        await page.keyboard.press('Escape')
        await people.dialog('Feedback to the author').waitFor({ state: 'hidden' })
        await page.keyboard.press('Control+Enter')
        await people.dialog('Sign off').waitFor()
      },
    ],
    [
      'clauses',
      async () => {
        await page.keyboard.press('Escape')
        await people.dialog('Sign off').waitFor({ state: 'hidden' })
        await nav('Clauses').click()
        await clauses.item('C3.9').click()
        await clauses.page.getByRole('heading', { level: 1 }).waitFor()
      },
    ],
    [
      'policies',
      async () => {
        await page
          .getByRole('navigation', { name: 'Main' })
          .getByRole('button', { name: 'Policies and rules', exact: true })
          .click()
        await page.locator('main :is(h1, h2):visible').first().waitFor()
      },
    ],
    [
      'overview',
      async () => {
        await nav('Overview').click()
        await people.overview.getByRole('table').first().waitFor()
      },
    ],
    [
      'settings',
      async () => {
        await nav('Settings').click()
        await settings.search.waitFor()
      },
    ],
  ]
}

const host = chromiumHost()
if (!host.available) throw new Error(host.reason)
await mkdir(images, { recursive: true })
for (const theme of ['light', 'dark'] as const) {
  const dataDir = await mkdtemp(join(tmpdir(), 'clausebench-shot-'))
  const running = await host.start({
    paths: [join(root, 'resources', 'samples', 'spring-launch')],
    dataDir,
    theme,
    onConsole: (message) => console.error(message.text()),
    onPageError: (error) => console.error(error.message),
  })
  const { page } = running
  const workbench = workbenchPage(page)
  const people = peoplePage(page)
  await workbench.started()
  await workbench.messages.option(subject).click()
  await workbench.message.rendered()
  await page.keyboard.press('F8')
  await page.keyboard.press('1')
  await people.sayName('Mara Ellison')
  await people.decisions('Confirmed').first().waitFor()
  await page.keyboard.press('c')
  for (const [name, show] of screens(page, workbench)) {
    await show()
    for (const size of sizes) {
      await page.setViewportSize(size)
      await page.screenshot({ path: join(images, `${name}${size.name}-${theme}.png`) })
    }
    await page.setViewportSize(sizes[0])
  }
  await running.close()
  await rm(dataDir, { recursive: true, force: true })
}
await host.close()
