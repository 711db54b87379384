import { expect, test } from './fixtures.ts'
import { gambling, identifier, innocent, writeFiles } from './mails.ts'

/** Users' stories of getting around: one start each, many steps. */

const three = { 'spring/a-spins.eml': gambling, 'spring/b-form.eml': identifier, 'spring/c-cups.eml': innocent }

test('palette, quick open, filter, groups and marks: to any message by keyboard alone', async ({ launch, folder }) => {
  await writeFiles(folder, three)
  const { page, pick, messages, message, nav, dialog } = await launch({ paths: [`${folder}/spring`] })
  await expect(messages.options).toHaveCount(3)
  await expect(page).toHaveTitle(/Claim your 50 free spins.* – clausebench/)

  await page.keyboard.press('Control+p')
  await page.keyboard.type('tax')
  await expect(pick.options).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(messages.selected).toHaveAccessibleName(/^Your tax form/)

  await page.keyboard.press('Control+Shift+P')
  await page.keyboard.type('go to set')
  await expect(pick.options.first()).toContainText('Go to Settings')
  await page.keyboard.press('Enter')
  await expect(nav('Settings')).toHaveAttribute('aria-current', 'page')
  await page.keyboard.press('Alt+1')

  await messages.filter.fill('verdict:errors -tax')
  await expect(messages.options).toHaveCount(1)
  await messages.filter.fill('')
  await messages.region.getByRole('button', { name: 'Filter, order and groups' }).click()
  await page.getByRole('menuitemradio', { name: 'By subject' }).click()
  await page.getByRole('menuitemradio', { name: 'By verdict' }).click()
  await page.keyboard.press('Escape')
  await expect(messages.campaigns).toHaveCount(0)
  await expect(messages.options).toHaveCount(3)

  await messages.list.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('Shift+ArrowDown')
  const bar = messages.region.getByRole('group', { name: 'Marked messages' })
  await expect(bar).toContainText('2 messages marked')
  await expect(messages.selected).toHaveCount(1)
  await page.keyboard.press('Escape')
  await expect(bar).toHaveCount(0)
  await expect(dialog).toHaveCount(0)
  await message.rendered()
})

test('two views side by side show the same finding and scroll together', async ({ launch, folder }) => {
  await writeFiles(folder, three)
  const { page, messages, message } = await launch({ paths: [`${folder}/spring`] })
  await message.rendered()
  await messages.list.focus()
  await page.keyboard.press('\\')
  await expect(message.secondTab('Source')).toHaveAttribute('aria-selected', 'true')
  await message.editor.waitFor()
  await page.keyboard.press('F8')
  await expect(message.chosenMarks.first()).toBeInViewport()
  await expect(message.editor.locator('.code-mark.is-chosen').first()).toBeInViewport()

  // The mark stands far down: at the beginning of one view, the other is there too.
  const line = () => message.editor.locator('.line-numbers').first().innerText()
  const before = await line()
  await message.frame.locator('body').evaluate((body) => body.ownerDocument.scrollingElement?.scrollTo(0, 0))
  await expect.poll(line).not.toBe(before)
  await page.keyboard.press('}')
  await expect(message.secondTab('Headers')).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('\\')
  await expect(message.secondTab('Headers')).toHaveCount(0)
})

test('a text has its phone, its times and its recipients', async ({ launch, folder }) => {
  const manifest = [
    'schema: clausebench-campaign/1',
    'name: Spring texts',
    'audience: audience.csv',
    'send_at: "2026-03-03T21:30:00-05:00"',
    'channel: sms',
  ].join('\n')
  await writeFiles(folder, {
    'spring/campaign.yaml': manifest,
    'spring/texts.csv':
      'channel,from,text,send_at\nsms,+15035550142,"Alder: hi {{ first_name|default:""there"" }}, the cups are back… Reply STOP to opt out",2026-03-03T21:30:00-05:00\n',
    'spring/audience.csv':
      'phone,first_name,state,sms_consent\n+12125550101,Al,NY,subscribed\n+12125550102,Maximiliana-Alexandra,NY,subscribed\n+13105550103,Jo,CA,subscribed\n',
  })
  const { page, message } = await launch({ paths: [`${folder}/spring`] })
  await message.rendered()
  const phone = page.getByRole('region', { name: 'As a phone gets it' })
  await phone.getByRole('button', { name: 'Longest' }).click()
  await expect(phone).toContainText('hi Maximiliana-Alexandra')
  await expect(phone).toContainText('UCS-2')
  await expect(phone).toContainText('…')
  await phone.getByRole('button', { name: 'Shortest' }).click()
  await expect(phone).toContainText('hi Al')
  await message.tab('Schedule').click()
  const times = page.getByRole('group', { name: 'Times of sending' })
  await expect(times).toContainText('America/New York')
  await expect(
    times.getByRole('img', { name: /^21:30 in America\/New_York\. This is within forbidden hours/ }),
  ).toHaveCount(1)
  await expect(times).toContainText('18:30')
  await message.tab('Recipients').click()
  const recipients = page.getByRole('group', { name: 'Recipients' })
  await expect(recipients).toContainText('3 rows')
  await expect(recipients).toContainText('NY2')
})

