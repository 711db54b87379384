import type { MenuItemConstructorOptions } from 'electron'
import { expect, test } from 'vitest'
import { menuCommands } from '../../../src-main/contract/commands.ts'
import { menuTemplate } from '../../../src-main/shell/menu.ts'

function items(template: readonly MenuItemConstructorOptions[]): readonly MenuItemConstructorOptions[] {
  return template.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? items(item.submenu) : [])])
}

function build(platform: string, devTools = false) {
  const ran: string[] = []
  const all = items(menuTemplate({ platform, devTools, run: (command) => ran.push(command) }))
  return { all, ran }
}

test.each(['linux', 'win32', 'darwin'])(
  'on %s every command stands in the menu once, with its key, and runs',
  (platform) => {
    const { all, ran } = build(platform)
    const found = all.filter((item) => item.click !== undefined)
    expect(found.map(({ id, label, accelerator = null }) => ({ id, label, accelerator }))).toEqual(
      menuCommands.map(({ id, label, accelerator }) => ({ id, label, accelerator })),
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
