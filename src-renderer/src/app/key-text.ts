import { parseKey } from './keymap.ts'

/** Keys as people of this platform call them: `Ctrl+Shift+O` is `⇧⌘O` on a Mac. */
export function keyText(written: string, isMac: boolean): string {
  const { key, ctrl, shift, alt } = parseKey(written)
  const name = key.length === 1 ? key.toUpperCase() : (names.get(key) ?? key)
  if (isMac) return `${alt ? '⌥' : ''}${shift ? '⇧' : ''}${ctrl ? '⌘' : ''}${name}`
  return [ctrl ? 'Ctrl' : '', alt ? 'Alt' : '', shift ? 'Shift' : '', name].filter(Boolean).join('+')
}

const names = new Map([
  ['ArrowUp', '↑'],
  ['ArrowDown', '↓'],
  ['ArrowLeft', '←'],
  ['ArrowRight', '→'],
  [' ', 'Space'],
])

/** A key press as commands write it; null: it is of no use as a command's key (a modifier alone, Tab, Escape). */
export function writtenKey(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>,
): string | null {
  if (
    ['Control', 'Shift', 'Alt', 'AltGraph', 'Meta', 'Tab', 'Escape', 'Dead', 'Process', 'Unidentified'].includes(
      event.key,
    )
  )
    return null
  const isSign = event.key.length === 1 && !/[a-z0-9]/i.test(event.key)
  const parts = [
    event.ctrlKey || event.metaKey ? 'Ctrl' : '',
    event.altKey ? 'Alt' : '',
    // For signs the character itself decides.
    event.shiftKey && !isSign ? 'Shift' : '',
    event.key.length === 1 ? event.key.toLowerCase() : event.key,
  ]
  return parts.filter(Boolean).join('+')
}
