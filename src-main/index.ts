import { cpus } from 'node:os'
import { join } from 'node:path'
import { app, Menu, nativeTheme, session } from 'electron'
import packageJson from '../package.json' with { type: 'json' }
import { newWindowCommand, openPendingCommand } from './contract/commands.ts'
import type { Handlers } from './contract/operation-schemas.ts'
import { ipcChannels } from './contract/operations.ts'
import { ok } from './contract/result.ts'
import { platformDataDir } from './data-folder.ts'
import { readEnvironment } from './environment.ts'
import { localDate } from './local-date.ts'
import { createSettingsFile } from './review/settings-file.ts'
import { createWorkbench } from './review/workbench.ts'
import { createRouter, isValidEvent } from './router.ts'
import { registerPageScheme, servePage } from './shell/app-scheme.ts'
import { createFileDialog } from './shell/dialogs.ts'
import { endCleanly } from './shell/end.ts'
import { openExternally } from './shell/external-links.ts'
import { watchForFaults } from './shell/faults.ts'
import { listenToPages } from './shell/ipc.ts'
import { createLog } from './shell/log-file.ts'
import { menuTemplate, type MenuChoices } from './shell/menu.ts'
import { guardNavigation } from './shell/navigation.ts'
import { denyNetwork, silenceChromium } from './shell/network.ts'
import { denyPermissions } from './shell/permissions.ts'
import { claimSingleInstance } from './shell/single-instance.ts'
import { handedPaths, parseStartArguments } from './shell/start-arguments.ts'
import { systemTheme } from './shell/system-theme.ts'
import { firstPlace, windowPlaceSchema } from './shell/window-place.ts'
import { shellTexts } from './shell/texts.ts'
import { createPdfSaving } from './shell/pdf.ts'
import { createWindows, hiddenWindow } from './shell/windows.ts'

/** Entry of the desktop program: what happens, in the order in which it happens. */

/** Set by the build: names the code that packs are compiled by. */
declare const __PROGRAM__: string

const environment = readEnvironment()
const outDir = join(import.meta.dirname, '..')
const devTools = !app.isPackaged

app.setName('clausebench')
const ownProfile = app.commandLine.hasSwitch('user-data-dir')
if (!ownProfile) app.setPath('userData', join(app.getPath('appData'), 'clausebench'))

const start = parseStartArguments(process.argv, process.cwd(), process.defaultApp)
const dataDir =
  start.dataDir ??
  environment.dataDir ??
  (ownProfile ? join(app.getPath('userData'), 'data') : platformDataDir(environment))
const log = createLog(join(dataDir, 'log'), (line) => devTools && process.stderr.write(line))
const pendingPaths = [...start.paths]

app.enableSandbox()
registerPageScheme()
silenceChromium(app)
guardNavigation(app)
let texts = shellTexts('system', 'en')
watchForFaults(app, log, app.isPackaged, () => texts)

const windows = createWindows({
  preload: join(outDir, 'preload', 'index.cjs'),
  devTools,
  place: createSettingsFile({
    path: join(dataDir, 'window.json'),
    schemaName: 'clausebench-window/1',
    schema: windowPlaceSchema,
    fallback: firstPlace,
  }),
})

if (claimSingleInstance(app, start.paths, openNow)) {
  app.on('open-file', (event, path) => {
    event.preventDefault()
    openNow(handedPaths([path]) ?? [])
  })
  app.on('window-all-closed', () => app.quit())
  void app.whenReady().then(run)
} else {
  app.quit()
}

function openNow(paths: readonly string[]): void {
  pendingPaths.push(...paths)
  if (!app.isReady()) return
  void windows.show()
  if (paths.length > 0) windows.sendToLast(ipcChannels.command, openPendingCommand)
}

async function run(): Promise<void> {
  denyPermissions(session.defaultSession)
  denyNetwork(session.defaultSession, devTools)
  servePage(session.defaultSession, join(outDir, 'renderer'))

  const workbench = createWorkbench({
    host: 'electron',
    version: packageJson.version,
    platform: process.platform,
    resourcesDir: join(outDir, '..', 'resources'),
    dataDir,
    workerFile: join(outDir, 'main', 'worker.cjs'),
    compiledPacks: { program: __PROGRAM__, folders: [join(outDir, 'packs')] },
    storeWorkerFile: join(outDir, 'main', 'store-worker.cjs'),
    jobs: Math.max(1, cpus().length),
    initialPaths: [],
    openExternal: openExternally,
    emit(event, payload) {
      if (isValidEvent(event, payload)) windows.send(ipcChannels.event, event, payload)
      else log.note('event-outside-contract', { name: event })
    },
    today: () => localDate(new Date()),
  })

  const showMenu = (keys: MenuChoices['keys']): void => {
    const template = menuTemplate({
      platform: process.platform,
      devTools,
      texts,
      keys,
      run: (command) => {
        if (command === newWindowCommand) void windows.openAnother()
        else windows.sendToLast(ipcChannels.command, command)
      },
    })
    Menu.setApplicationMenu(Menu.buildFromTemplate(template))
  }
  const followSettings = async (): Promise<void> => {
    const settings = await workbench.handlers['settings.get']({})
    if (!settings.ok) return
    nativeTheme.themeSource = systemTheme(settings.value.theme)
    windows.zoom(settings.value.zoom)
    texts = shellTexts(settings.value.language, app.getLocale())
    showMenu(settings.value.keys)
  }
  const handlers: Handlers = {
    ...workbench.handlers,
    // Paths come in as long as the program runs (second start, Finder), so the shell keeps the queue.
    'app.initial': () => {
      const paths = pendingPaths.splice(0)
      return Promise.resolve(ok({ token: paths.length === 0 ? null : workbench.grants.grant(paths) }))
    },
    'settings.set': async (args) => {
      const done = await workbench.handlers['settings.set'](args)
      await followSettings()
      return done
    },
  }

  let lastFolder: string | null = null
  const rememberedFolder = { get: () => lastFolder, set: (folder: string) => void (lastFolder = folder) }
  const askForFiles = createFileDialog(rememberedFolder)
  const savePdf = createPdfSaving({ hiddenWindow, lastFolder: rememberedFolder })
  listenToPages({
    router: createRouter(handlers, log.bug),
    isOwnWindow: windows.isOwn,
    async openDialog(kind, contents) {
      const window = windows.ofContents(contents)
      const paths = window === null ? [] : await askForFiles(kind, window)
      return paths.length === 0 ? null : workbench.grants.grant(paths)
    },
    async savePdf(html, name, contents) {
      const window = windows.ofContents(contents)
      return window === null ? ok({ saved: false }) : savePdf(html, name, window)
    },
    grantDropped(value) {
      const paths = handedPaths(value)
      return paths === null ? null : workbench.grants.grant(paths)
    },
  })

  endCleanly(app, async () => {
    await Promise.all([workbench.close(), windows.settled()])
  })
  await followSettings()
  await windows.show()
}
