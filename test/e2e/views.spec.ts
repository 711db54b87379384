import type { Locator } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { gambling, identifier, mail, writeFiles } from './mails.ts'

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
