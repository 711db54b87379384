/**
 * Commands that the native menu sends to the page (`Bridge.onCommand`), with the key the menu shows.
 * The page's registry (src-renderer/src/app/commands.ts) runs them; keys that only the page knows stand there.
 */
export const menuCommands = [
  { id: 'open.files', menu: 'file', label: 'Open Files…', accelerator: 'CmdOrCtrl+O' },
  { id: 'open.folder', menu: 'file', label: 'Open Folder…', accelerator: 'CmdOrCtrl+Shift+O' },
  { id: 'open.sample', menu: 'file', label: 'Open Sample Campaign', accelerator: null },
  { id: 'campaign.close', menu: 'file', label: 'Close Campaign', accelerator: null },
  { id: 'screen.review', menu: 'view', label: 'Review', accelerator: 'CmdOrCtrl+1' },
  { id: 'screen.clauses', menu: 'view', label: 'Clauses', accelerator: 'CmdOrCtrl+2' },
  { id: 'theme.system', menu: 'view', label: 'Theme: as the System', accelerator: null },
  { id: 'theme.light', menu: 'view', label: 'Theme: Light', accelerator: null },
  { id: 'theme.dark', menu: 'view', label: 'Theme: Dark', accelerator: null },
  { id: 'message.next', menu: 'go', label: 'Next Message', accelerator: null },
  { id: 'message.previous', menu: 'go', label: 'Previous Message', accelerator: null },
  { id: 'finding.next', menu: 'go', label: 'Next Finding', accelerator: 'F8' },
  { id: 'finding.previous', menu: 'go', label: 'Previous Finding', accelerator: 'Shift+F8' },
  { id: 'help.keys', menu: 'help', label: 'Keyboard Map', accelerator: 'F1' },
] as const

export type MenuCommandId = (typeof menuCommands)[number]['id']

/** Not in the menu: files were named to the running program (second start, Finder); the page asks `app.initial` again. */
export const openPendingCommand = 'open.pending'
