import type { Channel, Finding, NotChecked, Severity, Verdict } from '../contract/report.ts'
import type { Views } from '../views/view.ts'
import type { AudienceFacts } from './audience/audience-facts.ts'
import { severityAt, compareSeverity } from './certainty.ts'
import type { CompiledRule, CompiledRules } from './compile.ts'
import { tellFindings, type Judged } from './findings.ts'
import type { RuleGap } from './kinds/kind.ts'
import { appliesTo, languageOf, undetermined } from './language.ts'
import { notCheckedOf, type RuleGaps } from './not-checked.ts'
import { ownWords } from './own-words.ts'
import { reach } from './reach.ts'
import { buildScene } from './scene.ts'
import type { SeriesNote } from './series/series-message.ts'

export interface JudgeSettings {
  /** `YYYY-MM-DD` */
  readonly asOf: string
  /** Recipients' places; empty: unknown. */
  readonly region: readonly string[]
  /** What is in the lists that the message goes to; left out: none is known. */
  readonly audience?: AudienceFacts | null
  /** Of the findings' sentences; English where a pack has no other. */
  readonly language?: string
}

export interface Judgement {
  readonly findings: Finding[]
  readonly notChecked: NotChecked[]
  readonly verdict: Verdict
  /** Of the message's text; null: not told by its text. */
  readonly language: string | null
  /** What rules over a series noted, by rule. */
  readonly notes: ReadonlyMap<string, SeriesNote>
}

/** One rule on one message; past it the rule reports that it timed out, and the next one goes on. */
const budgetMs = 400

/**
 * Judges one message by all rules. Complete findings: merged, grouped, numbered by place, told in sentences, identifiers
 * masked. Pure: the same message, rules and settings give the same findings.
 */
export function judge(rules: CompiledRules, views: Views, settings: JudgeSettings): Judgement {
  const language = languageOf(views)
  const inLanguage = rules.rules.filter(({ rule }) => appliesTo(rule, language))
  const { judged, gaps, notes } = runRules(rules, views, settings, inLanguage)
  const findings = tellFindings(judged.map(ownWords(views)), views, rules.loaded, settings.language ?? 'en')
  const notChecked = notCheckedOf(rules, views, gaps, language)
  return {
    findings,
    notChecked,
    verdict: verdictOf(findings, notChecked),
    language: language === undetermined ? null : language,
    notes,
  }
}

/** What the rules over a series note of an earlier message, which is not judged. */
export function noteOnly(rules: CompiledRules, views: Views, settings: JudgeSettings): Judgement {
  const language = languageOf(views)
  const { notes } = runRules(
    rules,
    views,
    settings,
    rules.rules.filter(({ rule, series }) => series !== null && appliesTo(rule, language)),
  )
  return {
    findings: [],
    notChecked: [],
    verdict: 'nothing-found',
    language: language === undetermined ? null : language,
    notes,
  }
}

/** What `only` these rules find, before anything is merged or told. */
export function runRules(
  rules: CompiledRules,
  views: Views,
  settings: Pick<JudgeSettings, 'asOf' | 'region' | 'audience'>,
  only: readonly CompiledRule[],
): {
  readonly judged: readonly Judged[]
  readonly gaps: readonly RuleGaps[]
  readonly notes: ReadonlyMap<string, SeriesNote>
} {
  const gaps: RuleGaps[] = []
  const results = new Map<string, readonly Judged[]>()
  let deadlineMs = 0
  const notes = new Map<string, SeriesNote>()
  let current: RuleGap[] = []
  let noted: SeriesNote | null = null
  const region = regionOf(views, settings)
  const scene = buildScene(
    views,
    {
      asOf: settings.asOf,
      region,
      audience: settings.audience ?? null,
      index: rules.index,
      looks: rules.looks,
      fields: rules.fields,
      longTexts: rules.longTexts,
    },
    {
      hitsOf: (id) => {
        const compiled = rules.byId.get(rules.loaded.aliases.get(id) ?? id)
        return compiled === undefined ? [] : resultsOf(compiled).map(({ hit }) => hit)
      },
      cannotCheck: (gap) => void current.push(gap),
      note: (note) => void (noted = note),
      deadlineMs: () => deadlineMs,
    },
  )
  return { judged: only.flatMap(resultsOf), gaps, notes }

  /** Once for each rule: another may ask for its hits before its turn comes. */
  function resultsOf(compiled: CompiledRule): readonly Judged[] {
    const { rule } = compiled
    const known = results.get(rule.id)
    if (known !== undefined) return known
    // While it runs it has no hits: a rule that asks for itself, by way of others too, ends.
    results.set(rule.id, [])
    const reaches = reach(rule, region)
    if (reaches === 'nobody' || !isFor(compiled, views.message.channel)) return []
    const outer = { current, deadlineMs }
    current = []
    deadlineMs = performance.now() + budgetMs
    const found = evaluate(compiled, () => compiled.evaluate(scene), current).map((one) =>
      reaches === 'unknown' ? { ...one, severity: 'info' as const, mayNotApply: true } : one,
    )
    if (current.length > 0) gaps.push({ rule, gaps: current })
    if (noted !== null) notes.set(rule.id, reaches === 'unknown' ? { ...noted, mayNotApply: true } : noted)
    noted = null
    current = outer.current
    deadlineMs = outer.deadlineMs
    results.set(rule.id, found)
    return found
  }
}

/** A list without a message is looked at by the rules that look at rows, whatever channel they are for. */
function isFor({ rule, rows }: CompiledRule, channel: Channel | null): boolean {
  return channel === null ? rows !== null : rule.channels?.includes(channel) !== false
}

/** Where the recipients are: as the call says, else the draft, the rows, the manifest. */
function regionOf(
  { message }: Views,
  { region, audience }: Pick<JudgeSettings, 'region' | 'audience'>,
): readonly string[] {
  if (region.length > 0) return region
  const own = (message.fields.get('region') ?? '').toUpperCase().match(/[A-Z]{2}(?:-[A-Z0-9]{1,3})?/g) ?? []
  return own.length > 0 ? own : (audience?.regions ?? message.settings?.region ?? [])
}

function evaluate({ rule }: CompiledRule, run: () => ReturnType<CompiledRule['evaluate']>, gaps: RuleGap[]): Judged[] {
  try {
    return run().map((hit) => ({ rule, hit, severity: severityOf(rule, hit) }))
  } catch (error) {
    // A fault in one rule must not take the other rules' findings along; it is told, by kind only.
    gaps.push({
      code: 'rule-failed',
      reason: `rule ${rule.id} failed (${error instanceof Error ? error.name : 'unknown fault'})`,
      material: true,
    })
    return []
  }
}

/** What the certainty of a hit leaves of a rule's severity. */
export function severityOf({ severity, pack }: Judged['rule'], hit: Judged['hit']): Severity {
  const told = severityAt(severity, hit.certainty)
  const atMost = pack.basis === 'second-hand' ? lower(hit.atMost ?? 'error', 'warning') : (hit.atMost ?? 'error')
  return lower(told, atMost)
}

function lower(a: Severity, b: Severity): Severity {
  return compareSeverity(a, b) > 0 ? b : a
}

function verdictOf(findings: readonly Finding[], notChecked: readonly NotChecked[]): Verdict {
  if (findings.some(({ severity }) => severity === 'error')) return 'errors'
  if (findings.some(({ severity }) => severity === 'warning')) return 'to-review'
  return notChecked.some(({ material }) => material) ? 'not-fully-checked' : 'nothing-found'
}
