import { policyVersions, writePolicies } from '../support/policy-files.ts'
import { expect, test } from './fixtures.ts'
import { innocent, writeFiles } from './mails.ts'
import { peoplePage } from './pages/people.ts'
import { policiesPage } from './pages/policies.ts'
import { cupsRule, ruleEditorPage } from './pages/rule-editor.ts'

test('policies, a rule and an impact on the desktop: imported by dialog, compared, written, asked for, and there after a new start', async ({
  launch,
  folder,
}) => {
  const files = await writePolicies(folder, { 'first.md': policyVersions.first, 'second.md': policyVersions.second })
  const paths = await writeFiles(folder, { 'cups.eml': innocent })
  const { page, nav, message, messages, chooseFiles, startAgain } = await launch({ paths })
  const policies = policiesPage(page)
  const people = peoplePage(page)
  const rules = ruleEditorPage(page)

  await messages.option(/cups/).click()
  await message.rendered()
  await page.keyboard.press('Control+Enter')
  const dialog = people.dialog('Sign off')
  await dialog.waitFor()
  for (const box of await dialog.getByRole('checkbox').all()) await box.check()
  await dialog.getByRole('button', { name: /^Sign off: reviewed/ }).click()
  await people.sayName('Mara Ellison')
  await people.dialog('What was signed').waitFor()
  await page.keyboard.press('Escape')

  await page.keyboard.press('Control+4')
  await chooseFiles(files, () => policies.importButton.click())
  await policies.preview.getByRole('button', { name: 'Store 2 versions' }).click()
  await expect(policies.versions.getByRole('option')).toHaveCount(2)
  await policies.detail.getByRole('button', { name: 'Redline with 2023-01-10' }).click()
  await expect(policies.changes).toHaveCount(4)
  await page.keyboard.press('F8')
  await expect(policies.changes.first()).toBeFocused()
  await expect(nav('Clauses')).toHaveAttribute('aria-current', 'page')

  await page.keyboard.press('Control+4')
  await page.getByRole('tab', { name: 'Impact', exact: true }).click()
  const impact = page.getByRole('region', { name: 'Impact', exact: true })
  await expect(impact).toContainText('1 message was signed under 2021-09-24.')
  await impact.getByRole('button', { name: 'Judge by 2026-08-11' }).click()
  await expect(impact.getByRole('button', { name: 'Judge by 2026-08-11' })).toHaveCount(0)

  await page.getByRole('tab', { name: 'Rules', exact: true }).click()
  await page.getByRole('button', { name: 'New rule' }).click()
  await rules.write(cupsRule)
  await expect(rules.side).toContainText('None: the text can be used.')
  await expect(rules.side.getByRole('status')).toHaveText(/hits? in 1 of 1 messages/)
  await expect(rules.drafts).toContainText('own/cups')
  await expect(rules.drafts).toHaveAttribute('data-kept', 'true')

  const again = await startAgain()
  await again.nav('Clauses').click()
  await again.clauses.search.fill('"bought rented"')
  await expect(policiesPage(again.page).hits.locator('mark').first()).toHaveText('bought, rented')
  await again.page.keyboard.press('Control+4')
  await again.page.getByRole('tab', { name: 'Rules', exact: true }).click()
  const kept = ruleEditorPage(again.page)
  await kept.drafts.getByRole('button', { name: 'own/cups' }).click()
  await expect(kept.editor).toContainText('Speaks of cups')
  await kept.rule.getByRole('button', { name: 'Save' }).click()
  await kept.search.fill('own/')
  await expect(kept.list.getByRole('option', { name: /^C8 own\/cups/ })).toBeVisible()
})
