import { expect, test } from './fixtures.ts'
import { gambling, writeFiles } from './mails.ts'

test('the tree shows the policy’s clauses, by keyboard too', async ({ launch }) => {
  const { page, nav, clauses } = await launch()
  await nav('Clauses').click()
  await expect(nav('Clauses')).toHaveAttribute('aria-current', 'page')
  for (const number of ['C1', 'C3', 'C3.9', 'C16', 'P5.c', 'P8']) await expect(clauses.item(number)).toHaveCount(1)
  await clauses.item('C3').click()
  await expect(clauses.item('C3')).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('ArrowDown')
  await expect(clauses.item('C3.1')).toBeFocused()
  await expect(clauses.page.getByRole('heading', { level: 1 })).toContainText('C3.1')
  await page.keyboard.press('ArrowLeft')
  await expect(clauses.item('C3')).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await expect(clauses.item('C3.1')).toHaveCount(0)
})

test('search keeps the clauses that have the words', async ({ launch }) => {
  const { nav, clauses } = await launch()
  await nav('Clauses').click()
  await clauses.search.fill('gambling')
  await expect(clauses.item('C3.9')).toBeVisible()
  await expect(clauses.item('C1')).toHaveCount(0)
  await clauses.search.fill('no clause has these')
  await expect(clauses.tree).toHaveCount(0)
})

test('from a finding to its clause, and from the clause’s page back to the message', async ({ launch, folder }) => {
  const [path = ''] = await writeFiles(folder, { 'spins.eml': gambling })
  const { page, messages, nav, clause, clauses, findings } = await launch({ paths: [path] })
  await findings
    .card(/ C3\.9 /)
    .first()
    .getByRole('button')
    .first()
    .click()
  await messages.list.focus()
  await page.keyboard.press('c')
  await clause.getByRole('button', { name: 'Open in Clauses' }).click()
  await expect(clauses.item('C3.9')).toHaveAttribute('aria-selected', 'true')
  await expect(clauses.page).toContainText('Our summary, not the policy’s words.')
  await expect(clauses.page).toContainText('industries/gambling-offer')
  await clauses.page.getByRole('button', { name: /^Claim your 50 free spins/ }).click()
  await expect(nav('Review')).toHaveAttribute('aria-current', 'page')
  await expect(messages.selected).toHaveAccessibleName(/^Claim your 50 free spins/)
})
