import { colourViolations, violations } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { gambling, writeFiles } from './mails.ts'
import { peoplePage } from './pages/people.ts'

for (const [theme, violationsIn] of [
  ['light', violations],
  ['dark', colourViolations],
] as const) {
  test(`nothing for axe to say about deciding, signing and the overview, ${theme}`, async ({ launch, folder }) => {
    const [path = ''] = await writeFiles(folder, { 'spins.eml': gambling })
    const { page, message, nav } = await launch({ paths: [path], theme })
    const people = peoplePage(page)
    await message.rendered()
    await page.keyboard.press('F8')
    await page.keyboard.press('1')
    await expect(people.dialog('Who reviews?')).toBeVisible()
    expect(await violationsIn(page)).toEqual([])
    await people.sayName('Mara Ellison')
    await expect(people.decisions('Confirmed')).toHaveCount(1)
    await page.keyboard.press('F8')
    await page.keyboard.press('3')
    await expect(people.form).toBeVisible()
    expect(await violationsIn(page)).toEqual([])
    await page.keyboard.press('Escape')
    for (const [button, title] of [
      [people.signButton, 'Sign off'],
      [people.outcome.getByRole('button', { name: 'Feedback' }), 'Feedback to the author'],
    ] as const) {
      await button.click()
      await expect(people.dialog(title)).toBeVisible()
      expect(await violationsIn(page)).toEqual([])
      await page.keyboard.press('Escape')
    }
    await page.keyboard.press('n')
    await expect(people.dialog('Own finding')).toBeVisible()
    expect(await violationsIn(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+Shift+g')
    await expect(people.dialog('Findings of the campaign').getByRole('listitem').first()).toBeVisible()
    expect(await violationsIn(page)).toEqual([])
    await page.keyboard.press('Escape')
    await nav('Overview').click()
    await expect(people.overview.getByRole('table').first()).toBeVisible()
    expect(await violationsIn(page)).toEqual([])
  })
}
