import type { Finding, Severity } from '../../../../src-main/contract/report.ts'

/** A stretch of a line of text: bare, or marked by a finding. */
export interface MarkedPiece {
  readonly text: string
  readonly start: number
  readonly mark: { readonly number: number; readonly severity: Severity } | null
}

/** Cuts `text` (decoded text of `part`) at the findings in it; where two overlap, the first by place has the characters. */
export function markedPieces(text: string, part: string, findings: readonly Finding[]): readonly MarkedPiece[] {
  const pieces: MarkedPiece[] = []
  let at = 0
  const inPart = findings
    .filter((finding) => finding.part === part)
    .toSorted((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0))
  for (const { span, number, severity } of inPart) {
    if (span === null || span.end > text.length) continue
    const start = Math.max(span.start, at)
    if (start >= span.end) continue
    if (start > at) pieces.push({ text: text.slice(at, start), start: at, mark: null })
    pieces.push({ text: text.slice(start, span.end), start, mark: { number, severity } })
    at = span.end
  }
  if (at < text.length) pieces.push({ text: text.slice(at), start: at, mark: null })
  return pieces
}
