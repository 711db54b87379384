import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from './fixtures.ts'
import { gambling, writeFiles } from './mails.ts'
import { peoplePage } from './pages/people.ts'
import { workbenchPage } from './pages/workbench.ts'

/** The program is ended three times in the middle of work: what it had acknowledged is there again. */
test('killed three times, it has kept every decision that it showed', async ({ runner, folder }) => {
  test.skip(!runner.available, runner.available ? '' : runner.reason)
  if (!runner.available) return
  const dataDir = await mkdtemp(join(tmpdir(), 'clausebench-killed-'))
  const [path = ''] = await writeFiles(folder, { 'spins.eml': gambling })
  const nobody = () => undefined
  const start = () => runner.start({ paths: [path], dataDir, theme: 'light', onConsole: nobody, onPageError: nobody })
  const comments: string[] = []
  for (let time = 1; time <= 3; time++) {
    const host = await start()
    const { page, findings, message, started } = workbenchPage(host.page)
    const people = peoplePage(page)
    await started()
    await message.rendered()
    await findings.cards.first().getByRole('button').first().click()
    for (const text of comments) await expect(findings.chosen.getByText(text)).toBeVisible()
    await page.keyboard.press('m')
    await people.form.getByRole('textbox', { name: 'Comment' }).fill(`said before end ${time}`)
    await page.keyboard.press('Enter')
    if (time === 1) await people.sayName('Mara Ellison')
    await expect(findings.chosen.getByText(`said before end ${time}`)).toBeVisible()
    comments.push(`said before end ${time}`)
    await host.kill()
  }
  const host = await start()
  const { findings, message, started } = workbenchPage(host.page)
  await started()
  await message.rendered()
  await findings.cards.first().getByRole('button').first().click()
  for (const text of comments) await expect(findings.chosen.getByText(text)).toBeVisible()
  await host.close()
  await rm(dataDir, { recursive: true, force: true, maxRetries: 3 })
})
