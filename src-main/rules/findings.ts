import { calmLone } from './lone-words.ts'
import { createHash } from 'node:crypto'
import type { Finding, Severity } from '../contract/report.ts'
import { compareCertainty, compareSeverity } from './certainty.ts'
import { excerptOf, holdsIdentifier, shownMatch } from './excerpt.ts'
import { fingerprintOf, fingerprintParts } from './fingerprint.ts'
import { createMasker, type Masker } from './identifiers/mask.ts'
import type { Hit } from './kinds/kind.ts'
import type { LoadedPacks } from './load-packs.ts'
import type { Rule } from './pack.ts'
import { placeNames } from './place-names.ts'
import { placeOrder, type Places, type Ranked } from './place-order.ts'
import { tell } from './sentences.ts'
import type { DatedValue } from './values.ts'

/** A rule's hit with the severity that its certainty leaves. */
export interface Judged {
  readonly rule: Rule
  readonly hit: Hit
  readonly severity: Severity
  /** It holds in some places only, and where the recipients are is not known: information, all of a message one group. */
  readonly mayNotApply?: boolean
}

/** What hostile text can make of one rule is bounded; beyond it the last finding says how many there are. */
const maxOfRuleInPart = 50

/** Merges, groups, numbers and tells what the rules found. */
export function tellFindings(
  judged: readonly Judged[],
  views: Places,
  loaded: LoadedPacks,
  language: string,
): Finding[] {
  const order = placeOrder(views)
  const ranked = calmLone(judged).map((one) => ({ ...one, place: order(one.hit) }))
  const kept = mergeOverlaps(limitRules(ranked))
  const masker = createMasker(new Set(judged.flatMap(({ hit }) => (hit.secret === true ? [hit.match] : []))))
  const ordinals = new Map<string, number>()
  const secrets = new Map<string, number>()
  const inOrder = kept.sort((a, b) => comparePlaces(a, b))
  const identifiers = new Set(inOrder.filter(({ hit }) => holdsIdentifier(hit, masker)))
  const groups = joinBySentence(
    inOrder,
    inOrder.map((one) => groupOf(one, views.message.id, loaded, identifiers.has(one) ? secrets : null)),
    { loaded, identifiers },
  )
  return inOrder.map((one, at) => {
    const parts = fingerprintParts(one.rule, one.hit, views.message.id, masker)
    const ordinal = (ordinals.get(parts) ?? 0) + (identifiers.has(one) ? 1 : 0)
    ordinals.set(parts, ordinal)
    const group = groups[at] ?? ''
    return findingOf(one, at + 1, fingerprintOf(parts, ordinal), group, {
      views,
      loaded,
      language,
      masker,
    })
  })
}

interface Merged extends Judged {
  readonly place: Ranked
  readonly related: Judged[]
  /** Grows by the clauses of what is merged into it. */
  readonly clauses: Set<string>
  readonly more: number
  /** The surer, the lower. */
  readonly rank: number
}

type Placed = Judged & { readonly place: Ranked; readonly more?: number }

function comparePlaces(a: Placed, b: Placed): number {
  return (
    a.place.part - b.place.part ||
    a.place.start - b.place.start ||
    a.place.end - b.place.end ||
    (a.rule.id < b.rule.id ? -1 : a.rule.id > b.rule.id ? 1 : 0)
  )
}

function limitRules(judged: readonly Placed[]): Placed[] {
  const counts = new Map<string, number>()
  const kept: Placed[] = []
  const lastOf = new Map<string, number>()
  for (const one of [...judged].sort(comparePlaces)) {
    const key = `${one.rule.id}\0${one.hit.source?.part ?? one.hit.part}`
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    if (count > maxOfRuleInPart) continue
    lastOf.set(key, kept.length)
    kept.push(one)
  }
  for (const [key, at] of lastOf) {
    const last = kept[at]
    const more = (counts.get(key) ?? 0) - maxOfRuleInPart
    if (last !== undefined && more > 0) kept[at] = { ...last, more }
  }
  return kept
}

