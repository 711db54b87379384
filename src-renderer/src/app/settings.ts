import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watchEffect } from 'vue'
import { useClient } from '../api/client.ts'
import type { Settings } from '../../../src-main/contract/operation-schemas.ts'
import { firstSettings, type ThemeChoice } from '../../../src-main/contract/settings-words.ts'
import { useLanguage } from '../i18n/use-language.ts'
import { useCommands } from './commands.ts'

export type Theme = Exclude<ThemeChoice, 'system'>

const savePanesAfterMs = 400

/** What the program remembers about how it looks and which keys it answers to. */
export const useSettings = defineStore('settings', () => {
  const client = useClient()
  const commands = useCommands()
  const speak = useLanguage()
  const kept = shallowRef<Settings>({ ...firstSettings, keys: {}, panes: {} })
  const loaded = ref(false)
  const systemDark = useMedia('(prefers-color-scheme: dark)')
  const systemContrast = useMedia('(prefers-contrast: more)')
  const systemCalm = useMedia('(prefers-reduced-motion: reduce)')

  const choice = computed(() => kept.value.theme)
  const theme = computed<Theme>(() => {
    if (choice.value !== 'system') return choice.value
    if (systemContrast.value) return systemDark.value ? 'contrast-dark' : 'contrast-light'
    return systemDark.value ? 'dark' : 'light'
  })
  /** Of papers that know no contrast of ours. */
  const tone = computed(() => (theme.value === 'dark' || theme.value === 'contrast-dark' ? 'dark' : 'light'))
  const calm = computed(() => kept.value.motion === 'reduced' || systemCalm.value)
  const panes = computed(() => kept.value.panes)
  let saveTimer: ReturnType<typeof setTimeout> | undefined

  watchEffect(() => {
    const { dataset } = document.documentElement
    dataset.theme = theme.value
    dataset.motion = calm.value ? 'reduced' : 'full'
  })
  watchEffect(() => {
    const { keys, letterKeys } = kept.value
    commands.choose({ changed: keys, letterKeys })
  })

  async function load(): Promise<void> {
    const result = await client.call('settings.get', {})
    if (result.ok) kept.value = result.value
    await speak(kept.value.language)
    loaded.value = true
  }

  /** Holds at once, and is kept. */
  async function change(next: Partial<Settings>): Promise<void> {
    kept.value = { ...kept.value, ...next }
    if (next.language !== undefined) await speak(next.language)
    await client.call('settings.set', next)
  }

  /** Sizes change with every step of a drag; they are kept when it rests. */
  function setPane(name: string, value: number): void {
    if (panes.value[name] === value) return
    kept.value = { ...kept.value, panes: { ...panes.value, [name]: value } }
    clearTimeout(saveTimer)
    saveTimer = setTimeout(() => void savePanes(), savePanesAfterMs)
  }

  async function savePanes(): Promise<void> {
    await client.call('settings.set', { panes: panes.value })
    document.dispatchEvent(new CustomEvent('clausebench:panes-saved'))
  }

  return { kept, choice, theme, tone, calm, panes, loaded, load, change, setPane }
})

function useMedia(query: string) {
  const media = window.matchMedia(query)
  const matches = ref(media.matches)
  media.addEventListener('change', (event) => (matches.value = event.matches))
  return matches
}
