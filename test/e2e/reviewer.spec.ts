import { expect, test } from './fixtures.ts'
import { gambling, innocent, mail, writeFiles } from './mails.ts'
import { peoplePage } from './pages/people.ts'

/** Users' stories: what people do with a review, from the first decision to what was signed. */

test.describe('the reviewer’s day', () => {
  test('decides by keys, is asked for a name once, undoes, and signs off without a mouse', async ({
    launch,
    folder,
  }) => {
    const paths = await writeFiles(folder, { 'spins.eml': gambling, 'cups.eml': innocent })
    const { page, messages, message, findings } = await launch({ paths })
    const people = peoplePage(page)
    await messages.option(/free spins/).click()
    await message.rendered()
    await page.keyboard.press('F8')
    await expect(findings.chosen).toHaveCount(1)
    await page.keyboard.press('1')
    await people.sayName('Mara Ellison')
    await expect(people.decisions('Confirmed')).toHaveCount(1)

    // The next open one is chosen; its reason is asked for, and given.
    await page.keyboard.press('3')
    await people.form.getByRole('textbox', { name: 'Reason' }).fill('The client holds a licence.')
    await page.keyboard.press('Enter')
    await expect(people.decisions('Accepted risk')).toHaveCount(1)
    await page.keyboard.press('Control+z')
    await expect(people.decisions('Accepted risk')).toHaveCount(0)

    // Whatever is left open is decided with the same reason, by its digit.
    for (let left = await openCards(); left > 0; left = await openCards()) {
      await page.keyboard.press('Alt+F8')
      await page.keyboard.press('F8')
      const before = await findings.region.locator('.finding.is-decided').count()
      await page.keyboard.press('2')
      const reason = people.form.getByRole('textbox', { name: 'Reason' })
      await reason.fill('Only an example.')
      await page.keyboard.press('Enter')
      await expect.poll(() => findings.region.locator('.finding.is-decided').count()).not.toBe(before)
      if (left < 0) break
    }

    await page.keyboard.press('Control+Enter')
    const dialog = people.dialog('Sign off')
    await expect(dialog).toBeVisible()
    for (const box of await dialog.getByRole('checkbox').all()) await box.check()
    await dialog.getByRole('button', { name: /^Sign off: reviewed/ }).click()
    const signed = people.dialog('What was signed')
    await expect(signed.locator('iframe').contentFrame().getByText('Mara Ellison').first()).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(people.outcome).toContainText('Signed off')

    function openCards(): Promise<number> {
      return findings.cards.and(page.locator('.is-error:not(.is-decided), .is-warning:not(.is-decided)')).count()
    }
  })

  test('the whole of it: three problems, a question, the corrected file compared and signed; the lawyer reads under which text', async ({
    launch,
    folder,
  }) => {
    const [path = ''] = await writeFiles(folder, { 'spring/spins.eml': gambling })
    const { page, message, messages, findings, nav, chooseFiles } = await launch({ paths: [path] })
    const people = peoplePage(page)
    const openAgain = async () => {
      await page.getByRole('button', { name: 'Close campaign' }).click()
      await chooseFiles([path], () => page.keyboard.press('Control+o'))
      await messages.options.first().click()
      await message.rendered()
    }
    await message.rendered()
    // The first is confirmed, of the second it is asked, the third nobody but the reviewer sees.
    await page.keyboard.press('F8')
    await page.keyboard.press('1')
    await people.sayName('Mara Ellison')
    await expect(people.decisions('Confirmed')).toHaveCount(1)
    await page.keyboard.press('4')
    await people.form.getByRole('textbox', { name: 'Who is asked' }).fill('Legal')
    await people.form.getByRole('textbox', { name: 'Question' }).fill('Is there a licence?')
    await page.keyboard.press('Enter')
    await expect(people.decisions('Asked')).toHaveCount(1)
    await page.keyboard.press('m')
    await people.form.getByRole('textbox', { name: 'Comment' }).fill('See the mail of Monday.')
    await page.keyboard.press('Enter')
    await expect(findings.region.getByText('See the mail of Monday.')).toBeVisible()
    await message.frame.locator('h1').selectText()
    await page.keyboard.press('n')
    const own = people.dialog('Own finding')
    await expect(own.getByText('Tonight')).toBeVisible()
    await own.getByRole('combobox', { name: 'Severity' }).selectOption('error')
    await own.getByRole('textbox', { name: 'What is wrong' }).fill('Presses readers without saying when it ends.')
    await own.getByRole('button', { name: 'Add finding' }).click()
    await expect(findings.chosen).toContainText('Presses readers')
    await expect(message.chosenMarks.first()).toContainText('Tonight')
    await nav('Overview').click()
    await expect(people.overview).toContainText('Is there a licence?')
    await expect(people.overview).toContainText('Legal')
    await nav('Review').click()
    await people.outcome.getByRole('button', { name: 'Ask for changes' }).click()
    await expect(people.outcome).toContainText('Changes asked')

    // The corrected file comes home under its path.
    await writeFiles(folder, { 'spring/spins.eml': innocent })
    await openAgain()
    await people.outcome.getByRole('button', { name: 'Compare' }).click()
    const compare = people.dialog('Compare with an older text')
    await expect(compare.locator('ins').first()).toContainText('cups')
    await expect(compare.locator('del').first()).toContainText('spins')
    await expect(compare.getByText('fixed').first()).toBeVisible()
    await page.keyboard.press('Escape')
    const left = await findings.region.locator('.finding.is-error:not(.is-decided)').count()
    for (let one = 0; one < left; one += 1) {
      await page.keyboard.press('Alt+F8')
      await page.keyboard.press('2')
      await people.form.getByRole('textbox', { name: 'Reason' }).fill('Taken out.')
      await page.keyboard.press('Enter')
      await expect(people.decisions('False alarm')).toHaveCount(one + 1)
    }
    await page.keyboard.press('Control+Enter')
    const dialog = people.dialog('Sign off')
    await expect(dialog.getByRole('button', { name: /^Sign off: / })).toBeVisible()
    for (const box of await dialog.getByRole('checkbox').all()) await box.check()
    await dialog.getByRole('button', { name: /^Sign off: / }).click()
    await expect(people.dialog('What was signed')).toBeVisible()
    await page.keyboard.press('Escape')

    // A lawyer asks what was signed, and under which text.
    await nav('Overview').click()
    await people.overview.getByRole('region', { name: 'Signed off' }).getByRole('button').first().click()
    const signed = people.dialog('What was signed').locator('iframe').contentFrame().locator('body')
    await expect(signed).toContainText('Mara Ellison')
    await expect(signed).toContainText('klaviyo-aup 2021-09-24')
    await page.keyboard.press('Escape')
    await nav('Review').click()

    await writeFiles(folder, { 'spring/spins.eml': innocent.replace('the cups are back', 'the mugs are back') })
    await openAgain()
    await expect(people.outcome).toContainText('Not what was signed. Changed: message')
  })
})

