import type { MenuItemConstructorOptions } from 'electron'
import { menuCommands, type MenuCommandId } from '../contract/commands.ts'
import type { ShellTexts } from './texts.ts'

export interface MenuChoices {
  readonly platform: string
  /** Reload and developer tools, in the checkout only. */
  readonly devTools: boolean
  readonly texts: ShellTexts
  /** Keys that a person changed, as the page writes them, by the command's id. */
  readonly keys: Readonly<Record<string, readonly string[]>>
  readonly run: (command: MenuCommandId) => void
}

type MenuName = (typeof menuCommands)[number]['menu']

/** The native menu: the contract's commands in their menus, and what the system itself does (edit, window). */
export function menuTemplate(choices: MenuChoices): MenuItemConstructorOptions[] {
  const { menus } = choices.texts
  const commands = (menu: MenuName): MenuItemConstructorOptions[] =>
    menuCommands
      .filter((command) => command.menu === menu)
      .map(({ id, accelerator }) => {
        const key = acceleratorOf(accelerator, choices.keys[id])
        return {
          id,
          label: choices.texts.commands[id],
          ...(key === null ? {} : { accelerator: key }),
          click: () => choices.run(id),
        }
      })
  const separator: MenuItemConstructorOptions = { type: 'separator' }
  const mac = choices.platform === 'darwin'
  return [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    { label: menus.file, submenu: [...commands('file'), separator, { role: mac ? 'close' : 'quit' }] },
    { label: menus.edit, role: 'editMenu' },
    {
      label: menus.view,
      submenu: [
        ...commands('view'),
        separator,
        { role: 'togglefullscreen' },
        ...(choices.devTools ? [separator, { role: 'reload' } as const, { role: 'toggleDevTools' } as const] : []),
      ],
    },
    { label: menus.go, submenu: commands('go') },
    ...(mac ? [{ label: menus.window, role: 'windowMenu' } as const] : []),
    { label: menus.help, role: 'help', submenu: commands('help') },
  ]
}

/** What a menu shows: the first key a person gave the command, where a menu can show it. Single letters are the page's. */
function acceleratorOf(own: string | null, changed: readonly string[] | undefined): string | null {
  if (changed === undefined) return own
  const shown = changed.find((key) => key.includes('+') || /^F\d+$/.test(key))
  return shown === undefined ? null : shown.replace('Ctrl+', 'CmdOrCtrl+')
}
