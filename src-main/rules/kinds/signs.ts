import { z } from 'zod'
import type { Look } from '../../views/view.ts'
import { stepCertainty } from '../certainty.ts'
import { asList, compileContext, judgeContext, placedList } from '../context.ts'
import type { Rule } from '../pack.ts'
import type { PhraseSet } from '../phrases/phrase-index.ts'
import type { Scene, SceneText } from '../scene.ts'
import { paragraphAround, sentenceAround, wordsBetween } from '../text-places.ts'
import { contextReferences } from './context-references.ts'
import { lensesSchema, phrasesSchema, unlessSchema, wordsSchema } from './context-schema.ts'
import type { Build, Evaluate, Hit, Kind } from './kind.ts'
import { foldedRange, textHit, viewRange } from './text-hit.ts'

const signSchema = z
  .strictObject({
    name: z.string().regex(/^[a-z][a-z-]{0,40}$/, 'a name of lower-case letters and hyphens'),
    any: phrasesSchema.optional(),
    words: wordsSchema.optional(),
    points: z.int().min(-20).max(20).optional().meta({ description: '1 when left out; below 0: a sign of innocence' }),
    required: z.boolean().optional().meta({ description: 'Without it there is no hit' }),
  })
  .refine((sign) => sign.any !== undefined || sign.words !== undefined, 'a sign needs any or words')

const schema = z.strictObject({
  kind: z.literal('signs'),
  signs: z
    .array(signSchema)
    .min(2)
    .max(40)
    .meta({ description: 'Each counts once in a window, however often it stands there' }),
  'at-least': z.int().min(1).max(100).meta({ description: 'So many points make a hit' }),
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
}

/** A sign in the folded form of a text. */
interface Seen {
  readonly sign: CompiledSign
  readonly start: number
  readonly end: number
}

interface Sum {
  readonly points: number
  readonly signs: ReadonlySet<CompiledSign>
}

/** What stands above a text counts for all of it. */
const headings: ReadonlySet<Look> = new Set(['subject', 'preheader', 'title'])
/** More are looked at only up to here: a text made to hold them says no more for it. */
const maxSeen = 2_000

function compile(rule: Rule<SignsOptions>, build: Build): Evaluate {
  const { within = 'part', surely, lenses = ['folded'] } = rule.check
  const least = rule.check['at-least']
  const signs = rule.check.signs.map(({ name, any, words, points = 1, required = false }): CompiledSign => ({
    name,
    set: build.phrases(any ?? [], asList(words)),
    points,
    required,
  }))
  const needed = signs.filter(({ required }) => required)
  const context = compileContext({ unless: rule.check.unless }, build)

  return (scene) => {
    const byText = seenIn(scene)
    const above = [...byText].filter(([text]) => headings.has(text.view.look)).flatMap(([, seen]) => seen)
    const hits: Hit[] = []
    for (const [text, seen] of byText) {
      const own = headings.has(text.view.look)
      const best = bestWindow(text, seen, own ? [] : above)
      if (best === null) continue
      hits.push(hitOf(text, best.seen, best.sum))
    }
    return hits
  }

  function seenIn(scene: Scene): ReadonlyMap<SceneText, readonly Seen[]> {
    const byText = new Map<SceneText, Seen[]>()
    for (const lens of lenses) {
      for (const sign of signs) {
        for (const found of scene.phraseHits(sign.set, lens)) {
          const { text } = found
          if (!rule.look.includes(text.view.look)) continue
          const list = byText.get(text) ?? []
          if (list.length >= maxSeen) continue
          const folded = lens === 'folded' ? found : foldedRange(text, viewRange(found.lens, found))
          if (folded === null || folded.end <= folded.start) continue
          if (sign.points > 0 && judgeContext(context, text, folded, rule.certainty) === null) continue
          list.push({ sign, start: folded.start, end: folded.end })
          byText.set(text, list)
        }
      }
    }
    for (const list of byText.values()) list.sort((a, b) => a.start - b.start || a.end - b.end)
    return byText
  }

  /** The window with the most points, when they are enough. */
  function bestWindow(
    text: SceneText,
    seen: readonly Seen[],
    above: readonly Seen[],
  ): { readonly seen: readonly Seen[]; readonly sum: Sum } | null {
    let best: { seen: readonly Seen[]; sum: Sum } | null = null
    for (const window of windows(text.lenses.folded().text, seen)) {
      const sum = sumOf([...window, ...above])
      if (sum.points < least || needed.some((sign) => !sum.signs.has(sign))) continue
      if (!window.some(({ sign }) => sign.points > 0)) continue
      if (best === null || sum.points > best.sum.points) best = { seen: window, sum }
    }
    return best
  }

  function windows(folded: string, seen: readonly Seen[]): readonly (readonly Seen[])[] {
    if (within === 'part') return [seen]
    if (typeof within === 'number') return seen.map((first, at) => reach(folded, seen, at, first.start, within))
    const groups = new Map<number, Seen[]>()
    for (const one of seen) {
      const { start } = within === 'sentence' ? sentenceAround(folded, one) : paragraphAround(folded, one)
      const group = groups.get(start)
      if (group === undefined) groups.set(start, [one])
      else group.push(one)
    }
    return [...groups.values()]
  }

  function hitOf(text: SceneText, seen: readonly Seen[], sum: Sum): Hit {
    const range = strongest(text.lenses.folded().text, seen)
    const shown = text.lenses.folded().toView.toOrigin(range)
    const certainty = surely !== undefined && sum.points >= surely ? stepCertainty(rule.certainty, 1) : rule.certainty
    const told = [...sum.signs].map(({ name, points }) => `${name} ${points > 0 ? '+' : ''}${String(points)}`)
    return textHit(text, shown, range, {
      certainty,
      explain: [`signs ${told.join(', ')} make ${String(sum.points)}, ${String(least)} are enough: ${certainty}`],
    })
  }
}

/** What follows with at most so many words between that belong to no sign. */
function reach(folded: string, seen: readonly Seen[], from: number, start: number, words: number): readonly Seen[] {
  const window: Seen[] = []
  let end = start
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

function sumOf(seen: readonly Seen[]): Sum {
  const signs = new Set(seen.map(({ sign }) => sign))
  return { points: [...signs].reduce((sum, { points }) => sum + points, 0), signs }
}

/** From the first to the last sign of the sentence that holds the most of them. */
function strongest(folded: string, seen: readonly Seen[]): { readonly start: number; readonly end: number } {
  const bySentence = new Map<number, Seen[]>()
  for (const one of seen) {
    if (one.sign.points <= 0) continue
    const { start } = sentenceAround(folded, one)
    bySentence.set(start, [...(bySentence.get(start) ?? []), one])
  }
  let best: readonly Seen[] = []
  for (const group of bySentence.values()) if (sumOf(group).points > sumOf(best).points) best = group
  return { start: Math.min(...best.map(({ start }) => start)), end: Math.max(...best.map(({ end }) => end)) }
}
