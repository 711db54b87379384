import type { MenuItemConstructorOptions } from 'electron'
import { expect, test } from 'vitest'
import { menuCommands } from '../../../src-main/contract/commands.ts'
import { menuTemplate } from '../../../src-main/shell/menu.ts'
import { shellTexts } from '../../../src-main/shell/texts.ts'

function items(template: readonly MenuItemConstructorOptions[]): readonly MenuItemConstructorOptions[] {
  return template.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? items(item.submenu) : [])])
}

const texts = shellTexts('en', 'en')

function build(platform: string, devTools = false, keys: Readonly<Record<string, readonly string[]>> = {}) {
  const ran: string[] = []
  const all = items(menuTemplate({ platform, devTools, texts, keys, run: (command) => ran.push(command) }))
  return { all, ran }
}

test.each(['linux', 'win32', 'darwin'])(
  'on %s every command stands in the menu once, with its key, and runs',
  (platform) => {
    const { all, ran } = build(platform)
    const found = all.filter((item) => item.click !== undefined)
    expect(found.map(({ id, label, accelerator = null }) => ({ id, label, accelerator }))).toEqual(
      menuCommands.map(({ id, accelerator }) => ({ id, label: texts.commands[id], accelerator })),
    )
    // Called by Electron with the item, the window and the event; ours take none of them.
    for (const item of found) (item.click as () => void)()
    expect(ran).toEqual(menuCommands.map(({ id }) => id))
  },
)

test('no two items answer to one key', () => {
  const keys = build('linux', true).all.flatMap((item) => (item.accelerator === undefined ? [] : [item.accelerator]))
  expect(new Set(keys).size).toBe(keys.length)
})

test('reload and developer tools are there in the checkout only', () => {
  const roles = (devTools: boolean) => build('linux', devTools).all.map((item) => item.role)
  expect(roles(true)).toContain('toggleDevTools')
  expect(roles(false)).not.toContain('toggleDevTools')
  expect(roles(false)).not.toContain('reload')
})

test('every language has a word for every command, and only for those', () => {
  const keysOf = (choice: 'en' | 'de' | 'fr' | 'es') => Object.keys(shellTexts(choice, 'en').commands).sort()
  expect(keysOf('en')).toEqual(menuCommands.map(({ id }) => id).sort())
  for (const choice of ['de', 'fr', 'es'] as const) expect(keysOf(choice)).toEqual(keysOf('en'))
})

test.each([
  ['system', 'de-AT', 'Datei'],
  ['system', 'ja', 'File'],
  ['fr', 'de', 'Fichier'],
  ['pseudo', 'de', 'File'],
] as const)('the menu of %s where the system speaks %s', (choice, locale, expected) => {
  expect(shellTexts(choice, locale).menus.file).toBe(expected)
})

test('a menu shows the key that a person chose, and none where it was taken away', () => {
  const keys = { 'finding.next': ['n', 'Ctrl+Alt+j'], 'open.files': [], 'help.keys': ['F2'] }
  const { all } = build('linux', false, keys)
  const key = (id: string) => all.find((item) => item.id === id)?.accelerator ?? null
  expect([key('finding.next'), key('open.files'), key('help.keys')]).toEqual(['CmdOrCtrl+Alt+j', null, 'F2'])
})
