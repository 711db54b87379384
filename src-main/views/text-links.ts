import type { Utf16Span } from '../contract/span.ts'
import { spansOverlap } from '../contract/span.ts'
import type { TextPart } from '../intake/message.ts'
import { findBareLinks } from './bare-links.ts'

export interface TextLink {
  readonly href: string
  /** What a reader sees of it. */
  readonly span: Utf16Span
  /** The address does not stand in the text. */
  readonly isNamed: boolean
}

/** Links of a plain text in its order: those that a document names, and addresses outside of them. */
export function textLinks(part: TextPart): readonly TextLink[] {
  const named = (part.links ?? []).map((link): TextLink => ({ ...link, isNamed: true }))
  const found: TextLink[] = []
  let next = 0
  for (const bare of findBareLinks(part.text)) {
    for (let link = named[next]; link !== undefined && link.span.start < bare.span.end; link = named[++next]) {
      found.push(link)
    }
    const before = found[found.length - 1]
    if (before === undefined || !spansOverlap(before.span, bare.span)) found.push({ ...bare, isNamed: false })
  }
  return [...found, ...named.slice(next)]
}
