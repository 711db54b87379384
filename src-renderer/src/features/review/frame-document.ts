/** What the parent does with the document of the isolated frame: listen, mark, scroll. The document itself runs nothing. */

export interface FrameListeners {
  /** A mark was clicked; 0: a click beside all marks. */
  readonly onMark: (number: number) => void
  /** A link's number; `href` was taken out of the markup, the main process knows the address. */
  readonly onLink: (link: number) => void
  /** The link under pointer or focus; null when there is none. */
  readonly onLinkShown: (link: number | null) => void
  readonly onKey: (event: KeyboardEvent) => void
}

const prevented = [
  'click',
  'auxclick',
  'dblclick',
  'submit',
  'dragstart',
  'dragover',
  'drop',
  'contextmenu',
  'beforeinput',
  'paste',
] as const

/** Listeners die with the document, so there is nothing to take off. */
export function listen(frame: Document, listeners: FrameListeners): void {
  for (const type of prevented) frame.addEventListener(type, (event) => event.preventDefault(), { capture: true })
  frame.addEventListener('click', (event) => {
    const link = numberOf(event.target, 'link')
    const mark = numberOf(event.target, 'finding')
    if (mark !== null) listeners.onMark(mark)
    if (link !== null) listeners.onLink(link)
  })
  frame.addEventListener('mouseover', (event) => listeners.onLinkShown(numberOf(event.target, 'link')))
  frame.addEventListener('mouseleave', () => listeners.onLinkShown(null))
  frame.addEventListener('focusin', (event) => listeners.onLinkShown(numberOf(event.target, 'link')))
  frame.addEventListener('focusout', () => listeners.onLinkShown(null))
  frame.addEventListener('keydown', (event) => {
    const link = numberOf(event.target, 'link')
    if (event.key === 'Enter' && link !== null) {
      event.preventDefault()
      listeners.onLink(link)
      return
    }
    listeners.onKey(event)
  })
}

/** The `data-NAME` number of the nearest element that has one. */
function numberOf(target: EventTarget | null, name: 'link' | 'finding'): number | null {
  // Nodes of the frame are of another realm: no `instanceof`.
  const element = target as Partial<Element> | null
  const value = Number(element?.closest?.(`[data-${name}]`)?.getAttribute(`data-${name}`))
  return Number.isInteger(value) && value > 0 ? value : null
}

/** Outlines the marks of the chosen finding and brings the first that can be seen into view; false when none has a mark. */
export function showChosen(frame: Document, numbers: readonly number[], scroll: boolean): boolean {
  for (const old of frame.querySelectorAll('[data-chosen]')) old.removeAttribute('data-chosen')
  if (numbers.length === 0) return false
  // One look through the document: a fact may stand in a thousand places.
  const wanted = new Map(numbers.map((number, at) => [String(number), at]))
  const rank = (mark: Element): number => wanted.get(mark.getAttribute('data-finding') ?? '') ?? -1
  const marks = [...frame.querySelectorAll('[data-finding]')]
    .filter((mark) => rank(mark) !== -1)
    .sort((a, b) => rank(a) - rank(b))
  for (const mark of marks) mark.setAttribute('data-chosen', '')
  const first = marks.find((mark) => mark.getClientRects().length > 0)
  if (first === undefined) return false
  if (scroll) scrollIntoView(first, frame)
  return true
}

/** Only within the frame: the browser's own `scrollIntoView` would move the screen around it too. */
function scrollIntoView(mark: Element, frame: Document): void {
  const view = frame.defaultView
  if (view === null) return
  const box = mark.getBoundingClientRect()
  const marginPx = 48
  if (box.top >= marginPx && box.bottom <= view.innerHeight - marginPx && box.left >= 0 && box.right <= view.innerWidth)
    return
  const left = box.left >= 0 && box.right <= view.innerWidth ? view.scrollX : view.scrollX + box.left - marginPx
  view.scrollTo({ top: view.scrollY + box.top - view.innerHeight / 3, left })
}

/** Where the first mark of each finding stands, in pixels from the top of the document. */
export function markTops(frame: Document): ReadonlyMap<number, number> {
  const tops = new Map<number, number>()
  const scrolled = frame.scrollingElement?.scrollTop ?? 0
  for (const mark of frame.querySelectorAll('[data-finding]')) {
    const number = Number(mark.getAttribute('data-finding'))
    if (tops.has(number) || mark.getClientRects().length === 0) continue
    tops.set(number, mark.getBoundingClientRect().top + scrolled)
  }
  return tops
}

/** Pictures or, as a mail program shows that fetches none, the words that stand for them. */
export function showImages(frame: Document, shown: boolean): void {
  for (const image of frame.querySelectorAll('img')) {
    const source = image.getAttribute(shown ? 'data-kept-src' : 'src')
    if (source === null) continue
    image.setAttribute(shown ? 'src' : 'data-kept-src', source)
    image.removeAttribute(shown ? 'data-kept-src' : 'src')
  }
}
