import { z } from 'zod'
import type { Look } from '../../views/view.ts'
import { stepCertainty } from '../certainty.ts'
import { asList, compileContext, judgeContext, placedList } from '../context.ts'
import type { Rule } from '../pack.ts'
import type { PhraseSet } from '../phrases/phrase-index.ts'
import type { Scene, SceneText } from '../scene.ts'
import { paragraphAround, wordsBetween } from '../text-places.ts'
import { contextReferences } from './context-references.ts'
import { lensesSchema, phrasesSchema, unlessSchema, wordsSchema } from './context-schema.ts'
import type { Build, Evaluate, Hit, Kind } from './kind.ts'
import { numberAfter, numberBefore } from './near-number.ts'
import { foldedRange, textHit, viewRange } from './text-hit.ts'

const signSchema = z
  .strictObject({
    name: z.string().regex(/^[a-z][a-z-]{0,40}$/, 'a name of lower-case letters and hyphens'),
    any: phrasesSchema.optional(),
    words: wordsSchema.optional(),
    points: z.int().min(-20).max(20).optional().meta({ description: '1 when left out; below 0: a sign of innocence' }),
    required: z.boolean().optional().meta({ description: 'Without it there is no hit' }),
    number: z
      .enum(['before', 'after', 'beside'])
      .optional()
      .meta({ description: 'Counts only with a number there, at most two words away' }),
  })
  .refine((sign) => sign.any !== undefined || sign.words !== undefined, 'a sign needs any or words')

const schema = z
  .strictObject({
    kind: z.literal('signs'),
    signs: z
      .array(signSchema)
      .min(2)
      .max(40)
      .meta({ description: 'Each counts once in a window, however often it stands there' }),
    needs: z
      .array(z.array(z.string()).min(1).max(40))
      .min(1)
      .max(10)
      .optional()
      .meta({ description: 'Names of signs: without one of each list there is no hit' }),
    'at-least': z.int().min(1).max(100).meta({ description: 'So many points make a hit' }),
    'at-length': z
      .int()
      .min(1)
      .max(100)
      .optional()
      .meta({ description: 'So many points make a hit in a text of more than 1,200 characters' }),
    surely: z.int().min(1).max(100).optional().meta({ description: 'So many points make it a step surer' }),
    within: z
      .union([z.enum(['sentence', 'paragraph', 'part']), z.int().min(1).max(200)])
      .optional()
      .meta({
        description:
          'The window; a number: so many words that belong to no sign from the first to the last; part when left out',
      }),
    unless: unlessSchema.optional().meta({ description: 'What takes a sign of more than 0 points out of the count' }),
    lenses: lensesSchema.optional(),
  })
  .refine(
    ({ needs = [], signs }) => needs.flat().every((name) => signs.some((sign) => sign.name === name)),
    'needs names a sign that is not among signs',
  )
export type SignsOptions = z.infer<typeof schema>

/** Several signs that say little alone and much together: their points are added up in a window. */
export const signsKind: Kind<SignsOptions> = {
  name: 'signs',
  schema,
  refers: (options) =>
    contextReferences(options, {
      phrases: options.signs.flatMap(({ any }, at) => placedList(any, ['signs', at, 'any'])),
      words: options.signs.flatMap(({ words }, at) => placedList(words, ['signs', at, 'words'])),
    }),
  compile,
  explain: (options) =>
    `Adds up ${options.signs.map(({ name, points = 1 }) => `${name} (${String(points)})`).join(', ')}; applies from ${String(options['at-least'])} points on.`,
}

interface CompiledSign {
  readonly name: string
  readonly set: PhraseSet
  readonly points: number
  readonly required: boolean
  readonly number: 'before' | 'after' | 'beside' | null
}

/** A sign in the folded form of a text. */
interface Seen {
  readonly text: SceneText
  readonly sign: CompiledSign
  readonly start: number
  readonly end: number
  /** Its place among all that were found in the message. */
  readonly at: number
}

interface Sum {
  readonly points: number
  readonly signs: ReadonlySet<CompiledSign>
}

/** What stands above a text counts for all of it. */
const headings: ReadonlySet<Look> = new Set(['subject', 'preheader', 'title'])
/** Where much is said, many words meet by chance. */
const longFrom = 1_200
/** More are looked at only up to here: a text made to hold them says no more for it. */
const maxSeen = 2_000

