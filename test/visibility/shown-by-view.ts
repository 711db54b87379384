import type { TextPart } from '../../src-main/intake/message.ts'
import type { HiddenReason } from '../../src-main/views/view.ts'
import { buildViews } from '../../src-main/views/build.ts'
import { childrenOf, isElement, isText, parseMarkup, type MarkupNode } from '../../src-main/views/markup.ts'
import { aMessageOf } from '../support/views.ts'

export interface ViewText {
  readonly text: string
  /** By the places of its characters: a view that readers see holds one of them. */
  readonly shown: boolean
  /** null where it is shown or no text at all (a script). */
  readonly hiddenBy: HiddenReason | 'preheader' | null
  /** Where it stands in the markup. */
  readonly start: number
}

/** What the program says of every text node of a mail, from its finished views and their way back to the markup. */
export function shownByView(html: string): ViewText[] {
  const message = aMessageOf([['html', html]])
  const reasons: (HiddenReason | 'preheader')[] = []
  const shownAt = new Uint8Array(html.length + 1)
  const hiddenAt = new Uint16Array(html.length + 1)
  for (const { look, text, toPart, source, hiddenBy } of buildViews(message).texts) {
    if (source?.part !== 'html' || (look !== 'html' && look !== 'hidden' && look !== 'preheader')) continue
    if (look !== 'html') reasons.push(hiddenBy ?? 'preheader')
    for (const word of text.matchAll(/\S+/gu)) {
      for (let at = word.index; at < word.index + word[0].length; at++) {
        const { start, end } = toPart.toOrigin({ start: at, end: at + 1 })
        if (look === 'html') shownAt.fill(1, start, end)
        else hiddenAt.fill(reasons.length, start, end)
      }
    }
  }
  return textsOf(html).map(({ text, places }) => {
    const shown = places.some(([start, end]) => shownAt.subarray(start, end).includes(1))
    const number = places.flatMap(([start, end]) => [...hiddenAt.subarray(start, end)]).find((one) => one > 0)
    const hiddenBy = shown || number === undefined ? null : (reasons[number - 1] ?? null)
    return { text, shown, hiddenBy, start: places[0]?.[0] ?? 0 }
  })
}

interface PlacedText {
  readonly text: string
  readonly places: readonly (readonly [start: number, end: number])[]
}

/** Text nodes in the order of the document, templates left out as a browser's tree leaves them out. */
function textsOf(html: TextPart['text']): PlacedText[] {
  const found: PlacedText[] = []
  const waiting: MarkupNode[] = [...childrenOf(parseMarkup(html).root)].reverse()
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (isText(node)) {
      const places: [number, number][] = []
      for (let at = 0; at < node.pieces.length; at += 3) {
        places.push([node.pieces[at + 1] ?? 0, node.pieces[at + 2] ?? 0])
      }
      found.push({ text: node.value, places })
    } else if (isElement(node) && node.tagName !== 'template') waiting.push(...[...childrenOf(node)].reverse())
  }
  return found
}
