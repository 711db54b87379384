import { readFile } from 'node:fs/promises'
import type { Locator } from '@playwright/test'
import { pdfOf } from '../support/pdf.ts'
import { expect, test } from './fixtures.ts'
import { gambling, identifier, innocent, mail, writeFiles } from './mails.ts'

/** Text of the marks in an editor, its lines and pieces put together. Monaco draws spaces as U+00A0. */
async function markedText(editor: Locator): Promise<string> {
  const pieces = await editor.locator('.code-mark').allTextContents()
  return pieces.join('').replaceAll('\u00a0', ' ')
}

test('Text and Source mark exactly the characters found', async ({ launch, folder }) => {
  const [path = ''] = await writeFiles(folder, { 'form.eml': identifier })
  const { message } = await launch({ paths: [path] })
  await message.tab('Text').click()
  await expect(message.editor).toBeVisible()
  await expect.poll(() => markedText(message.editor)).toContain('848-73-5210')
  await message.tab('Source').click()
  await expect(message.editor).toBeVisible()
  await expect(message.editor).toContainText('Message-ID:')
  await expect.poll(() => markedText(message.editor)).toContain('848-73-5210')
})

test('a click on a mark in the editor chooses its card, and a card its mark', async ({ launch, folder }) => {
  const [path = ''] = await writeFiles(folder, { 'form.eml': identifier })
  const { page, message, findings } = await launch({ paths: [path] })
  await message.tab('Text').click()
  await message.editor.locator('.code-mark').first().click()
  await expect(findings.chosen).toHaveAccessibleName(/^error P5\.c /)
  await expect(message.editor.locator('.code-mark.is-chosen').first()).toBeVisible()
  await page.keyboard.press('F8')
  await expect(findings.chosen).toHaveCount(1)
})

test('[ and ] go through the views', async ({ launch, folder }) => {
  const [path = ''] = await writeFiles(folder, { 'spins.eml': gambling })
  const { page, message, messages } = await launch({ paths: [path] })
  await message.rendered()
  await messages.list.focus()
  const selected = message.region.getByRole('tab', { selected: true })
  await page.keyboard.press(']')
  await expect(selected).toHaveText('Text')
  await page.keyboard.press(']')
  await expect(selected).toHaveText('Source')
  await page.keyboard.press('[')
  await page.keyboard.press('[')
  await expect(selected).toHaveText('Rendered')
})

test('the card far down in a long mail brings its mark into view in each of the views', async ({ launch, folder }) => {
  const [path = ''] = await writeFiles(folder, { 'spins.eml': gambling })
  const { page, message, messages } = await launch({ paths: [path] })
  await message.rendered()
  await messages.list.focus()
  await page.keyboard.press('F8')
  await expect(message.chosenMarks.first()).toBeInViewport()
  await page.keyboard.press(']')
  await expect(message.editor.locator('.code-mark.is-chosen').first()).toBeInViewport()
  await page.keyboard.press(']')
  await expect(message.editor.locator('.code-mark.is-chosen').first()).toBeInViewport()
})

test('characters that would hide or turn the text are shown', async ({ launch, folder }) => {
  const subject = 'Your invoice\u202efdp.exe and P\u0430yPal'
  const spoof = mail({ subject, text: `Pay\u200bPal wrote to you.\r\nSign in at p\u0430ypal.example.` })
  const [path = ''] = await writeFiles(folder, { 'spoof.eml': spoof })
  const { message, messages } = await launch({ paths: [path] })
  await expect(message.region.getByRole('heading', { level: 2 })).toContainText('U+202E')
  await expect(messages.options.first()).toContainText('U+202E')
  await message.tab('Text').click()
  await expect(message.editor.locator('.unicode-highlight').first()).toBeVisible()
})

test('Headers shows each field decoded and as written, and Files what is attached', async ({ launch, folder }) => {
  const source = [
    'From: =?utf-8?b?0JBjbWU=?= <news@acme.example>',
    'Return-Path: <bounces@mailer.example>',
    'Authentication-Results: mx.reader.example; dmarc=fail header.from=acme.example',
    'Subject: =?utf-8?q?Caf=C3=A9_news?=',
    'List-Unsubscribe: <https://acme.example/leave>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'The cups are back.',
    '--b',
    'Content-Type: application/pdf; name=menu.pdf.exe',
    'Content-Disposition: attachment; filename=menu.pdf.exe',
    '',
    'MZ no real program',
    '--b--',
    '',
  ].join('\r\n')
  await writeFiles(folder, { 'spring/cups.eml': source })
  const { message, findings } = await launch({ paths: [`${folder}/spring`] })
  await message.tab('Headers').click()
  const row = (name: string) => message.region.getByRole('row', { name })
  await expect(row('Subject')).toContainText('Café news')
  await expect(row('Subject')).toContainText('=?utf-8?q?Caf=C3=A9_news?=')
  const identity = message.region.getByRole('table', { name: 'Who the message says it is from' })
  await expect(identity.getByRole('row', { name: 'From' }).first()).toContainText('Mixes scripts in a word')
  await expect(identity.getByRole('row', { name: 'Return-Path' })).toContainText('Other domain than From')
  await expect(identity.getByRole('row', { name: 'Authentication-Results' })).toContainText('DMARC: fail')
  await expect(row('List-Unsubscribe')).toContainText('<https://acme.example/leave>')
  await message.tab('Files').click()
  await expect(row('menu.pdf.exe')).toContainText('application/pdf')
  await expect(row('menu.pdf.exe')).toContainText('18 bytes')
  await findings
    .card(/^error P6 /)
    .first()
    .getByRole('button')
    .first()
    .click()
  await expect(message.region.locator('mark.is-chosen')).toHaveCount(1)
})

