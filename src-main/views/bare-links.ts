import type { Utf16Span } from '../contract/span.ts'

export interface BareLink {
  readonly href: string
  readonly span: Utf16Span
}

const start = /\b(?:https?:\/\/|www\.)(?=[^\s.])/gi
/** A merge tag may hold blanks; quotation marks end an address. */
const rest = /(?:\{\{[^{}\n]{0,80}\}\}|\{%[^%\n]{0,80}%\}|[^\s<>"'`\u00ab\u00bb\u2018\u2019\u201c\u201d])+/y
const closing = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
])

/** Longest address that is looked at. */
const maxLength = 4096

/**
 * Addresses in plain text as clients make links of them: up to white space or a quotation mark, without the punctuation of
 * the sentence; a closing bracket belongs to the address when it was opened in it.
 */
export function findBareLinks(text: string): BareLink[] {
  const links: BareLink[] = []
  start.lastIndex = 0
  for (let match = start.exec(text); match !== null; match = start.exec(text)) {
    rest.lastIndex = start.lastIndex
    const length = match[0].length + (rest.exec(text)?.[0].length ?? 0)
    const address = trimPunctuation(text.slice(match.index, match.index + Math.min(length, maxLength)))
    start.lastIndex = match.index + Math.max(address.length, match[0].length)
    if (address.length <= match[0].length) continue
    links.push({
      href: /^www\./i.test(address) ? `http://${address}` : address,
      span: { start: match.index, end: match.index + address.length },
    })
  }
  return links
}

function trimPunctuation(address: string): string {
  let to = address.length
  for (; to > 0; to--) {
    const last = address.charAt(to - 1)
    if (/[.,;:!?*_~|\u2026\u3002\uff0c]/.test(last)) continue
    const opening = closing.get(last)
    if (opening === undefined) break
    const inside = address.slice(0, to)
    if (count(inside, opening) >= count(inside, last)) break
  }
  return address.slice(0, to)
}

function count(text: string, character: string): number {
  return text.split(character).length - 1
}
