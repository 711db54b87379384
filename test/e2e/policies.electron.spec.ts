import { policyVersions, writePolicies } from '../support/policy-files.ts'
import { expect, test } from './fixtures.ts'
import { policiesPage } from './pages/policies.ts'

test('policies are imported by dialog, compared, and there again after a new start', async ({ launch, folder }) => {
  const files = await writePolicies(folder, { 'first.md': policyVersions.first, 'second.md': policyVersions.second })
  const { page, nav, chooseFiles, startAgain } = await launch()
  const policies = policiesPage(page)
  await page.keyboard.press('Control+4')
  await chooseFiles(files, () => policies.importButton.click())
  await policies.preview.getByRole('button', { name: 'Store 2 versions' }).click()
  await expect(policies.versions.getByRole('option')).toHaveCount(2)
  await policies.detail.getByRole('button', { name: 'Redline with 2023-01-10' }).click()
  await expect(policies.changes).toHaveCount(4)
  await page.keyboard.press('F8')
  await expect(policies.changes.first()).toBeFocused()
  await expect(nav('Clauses')).toHaveAttribute('aria-current', 'page')
  const again = await startAgain()
  await again.nav('Clauses').click()
  await again.clauses.search.fill('"bought rented"')
  await expect(policiesPage(again.page).hits.locator('mark').first()).toHaveText('bought, rented')
})
