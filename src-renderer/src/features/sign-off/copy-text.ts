/** Puts a text on the clipboard; false when the host lets no page do so. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copySelected(text)
  }
}

/** The desktop refuses the page every permission; a copy that a click asked for needs none. */
function copySelected(text: string): boolean {
  const focused = document.activeElement
  const holder = focused?.closest('[role="dialog"]') ?? document.body
  const field = document.createElement('textarea')
  field.value = text
  field.setAttribute('aria-hidden', 'true')
  field.className = 'visually-hidden'
  holder.append(field)
  field.select()
  // The only way that needs no permission, whatever its standing.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const copied = document.execCommand('copy')
  field.remove()
  if (focused instanceof HTMLElement) focused.focus()
  return copied
}
