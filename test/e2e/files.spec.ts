import { expect, test } from './fixtures.ts'
import { gambling, identifier, innocent, writeFiles } from './mails.ts'

test('files chosen in the dialog open as a campaign', async ({ launch, folder }) => {
  const paths = await writeFiles(folder, { 'spins.eml': gambling, 'cups.eml': innocent })
  const { page, messages, chooseFiles } = await launch()
  await chooseFiles(paths, () => page.keyboard.press('Control+O'))
  await expect(messages.options).toHaveCount(2)
  await expect(messages.selected).toHaveCount(1)
})

test('files dropped on the window open as a campaign of their own', async ({ launch, folder }, info) => {
  test.skip(
    info.project.name === 'electron',
    'files made by a page have no path on disk; a real drop is tested in shell.electron.spec.ts',
  )
  await writeFiles(folder, { 'spring/cups.eml': innocent })
  const { page, messages } = await launch({ paths: [`${folder}/spring`] })
  await expect(messages.options).toHaveCount(1)
  await page.evaluate((source) => {
    const data = new DataTransfer()
    data.items.add(new File([source], 'dropped.eml', { type: 'message/rfc822' }))
    const fire = (type: string) =>
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }))
    fire('dragenter')
    fire('dragover')
    fire('drop')
  }, identifier)
  await expect(messages.campaigns).toHaveCount(2)
  await expect(messages.selected).toHaveAccessibleName(/^Your tax form/)
})

test('what could not be read is listed with path, code and what to do', async ({ launch, folder }) => {
  await writeFiles(folder, {
    'spring/cups.eml': innocent,
    'spring/empty.eml': '',
    'spring/logo.bin': new Uint8Array([0, 1, 2, 255]),
  })
  const { messages } = await launch({ paths: [`${folder}/spring`] })
  await messages.region.getByRole('button', { name: /1 file could not be read/ }).click()
  const list = messages.region.getByRole('list', { name: 'Files that were not wholly read' })
  await expect(list).toContainText('empty.eml')
  await expect(list.getByText('empty', { exact: true })).toBeVisible()
  await expect(list).toContainText('logo.bin')
})

test('a campaign can be closed', async ({ launch, folder }) => {
  await writeFiles(folder, { 'spring/cups.eml': innocent })
  const { page, messages } = await launch({ paths: [`${folder}/spring`] })
  await expect(messages.options).toHaveCount(1)
  await messages.region.getByRole('button', { name: 'Close campaign' }).click()
  await expect(page.getByRole('button', { name: 'Open the sample campaign' })).toBeVisible()
})
