import { violations } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { gambling, innocent, writeFiles } from './mails.ts'

for (const theme of ['light', 'dark'] as const) {
  test(`nothing for axe to say, ${theme}`, async ({ launch, folder }) => {
    await writeFiles(folder, { 'spring/spins.eml': gambling, 'spring/cups.eml': innocent, 'spring/empty.eml': '' })
    const { page, messages, message, findings, clauses, nav } = await launch({ paths: [`${folder}/spring`], theme })
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
    await message.rendered()
    await messages.list.focus()
    await messages.option(/^Claim your 50 free spins/).click()
    await page.keyboard.press('F8')
    await page.keyboard.press('c')
    await page.keyboard.press('e')
    await expect(findings.chosen).toHaveCount(1)
    await messages.region.getByRole('button', { name: /could not be read/ }).click()
    expect(await violations(page)).toEqual([])
    await message.tab('Text').click()
    await expect(message.editor).toBeVisible()
    expect(await violations(page)).toEqual([])
    await message.tab('Headers').click()
    await expect(message.region.getByRole('group', { name: 'Header fields' })).toBeVisible()
    expect(await violations(page)).toEqual([])
    await message.tab('Files').click()
    await expect(message.region).toContainText('Nothing is attached.')
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('F1')
    await expect(page.getByRole('dialog', { name: 'Keyboard map' })).toBeVisible()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Escape')
    await nav('Clauses').click()
    await expect(clauses.item('C3.9')).toBeVisible()
    expect(await violations(page)).toEqual([])
  })
}

test('nothing for axe to say about the empty workbench', async ({ launch }) => {
  const { page } = await launch()
  await expect(page.getByRole('button', { name: 'Open the sample campaign' })).toBeVisible()
  expect(await violations(page)).toEqual([])
})

test('the theme can be chosen, and is kept', async ({ launch }) => {
  const { page, started } = await launch({ theme: 'light' })
  const html = page.locator('html')
  await expect(html).toHaveAttribute('data-theme', 'light')
  await page.getByRole('button', { name: 'Theme' }).click()
  await page.getByRole('menuitemradio', { name: 'Dark' }).click()
  await expect(html).toHaveAttribute('data-theme', 'dark')
  await page.reload()
  await started()
  await expect(html).toHaveAttribute('data-theme', 'dark')
})

test('panes resize by keyboard, collapse, and keep their size', async ({ launch, folder }) => {
  const [path = ''] = await writeFiles(folder, { 'cups.eml': innocent })
  const { page, messages, started } = await launch({ paths: [path] })
  const width = async () => Math.round((await messages.region.boundingBox())?.width ?? 0)
  const before = await width()
  await page.getByRole('separator', { name: 'Resize messages' }).focus()
  const saved = page.evaluate(() =>
    new Promise((resolve) => document.addEventListener('clausebench:panes-saved', resolve, { once: true })).then(
      () => true,
    ),
  )
  await page.keyboard.press('ArrowRight')
  await expect.poll(width).toBeGreaterThan(before)
  const wider = await width()
  await saved
  await page.reload()
  await started()
  await expect.poll(async () => Math.abs((await width()) - wider)).toBeLessThanOrEqual(2)
  await page.keyboard.press('Control+b')
  await expect(messages.list).toBeHidden()
  await page.keyboard.press('Control+b')
  await expect(messages.list).toBeVisible()
})
