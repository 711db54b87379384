import { expect, test } from './fixtures.ts'
import { gambling, identifier, innocent, writeFiles } from './mails.ts'
import { dropFiles } from './pages/drop.ts'

test('files chosen in the dialog open as a campaign', async ({ launch, folder }) => {
  const paths = await writeFiles(folder, { 'spins.eml': gambling, 'cups.eml': innocent })
  const { page, messages, chooseFiles } = await launch()
  await chooseFiles(paths, () => page.keyboard.press('Control+O'))
  await expect(messages.options).toHaveCount(2)
  await expect(messages.selected).toHaveCount(1)
})

test('files dropped on the window open as a campaign of their own', async ({ launch, folder }) => {
  await writeFiles(folder, { 'spring/cups.eml': innocent })
  const [dropped = ''] = await writeFiles(folder, { 'dropped.eml': identifier })
  const { page, messages } = await launch({ paths: [`${folder}/spring`] })
  await expect(messages.options).toHaveCount(1)
  await dropFiles(page, [dropped])
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

test('where nothing could be read, the screen says so by itself', async ({ launch, folder }) => {
  const { messages, message } = await launch({ paths: [`${folder}/gone.eml`] })
  await expect(message.region).toContainText('No message could be read.')
  const list = messages.region.getByRole('list', { name: 'Files that were not wholly read' })
  await expect(list).toContainText('gone.eml')
  await expect(list).toContainText('There is no such file.')
})

test('several paths are one campaign, and what is missing does not keep the rest away', async ({ launch, folder }) => {
  const paths = await writeFiles(folder, { 'spins.eml': gambling, 'spring/cups.eml': innocent })
  const { messages, message } = await launch({ paths: [...paths, `${folder}/gone.eml`] })
  await expect(messages.options).toHaveCount(2)
  await expect(messages.campaigns).toHaveCount(1)
  await expect(messages.selected).toHaveAccessibleName(/^Claim your 50 free spins/)
  await message.rendered()
  await expect(messages.region.getByRole('button', { name: '1 file could not be read' })).toBeVisible()
})

test('what was opened before is offered by the empty workbench', async ({ launch }) => {
  // Files of a temporary folder of ours are not remembered, so the samples stand in.
  const { page, messages, message } = await launch({ paths: ['resources/samples/spring-launch'] })
  await message.rendered()
  await messages.region.getByRole('button', { name: 'Close campaign' }).click()
  await page
    .getByRole('region', { name: 'Opened before' })
    .getByRole('button', { name: /^spring-launch/ })
    .click()
  await expect(messages.selected).toHaveCount(1)
  await message.rendered()
})

test('cancelling keeps what was reviewed, and says where it stopped', async ({ launch, folder }) => {
  const many = Array.from({ length: 1500 }, (_, index) => [`many/${index}.eml`, gambling])
  await writeFiles(folder, Object.fromEntries(many) as Record<string, string>)
  const { messages, message, status } = await launch({ paths: [`${folder}/many`] })
  await expect(messages.options.first()).toBeVisible()
  await messages.region.getByRole('button', { name: 'Cancel' }).click()
  await expect(status).toContainText(/stopped after [\d,]+\/[\d,]+/)
  await expect(messages.selected).toHaveCount(1)
  await message.rendered()
  const [done = '', total = ''] = /stopped after ([\d,]+)\/([\d,]+)/.exec(await status.innerText())?.slice(1) ?? []
  expect(Number(done.replace(',', ''))).toBeLessThan(Number(total.replace(',', '')))
  await expect(messages.options.first()).toHaveAttribute('aria-setsize', done.replace(',', ''))
})