function compile(rule: Rule<SignsOptions>, build: Build): Evaluate {
  const { within = 'part', surely, lenses = ['folded'] } = rule.check
  const leastOfShort = rule.check['at-least']
  const leastOfLong = rule.check['at-length'] ?? leastOfShort
  const signs = rule.check.signs.map(
    ({ name, any, words, points = 1, required = false, number = null }): CompiledSign => ({
      name,
      set: build.phrases(any ?? [], asList(words)),
      points,
      required,
      number,
    }),
  )
  const needed = [
    ...signs.filter(({ required }) => required).map((sign) => [sign]),
    ...(rule.check.needs ?? []).map((names) => signs.filter(({ name }) => names.includes(name))),
  ]
  const context = compileContext({ unless: rule.check.unless }, build)

  return (scene) => {
    if (!signsMayBeEnough(there(scene), Math.min(leastOfShort, leastOfLong))) return nothing
    const found = foundIn(scene)
    const aboveFound = aboveIn(found)
    const candidates = new Set(
      [...found].filter(([text, seen]) => isCandidate(text, seen, aboveOf(text, aboveFound))).map(([text]) => text),
    )
    if (candidates.size === 0) return nothing
    // Words around are asked only where the signs would do, and in headings, which count for all.
    const judged = [...found]
      .filter(([text]) => candidates.has(text) || isHeading(text))
      .map(([text, seen]) => [text, judgedOf(text, seen)] as const)
      .filter(([, seen]) => seen.length > 0)
      .sort(([, a], [, b]) => firstFound(a) - firstFound(b))
    const above = aboveIn(judged)
    const hits: Hit[] = []
    for (const [text, seen] of judged) {
      const best = candidates.has(text) ? bestWindow(text, seen, aboveOf(text, above)) : null
      if (best === null) continue
      hits.push(hitOf(text, best.seen, best.sum))
    }
    return hits
  }

  function there(scene: Scene): ReadonlySet<CompiledSign> {
    return new Set(signs.filter(({ set }) => lenses.some((lens) => scene.phraseHits(set, lens).length > 0)))
  }

  /** In the order of the lenses, signs and places. */
  function foundIn(scene: Scene): ReadonlyMap<SceneText, readonly Seen[]> {
    const byText = new Map<SceneText, Seen[]>()
    let at = 0
    for (const lens of lenses) {
      for (const sign of signs) {
        for (const found of scene.phraseHits(sign.set, lens)) {
          const { text } = found
          if (!rule.look.includes(text.view.look)) continue
          const folded = lens === 'folded' ? found : foldedRange(text, viewRange(found.lens, found))
          if (folded === null || folded.end <= folded.start) continue
          if (sign.number !== null && !hasNumber(text.lenses.folded().text, folded, sign.number)) continue
          const one = { text, sign, start: folded.start, end: folded.end, at: at++ }
          const list = byText.get(text)
          if (list === undefined) byText.set(text, [one])
          else list.push(one)
        }
      }
    }
    return byText
  }

  /** Those that nothing around them takes out of the count, in order of their places. */
  function judgedOf(text: SceneText, found: readonly Seen[]): readonly Seen[] {
    const kept: Seen[] = []
    for (const one of found) {
      if (kept.length >= maxSeen) break
      if (one.sign.points > 0 && judgeContext(context, text, one, rule.certainty) === null) continue
      kept.push(one)
    }
    return kept.sort(byPlace)
  }

  /** Whether some window would hold enough, were nothing taken out: with fewer signs, no window holds more. */
  function isCandidate(text: SceneText, found: readonly Seen[], above: readonly Seen[]): boolean {
    const least = leastIn(text)
    const all = new Set([...found, ...above].map(({ sign }) => sign))
    if (!signsMayBeEnough(all, least)) return false
    if (within === 'part') return true
    // In scripts without spaces a sign that counts no more may make the way to the next one shorter by a word.
    if (typeof within === 'number' && beyondAscii.test(text.lenses.folded().text)) return true
    return windows(text, [...found].sort(byPlace)).some((window) =>
      signsMayBeEnough(new Set([...window, ...above].map(({ sign }) => sign)), least),
    )
  }

  /** The window with the most points, when they are enough. */
  function bestWindow(
    text: SceneText,
    seen: readonly Seen[],
    above: readonly Seen[],
  ): { readonly seen: readonly Seen[]; readonly sum: Sum } | null {
    const least = leastIn(text)
    let best: { seen: readonly Seen[]; sum: Sum } | null = null
    if (mostPoints([...seen, ...above]) < least) return null
    for (const window of windows(text, seen)) {
      const counted = [...window, ...above]
      if (mostPoints(counted) < least) continue
      const sum = sumOf(counted)
      if (sum.points < least || needed.some((list) => !list.some((sign) => sum.signs.has(sign)))) continue
      if (!window.some(({ sign }) => sign.points > 0)) continue
      if (best === null || sum.points > best.sum.points) best = { seen: window, sum }
    }
    return best
  }

  function leastIn(text: SceneText): number {
    return text.lenses.folded().text.length > longFrom ? leastOfLong : leastOfShort
  }

  /** Whether all of them together would do: most texts hold too few, wherever they stand. */
  function signsMayBeEnough(there: ReadonlySet<CompiledSign>, least: number): boolean {
    let most = 0
    for (const { points } of there) most += Math.max(0, points)
    return most >= least && needed.every((list) => list.some((sign) => there.has(sign)))
  }

  function windows(text: SceneText, seen: readonly Seen[]): readonly (readonly Seen[])[] {
    if (within === 'part') return [seen]
    const folded = text.lenses.folded().text
    if (typeof within === 'number')
      return seen.map((_, at) => [...before(folded, seen, at, within), ...reach(folded, seen, at, within)])
    const groups = new Map<number, Seen[]>()
    for (const one of seen) {
      const { start } = within === 'sentence' ? text.sentence(one) : paragraphAround(folded, one)
      const group = groups.get(start)
      if (group === undefined) groups.set(start, [one])
      else group.push(one)
    }
    return [...groups.values()]
  }

  function hitOf(text: SceneText, seen: readonly Seen[], sum: Sum): Hit {
    const range = strongest(text, seen)
    const shown = text.lenses.folded().toView.toOrigin(range)
    const certainty = surely !== undefined && sum.points >= surely ? stepCertainty(rule.certainty, 1) : rule.certainty
    const told = [...sum.signs].map(({ name, points }) => `${name} ${points > 0 ? '+' : ''}${String(points)}`)
    return textHit(text, shown, range, {
      certainty,
      explain: [
        `signs ${told.join(', ')} make ${String(sum.points)}, ${String(leastIn(text))} are enough: ${certainty}`,
      ],
    })
  }
}

