import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { gambling, identifier, innocent, mail, writeFiles } from './mails.ts'
import { peoplePage } from './pages/people.ts'

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

test('what changes is read out, and everything that acts has a name: by the accessibility tree', async ({
  launch,
  folder,
}) => {
  const two = mail({
    subject: 'Claim your 50 free spins at our online casino tonight',
    text: 'Claim your 50 free spins at our online casino. Social Security number 848-73-5210 is on file.',
  })
  await writeFiles(folder, { 'spring/spins.eml': two, 'spring/cups.eml': innocent })
  const { page, message, messages, nav } = await launch({ paths: [`${folder}/spring`] })
  const people = peoplePage(page)
  const said = page.getByRole('log', { name: 'Announcements' })
  await expect(said).toContainText('spring is reviewed: 2 messages. 1 with errors.')
  await message.rendered()
  await messages.option(/New cups/).click()
  await message.rendered()
  await message.frame.locator('body').click()
  await page.keyboard.press('j')
  await expect(said).toContainText(/Claim your 50 free spins at our online casino tonight: \d+ errors?.*, 2 of 2/)
  await page.keyboard.press('F8')
  await expect(said).toContainText(/Finding 1 of \d+: Error/i)
  await page.keyboard.press('1')
  await people.sayName('Mara Ellison')
  // The next finding is told beside what was done, not in its place.
  await expect(said).toContainText(/Confirmed: .*Finding 2 of \d+/s)
  await page.keyboard.press('Control+z')
  await expect(said).toContainText('Undone')
  await messages.filter.fill('cups')
  await expect(said).toContainText('1 message shown')

  const tree = await accessibility(page)
  const log = tree.find(({ role, name }) => role === 'log' && name === 'Announcements')
  expect(log?.properties).toMatchObject({ live: 'polite' })
  expect(tree.filter(({ role, name }) => acting.has(role) && name === '')).toEqual([])
  for (const screen of ['Overview', 'Settings'] as const) {
    await nav(screen).click()
    await page.getByRole('region', { name: screen, exact: true }).waitFor()
    expect((await accessibility(page)).filter(({ role, name }) => acting.has(role) && name === '')).toEqual([])
  }
})

/** Roles of what a person can use, which says nothing without a name. */
const acting = new Set([
  'button',
  'checkbox',
  'combobox',
  'link',
  'listbox',
  'menuitem',
  'option',
  'radio',
  'searchbox',
  'separator',
  'slider',
  'switch',
  'tab',
  'tablist',
  'textbox',
])

interface AccessibleNode {
  readonly role: string
  readonly name: string
  readonly properties: Readonly<Record<string, unknown>>
}

/** What a screen reader is given, as the browser works it out. */
async function accessibility(page: Page): Promise<readonly AccessibleNode[]> {
  const session = await page.context().newCDPSession(page)
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  await session.detach()
  return nodes
    .filter(({ ignored }) => !ignored)
    .map(({ role, name, properties }) => ({
      role: String(role?.value ?? ''),
      name: String(name?.value ?? '').trim(),
      properties: Object.fromEntries((properties ?? []).map((one) => [one.name, one.value.value as unknown])),
    }))
}
