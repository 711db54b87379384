import { attributeText, type AttributeText } from './attribute-text.ts'
import { isQuirky, type MarkupComment, type MarkupDocument, type MarkupElement, type MarkupText } from './markup.ts'
import {
  breaksLine,
  holdsLinkText,
  isImage,
  isLabelledButton,
  linkAddress,
  pictureHiding,
  shownSize,
  type ShownSize,
} from './markup-elements.ts'
import type { ComputedStyle, Hiding } from './style/computed-style.ts'
import { matchContext } from './style/selector.ts'
import { collectElements } from './style/style-elements.ts'
import { readStylesheets } from './style/stylesheet.ts'
import { walkStyled, type WalkOptions } from './walk.ts'

/** What a document is made of, in reading order, each with why it is not seen (null: it is). */
export type MarkupEvent =
  | { readonly kind: 'element'; readonly element: MarkupElement }
  | {
      readonly kind: 'text'
      readonly node: MarkupText
      readonly preserveSpace: boolean
      readonly hiding: Hiding | null
    }
  | {
      readonly kind: 'block' | 'line-break'
      /** Not even its place is seen. */
      readonly gone: boolean
      readonly hiding: Hiding | null
    }
  | {
      readonly kind: 'image'
      readonly element: MarkupElement
      readonly shown: ShownSize
      readonly hiding: Hiding | null
    }
  | { readonly kind: 'label'; readonly element: MarkupElement; readonly hiding: Hiding | null }
  | { readonly kind: 'link'; readonly element: MarkupElement; readonly href: AttributeText }
  | { readonly kind: 'link-end' }
  | { readonly kind: 'comment'; readonly node: MarkupComment }

/** Enough for thousands of rules over thousands of elements; a stylesheet that needs more has no further say. */
const maxComparisons = 20_000_000

/**
 * Reads a tree in the order of the document. Text counts as hidden only when no place of reading (desktop, phone, dark
 * screen) shows it.
 */
export function readEvents(root: MarkupDocument, markup: string, audience: 'everyone' | 'outlook'): MarkupEvent[] {
  const quirks = isQuirky(root)
  const [desktop, ...elsewhere] = readStylesheets(collectElements(root, 'style'), quirks)
  if (desktop === undefined) return []
  const outlook = audience === 'outlook'
  const options: WalkOptions = { rules: desktop, context: matchContext(maxComparisons, quirks), outlook, quirks }
  const events: MarkupEvent[] = []
  /** Where in `events` something hidden stands. */
  const hidden = new Map<MarkupText | MarkupElement, number>()

  function push(event: MarkupEvent, node: MarkupText | MarkupElement): void {
    if ('hiding' in event && event.hiding !== null) hidden.set(node, events.length)
    events.push(event)
  }

  function pushBreak(kind: 'block' | 'line-break', style: ComputedStyle): void {
    const gone = style.sealed !== null && elsewhere.length === 0
    events.push({ kind, gone, hiding: style.hiding })
  }

  walkStyled(root, options, {
    enter(element, style, declared) {
      if (breaksLine(style)) pushBreak('block', style)
      events.push({ kind: 'element', element })
      const address = linkAddress(element)
      const href = address === null ? null : attributeText(element, address, markup)
      if (href !== null) events.push({ kind: 'link', element, href })
      if (element.tagName === 'br') pushBreak('line-break', style)
      else if (isImage(element)) {
        push({ kind: 'image', element, shown: shownSize(element, declared), hiding: pictureHiding(style) }, element)
      } else if (isLabelledButton(element)) push({ kind: 'label', element, hiding: style.hiding }, element)
    },
    leave(element, style) {
      if (breaksLine(style)) pushBreak('block', style)
      if (linkAddress(element) !== null && holdsLinkText(element)) events.push({ kind: 'link-end' })
    },
    text(node, { hiding, preserveSpace }) {
      push({ kind: 'text', node, preserveSpace, hiding }, node)
    },
    comment(node) {
      events.push({ kind: 'comment', node })
    },
  })

  function show(node: MarkupText | MarkupElement): void {
    const at = hidden.get(node)
    const event = at === undefined ? undefined : events[at]
    if (at === undefined || event === undefined || !('hiding' in event)) return
    events[at] = { ...event, hiding: null }
    hidden.delete(node)
  }

  for (const rules of elsewhere) {
    if (hidden.size === 0) break
    walkStyled(
      root,
      { ...options, rules },
      {
        enter(element, style) {
          if ((isImage(element) ? pictureHiding(style) : style.hiding) === null) show(element)
        },
        leave: () => undefined,
        text(node, style) {
          if (style.hiding === null) show(node)
        },
        comment: () => undefined,
      },
    )
  }
  return events
}
