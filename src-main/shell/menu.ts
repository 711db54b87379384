import type { MenuItemConstructorOptions } from 'electron'
import { menuCommands, type MenuCommandId } from '../contract/commands.ts'

export interface MenuChoices {
  readonly platform: string
  /** Reload and developer tools, in the checkout only. */
  readonly devTools: boolean
  readonly run: (command: MenuCommandId) => void
}

type MenuName = (typeof menuCommands)[number]['menu']

/** The native menu: the contract's commands in their menus, and what the system itself does (edit, zoom, window). */
export function menuTemplate(choices: MenuChoices): MenuItemConstructorOptions[] {
  const commands = (menu: MenuName): MenuItemConstructorOptions[] =>
    menuCommands
      .filter((command) => command.menu === menu)
      .map(({ id, label, accelerator }) => ({
        id,
        label,
        ...(accelerator === null ? {} : { accelerator }),
        click: () => choices.run(id),
      }))
  const separator: MenuItemConstructorOptions = { type: 'separator' }
  const mac = choices.platform === 'darwin'
  return [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    { label: 'File', submenu: [...commands('file'), separator, { role: mac ? 'close' : 'quit' }] },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        ...commands('view'),
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        separator,
        { role: 'togglefullscreen' },
        ...(choices.devTools ? [separator, { role: 'reload' } as const, { role: 'toggleDevTools' } as const] : []),
      ],
    },
    { label: 'Go', submenu: commands('go') },
    ...(mac ? [{ role: 'windowMenu' } as const] : []),
    { label: 'Help', role: 'help', submenu: commands('help') },
  ]
}
