import { expect, test } from './fixtures.ts'
import { mail, writeFiles } from './mails.ts'

test('a person says what a column holds, by key, and the messages are judged again', async ({ launch, folder }) => {
  await writeFiles(folder, {
    'toys/campaign.yaml': 'schema: clausebench-campaign/1\nname: Toys\naudience: [people.csv]\n',
    'toys/people.csv': 'Email,Geb\nmara@reader.example,2019-05-01\njon@reader.example,1980-02-03\n',
    'toys/cups.eml': mail({ subject: 'New cups', text: 'The cups are back.' }),
  })
  const { page, message, findings } = await launch({ paths: [`${folder}/toys`] })
  await message.region.getByRole('tab', { name: 'Recipients', exact: true }).click()
  const meaning = message.region.getByRole('combobox', { name: 'What the column Geb holds' })
  await expect(meaning).toHaveValue('')
  await expect(findings.card(/P5\.d/)).toHaveCount(0)
  await meaning.focus()
  await page.keyboard.type('Birth')
  await page.keyboard.press('Enter')
  await expect(meaning).toHaveValue('birth_date')
  await expect(findings.card(/P5\.d/).first()).toBeVisible()
})