test('settings hold: key, language, theme, and the session with its place comes back', async ({ launch, folder }) => {
  await writeFiles(folder, three)
  const first = await launch({ paths: [`${folder}/spring`] })
  const { page, messages, message, settings } = first
  await expect(messages.options).toHaveCount(3)
  await messages.option(/^Your tax form/).click()
  await message.tab('Headers').click()

  await page.keyboard.press('Control+,')
  await settings.search.fill('next message')
  await page.getByRole('button', { name: 'Change the key of Next message' }).click()
  await page.keyboard.press('n')
  await expect(page.getByRole('button', { name: 'Change the key of Next message' })).toBeFocused()
  await settings.search.fill('')
  await settings.choice('Theme').selectOption({ label: 'High contrast, dark' })
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'contrast-dark')
  await settings.choice('Language').selectOption({ label: 'Deutsch' })
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await expect(page.locator('[data-about]')).toContainText('Apache')

  const again = await first.startAgain()
  await expect(again.page.locator('html')).toHaveAttribute('data-theme', 'contrast-dark')
  await expect(again.page.locator('html')).toHaveAttribute('lang', 'de')
  await expect(again.page.locator('[role="option"][aria-selected="true"]')).toHaveAccessibleName(/^Your tax form/)
  await expect(again.page.getByRole('tab', { selected: true })).toHaveCount(1)
  await again.page.locator('[role="listbox"]').focus()
  await again.page.keyboard.press('j')
  await expect(again.page.locator('[role="option"][aria-selected="true"]')).toHaveAccessibleName(/^Your tax form/)
  await again.page.keyboard.press('n')
  await expect(again.page.locator('[role="option"][aria-selected="true"]')).toHaveAccessibleName(/^New cups/)
})

test('no text of the screens is outside the locale files', async ({ launch, folder }) => {
  await writeFiles(folder, three)
  const { page, message, messages } = await launch({ paths: [`${folder}/spring`] })
  await message.rendered()
  await page.evaluate(async () => {
    // Chosen by nobody but this test, so no menu offers it.
    const ask = (operation: string, args: object): Promise<unknown> =>
      window.clausebench === undefined
        ? fetch('/api/call', {
            method: 'POST',
            headers: {
              'Content-Type': 'application/json',
              Authorization: `Bearer ${new URLSearchParams(location.hash.slice(1)).get('token') ?? ''}`,
            },
            body: JSON.stringify({ operation, args }),
          })
        : window.clausebench.call(operation as 'settings.set', args)
    await ask('settings.set', { language: 'pseudo' })
  })
  await page.reload()
  await page.locator('html[data-started]').waitFor({ state: 'attached' })
  await expect(messages.options.or(page.locator('[role="option"]')).first()).toBeVisible()
  /** Names, labels, buttons and headings of ours: texts of messages and packs stand in elements of their own. */
  const bare = () =>
    page.evaluate(() => {
      const found: string[] = []
      const ours = 'button, h1, h2, h3, th[scope="col"], label, summary, [role="tab"], option, legend'
      for (const element of document.querySelectorAll<HTMLElement>(ours)) {
        if (element.closest('bdi, .finding-head, .recent, .rail-foot, kbd') !== null) continue
        if (element.querySelector('bdi, .mark') !== null || element.getClientRects().length === 0) continue
        const text = element.innerText.replace(/\b(?:Ctrl|Alt|Shift)\+\S+|\bF\d+\b/g, '').trim()
        if (/\p{L}{2}/u.test(text) && !text.includes('⟦') && !/^(?:English|Deutsch|Français|Español)$/.test(text))
          found.push(text)
      }
      for (const element of document.querySelectorAll('[aria-label], [placeholder], [title]'))
        for (const name of ['aria-label', 'placeholder', 'title']) {
          const text = element.getAttribute(name) ?? ''
          if (element.closest('iframe, .finding, .message-row, .code-view, bdi, .monaco-editor') !== null) continue
          if (/\p{L}{2}/u.test(text) && !text.includes('⟦')) found.push(`${name}: ${text}`)
        }
      return [...new Set(found)]
    })
  expect(await bare()).toEqual([])
  await page.keyboard.press('Control+,')
  await expect(page.locator('[data-about]')).toBeAttached()
  expect(await bare()).toEqual([])
})