test('what was decided in one message is offered in the next, and Enter keeps it', async ({ launch, folder }) => {
  const names = ['a.eml', 'b.eml']
  await writeFiles(folder, Object.fromEntries(names.map((name) => [`spring/${name}`, gambling])))
  const { page, messages, message, findings } = await launch({ paths: [`${folder}/spring`] })
  const people = peoplePage(page)
  await expect(messages.options).toHaveCount(2, { timeout: 60_000 })
  await messages.options.first().click()
  await message.rendered()
  await page.keyboard.press('F8')
  await page.keyboard.press('2')
  await people.form.getByRole('textbox', { name: 'Reason' }).fill('A game without money.')
  await page.keyboard.press('Enter')
  await people.sayName('Mara Ellison')
  await expect(people.decisions('False alarm')).toHaveCount(1)

  await messages.options.nth(1).click()
  await expect(people.decisions('decided before')).toHaveCount(1)
  await page.keyboard.press('F8')
  await expect(findings.chosen).toContainText('Decided before, in “Claim your 50 free spins')
  await findings.chosen.getByRole('button').first().focus()
  await page.keyboard.press('Enter')
  await expect(people.decisions('False alarm')).toHaveCount(1)
})

test.describe('the agency’s', () => {
  test('feedback holds what was confirmed and asked, nothing else, with identifiers masked', async ({
    launch,
    folder,
  }) => {
    const both = mail({
      subject: 'Free spins and your form',
      text: 'Claim your 50 free spins at our online casino. Social Security number 848-73-5210 is on file.',
    })
    const [path = ''] = await writeFiles(folder, { 'both.eml': both })
    const { page, message, messages, findings, chooseFiles } = await launch({ paths: [path] })
    const people = peoplePage(page)
    await message.rendered()
    await findings
      .card(/^error P5\.c /)
      .getByRole('button')
      .first()
      .click()
    await people.decide('Confirm').click()
    await people.sayName('Mara Ellison')
    await expect(people.decisions('Confirmed')).toHaveCount(1)

    await people.outcome.getByRole('button', { name: 'Feedback' }).click()
    const dialog = people.dialog('Feedback to the author')
    await dialog.getByText(/^Words of 1 card/).click()
    const words = dialog.getByRole('textbox')
    await words.fill('Please take the number out before Friday.')
    await words.blur()
    const preview = dialog.locator('iframe').contentFrame()
    await expect(preview.getByText('Please take the number out before Friday.')).toBeVisible()
    await expect(preview.locator('body')).toContainText('5210')
    await expect(preview.locator('body')).not.toContainText('848-73')
    await expect(preview.locator('ol.cards > li')).toHaveCount(1)
    await dialog.getByRole('button', { name: 'Close' }).last().click()

    // What was made of it comes back under another name: one key says of which it is a correction, and both stand side by side.
    const [corrected = ''] = await writeFiles(folder, {
      'both-v2.eml': both.replace('848-73-5210', 'your account number'),
    })
    await chooseFiles([corrected], () => page.keyboard.press('Control+o'))
    await expect(messages.options).toHaveCount(2)
    await messages.options.first().click()
    await message.rendered()
    await page.keyboard.press('Control+Alt+r')
    const revision = people.dialog('Add as revision of…')
    await expect(revision.getByRole('option').first()).toContainText(/same (file name|subject)/)
    await page.keyboard.press('Enter')
    const compare = people.dialog('Compare with an older text')
    await expect(compare.getByRole('region', { name: 'Older text' }).locator('del')).toContainText(['848-73-5210'])
    await expect(compare.getByRole('region', { name: 'Text now' }).locator('ins').first()).toContainText('your')
    await expect(compare.getByText('fixed').first()).toBeVisible()
  })

  test('the same finding in many messages is decided once, with one reason', async ({ launch, folder }) => {
    const names = ['a.eml', 'b.eml', 'c.eml']
    await writeFiles(folder, Object.fromEntries(names.map((name) => [`spring/${name}`, gambling])))
    const { page, message, messages } = await launch({ paths: [`${folder}/spring`] })
    const people = peoplePage(page)
    await expect(messages.options).toHaveCount(3)
    await message.rendered()
    await page.keyboard.press('Control+Shift+g')
    const cards = people.dialog('Findings of the campaign')
    const card = cards.getByRole('listitem').filter({ hasText: '3 of 3 open' }).first()
    const title = (await card.locator('.finding-title').textContent()) ?? ''
    await card.getByRole('button').first().click()
    await card.getByRole('button', { name: 'False alarm' }).click()
    await card.getByRole('textbox', { name: 'Reason' }).fill('A game without money.')
    await page.keyboard.press('Enter')
    await people.sayName('Mara Ellison')
    await cards.getByRole('checkbox', { name: 'Only open ones' }).uncheck()
    await expect(
      cards.getByRole('listitem').filter({ hasText: title }).filter({ hasText: '0 of 3 open' }).first(),
    ).toBeVisible()
  })
})

