/** A key as commands write it: `Ctrl+Shift+O`, `F8`, `j`, `[`. `Ctrl` is the command key on macOS. */
export interface KeyStroke {
  readonly key: string
  readonly ctrl: boolean
  readonly shift: boolean
  readonly alt: boolean
}

type KeyEvent = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>

export function parseKey(written: string): KeyStroke {
  // `Ctrl++`: the last sign is the key itself.
  const parts = written.endsWith('++') ? [...written.slice(0, -2).split('+'), '+'] : written.split('+')
  const key = parts.at(-1) ?? ''
  return {
    key: key.length === 1 ? key.toLowerCase() : key,
    ctrl: parts.includes('Ctrl'),
    shift: parts.includes('Shift'),
    alt: parts.includes('Alt'),
  }
}

export function keyMatches(stroke: KeyStroke, event: KeyEvent): boolean {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  if (key !== stroke.key || event.altKey !== stroke.alt) return false
  if ((event.ctrlKey || event.metaKey) !== stroke.ctrl) return false
  // On many layouts `?` and `[` themselves need Shift or AltGr: for signs, the character decides.
  return isSign(stroke) || event.shiftKey === stroke.shift
}

/** Keys that a text field or an editor needs for itself. */
export function isPlainCharacter(stroke: KeyStroke): boolean {
  return stroke.key.length === 1 && !stroke.ctrl && !stroke.alt
}

function isSign(stroke: KeyStroke): boolean {
  return stroke.key.length === 1 && !/[a-z0-9]/.test(stroke.key)
}

/** Where typing belongs to the element: single-letter commands stay silent there. */
export function takesText(target: EventTarget | null): boolean {
  // Nodes of the message frame are of another realm, so `instanceof` says nothing about them.
  const element = target as Partial<Element> | null
  return element?.closest?.('input, textarea, select, [contenteditable], .monaco-editor') != null
}
