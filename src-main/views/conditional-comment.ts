import type { Utf16Span } from '../contract/span.ts'
import type { MarkupComment } from './markup.ts'

/**
 * What a comment is. Outlook on Windows reads `<!--[if mso]>…<![endif]-->` as markup; `<!--[if !mso]><!-->` and its end
 * stand around markup that all others read.
 */
export type CommentKind =
  | { readonly kind: 'words'; readonly content: Utf16Span }
  | { readonly kind: 'for-outlook'; readonly content: Utf16Span }
  | { readonly kind: 'markup' }

export function classifyComment(comment: MarkupComment, markup: string): CommentKind {
  const location = comment.sourceCodeLocation
  // what else the parser takes for a comment is markup gone wrong: `<?xml …>`, `<![if …]>`, `</ >`
  if (!location || !markup.startsWith('<!--', location.startOffset)) return { kind: 'markup' }
  const start = location.startOffset + 4
  const closing = /--!?>$/.exec(markup.slice(Math.max(start, location.endOffset - 4), location.endOffset))
  const end = Math.max(start, location.endOffset - (closing?.[0].length ?? 0))
  const content = markup.slice(start, end)
  if (/^\s*(?:<!)?\[endif\]/i.test(content)) return { kind: 'markup' }
  const opening = /^\s*\[if\b([^\]]*)\]>/i.exec(content)
  if (opening === null) return { kind: 'words', content: { start, end } }
  const from = start + opening[0].length
  const ending = /<!\[endif\]\s*$/i.exec(content)
  const inner = { start: from, end: ending === null ? end : start + ending.index }
  if (/^\s*(?:<!-*)?\s*$/.test(markup.slice(inner.start, inner.end))) return { kind: 'markup' }
  // a condition that Outlook does not meet inside a comment that all others skip: nobody reads it
  return /^\s*\(?\s*!/.test(opening[1] ?? '')
    ? { kind: 'words', content: inner }
    : { kind: 'for-outlook', content: inner }
}