test.describe('workspaces', () => {
  test('are made, named and changed; each keeps what was done in it', async ({ launch, folder }) => {
    const [path = ''] = await writeFiles(folder, { 'spins.eml': gambling })
    const { page, message, nav } = await launch({ paths: [path] })
    const people = peoplePage(page)
    await message.rendered()
    await page.keyboard.press('F8')
    await page.keyboard.press('1')
    await people.sayName('Mara Ellison')
    await expect(people.decisions('Confirmed')).toHaveCount(1)

    await nav('Overview').click()
    await people.overview.getByRole('button', { name: 'New workspace' }).click()
    await people.dialog('New workspace').getByRole('textbox', { name: 'Name' }).fill('Acme')
    await page.keyboard.press('Enter')
    await expect(people.overview.getByRole('combobox', { name: 'Workspace' })).toContainText('Acme')
    await expect(people.overview).toContainText('Nobody has said who reviews.')
    await nav('Review').click()
    await expect(people.decisions('Confirmed')).toHaveCount(0)

    await nav('Overview').click()
    await people.overview.getByRole('combobox', { name: 'Workspace' }).selectOption({ label: 'Workspace' })
    await expect(people.overview).toContainText('Reviewer: Mara Ellison')
    await nav('Review').click()
    await expect(people.decisions('Confirmed')).toHaveCount(1)
  })
})
