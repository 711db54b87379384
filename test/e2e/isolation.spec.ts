import { globSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from './fixtures.ts'
import { hostileMails, writeHostileMails } from '../support/hostile-mail.ts'
import { gambling, writeFiles } from './mails.ts'

test('a link shows its real target and opens only after a question with the whole address', async ({
  launch,
  folder,
}, info) => {
  const [path = ''] = await writeFiles(folder, { 'spins.eml': gambling })
  const { page, message, status, dialog, openedOutside } = await launch({ paths: [path] })
  await message.rendered()
  const link = message.frame.getByText('the lobby')
  await link.hover()
  await expect(status).toContainText('https://www.aldergames.example/lobby?who=mara')
  await link.click()
  await expect(dialog).toContainText('https://www.aldergames.example/lobby?who=mara')
  await expect(dialog).toContainText('www.aldergames.example')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog).toHaveCount(0)
  expect(await openedOutside()).toEqual([])
  if (info.project.name !== 'electron') return
  await link.click()
  await dialog.getByRole('button', { name: 'Open in browser' }).click()
  await expect.poll(openedOutside).toEqual(['https://www.aldergames.example/lobby?who=mara'])
  expect(page.url()).not.toContain('aldergames')
})

test('the frame is sandboxed without scripts', async ({ launch, folder }) => {
  const [path = ''] = await writeFiles(folder, { 'spins.eml': gambling })
  const { message } = await launch({ paths: [path] })
  await message.rendered()
  await expect(message.frameElement).toHaveAttribute('sandbox', 'allow-same-origin')
})

test('no hostile mail reaches out, runs, pops up or leads away', async ({ launch, canary, folder }) => {
  test.setTimeout(240_000)
  const mails = hostileMails(canary.origin)
  await writeHostileMails(`${folder}/hostile`, canary.origin)
  const { page, messages, message, dialog, openedOutside } = await launch({ paths: [`${folder}/hostile`] })
  const url = page.url()
  let popups = 0
  page.on('popup', () => (popups += 1))
  await expect(messages.list.locator('[role="option"]').last()).toBeVisible()
  await expect(messages.options.first()).toHaveAttribute('aria-setsize', String(mails.length))
  await messages.list.focus()
  await page.keyboard.press('Home')
  let shown = ''
  for (let visited = 0; visited < mails.length; visited += 1) {
    const chosen = (await messages.selected.getAttribute('id')) ?? ''
    await expect(message.frameElement).toHaveAttribute('data-loaded', '')
    await expect.poll(() => message.frame.locator('body').innerHTML(), { intervals: [20, 50, 100] }).not.toBe(shown)
    shown = await message.frame.locator('body').innerHTML()
    await message.frame.locator('body').click({ position: { x: 4, y: 4 }, force: true })
    for (const link of await message.frame.locator('[data-link]:visible').all()) {
      await link.click({ force: true })
      await dialog
        .getByRole('button', { name: /Cancel|Close/ })
        .last()
        .click()
      await expect(dialog).toHaveCount(0)
    }
    await messages.list.focus()
    await page.keyboard.press('ArrowDown')
    if (visited < mails.length - 1) await expect(messages.selected).not.toHaveAttribute('id', chosen)
  }
  expect(canary.requests()).toEqual([])
  expect(await page.evaluate(() => 'hostileMailRan' in window)).toBe(false)
  expect(page.url()).toBe(url)
  expect(popups).toBe(0)
  expect(await openedOutside()).toEqual([])
})

test('a real newsletter is rendered and marked, and no request leaves', async ({ launch, canary, folder }) => {
  const corpus = globSync('.cache/corpus/*/hard-ham-1', { cwd: join(import.meta.dirname, '../..') }).map((name) =>
    join(import.meta.dirname, '../..', name),
  )[0]
  test.skip(corpus === undefined && process.env.CI !== 'true', 'no corpus: npm run corpus:fetch brings it')
  if (corpus === undefined) throw new Error('CI fetches the corpus before the tests')
  const names = readdirSync(corpus)
    .filter((name) => name.endsWith('.txt'))
    .sort()
  const newsletter = names
    .map((name) => readFileSync(join(corpus, name)))
    .find((bytes) => bytes.includes('text/html') && bytes.includes('<img'))
  if (newsletter === undefined) throw new Error('no newsletter with pictures in the corpus')
  const [path = ''] = await writeFiles(folder, { 'newsletter.eml': newsletter })
  const { page, message } = await launch({ paths: [path] })
  await message.rendered()
  await expect(message.frame.locator('body')).not.toBeEmpty()
  await expect(message.region).toContainText(/remote images? blocked/)
  const loaded = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => name)
      .filter((name) => !name.startsWith(location.origin)),
  )
  expect(loaded).toEqual([])
  expect(canary.requests()).toEqual([])
})