/** Overlapping findings of one clause become one, the surest first; the others stand under `related`. */
function mergeOverlaps(judged: readonly Placed[]): Merged[] {
  const kept: Merged[] = []
  const byPlace = new Map<string, Merged[]>()
  const surest = [...judged].sort(
    (a, b) =>
      Number(a.mayNotApply === true) - Number(b.mayNotApply === true) ||
      compareCertainty(b.hit.certainty, a.hit.certainty) ||
      compareSeverity(b.severity, a.severity) ||
      b.place.end - b.place.start - (a.place.end - a.place.start) ||
      comparePlaces(a, b),
  )
  for (const one of surest) {
    const { span, source } = one.hit
    const part = source?.part ?? one.hit.part
    const places = one.rule.clauses.map((clause) => `${part}\0${clause}`)
    const winner =
      span === null
        ? undefined
        : surestOf(places.flatMap((place) => byPlace.get(place)?.find((other) => overlaps(one, other)) ?? []))
    if (winner === undefined) {
      const merged: Merged = {
        ...one,
        related: [],
        clauses: new Set(one.rule.clauses),
        more: one.more ?? 0,
        rank: kept.length,
      }
      kept.push(merged)
      for (const place of places) addTo(byPlace, place, merged)
      continue
    }
    winner.related.push(one)
    one.rule.clauses.forEach((clause, at) => {
      if (winner.clauses.has(clause)) return
      winner.clauses.add(clause)
      addTo(byPlace, places[at] ?? '', winner)
    })
  }
  return kept
}

function surestOf(merged: readonly Merged[]): Merged | undefined {
  return merged.reduce<Merged | undefined>(
    (best, one) => (best !== undefined && best.rank < one.rank ? best : one),
    undefined,
  )
}

function addTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const known = lists.get(key)
  if (known === undefined) lists.set(key, [value])
  else known.push(value)
}

function overlaps(a: Judged, b: Judged): boolean {
  const first = a.hit.span
  const second = b.hit.span
  return first !== null && second !== null && first.start < second.end && second.start < first.end
}

/**
 * Findings that are one fact: the same match under the same clauses, wherever it stands in the message; or what the rule
 * itself names as one fact behind many messages. `secrets`: the match is an identifier; those known so far.
 */
function groupOf(one: Merged, message: string, loaded: LoadedPacks, secrets: Map<string, number> | null): string {
  const { hit } = one
  if (one.mayNotApply === true) return groupId(['places', message])
  const clauses = clausesKey(one, loaded)
  if (hit.fact !== undefined) return groupId(['fact', clauses, one.rule.id, hit.fact])
  if (hit.topic !== undefined) return groupId(['topic', message, clauses, hit.topic])
  let match = hit.normalised.match
  if (secrets !== null) {
    // Its place in the row of distinct numbers, never the number: a hash of few digits can be undone.
    const known = secrets.get(match) ?? secrets.size + 1
    secrets.set(match, known)
    match = `identifier ${known}`
  }
  const key = match === '' ? `${one.rule.id} ${hit.normalised.sentence}` : match
  return groupId(['group', message, clauses, key])
}

function clausesKey({ rule }: Judged, loaded: LoadedPacks): string {
  return [...new Set(rule.clauses.map((clause) => loaded.twins.get(clause) ?? clause))].sort().join(' ')
}

/** A menu or a table without full stops is no sentence that says one thing. */
const maxSentenceUnits = 400

/**
 * Puts the groups together that stand in one sentence under the same clauses: who offers two medicines in a sentence offers medicines.
 * Numbers of persons stay apart, and so does what has no place in a text.
 */
function joinBySentence(
  inOrder: readonly Merged[],
  groups: readonly string[],
  { loaded, identifiers }: { readonly loaded: LoadedPacks; readonly identifiers: ReadonlySet<Merged> },
): readonly string[] {
  const into = new Map<string, string>()
  const root = (group: string): string => {
    let at = group
    for (let next = into.get(at); next !== undefined; next = into.get(at)) at = next
    return at
  }
  const bySentence = new Map<string, string>()
  for (const [at, one] of inOrder.entries()) {
    const { hit } = one
    const { sentence } = hit.normalised
    const isApart = one.mayNotApply === true || hit.fact !== undefined || hit.topic !== undefined || hit.span === null
    if (isApart || identifiers.has(one) || sentence === '' || sentence.length > maxSentenceUnits) continue
    const group = root(groups[at] ?? '')
    const key = `${clausesKey(one, loaded)}\0${sentence}`
    const first = bySentence.get(key)
    if (first === undefined) bySentence.set(key, group)
    else if (root(first) !== group) into.set(group, root(first))
  }
  return groups.map(root)
}

