import { themeChoices, zoomRange } from '../../../src-main/contract/settings-words.ts'
import type { Client } from '../api/client.ts'
import type { Command } from './commands.ts'
import type { useNavigation } from './navigation.ts'
import type { useProgram } from './program.ts'
import type { useSettings } from './settings.ts'

/** The part of the campaign store that opening needs; the frame knows no more of a screen than that. */
interface Opener {
  readonly openFrom: (ask: () => ReturnType<Client['pick']>) => Promise<unknown>
  readonly openSample: () => Promise<void>
}

interface AppParts {
  readonly client: Client
  readonly opener: Opener
  readonly navigation: ReturnType<typeof useNavigation>
  readonly settings: ReturnType<typeof useSettings>
  readonly program: ReturnType<typeof useProgram>
  readonly showKeys: () => void
  readonly showPalette: () => void
  readonly showQuickOpen: () => void
}

const themeLabels = {
  system: 'commands.themeSystem',
  light: 'commands.themeLight',
  dark: 'commands.themeDark',
  'contrast-light': 'commands.themeContrastLight',
  'contrast-dark': 'commands.themeContrastDark',
} as const

/** What can be done on every screen. */
export function appCommands({
  client,
  opener,
  navigation,
  settings,
  program,
  showKeys,
  showPalette,
  showQuickOpen,
}: AppParts): readonly Command[] {
  function openAnd(open: () => Promise<unknown>): void {
    navigation.show('review')
    void open()
  }
  function zoomBy(step: number): void {
    const zoom = Math.round((settings.kept.zoom + step) * 100) / 100
    void settings.change({ zoom: Math.min(zoomRange.max, Math.max(zoomRange.min, zoom)) })
  }
  return [
    {
      id: 'open.files',
      label: 'commands.openFiles',
      group: 'open',
      keys: ['Ctrl+O'],
      run: () => openAnd(() => opener.openFrom(() => client.pick('files'))),
    },
    {
      id: 'open.folder',
      label: 'commands.openFolder',
      group: 'open',
      keys: ['Ctrl+Shift+O'],
      run: () => openAnd(() => opener.openFrom(() => client.pick('folder'))),
    },
    { id: 'open.sample', label: 'commands.openSample', group: 'open', keys: [], run: () => openAnd(opener.openSample) },
    {
      id: 'screen.review',
      label: 'commands.screenReview',
      group: 'screens',
      keys: ['Ctrl+1', 'Alt+1'],
      run: () => navigation.show('review'),
    },
    {
      id: 'screen.clauses',
      label: 'commands.screenClauses',
      group: 'screens',
      keys: ['Ctrl+2', 'Alt+2'],
      run: () => navigation.show('clauses'),
    },
    {
      id: 'screen.policies',
      label: 'commands.screenPolicies',
      group: 'screens',
      keys: ['Ctrl+4', 'Alt+4'],
      run: () => navigation.show('policies'),
    },
    {
      id: 'screen.settings',
      label: 'commands.screenSettings',
      group: 'screens',
      keys: ['Ctrl+,'],
      run: () => navigation.show('settings'),
    },
    {
      id: 'palette.messages',
      label: 'commands.paletteMessages',
      group: 'screens',
      keys: ['Ctrl+P'],
      run: showQuickOpen,
    },
    {
      id: 'palette.commands',
      label: 'commands.paletteCommands',
      group: 'app',
      keys: ['Ctrl+Shift+P'],
      run: showPalette,
    },
    {
      id: 'zoom.in',
      label: 'commands.zoomIn',
      group: 'app',
      keys: ['Ctrl+=', 'Ctrl++'],
      when: () => program.isDesktop,
      run: () => zoomBy(zoomRange.step),
    },
    {
      id: 'zoom.out',
      label: 'commands.zoomOut',
      group: 'app',
      keys: ['Ctrl+-'],
      when: () => program.isDesktop,
      run: () => zoomBy(-zoomRange.step),
    },
    {
      id: 'zoom.reset',
      label: 'commands.zoomReset',
      group: 'app',
      keys: ['Ctrl+0'],
      when: () => program.isDesktop,
      run: () => void settings.change({ zoom: 1 }),
    },
    {
      id: 'screen.overview',
      label: 'commands.screenOverview',
      group: 'screens',
      keys: ['Ctrl+3', 'Alt+3'],
      run: () => navigation.show('overview'),
    },
    { id: 'region.next', label: 'commands.regionNext', group: 'screens', keys: ['F6'], run: () => focusRegion(1) },
    {
      id: 'region.previous',
      label: 'commands.regionPrevious',
      group: 'screens',
      keys: ['Shift+F6'],
      run: () => focusRegion(-1),
    },
    ...themeChoices.map((theme) => ({
      id: `theme.${theme}`,
      label: themeLabels[theme],
      group: 'app' as const,
      keys: [],
      run: () => void settings.change({ theme }),
    })),
    {
      id: 'help.about',
      label: 'commands.helpAbout',
      group: 'app',
      keys: [],
      run: () => {
        navigation.show('settings')
        requestAnimationFrame(() => document.querySelector('[data-about]')?.scrollIntoView())
      },
    },
    { id: 'help.keys', label: 'commands.helpKeys', group: 'app', keys: ['F1', '?'], run: showKeys },
  ]
}

const focusable = 'a[href], button:not([disabled]), input, [tabindex="0"]'

/** To the first thing in the next region that takes the focus; lists and trees come before their toolbars. */
function focusRegion(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('nav, main section[aria-label]')].filter(
    (region) => region.getClientRects().length > 0 && entryOf(region) !== null,
  )
  const at = regions.findIndex((region) => region.contains(document.activeElement))
  const start = at === -1 && step === -1 ? 0 : at
  const next = regions[(start + step + regions.length) % regions.length]
  if (next !== undefined) entryOf(next)?.focus()
}

function entryOf(region: HTMLElement): HTMLElement | null {
  return (
    region.querySelector<HTMLElement>(
      '[role="listbox"], [role="tree"] [tabindex="0"], [aria-selected="true"][role="tab"], [data-finding-head]',
    ) ??
    region.querySelector<HTMLElement>(focusable) ??
    (region.tabIndex === 0 ? region : null)
  )
}
