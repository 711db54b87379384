import { expect, test } from './fixtures.ts'
import { gambling, identifier, innocent, writeFiles } from './mails.ts'

const three = { 'spring/a-spins.eml': gambling, 'spring/b-form.eml': identifier, 'spring/c-cups.eml': innocent }

test('the empty workbench offers the sample campaign, which opens with its first message chosen', async ({
  launch,
}) => {
  const { page, messages, message, status } = await launch()
  await page.getByRole('button', { name: 'Open the sample campaign' }).click()
  await expect(messages.options).not.toHaveCount(0)
  await expect(messages.campaigns).toHaveCount(1)
  await expect(messages.selected).toHaveCount(1)
  await message.rendered()
  await expect(status).toContainText('klaviyo-aup 2021-09-24')
  await expect(status).toContainText(/reviewed (\d+)\/\1 in \d+\.\d s/)
  await expect(status).toContainText('nothing leaves this computer')
})

test('paths of the command line open alone, and the list says where each message stands', async ({
  launch,
  folder,
}) => {
  await writeFiles(folder, three)
  const { messages } = await launch({ paths: [`${folder}/spring`] })
  await expect(messages.options).toHaveCount(3)
  await expect(messages.option(/^Your tax form/)).toHaveAttribute('aria-posinset', '2')
  await expect(messages.option(/^Your tax form/)).toHaveAttribute('aria-setsize', '3')
  await expect(messages.option(/^Your tax form .*\berror/)).toBeVisible()
})

test('arrow keys and J K move the selection and the view with it', async ({ launch, folder }) => {
  await writeFiles(folder, three)
  const { page, messages, message } = await launch({ paths: [`${folder}/spring`] })
  const title = message.region.getByRole('heading', { level: 2 })
  await expect(messages.options).toHaveCount(3)
  await expect(title).toContainText('online casino')
  await messages.list.focus()
  await page.keyboard.press('ArrowDown')
  await expect(messages.selected).toHaveAccessibleName(/^Your tax form/)
  await expect(title).toHaveText('Your tax form')
  await page.keyboard.press('End')
  await expect(title).toHaveText('New cups in the shop')
  await page.keyboard.press('k')
  await expect(title).toHaveText('Your tax form')
  await page.keyboard.press('j')
  await expect(messages.selected).toHaveAccessibleName(/^New cups in the shop/)
  const active = await messages.list.getAttribute('aria-activedescendant')
  await expect(messages.selected).toHaveAttribute('id', active ?? '')
})

test('a campaign closes and opens by the arrow keys', async ({ launch, folder }) => {
  await writeFiles(folder, three)
  const { page, messages } = await launch({ paths: [`${folder}/spring`] })
  await expect(messages.options).toHaveCount(3)
  await messages.list.focus()
  await page.keyboard.press('ArrowLeft')
  await expect(messages.options).toHaveCount(0)
  await page.keyboard.press('ArrowRight')
  await expect(messages.options).toHaveCount(3)
  await expect(messages.selected).toHaveAccessibleName(/^Claim your 50 free spins/)
})

test('the filter takes words of subject, clause and verdict', async ({ launch, folder }) => {
  await writeFiles(folder, three)
  const { page, messages } = await launch({ paths: [`${folder}/spring`] })
  await expect(messages.options).toHaveCount(3)
  await messages.list.focus()
  await page.keyboard.press('/')
  await expect(messages.filter).toBeFocused()
  await page.keyboard.type('p5.c form')
  await expect(messages.options).toHaveCount(1)
  await expect(messages.option(/^Your tax form/)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(messages.options).toHaveCount(3)
})

test('single letters are text in a text field', async ({ launch, folder }) => {
  await writeFiles(folder, three)
  const { page, messages, message } = await launch({ paths: [`${folder}/spring`] })
  await messages.filter.focus()
  await page.keyboard.type('j]ec')
  await expect(messages.filter).toHaveValue('j]ec')
  await expect(message.tab('Rendered')).toHaveAttribute('aria-selected', 'true')
})

test('what is open is there again after a reload', async ({ launch, folder }) => {
  await writeFiles(folder, three)
  const { page, messages, started } = await launch({ paths: [`${folder}/spring`] })
  await expect(messages.options).toHaveCount(3)
  await page.reload()
  await started()
  await expect(messages.options).toHaveCount(3)
  await expect(messages.campaigns).toHaveCount(1)
})
