import type { Finding, Severity } from '../../contract/report.ts'
import type { Utf16Span } from '../../contract/span.ts'
import type { CharacterRun } from '../../views/character-map.ts'
import { element, type OutputNode } from './output-tree.ts'
import { readableText } from './special-characters.ts'

/** Where a finding's mark goes: characters of one part's decoded text. */
export interface MarkSpan {
  readonly number: number
  readonly severity: Severity
  readonly span: Utf16Span
}

/** The marks of one document; remembers which have been drawn, so that the first fragment of each carries its id. */
export interface MarkSet {
  readonly wrap: (content: readonly OutputNode[], marks: readonly MarkSpan[]) => readonly OutputNode[]
  readonly drawn: () => number[]
}

export function markSet(): MarkSet {
  const drawn = new Set<number>()

  function wrap(content: readonly OutputNode[], marks: readonly MarkSpan[]): readonly OutputNode[] {
    let inner = content
    const unique = new Map(marks.map((mark) => [mark.number, mark]))
    // the lowest number outermost
    for (const mark of [...unique.values()].sort((a, b) => b.number - a.number)) {
      const first = !drawn.has(mark.number)
      drawn.add(mark.number)
      inner = [
        element(
          'mark',
          {
            'data-finding': String(mark.number),
            'data-severity': mark.severity,
            ...(first ? { id: `mark-${String(mark.number)}` } : {}),
          },
          [...inner],
        ),
      ]
    }
    return inner
  }

  return { wrap, drawn: () => [...drawn].sort((a, b) => a - b) }
}

export function markSpan(finding: Finding, span: Utf16Span): MarkSpan {
  return { number: finding.number, severity: finding.severity, span }
}

/** Cuts a text at the borders of marks and wraps what each covers. `runs` say where its characters lie in the part. */
export function markedText(
  text: string,
  runs: readonly CharacterRun[],
  marks: readonly MarkSpan[],
  set: MarkSet,
): OutputNode[] {
  const covered = coveredRanges(runs, marks)
  if (covered.length === 0) return readableText(text)
  const cuts = new Set([0, text.length])
  for (const { from, to } of covered) cuts.add(from).add(to)
  const borders = [...cuts].sort((a, b) => a - b)
  const nodes: OutputNode[] = []
  borders.forEach((from, index) => {
    const to = borders[index + 1]
    if (to === undefined) return
    const inside = covered.filter((range) => range.from <= from && range.to >= to).map((range) => range.mark)
    for (const node of set.wrap(readableText(text.slice(from, to)), inside)) nodes.push(node)
  })
  return nodes
}

interface CoveredRange {
  readonly from: number
  readonly to: number
  readonly mark: MarkSpan
}

function coveredRanges(runs: readonly CharacterRun[], marks: readonly MarkSpan[]): CoveredRange[] {
  const first = runs[0]
  if (first === undefined || marks.length === 0) return []
  const low = runs.reduce((least, run) => Math.min(least, run.start), first.start)
  const high = runs.reduce((most, run) => Math.max(most, run.end), first.end)
  return marks.flatMap((mark) => (mark.span.end <= low || mark.span.start >= high ? [] : rangesOf(mark, runs)))
}

function rangesOf(mark: MarkSpan, runs: readonly CharacterRun[]): CoveredRange[] {
  const { start, end } = mark.span
  const covered: { from: number; to: number; readonly mark: MarkSpan }[] = []
  let at = 0
  for (const run of runs) {
    if (run.start < end && run.end > start) {
      const from = run.linear ? at + Math.max(0, start - run.start) : at
      const to = run.linear ? at + Math.min(run.count, end - run.start) : at + run.count
      const last = covered[covered.length - 1]
      if (last?.to === from) last.to = to
      else covered.push({ from, to, mark })
    }
    at += run.count
  }
  return covered
}
