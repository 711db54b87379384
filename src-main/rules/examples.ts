import { buildViews } from '../views/build.ts'
import { audienceOfRows } from './audience/audience-facts.ts'
import type { CompiledRule, CompiledRules } from './compile.ts'
import { exampleCase, type ExampleCase, type Mark } from './example-message.ts'
import type { Judged } from './findings.ts'
import { runRules } from './judge.ts'
import { endDayIn } from './series/end-day.ts'
import { seriesHits } from './series/judge-series.ts'
import { seriesMessage, type SeriesMessage } from './series/series-message.ts'
import type { Example, RuleExamples } from './pack.ts'

export interface ExampleResult {
  readonly pack: string
  readonly rule: string
  readonly expects: keyof RuleExamples
  /** From 1, within its list. */
  readonly number: number
  /** As it is written, for people. */
  readonly example: string
  readonly ok: boolean
  /** What was expected and what came; of a gap, whether it is still missed. Null: as expected. */
  readonly note: string | null
}

/**
 * Runs every example of every rule, or of those that are `asked` for. `violates` must be hit at its mark, `fine` must be silent for all rules of its pack,
 * `gap` never fails.
 */
export function testExamples(rules: CompiledRules, asked?: ReadonlySet<string>): ExampleResult[] {
  return rules.rules.flatMap((compiled) => {
    if (asked?.has(compiled.rule.id) === false) return []
    const { violates, fine, gap } = compiled.rule.examples
    return [
      ...violates.map((example, at) =>
        resultOf(compiled, 'violates', example, at, violatesNote(rules, compiled, example)),
      ),
      ...fine.map((example, at) => resultOf(compiled, 'fine', example, at, fineNote(rules, compiled, example))),
      ...gap.map((example, at) => resultOf(compiled, 'gap', example, at, gapNote(rules, compiled, example))),
    ]
  })
}

function resultOf(
  { rule }: CompiledRule,
  expects: keyof RuleExamples,
  example: Example,
  at: number,
  note: string | null,
): ExampleResult {
  const shown = typeof example === 'string' ? example : JSON.stringify(example)
  return {
    pack: rule.pack.id,
    rule: rule.id,
    expects,
    number: at + 1,
    example: shown,
    ok: note === null || expects === 'gap',
    note,
  }
}

const unreadable = 'the eml of this example cannot be read'

function violatesNote(rules: CompiledRules, compiled: CompiledRule, example: Example): string | null {
  const made = exampleCase(example, compiled.rule)
  if (made === null) return unreadable
  const hits = run(rules, [compiled], made)
  if (hits.length === 0) return 'expected a hit, found nothing'
  const missed = made.marks.filter((mark) => !hits.some((hit) => isAt(hit, mark)))
  if (missed.length === 0) return null
  return `expected ${missed.map((mark) => shownMark(mark, made)).join(', ')}; hit ${hits.map(shownHit).join(', ')}`
}

function fineNote(rules: CompiledRules, compiled: CompiledRule, example: Example): string | null {
  const made = exampleCase(example, compiled.rule)
  if (made === null) return unreadable
  const ofPack = rules.rules.filter(({ rule }) => rule.pack.id === compiled.rule.pack.id)
  const hits = run(rules, ofPack, made)
  return hits.length === 0
    ? null
    : `expected nothing; ${hits.map((hit) => `${hit.rule.id} hit ${shownHit(hit)}`).join(', ')}`
}

function gapNote(rules: CompiledRules, compiled: CompiledRule, example: Example): string | null {
  const made = exampleCase(example, compiled.rule)
  if (made === null) return unreadable
  return run(rules, [compiled], made).length === 0 ? 'still missed' : 'no longer missed; it may become a “violates”'
}

function run(rules: CompiledRules, only: readonly CompiledRule[], example: ExampleCase): readonly Judged[] {
  const { judged, message } = runOne(rules, only, example, 'example')
  const asked = only.filter(({ series }) => series !== null)
  if (asked.length === 0 || message === null) return judged
  const earlier = example.earlier.flatMap((one, at) => {
    const { message: before } = runOne(rules, asked, one, `example ${String(at + 1)}`)
    return before === null ? [] : [{ ...before, earlier: '' }]
  })
  return [...judged, ...seriesHits(rules, [message, ...earlier], endDayIn).flatMap(({ judged: hits }) => hits)]
}

function runOne(
  rules: CompiledRules,
  only: readonly CompiledRule[],
  { message, rows }: ExampleCase,
  id: string,
): { readonly judged: readonly Judged[]; readonly message: SeriesMessage | null } {
  const { asOf } = rules.loaded
  const { channel } = message
  const day = message.sendAt?.slice(0, 10) ?? asOf
  const audience = rows.length === 0 ? null : audienceOfRows(rules, rows, { day, channel, consent: null, isSent: true })
  const { judged, notes } = runRules(rules, buildViews(message), { asOf, region: [], audience }, only)
  return { judged, message: seriesMessage({ ...message, id }, { notes, language: 'en' }, audience, asOf) }
}

function isAt({ hit }: Judged, mark: Mark): boolean {
  return (
    hit.span !== null &&
    (hit.source?.part ?? hit.part) === mark.part &&
    hit.span.start === mark.start &&
    hit.span.end === mark.end
  )
}

function shownMark(mark: Mark, { message }: ExampleCase): string {
  const text = message.texts.find(({ part }) => part === mark.part)?.text
  return `${mark.part} “${text?.slice(mark.start, mark.end) ?? ''}”`
}

function shownHit({ hit }: Judged): string {
  const text =
    hit.source === null || hit.span === null ? '' : ` “${hit.source.text.slice(hit.span.start, hit.span.end)}”`
  return `${hit.part}${text}`
}
