import { expect, test } from './fixtures.ts'
import { gambling, identifier, innocent, writeFiles } from './mails.ts'

test.describe('a mail with an offer that a clause forbids', () => {
  test('a card leads to its marks, and a mark to its card', async ({ launch, folder }) => {
    const [path = ''] = await writeFiles(folder, { 'spins.eml': gambling })
    const { message, findings } = await launch({ paths: [path] })
    await message.rendered()
    const card = findings.card(/^(error|warning) C3\.9 /).first()
    await expect(card).toBeVisible()
    await expect(message.chosenMarks).toHaveCount(0)
    await card.getByRole('button').first().click()
    await expect(card).toHaveAttribute('aria-current', 'true')
    await expect(message.chosenMarks.first()).toBeInViewport()

    await card.getByRole('button').first().click()
    await expect(findings.chosen).toHaveCount(0)
    await message.marks.first().click()
    await expect(card).toHaveAttribute('aria-current', 'true')
    await expect(card).toContainText('How to fix')
  })

  test('F8 still works after a click in the mail', async ({ launch, folder }) => {
    const [path = ''] = await writeFiles(folder, { 'spins.eml': gambling })
    const { page, message, findings } = await launch({ paths: [path] })
    await message.rendered()
    await message.frame.locator('h1').click()
    await page.keyboard.press('F8')
    const cards = await findings.cards.count()
    await expect(findings.cards.first()).toHaveAttribute('aria-current', 'true')
    await page.keyboard.press('Shift+F8')
    await expect(findings.cards.nth(cards - 1)).toHaveAttribute('aria-current', 'true')
  })

  test('the subject is marked too, with the number of its card', async ({ launch, folder }) => {
    const [path = ''] = await writeFiles(folder, { 'spins.eml': gambling })
    const { message, findings } = await launch({ paths: [path] })
    const mark = message.region.locator('h2 mark').first()
    await mark.click()
    await expect(findings.chosen).toHaveAccessibleName(/ C3\.9 /)
    await expect(mark).toHaveClass(/is-chosen/)
  })

  test('explain and the clause pane open by key and say whose words they are', async ({ launch, folder }) => {
    const [path = ''] = await writeFiles(folder, { 'spins.eml': gambling })
    const { page, messages, message, findings, clause } = await launch({ paths: [path] })
    await message.rendered()
    await messages.list.focus()
    await page.keyboard.press('F8')
    await expect(findings.chosen).toHaveCount(1)
    await page.keyboard.press('e')
    await expect(findings.chosen.locator('.explain')).toBeVisible()
    await page.keyboard.press('c')
    await expect(clause).toContainText('Our summary, not the policy’s words.')
    await expect(clause).toContainText(/\d+ findings? in this message/)
  })
})

test('an identifier is masked wherever the finding is told', async ({ launch, folder }) => {
  const [path = ''] = await writeFiles(folder, { 'form.eml': identifier })
  const { page, message, findings } = await launch({ paths: [path] })
  await message.rendered()
  await findings
    .card(/^error P5\.c /)
    .getByRole('button')
    .first()
    .click()
  await expect(findings.chosen).toContainText('•')
  await expect(findings.region).not.toContainText('848-73')
  await expect(page.locator('[data-announcer]')).not.toContainText('848-73')
})

test('a message without a finding says that this is no permission', async ({ launch, folder }) => {
  const [path = ''] = await writeFiles(folder, { 'cups.eml': innocent })
  const { message, findings } = await launch({ paths: [path] })
  await message.rendered()
  await expect(findings.cards).toHaveCount(0)
  await expect(findings.region).toContainText(/no permission|No errors or warnings/)
})
