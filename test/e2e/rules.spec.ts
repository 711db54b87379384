import { darkViolations, violations } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { gambling, innocent, mail, writeFiles } from './mails.ts'
import { peoplePage } from './pages/people.ts'
import { cupsRule, ruleEditorPage } from './pages/rule-editor.ts'

/** Rules that a house writes for itself, and what another version of the policy means for what was signed. */

test('a rule is written, tried over the open campaign, and kept; a shipped one is read and switched off', async ({
  launch,
  folder,
}) => {
  await writeFiles(folder, { 'spring/spins.eml': gambling, 'spring/cups.eml': innocent })
  const { page, nav } = await launch({ paths: [`${folder}/spring`] })
  const people = peoplePage(page)
  await nav('Policies and rules').click()
  await page.getByRole('tab', { name: 'Rules', exact: true }).click()
  const { list, search, drafts, rule, side, write } = ruleEditorPage(page)
  await expect(list.getByRole('option').first()).toBeVisible()

  await search.fill('gambling-offer')
  await list.focus()
  await page.keyboard.press('ArrowDown')
  await expect(rule.getByRole('heading', { level: 2 })).toHaveText('industries/gambling-offer')
  await expect(rule.locator('.rule-code[data-ready="true"]')).toContainText('gambling-offer')
  await rule.getByRole('button', { name: 'Switch off' }).click()
  await people.dialog('Switch off').getByRole('textbox', { name: 'Reason' }).fill('The client has a licence.')
  await page.keyboard.press('Enter')
  await people.sayName('Mara Ellison')
  await expect(rule).toContainText('Switched off: The client has a licence.')
  await rule.getByRole('button', { name: 'Switch on' }).click()
  await expect(rule).not.toContainText('Switched off')

  await page.getByRole('button', { name: 'New rule' }).click()
  await write(cupsRule)
  await expect(side.getByRole('list', { name: 'Examples' }).getByRole('listitem')).toHaveText([
    /violates 1\s+as expected/,
    /fine 1\s+as expected/,
  ])
  await expect(side.getByRole('status')).toHaveText(/hits? in 1 of 2 messages/)
  await expect(side).toContainText('gained')
  expect(await violations(page)).toEqual([])
  expect(await darkViolations(page)).toEqual([])

  // Looked at another rule meanwhile, nothing of it is lost.
  await search.fill('gambling-offer')
  await list.getByRole('option').first().click()
  await expect(rule.getByRole('heading', { level: 2 })).toHaveText('industries/gambling-offer')
  await drafts.getByRole('button', { name: 'own/cups' }).click()
  await expect(rule.getByRole('heading', { level: 2 })).toHaveText('New rule')
  await expect(side.getByRole('status')).toHaveText(/hits? in 1 of 2 messages/)
  await rule.locator('.view-line').first().click()

  await page.keyboard.press('Control+Home')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await page.keyboard.type('colo')
  await expect(side).toContainText(/rules\/[\w-]+\.yaml:3:3/)
  for (let at = 0; at < 4; at++) await page.keyboard.press('Backspace')
  await page.keyboard.type('chan')
  await page.keyboard.press('Control+Space')
  await expect(page.locator('.suggest-widget').getByText('channels').first()).toBeVisible()
  await page.keyboard.press('Escape')
  await write(cupsRule)
  await expect(side).toContainText('None: the text can be used.')
  await page.keyboard.press('Control+s')
  await expect(rule.getByRole('button', { name: 'Save' })).toBeDisabled()
  await expect(drafts).toHaveCount(0)
  await search.fill('own/')
  await expect(list.getByRole('option', { name: /^C8 own\/cups/ })).toHaveAttribute('aria-selected', 'true')
})

