import type { Severity } from '../contract/report.ts'
import { followsAlone, type ClauseStep } from './clause-steps.ts'

/** A rule as the newer version has it. */
export interface ImpactRule {
  readonly id: string
  readonly title: string
  /** Of all that decides what it finds. */
  readonly sha256: string
  /** Full ids, of other policies too. */
  readonly clauses: readonly string[]
  /** Its pack names the newer version: it was written for it. */
  readonly written: boolean
}

export interface ImpactQuestion {
  readonly policy: string
  readonly pack: string
  readonly older: string
  readonly newer: string
  readonly steps: readonly ClauseStep[]
  readonly rules: readonly ImpactRule[]
  /** A named person said that the rule serves the clause as it is worded in the newer version. */
  readonly confirmed: readonly {
    readonly rule: string
    readonly clause: string
    readonly by: string
    readonly at: string
  }[]
}

/** A finding as it is kept: by rule and by the hash of what was looked at. */
export interface KeptFinding {
  readonly rule: string
  /** Of the rule that found it; empty: not known any more. */
  readonly sha256: string
  readonly fingerprint: string
  readonly severity: Severity
  readonly clauses: readonly string[]
  readonly title: string
  readonly excerpt: string
}

/** The last sign-off of a message, by which it is found again. */
export interface SignedRef {
  readonly workspace: string
  /** Identity of the message in its workspace. */
  readonly place: string
  readonly message: string
  readonly campaign: string
  readonly client: string | null
  readonly content: string
  readonly snapshot: string
  readonly by: string
  readonly at: string
}

export interface SignedReview extends SignedRef {
  /** `klaviyo-aup@2021-09-24` … */
  readonly packs: readonly string[]
  /** What found something when it was signed. */
  readonly findings: readonly KeptFinding[]
  /** Of the same content, by whatever rules it was judged with since. */
  readonly since: readonly KeptFinding[]
  /** Hash of each rule that the content was judged by, by rule; several where the rule was changed. */
  readonly judgedBy: readonly ReadonlyMap<string, string>[]
}

export interface ImpactFinding {
  readonly rule: string
  readonly title: string
  readonly severity: Severity
  readonly clauses: readonly string[]
  readonly excerpt: string
}

export interface ImpactCase {
  readonly review: SignedRef
  readonly findings: readonly ImpactFinding[]
}

export interface UnclearClause {
  readonly step: ClauseStep
  /** Rules that served it, or would. */
  readonly rules: readonly { readonly id: string; readonly title: string }[]
  readonly reviews: readonly SignedRef[]
}

export interface ConfirmedClause {
  readonly clause: string
  readonly rule: string
  readonly title: string
  readonly by: string
  readonly at: string
}

export interface Impact {
  /** Signed under the older version. */
  readonly signed: number
  /** Signed under neither. */
  readonly others: number
  readonly fails: readonly ImpactCase[]
  readonly fallsAway: readonly ImpactCase[]
  readonly unclear: readonly UnclearClause[]
  readonly confirmed: readonly ConfirmedClause[]
  /** Signed under the older version and not yet judged by a rule that the newer has. */
  readonly unjudged: readonly SignedRef[]
}

/**
 * What a newer version of a policy means for what was signed under an older one. Nothing is judged here: findings are taken as they are kept,
 * and what is not kept is said to be unclear.
 */
export function impactOf(question: ImpactQuestion, reviews: Iterable<SignedReview>): Impact {
  const { steps, rules, policy } = question
  const standing = ruleStandings(question)
  const active = rules.filter(({ id }) => standing.get(id) === 'active')
  const isJudged = judgedBy(active)
  const byId = new Map(rules.map((rule) => [rule.id, rule]))
  const unclear = steps
    .filter((step) => !followsAlone(step) && step.kind !== 'removed')
    .flatMap((step) => unclearOf(step, question))
  const touched = new Map(unclear.map(({ step }) => [step, [] as SignedRef[]]))
  const unclearByClause = new Map<string, ClauseStep[]>()
  for (const { step } of unclear)
    for (const clause of new Set([...step.from, ...step.to]))
      unclearByClause.set(clause, [...(unclearByClause.get(clause) ?? []), step])

  const fails: ImpactCase[] = []
  const fallsAway: ImpactCase[] = []
  const unjudged: SignedRef[] = []
  let signed = 0
  let others = 0
  const underOlder = `${question.pack}@${question.older}`
  const underNewer = `${question.pack}@${question.newer}`

  for (const review of reviews) {
    if (!review.packs.includes(underOlder)) {
      if (!review.packs.includes(underNewer)) others++
      continue
    }
    signed++
    const known = new Set(review.findings.map(({ fingerprint }) => fingerprint))
    const fresh = review.since.filter(({ rule, sha256, fingerprint, severity }) => {
      if (severity === 'info' || known.has(fingerprint)) return false
      return standing.get(rule) === 'active' && byId.get(rule)?.sha256 === sha256
    })
    const ref = refOf(review)
    if (fresh.length > 0) fails.push({ review: ref, findings: fresh.map(told) })
    const gone = review.findings.filter(({ rule, severity }) => severity !== 'info' && isGone(standing.get(rule)))
    if (gone.length > 0) fallsAway.push({ review: ref, findings: gone.map(told) })
    if (!isJudged(review)) unjudged.push(ref)
    const steps = new Set(
      review.findings.flatMap(({ clauses, rule }) =>
        standing.get(rule) === 'active' ? [] : clauses.flatMap((clause) => unclearByClause.get(clause) ?? []),
      ),
    )
    for (const step of steps) touched.get(step)?.push(ref)
  }
  return {
    signed,
    others,
    fails: fails.toSorted((a, b) => worst(a) - worst(b)),
    fallsAway,
    unclear: unclear.map((one) => ({ ...one, reviews: touched.get(one.step) ?? [] })),
    confirmed: question.confirmed.flatMap(({ rule, clause, by, at }) => {
      const known = byId.get(rule)
      const isAsked = clause.startsWith(`${policy}:`) && known !== undefined
      return isAsked ? [{ clause, rule, title: known.title, by, at }] : []
    }),
    unjudged,
  }
}

