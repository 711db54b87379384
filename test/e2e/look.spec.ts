import { colourViolations, layoutViolations, violations } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { gambling, innocent, writeFiles } from './mails.ts'

/** As a browser zoomed to 200 % lays out: half the room. */
const zoomed = { width: 720, height: 450 } as const
const unzoomed = { width: 1440, height: 900 } as const

test('nothing for axe to say: every screen, four themes, 100 % and 200 %', async ({ launch, folder }, info) => {
  test.setTimeout(300_000)
  await writeFiles(folder, { 'spring/spins.eml': gambling, 'spring/cups.eml': innocent, 'spring/empty.eml': '' })
  const { page, messages, message, findings, clauses, nav, settings, dialog } = await launch({
    paths: [`${folder}/spring`],
  })
  await message.rendered()
  await messages.option(/^Claim your 50 free spins/).click()
  await message.rendered()
  await page.keyboard.press('F8')
  await expect(findings.chosen).toHaveCount(1)
  await page.keyboard.press('e')
  await messages.region.getByRole('button', { name: /could not be read/ }).click()

  const views: readonly (() => Promise<void>)[] = [
    async () => {
      await nav('Review').click()
      await message.tab('Rendered').click()
      await message.rendered()
    },
    async () => {
      await message.tab('Text').click()
      await expect(message.editor).toBeVisible()
    },
    async () => {
      await message.tab('Headers').click()
      await expect(message.region.getByRole('group', { name: 'Header fields' })).toBeVisible()
    },
    async () => {
      await message.tab('Recipients').click()
      await expect(page.getByRole('group', { name: 'Recipients' })).toBeVisible()
    },
    async () => {
      await message.tab('Schedule').click()
      await expect(page.getByRole('group', { name: 'Times of sending' })).toBeVisible()
    },
    async () => {
      await page.keyboard.press('Control+Shift+P')
      await expect(dialog).toBeVisible()
    },
    async () => {
      await page.keyboard.press('Escape')
      await nav('Clauses').click()
      await expect(clauses.item('C3.9')).toBeVisible()
    },
    async () => {
      await nav('Overview').click()
      await expect(nav('Overview')).toHaveAttribute('aria-current', 'page')
    },
    async () => {
      await nav('Settings').click()
      await expect(settings.search).toBeVisible()
    },
  ]
  const themes =
    info.project.name === 'electron'
      ? (['light'] as const)
      : (['light', 'dark', 'contrast-light', 'contrast-dark'] as const)
  for (const theme of themes) {
    await nav('Settings').click()
    await settings.choice('Theme').selectOption(theme)
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
    for (const size of [unzoomed, zoomed]) {
      await page.setViewportSize(size)
      // What a zoom changes is the layout, which is the same in every theme; both contrasts are of one make.
      if (size === zoomed && theme !== 'light') continue
      const violationsIn = size === zoomed ? layoutViolations : theme === 'light' ? violations : colourViolations
      const shown = theme === 'contrast-light' ? views.filter((_, at) => at % 3 === 0) : views
      for (const show of shown) {
        await show()
        expect({ theme, size, found: await violationsIn(page) }).toEqual({ theme, size, found: [] })
      }
    }
    await page.setViewportSize(unzoomed)
  }
})

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
  await page.getByRole('menuitemradio', { name: 'Dark', exact: true }).click()
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
