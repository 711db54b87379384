import type { Page } from '@playwright/test'
import { violations } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { gambling, innocent, mail, writeFiles } from './mails.ts'
import { peoplePage } from './pages/people.ts'

/** Rules that a house writes for itself, and what another version of the policy means for what was signed. */

const cups = `- id: own/cups
  clauses: [C8]
  title: Speaks of cups
  severity: warning
  check:
    kind: phrases
    any: ["cups"]
  message: "“{match}” is told apart by {clause}."
  examples:
    violates: ["Look at our {{cups}}"]
    fine: ["Look at our plates"]
`

test('a rule is written, tried over the open campaign, and kept; a shipped one is read and switched off', async ({
  launch,
  folder,
}) => {
  await writeFiles(folder, { 'spring/spins.eml': gambling, 'spring/cups.eml': innocent })
  const { page, nav } = await launch({ paths: [`${folder}/spring`] })
  const people = peoplePage(page)
  await nav('Policies and rules').click()
  await page.getByRole('tab', { name: 'Rules', exact: true }).click()
  const list = page.getByRole('listbox', { name: 'Rules', exact: true })
  await expect(list.getByRole('option').first()).toBeVisible()

  await page.getByRole('searchbox', { name: 'Search rules' }).fill('gambling-offer')
  await list.focus()
  await page.keyboard.press('ArrowDown')
  const rule = page.getByRole('region', { name: 'Rule', exact: true })
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
  const editor = rule.locator('.rule-code[data-ready="true"]')
  await editor.click()
  await page.keyboard.press('Control+a')
  await paste(page, cups)
  const side = page.getByRole('region', { name: 'Problems, examples and hits' })
  await expect(side.getByRole('list', { name: 'Examples' }).getByRole('listitem')).toHaveText([
    /violates 1\s+as expected/,
    /fine 1\s+as expected/,
  ])
  await expect(side.getByRole('status')).toHaveText(/hits in 1 of 2 messages/)
  await expect(side).toContainText('gained')
  expect(await violations(page)).toEqual([])

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
  await page.keyboard.press('Control+a')
  await paste(page, cups)
  await expect(side).toContainText('None: the text can be used.')
  await page.keyboard.press('Control+s')
  await expect(rule.getByRole('button', { name: 'Save' })).toBeDisabled()
  await page.getByRole('searchbox', { name: 'Search rules' }).fill('own/')
  await expect(list.getByRole('option', { name: /^C8 own\/cups/ })).toHaveAttribute('aria-selected', 'true')
})

test('what another version means for what was signed: would now fail, cannot tell, confirmed, reviewed again', async ({
  launch,
  folder,
}) => {
  await writeFiles(folder, { 'spring/cups.eml': innocent, 'spring/pills.eml': pills })
  const { page, nav, messages, message, findings } = await launch({ paths: [`${folder}/spring`] })
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
})

/** As from the clipboard: what is typed would be indented by the editor. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((words) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', words)
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    )
  }, text)
}

const pills = mail({
  subject: 'Pills by post',
  text: 'Buy viagra online without prescription.\r\n',
  html: '<p>Buy viagra online without prescription.</p>',
})