const nothing: readonly Hit[] = []
const beyondAscii = /[^\0-\x7f]/

function byPlace(a: Seen, b: Seen): number {
  return a.start - b.start || a.end - b.end
}

function isHeading(text: SceneText): boolean {
  return headings.has(text.view.look)
}

/** A heading has nothing above it. */
function aboveOf(text: SceneText, above: readonly Seen[]): readonly Seen[] {
  return isHeading(text) ? [] : above
}

function firstFound(seen: readonly Seen[]): number {
  return seen.reduce((first, { at }) => Math.min(first, at), Infinity)
}

function aboveIn(byText: Iterable<readonly [SceneText, readonly Seen[]]>): readonly Seen[] {
  return [...byText].flatMap(([text, seen]) => (isHeading(text) ? seen : []))
}

function hasNumber(
  folded: string,
  place: { readonly start: number; readonly end: number },
  where: 'before' | 'after' | 'beside',
): boolean {
  return (
    (where !== 'after' && numberBefore(folded, place.start)) || (where !== 'before' && numberAfter(folded, place.end))
  )
}

/** What follows with at most so many words between that belong to no sign. */
function reach(folded: string, seen: readonly Seen[], from: number, words: number): Seen[] {
  const window: Seen[] = []
  let end = seen[from]?.start ?? 0
  let used = 0
  for (let at = from; at < seen.length; at++) {
    const one = seen[at]
    if (one === undefined) break
    if (one.start > end) used += wordsBetween(folded, { start: end, end }, one, words)
    if (used > words) break
    end = Math.max(end, one.end)
    window.push(one)
  }
  return window
}

/** Signs of innocence before it, as near: a window that begins behind them would not know of them. */
function before(folded: string, seen: readonly Seen[], from: number, words: number): Seen[] {
  const innocent: Seen[] = []
  let start = seen[from]?.start ?? 0
  let used = 0
  for (let at = from - 1; at >= 0; at--) {
    const one = seen[at]
    if (one === undefined) break
    if (one.end < start) used += wordsBetween(folded, one, { start, end: start }, words)
    if (used > words) break
    start = Math.min(start, one.start)
    if (one.sign.points < 0) innocent.push(one)
  }
  return innocent
}

/** What the signs would come to, were no word shared and nothing innocent. */
function mostPoints(seen: readonly Seen[]): number {
  let points = 0
  for (const sign of new Set(seen.map((one) => one.sign))) points += Math.max(0, sign.points)
  return points
}

/** Each sign once, and each word for one sign: of signs that share words the longest counts. */
function sumOf(seen: readonly Seen[]): Sum {
  const taken: Seen[] = []
  const signs = new Set<CompiledSign>()
  const sorted = [...seen].sort((a, b) => b.end - b.start - (a.end - a.start) || b.sign.points - a.sign.points)
  for (const one of sorted) {
    if (signs.has(one.sign) || taken.some((other) => overlap(one, other))) continue
    signs.add(one.sign)
    taken.push(one)
  }
  return { points: [...signs].reduce((sum, { points }) => sum + points, 0), signs }
}

function overlap(a: Seen, b: Seen): boolean {
  return a.text === b.text && a.start < b.end && b.start < a.end
}

/** From the first to the last sign of the sentence that holds the most of them. */
function strongest(text: SceneText, seen: readonly Seen[]): { readonly start: number; readonly end: number } {
  const bySentence = new Map<number, Seen[]>()
  for (const one of seen) {
    if (one.sign.points <= 0) continue
    const { start } = text.sentence(one)
    bySentence.set(start, [...(bySentence.get(start) ?? []), one])
  }
  let best: readonly Seen[] = []
  for (const group of bySentence.values()) if (sumOf(group).points > sumOf(best).points) best = group
  return { start: Math.min(...best.map(({ start }) => start)), end: Math.max(...best.map(({ end }) => end)) }
}