function groupId(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16)
}

interface Telling {
  readonly views: Places
  readonly loaded: LoadedPacks
  readonly language: string
  readonly masker: Masker
}

function findingOf(
  one: Merged,
  number: number,
  fingerprint: string,
  group: string,
  { views, loaded, language, masker }: Telling,
): Finding {
  const { rule, hit } = one
  const told = tell(rule, hit, shownMatch(hit, masker), loaded, language)
  const explain = [
    ...hit.explain,
    ...(hit.values ?? []).map(valueLine),
    ...(one.more > 0 ? [`${one.more} more places like this in this part`] : []),
    ...severityLine(one),
  ]
  return {
    rule: rule.id,
    origin: { kind: 'rule' },
    pack: `${rule.pack.id}@${rule.pack.version}`,
    clauses: [...one.clauses],
    severity: one.severity,
    certainty: hit.certainty,
    title: told.title,
    message: [told.message, ...provisos(one)].join(' '),
    why: told.why,
    fix: told.fix,
    sources: [...rule.sources, ...(hit.values ?? []).map(valueSource)],
    number,
    group,
    part: hit.part,
    span: hit.span === null ? null : { start: hit.span.start, end: hit.span.end },
    source: sourceOf(hit),
    rows: hit.rows ?? null,
    excerpt: excerptOf(hit, masker),
    fingerprint,
    related: one.related.map((other) => ({
      message: tell(other.rule, other.hit, shownMatch(other.hit, masker), loaded, language).message,
      id: views.message.id,
      span: other.hit.span === null ? null : { start: other.hit.span.start, end: other.hit.span.end },
    })),
    edit: null,
    decision: null,
    explain: explain.map((line) => masker.mask(line, 'last4')),
  }
}

/** What a finding must say beside its own sentence. */
function provisos({ rule, mayNotApply }: Judged): string[] {
  return [
    ...(rule.pack.basis === 'second-hand' ? ['(wording not verified)'] : []),
    ...(mayNotApply === true
      ? [`This holds for recipients in ${placeNames(rule.regions ?? [])}; where they are is not known.`]
      : []),
  ]
}

function valueSource({ value, from, until, source, verify }: DatedValue): Finding['sources'][number] {
  return { id: source ?? 'dated value', value, from, until, verify }
}

/** Which value it was, where it is written, since when, and whether a person has yet to compare it with its source. */
function valueLine({ value, from, until, source, verify }: DatedValue): string {
  const dates = [...(from === null ? [] : [`from ${from}`]), ...(until === null ? [] : [`until ${until}`])].join(' ')
  return [
    `by the value “${value}”`,
    ...(source === null ? [] : [source]),
    ...(dates === '' ? [] : [dates]),
    ...(verify ? ['to be verified against its source'] : []),
  ].join('; ')
}

function sourceOf({ source, span, bytes }: Hit): Finding['source'] {
  const range = source !== null && span !== null && source.toSource !== null ? source.toSource(span) : (bytes ?? null)
  return range === null ? null : { start: range.start, end: range.end }
}

function severityLine({ rule, hit, severity, mayNotApply }: Judged): string[] {
  if (severity === rule.severity) return []
  if (mayNotApply === true) return ["the recipients' places are not known: info"]
  if (rule.pack.basis === 'second-hand' && severity === 'warning' && hit.certainty === 'certain')
    return ['the text of this version was read second-hand: not more than warning']
  return [
    hit.atMost === severity
      ? `not more than ${severity}${hit.tell === 'draft' ? ' in a draft' : ''}`
      : `${hit.certainty}: ${rule.severity} becomes ${severity}`,
  ]
}
