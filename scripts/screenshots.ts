import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromiumHost } from '../test/e2e/hosts/chromium.ts'
import { workbenchPage } from '../test/e2e/pages/workbench.ts'

/** `npm run screenshots`: the review of the sample campaign as the README shows it, light and dark. */
const root = join(import.meta.dirname, '..')
const images = join(root, 'docs', 'images')
/** A message of the samples that shows a finding in subject and body. */
const subject = /^Game night/

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
  const workbench = workbenchPage(running.page)
  await workbench.started()
  await workbench.messages.option(subject).click()
  await workbench.message.frame.getByRole('heading').first().waitFor()
  await running.page.keyboard.press('F8')
  await running.page.keyboard.press('c')
  await workbench.findings.chosen.waitFor()
  await workbench.clause.getByRole('button', { name: 'Open in Clauses' }).waitFor()
  await running.page.screenshot({ path: join(images, `review-${theme}.png`) })
  await running.close()
  await rm(dataDir, { recursive: true, force: true })
}
await host.close()