/** `active`: judges under the newer version; `waits`: for a person's word; `gone`: its clauses are. */
type Standing = 'active' | 'waits' | 'gone'

function isGone(standing: Standing | undefined): boolean {
  return standing === undefined || standing === 'gone'
}

function ruleStandings(question: ImpactQuestion): ReadonlyMap<string, Standing> {
  const byClause = stepsByClause(question.steps)
  const confirmed = new Set(question.confirmed.map(({ rule, clause }) => key(rule, clause)))
  return new Map(question.rules.map((rule) => [rule.id, standingOf(rule, question.policy, byClause, confirmed)]))
}

function standingOf(
  { id, clauses, written }: ImpactRule,
  policy: string,
  byClause: ReadonlyMap<string, readonly ClauseStep[]>,
  confirmed: ReadonlySet<string>,
): Standing {
  const own = clauses.filter((clause) => clause.startsWith(`${policy}:`))
  // What serves no clause of this policy has nothing to do with its versions.
  if (own.length === 0 || written) return 'active'
  const standings = own.map((clause): Standing => {
    const steps = byClause.get(clause) ?? []
    if (steps.every(followsAlone)) return 'active'
    const to = steps.flatMap((step) => step.to)
    if (to.length === 0) return 'gone'
    return to.some((newer) => confirmed.has(key(id, newer))) ? 'active' : 'waits'
  })
  if (standings.includes('active')) return 'active'
  return standings.includes('waits') ? 'waits' : 'gone'
}

function stepsByClause(steps: readonly ClauseStep[]): ReadonlyMap<string, readonly ClauseStep[]> {
  const byClause = new Map<string, ClauseStep[]>()
  for (const step of steps)
    for (const clause of new Set([...step.from, ...step.to]))
      byClause.set(clause, [...(byClause.get(clause) ?? []), step])
  return byClause
}

/** A changed clause of which not every rule is known to serve its present wording, or that no rule serves. */
function unclearOf(
  step: ClauseStep,
  { rules, confirmed }: ImpactQuestion,
): { step: ClauseStep; rules: UnclearClause['rules'] }[] {
  const clauses = new Set([...step.from, ...step.to])
  const word = new Set(confirmed.filter(({ clause }) => step.to.includes(clause)).map(({ rule }) => rule))
  const serving = rules.filter((rule) => rule.clauses.some((clause) => clauses.has(clause)))
  const waiting = serving.filter(({ id, written }) => !written && !word.has(id))
  return waiting.length === 0 && serving.length > 0
    ? []
    : [{ step, rules: waiting.map(({ id, title }) => ({ id, title })) }]
}

/** Whether each of these rules, as it is now, has looked at a content. Most contents were judged by the same few sets of rules. */
function judgedBy(active: readonly ImpactRule[]): (review: SignedReview) => boolean {
  const missing = new WeakMap<ReadonlyMap<string, string>, readonly ImpactRule[]>()
  const lackedBy = (set: ReadonlyMap<string, string>): readonly ImpactRule[] => {
    const known = missing.get(set) ?? active.filter(({ id, sha256 }) => set.get(id) !== sha256)
    missing.set(set, known)
    return known
  }
  return ({ judgedBy: sets }) => {
    const [first, ...others] = sets.toSorted((a, b) => lackedBy(a).length - lackedBy(b).length)
    if (first === undefined) return active.length === 0
    return lackedBy(first).every(({ id, sha256 }) => others.some((set) => set.get(id) === sha256))
  }
}

function told({ rule, title, severity, clauses, excerpt }: KeptFinding): ImpactFinding {
  return { rule, title, severity, clauses, excerpt }
}

function refOf({ workspace, place, message, campaign, client, content, snapshot, by, at }: SignedReview): SignedRef {
  return { workspace, place, message, campaign, client, content, snapshot, by, at }
}

function worst({ findings }: ImpactCase): number {
  return findings.some(({ severity }) => severity === 'error') ? 0 : 1
}

function key(rule: string, clause: string): string {
  return JSON.stringify([rule, clause])
}
