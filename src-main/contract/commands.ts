/**
 * Commands that the native menu sends to the page (`Bridge.onCommand`), with the key the menu shows; what they are called
 * stands in `resources/locales/shell`. The page's registry (src-renderer/src/app/commands.ts) runs them; keys that only the
 * page knows stand there.
 */
export const menuCommands = [
  { id: 'window.new', menu: 'file', accelerator: 'CmdOrCtrl+Shift+N' },
  { id: 'open.files', menu: 'file', accelerator: 'CmdOrCtrl+O' },
  { id: 'open.folder', menu: 'file', accelerator: 'CmdOrCtrl+Shift+O' },
  { id: 'open.sample', menu: 'file', accelerator: null },
  { id: 'campaign.close', menu: 'file', accelerator: null },
  { id: 'screen.settings', menu: 'file', accelerator: 'CmdOrCtrl+,' },
  { id: 'screen.review', menu: 'view', accelerator: 'CmdOrCtrl+1' },
  { id: 'screen.clauses', menu: 'view', accelerator: 'CmdOrCtrl+2' },
  { id: 'palette.commands', menu: 'view', accelerator: 'CmdOrCtrl+Shift+P' },
  { id: 'view.second', menu: 'view', accelerator: null },
  { id: 'theme.system', menu: 'view', accelerator: null },
  { id: 'theme.light', menu: 'view', accelerator: null },
  { id: 'theme.dark', menu: 'view', accelerator: null },
  { id: 'theme.contrast-light', menu: 'view', accelerator: null },
  { id: 'theme.contrast-dark', menu: 'view', accelerator: null },
  { id: 'zoom.in', menu: 'view', accelerator: 'CmdOrCtrl+=' },
  { id: 'zoom.out', menu: 'view', accelerator: 'CmdOrCtrl+-' },
  { id: 'zoom.reset', menu: 'view', accelerator: 'CmdOrCtrl+0' },
  { id: 'palette.messages', menu: 'go', accelerator: 'CmdOrCtrl+P' },
  { id: 'message.next', menu: 'go', accelerator: null },
  { id: 'message.previous', menu: 'go', accelerator: null },
  { id: 'finding.next', menu: 'go', accelerator: 'F8' },
  { id: 'finding.previous', menu: 'go', accelerator: 'Shift+F8' },
  { id: 'help.keys', menu: 'help', accelerator: 'F1' },
  { id: 'help.about', menu: 'help', accelerator: null },
] as const

export type MenuCommandId = (typeof menuCommands)[number]['id']

/** The shell's own: every other command is the page's. */
export const newWindowCommand = 'window.new'

/** Not in the menu: files were named to the running program (second start, Finder); the page asks `app.initial` again. */
export const openPendingCommand = 'open.pending'