test('the rendered message can be laid out as on a phone, by key too', async ({ launch, folder }) => {
  await writeFiles(folder, { 'spring/spins.eml': gambling })
  const { page, message, messages } = await launch({ paths: [`${folder}/spring`] })
  await message.rendered()
  const width = async () => (await message.frameElement.boundingBox())?.width ?? 0
  const wide = await width()
  await messages.list.focus()
  await page.keyboard.press('w')
  await expect(message.region.getByRole('button', { name: 'Phone width' })).toHaveAttribute('aria-pressed', 'true')
  expect(await width()).toBeLessThanOrEqual(390)
  await message.region.getByRole('button', { name: 'Desktop width' }).click()
  expect(await width()).toBe(wide)
})

test('rows are masked until a person asks; those to drop leave as a table; pages and earlier messages are told apart', async ({
  launch,
  folder,
}) => {
  const letter = await pdfOf(({ document, write, font }) => {
    write('Our letter of the season', 300)
    document.addPage([400, 400]).drawText('and its other page', { x: 50, y: 300, size: 12, font })
  })
  await writeFiles(folder, {
    'toys/campaign.yaml':
      'schema: clausebench-campaign/1\nname: Toys\naudience: [people.csv]\nhistory: [../autumn]\nmessages:\n  - { file: cups.eml }\n  - { file: letter.pdf }\n',
    'toys/people.csv':
      'Email,Birth date\nmara@reader.example,2019-05-01\njon@reader.example,1980-02-03\nida@reader.example,2020-06-01\n',
    'toys/cups.eml': innocent,
    'toys/letter.pdf': letter,
    'autumn/old.eml': innocent.replace('New cups in the shop', 'Old cups in the shop'),
  })
  const { page, messages, message, findings } = await launch({ paths: [`${folder}/toys`] })
  await messages.option(/New cups/).click()
  await message.tab('Recipients').click()
  const rows = message.region.getByRole('group', { name: 'Recipients' })
  await expect(rows.getByText('mara@reader.example')).toHaveCount(0)
  await rows.getByRole('button', { name: 'Show unmasked…' }).click()
  await page.getByRole('button', { name: 'Show them' }).click()
  await expect(rows.getByText('mara@reader.example').first()).toBeVisible()
  await expect(rows.getByText('2019-05-01').first()).toBeVisible()
  await expect(findings.region.getByText('mara@')).toHaveCount(0)
  await rows.getByRole('button', { name: 'Mask again' }).click()
  await expect(rows.getByText('mara@reader.example')).toHaveCount(0)

  await rows.getByRole('button', { name: 'Rows to drop…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Rows to drop' })
  await expect(dialog.getByRole('status')).toHaveText('3 rows before, 2 to drop, 1 after')
  const saved = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Save as CSV' }).click()
  const table = await readFile(await (await saved).path(), 'utf8')
  expect(table.replace('\ufeff', '').split('\r\n')).toEqual([
    'list,row,Email,clauses',
    expect.stringMatching(/^toys\/people\.csv,1,mara@reader\.example,.*klaviyo-aup:P5\.d$/),
    expect.stringMatching(/^toys\/people\.csv,3,ida@reader\.example,.*klaviyo-aup:P5\.d$/),
    '',
  ])

  await messages.option(/letter\.pdf|season/).click()
  await message.tab('Rendered').click()
  await expect(message.frame.getByRole('separator', { name: 'Page 2' })).toBeVisible()

  const earlier = messages.option(/Old cups/)
  await expect(earlier).toContainText('earlier')
  await expect(messages.campaigns.first()).toHaveAccessibleName(/2 messages/)
  await earlier.click()
  await expect(message.region).toContainText('earlier message, not judged')
  await expect(findings.region).toContainText('It is not judged itself.')
  await expect(page.getByRole('region', { name: 'Outcome', exact: true })).toHaveCount(0)
})

test('a draft is changed while its marks follow, and saved as a revision of its own', async ({ launch, folder }) => {
  const [path = ''] = await writeFiles(folder, {
    'offer.txt': 'Hello,\n\nclaim your 50 free spins at our online casino.\n',
  })
  const { page, message, messages } = await launch({ paths: [path] })
  await message.rendered()
  await page.keyboard.press('Control+Alt+e')
  const dialog = page.getByRole('dialog', { name: 'Change the draft' })
  const findings = dialog.getByRole('region', { name: 'Findings of the draft' })
  await expect(findings.getByRole('listitem')).not.toHaveCount(0)
  await expect(dialog.locator('.code-mark').first()).toBeVisible()
  const save = dialog.getByRole('button', { name: 'Save as a new revision' })
  await expect(save).toBeDisabled()
  await dialog.locator('.code-view[data-ready="true"]').click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type('One more line.')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('Hello, the cups are back.')
  await expect(dialog.locator('.code-mark.is-error')).toHaveCount(0)
  // What was typed goes back word by word, until nothing is left of it.
  for (let step = 0; step < 30; step += 1) await page.keyboard.press('Control+z')
  await expect(dialog.locator('.code-mark.is-error').first()).toBeVisible()
  await expect(save).toBeDisabled()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('Hello, the cups are back.')
  await expect(dialog.locator('.code-mark.is-error')).toHaveCount(0)
  await save.click()
  const compare = page.getByRole('dialog', { name: 'Compare with an older text' })
  await expect(compare.locator('del').first()).toContainText('spins')
  expect(await readFile(path, 'utf8')).toContain('free spins')
  await page.keyboard.press('Escape')
  await expect(messages.options).toHaveCount(2)
})
