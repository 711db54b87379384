import { readFile } from 'node:fs/promises'
import { policyVersions, writePolicies } from '../support/policy-files.ts'
import { darkViolations, violations } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { gambling, writeFiles } from './mails.ts'
import { dropFiles } from './pages/drop.ts'
import { peoplePage } from './pages/people.ts'
import { policiesPage } from './pages/policies.ts'

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
  await clauses.page.getByRole('button', { name: 'industries/gambling-offer' }).click()
  await expect(page.getByRole('heading', { level: 2, name: 'industries/gambling-offer' })).toBeVisible()
  await nav('Clauses').click()
  await clauses.page.getByRole('button', { name: /^Claim your 50 free spins/ }).click()
  await expect(nav('Review')).toHaveAttribute('aria-current', 'page')
  await expect(messages.selected).toHaveAccessibleName(/^Claim your 50 free spins/)
})

test('a lawyer imports versions, puts a match right, searches, notes, watches, reads the redline and takes it along', async ({
  launch,
  folder,
}) => {
  const [mail = ''] = await writeFiles(folder, { 'spins.eml': gambling })
  const [first = '', second = '', third = '', login = ''] = await writePolicies(folder, {
    'first.md': policyVersions.first,
    'second.md': policyVersions.second,
    'third.md': policyVersions.third.replace(/^Last updated.*$/m, ''),
    'login.html': '<!doctype html><title>Log in</title><form>Name <input> Password <input></form>',
  })
  const { page, nav, clauses } = await launch({ paths: [mail] })
  const policies = policiesPage(page)
  const people = peoplePage(page)

  await nav('Policies and rules').click()
  await expect(policies.detail).toContainText('Import a policy to see its own words')
  expect(await violations(page)).toEqual([])
  await dropFiles(page, [first, second, third, login])
  await expect(policies.preview).toContainText('No policy was found in this file')
  await expect(policies.preview).toContainText('1 file says no date')
  const store = policies.preview.getByRole('button', { name: /^Store \d versions/ })
  await expect(store).toBeDisabled()
  await policies.preview.getByLabel('Date of third.md').fill('2025-05-28')
  expect(await violations(page)).toEqual([])
  // The same files as versions of the policy that a pack knows: now there is something to match.
  await policies.preview.getByRole('combobox', { name: 'Versions of' }).fill('klaviyo-aup')
  await policies.preview.getByRole('button', { name: 'Read again' }).click()
  const match = policies.preview.getByRole('combobox', { name: 'Clause that 1 is matched to' }).first()
  await match.selectOption('C3.9')
  await expect(match).toHaveValue('C3.9')
  await expect(policies.preview).toContainText('set by a person')
  expect(await violations(page)).toEqual([])
  expect(await darkViolations(page)).toEqual([])
  // Back to what the documents say.
  await policies.preview.getByRole('combobox', { name: 'Versions of' }).fill('')
  await policies.preview.getByRole('button', { name: 'Read again' }).click()
  await policies.preview.getByLabel('Date of third.md').fill('2025-05-28')
  await store.click()
  await expect(policies.versions.getByRole('option')).toHaveCount(3)
  await expect(policies.detail).toContainText('house-rules-for-senders')
  await expect(policies.detail).toContainText('SHA-256')
  expect(await violations(page)).toEqual([])

  // From the versions by keyboard, to the clauses of one.
  await policies.versions.getByRole('option').first().focus()
  await page.keyboard.press('ArrowDown')
  await expect(policies.versions.getByRole('option', { name: /^2024-03-04/ })).toBeFocused()
  await nav('Clauses').click()
  await expect(clauses.item('C3.9')).toHaveCount(1)
  await clauses.search.fill('lotter')
  const hit = policies.hits.getByRole('button', { name: /lotteries of any kind/ })
  await expect(hit.locator('mark')).toHaveText(['lotteries'])
  await clauses.search.fill('"left alone" NEAR((')
  await expect(policies.hits).toHaveCount(0)
  await clauses.search.fill('"left alone"')
  await policies.hits.getByRole('button', { name: /2025-05-28 and 1 more version/ }).click()
  await expect(clauses.page).toContainText('You must answer a request to be left alone within 14 days')
  await expect(clauses.page).toContainText('No rule serves this')
  await clauses.search.fill('')
  await expect(page.getByRole('treeitem', { name: /^Version 2025-05-28/ })).toHaveAttribute('aria-expanded', 'true')

  // Who introduced what, a note under a name, a watch, a link that opens again.
  await page.getByRole('button', { name: 'Who introduced these words' }).click()
  await expect(clauses.page).toContainText('“14”')
  await clauses.page.focus()
  await page.keyboard.press('n')
  await page.keyboard.type('Counsel: 14 days since the spring.')
  await page.keyboard.press('Control+Enter')
  await people.sayName('Mara Ellison')
  await expect(clauses.page.getByRole('listitem').filter({ hasText: 'Counsel: 14 days' })).toContainText('Mara Ellison')
  await clauses.page.focus()
  await page.keyboard.press('w')
  await expect(clauses.page.getByRole('button', { name: 'Watched' })).toHaveAttribute('aria-pressed', 'true')
  expect(await violations(page)).toEqual([])
  expect(await darkViolations(page)).toEqual([])
  const address = new URL(page.url())
  const ref = new URLSearchParams(address.hash.slice(1)).get('clause') ?? ''
  expect(ref).toMatch(/^house-rules-for-senders@2025-05-28:/)

  // Lineage and versions.
  await page.keyboard.press(']')
  await expect(policies.tab('History')).toHaveAttribute('aria-selected', 'true')
  await expect(policies.history.getByRole('img', { name: /The clause through 3 versions/ })).toBeVisible()
  await expect(policies.history).toContainText('3 reworded')
  expect(await violations(page)).toEqual([])
  expect(await darkViolations(page)).toEqual([])

  // The redline, by keyboard, in each of its forms.
  await page.keyboard.press(']')
  await policies.redline.getByRole('combobox', { name: 'From' }).selectOption('2023-01-10')
  await policies.redline.getByRole('combobox', { name: 'to', exact: true }).selectOption('2024-03-04')
  await expect(policies.changes).toHaveCount(4)
  await expect(policies.redline).toContainText('1 cosmetic change hidden')
  await policies.redline.focus()
  await page.keyboard.press('s')
  await expect(policies.changes).toHaveCount(5)
  await expect(policies.redline).toContainText('0 cosmetic changes hidden')
  await page.keyboard.press('s')
  await page.keyboard.press('F8')
  await page.keyboard.press('F8')
  await expect(policies.changes.nth(1)).toBeFocused()
  await expect(policies.changes.nth(1)).toContainText('30→14')
  await expect(policies.changes.nth(1).locator('del')).toHaveText('30')
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('v')
  await expect(policies.changes.nth(1)).toContainText('2023-01-10')
  expect(await violations(page)).toEqual([])
  expect(await darkViolations(page)).toEqual([])
  const saved = page.waitForEvent('download')
  await policies.redline.getByRole('button', { name: 'DOCX' }).click()
  expect((await saved).suggestedFilename()).toBe('house-rules-for-senders-2023-01-10-2024-03-04.docx')
  const asPage = page.waitForEvent('download')
  await policies.redline.getByRole('button', { name: 'HTML' }).click()
  expect(await readFile(await (await asPage).path(), 'utf8')).toContain('<del>30</del><ins>14</ins>')
  await policies.redline.focus()
  await page.keyboard.press('v')
  await expect(policies.redline.locator('.diff-view[data-ready="true"] .monaco-diff-editor')).toBeVisible()

  // The link, pasted where one searches, and the address after a reload.
  await clauses.item('C1').click()
  await policies.tab('Clause').click()
  await expect(clauses.page).toContainText('Our summary, not the policy’s words.')
  await clauses.search.fill(`clausebench:${ref}`)
  await expect(clauses.page).toContainText('Counsel: 14 days since the spring.')
  await expect(clauses.search).toHaveValue('')
  await page.reload()
  await nav('Clauses').click()
  await expect(clauses.page).toContainText('Counsel: 14 days since the spring.')
  await nav('Clauses').focus()
  await clauses.search.fill('C3.9')
  await clauses.item('C3.9').click()
  await expect(clauses.page.getByText('As a table')).toBeVisible()
  expect(await violations(page)).toEqual([])
})
