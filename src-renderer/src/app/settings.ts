import { defineStore } from 'pinia'
import { computed, ref, watchEffect } from 'vue'
import { useClient } from '../api/client.ts'

export type ThemeChoice = 'system' | 'light' | 'dark'

const savePanesAfterMs = 400

/** What the program remembers about how it looks. */
export const useSettings = defineStore('settings', () => {
  const client = useClient()
  const choice = ref<ThemeChoice>('system')
  const panes = ref<Readonly<Record<string, number>>>({})
  const loaded = ref(false)
  const systemDark = ref(false)
  const theme = computed<'light' | 'dark'>(() =>
    choice.value === 'system' ? (systemDark.value ? 'dark' : 'light') : choice.value,
  )
  let saveTimer: ReturnType<typeof setTimeout> | undefined

  const media = window.matchMedia('(prefers-color-scheme: dark)')
  systemDark.value = media.matches
  media.addEventListener('change', (event) => (systemDark.value = event.matches))
  watchEffect(() => (document.documentElement.dataset.theme = theme.value))

  async function load(): Promise<void> {
    const result = await client.call('settings.get', {})
    if (result.ok) {
      choice.value = result.value.theme
      panes.value = result.value.panes
    }
    loaded.value = true
  }

  function setTheme(next: ThemeChoice): void {
    choice.value = next
    void client.call('settings.set', { theme: next })
  }

  /** Sizes change with every step of a drag; they are kept when it rests. */
  function setPane(name: string, value: number): void {
    if (panes.value[name] === value) return
    panes.value = { ...panes.value, [name]: value }
    clearTimeout(saveTimer)
    saveTimer = setTimeout(() => void savePanes(), savePanesAfterMs)
  }

  async function savePanes(): Promise<void> {
    await client.call('settings.set', { panes: panes.value })
    document.dispatchEvent(new CustomEvent('clausebench:panes-saved'))
  }

  return { choice, theme, panes, loaded, load, setTheme, setPane }
})