test('what another version means for what was signed: would now fail, cannot tell, confirmed, reviewed again', async ({
  launch,
  folder,
}) => {
  await writeFiles(folder, { 'spring/cups.eml': innocent, 'spring/pills.eml': pills })
  const { page, nav, clauses, messages, message, findings } = await launch({ paths: [`${folder}/spring`] })
  const people = peoplePage(page)
  await message.rendered()
  for (const subject of [/Pills/, /cups/]) {
    await messages.option(subject).click()
    await expect(message.region.getByRole('heading', { name: subject })).toBeVisible()
    await message.rendered()
    if (subject.source === 'Pills') {
      await expect(findings.card(/^error /)).toHaveCount(1)
      await page.keyboard.press('Alt+F8')
      await page.keyboard.press('1')
      await people.sayName('Mara Ellison')
      await expect(people.decisions('Confirmed')).toHaveCount(1)
    }
    await page.keyboard.press('Control+Enter')
    const dialog = people.dialog('Sign off')
    await dialog.waitFor()
    for (const box of await dialog.getByRole('checkbox').all()) await box.check()
    await dialog.getByRole('button', { name: /^Sign off: reviewed/ }).click()
    await people.dialog('What was signed').waitFor()
    await page.keyboard.press('Escape')
  }
  await nav('Policies and rules').click()
  await page.getByRole('tab', { name: 'Impact', exact: true }).click()
  const impact = page.getByRole('region', { name: 'Impact', exact: true })
  await expect(impact.getByRole('status').first()).toContainText('2 messages were signed under 2021-09-24.')
  await impact.getByRole('button', { name: 'Judge by 2026-08-11' }).click()
  await expect(impact.getByRole('button', { name: 'Judge by 2026-08-11' })).toHaveCount(0)
  expect(await violations(page)).toEqual([])
  expect(await darkViolations(page)).toEqual([])

  const unclear = impact.getByRole('list', { name: 'Cannot tell', exact: true })
  const clause = unclear.locator('> li').filter({ has: page.getByRole('heading', { name: /^C3\.8 / }) })
  await clause.getByText(/rules, not confirmed for this wording/).click()
  await expect(clause.getByRole('list', { name: /^Signed messages that touch C3\.8/ })).toContainText('Pills by post')
  await clause.getByRole('button', { name: /^Confirm all \d+ for C3\.8/ }).click()
  await people
    .dialog(/^Serves the clause/)
    .getByRole('button', { name: 'Confirm', exact: true })
    .click()
  await expect(impact.getByRole('heading', { name: /^Confirmed for this wording/ })).toBeVisible()
  await expect(impact).toContainText('Mara Ellison')

  await expect(clause).toHaveCount(0)
  await impact
    .getByRole('button', { name: /^Withdraw / })
    .first()
    .click()
  await clause.getByRole('button', { name: /^Review these 1 again/ }).click()
  await expect(nav('Review')).toHaveAttribute('aria-current', 'page')
  await expect(messages.campaigns.first()).toContainText('under-2026-08-11')
  await expect(page.getByRole('contentinfo')).toContainText('2026-08-11')

  // Closed, it is still told of where its clause is violated: by what the workspace keeps.
  await expect(messages.campaigns).toHaveCount(2)
  for (let open = 2; open > 0; open--) {
    await messages.region.getByRole('button', { name: 'Close campaign' }).first().click()
    await expect(messages.campaigns).toHaveCount(open - 1)
  }
  await nav('Clauses').click()
  await clauses.search.fill('C3.8')
  await clauses.item('C3.8').click()
  const kept = clauses.page.getByRole('region', { name: 'Kept in this workspace, not open now' })
  await expect(kept).toContainText(/1 error.*signed off by Mara Ellison/)
  await kept.getByText('As a table').click()
  await expect(kept.getByRole('rowheader', { name: '2026-03' })).toBeVisible()
  expect(await violations(page)).toEqual([])
  await kept.getByRole('button', { name: 'Pills by post' }).click()
  await expect(people.dialog('What was signed')).toBeVisible()
})

const pills = mail({
  subject: 'Pills by post',
  text: 'Buy viagra online without prescription.\r\n',
  html: '<p>Buy viagra online without prescription.</p>',
})
