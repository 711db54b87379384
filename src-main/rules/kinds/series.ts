import { z } from 'zod'
import { asList, placedList } from '../context.ts'
import type { Rule } from '../pack.ts'
import type { PhraseSet } from '../phrases/phrase-index.ts'
import type { Scene } from '../scene.ts'
import { codesIn, discountsIn } from '../series/offers.ts'
import { offersAgain } from '../series/offers-again.ts'
import { sendsToOneNumber } from '../series/sends.ts'
import type { EndClaim, SeriesNote } from '../series/series-message.ts'
import { sentenceAround } from '../text-places.ts'
import { phrasesSchema, wordsSchema } from './context-schema.ts'
import type { Build, Evaluate, Kind, References } from './kind.ts'
import { viewRange } from './text-hit.ts'

const endsSchema = z
  .strictObject({
    any: phrasesSchema.optional(),
    words: wordsSchema.optional(),
    'in-days': z.int().min(0).max(60).optional(),
  })
  .refine((ends) => ends.any !== undefined || ends.words !== undefined, 'ends needs any or words')

const schema = z
  .strictObject({
    kind: z.literal('series'),
    of: z.enum(['offer-ends-again', 'coupon-after-end', 'sends-to-one-number']).meta({
      description:
        'offer-ends-again: it was said to end, and ends once more; coupon-after-end: the code is offered after the day on which it was said to end; sends-to-one-number: messages to one number within some hours',
    }),
    ends: z.array(endsSchema).min(1).max(20).optional().meta({
      description:
        'Phrases that say that an offer ends; in-days: so many days after the message, where the sentence names no day',
    }),
    'within-days': z
      .int()
      .min(1)
      .max(730)
      .optional()
      .meta({ description: 'How long before a message earlier ones count; 60 when left out' }),
    above: z.int().min(1).max(1_000).optional().meta({ description: 'More messages than that to one number' }),
    hours: z.int().min(1).max(744).optional().meta({ description: 'Within so many hours; 24 when left out' }),
  })
  .refine((check) => (check.of === 'sends-to-one-number') === (check.ends === undefined), {
    message: 'ends goes with offer-ends-again and coupon-after-end, which need it',
  })
  .refine((check) => (check.of === 'sends-to-one-number') === (check.above !== undefined), {
    message: 'above goes with sends-to-one-number, which needs it',
  })
  .refine((check) => check.hours === undefined || check.of === 'sends-to-one-number', {
    message: 'hours goes with sends-to-one-number',
  })
  .refine((check) => check['within-days'] === undefined || check.of !== 'sends-to-one-number', {
    message: 'within-days goes with offer-ends-again and coupon-after-end',
  })
export type SeriesOptions = z.infer<typeof schema>

const defaultDays = 60
const defaultHours = 24

/** What only several messages together show: an offer that ends and goes on, too many messages in a day. */
export const seriesKind: Kind<SeriesOptions> = {
  name: 'series',
  schema,
  refers: ({ ends = [] }): References => ({
    phrases: ends.flatMap(({ any }, at) => placedList(any, ['ends', at, 'any'])),
    words: ends.flatMap(({ words }, at) => placedList(words, ['ends', at, 'words'])),
  }),
  compile: (rule, build) => (rule.check.of === 'sends-to-one-number' ? noteSend : noteOffers(rule, build)),
  series: ({ check, certainty }) => {
    const days = check['within-days'] ?? defaultDays
    return check.of === 'sends-to-one-number'
      ? {
          comparesNumbers: true,
          over: sendsToOneNumber({ above: check.above ?? 1, hours: check.hours ?? defaultHours, certainty }),
        }
      : { comparesNumbers: false, over: offersAgain({ of: check.of, days, certainty }) }
  },
  explain: (options) => {
    switch (options.of) {
      case 'offer-ends-again':
        return `Compares messages of ${String(options['within-days'] ?? defaultDays)} days: an offer that was said to end, and ends once more.`
      case 'coupon-after-end':
        return `Compares messages of ${String(options['within-days'] ?? defaultDays)} days: a code that is offered after the day on which it was said to end.`
      case 'sends-to-one-number':
        return `Counts messages to one number: more than ${String(options.above ?? 1)} within ${String(options.hours ?? defaultHours)} hours.`
    }
  },
}

const noteSend: Evaluate = (scene) => {
  scene.note({ offers: [], claims: [] })
  return []
}

const looked: ReadonlySet<string> = new Set(['subject', 'preheader', 'title', 'text', 'html'])
const maxClaims = 8
const maxTextUnits = 200_000

/** What the message offers and whether it says that it ends; what the other messages said comes later. */
function noteOffers(rule: Rule<SeriesOptions>, build: Build): Evaluate {
  const ends = (rule.check.ends ?? []).map((one) => ({
    set: build.phrases(one.any ?? [], asList(one.words)),
    inDays: one['in-days'] ?? null,
  }))
  return (scene) => {
    const offers = offersOf(scene)
    const claims = claimsIn(scene, ends)
    const note: SeriesNote = { offers, claims }
    if (offers.length > 0 || claims.length > 0) scene.note(note)
    return []
  }
}

function offersOf(scene: Scene): readonly string[] {
  const coupon = scene.views.message.fields.get('coupon')?.trim().toUpperCase() ?? ''
  const found = scene.texts.flatMap(({ view, lenses }) => {
    if (view.look === 'link-href') return codesIn(view.text.slice(0, maxTextUnits))
    if (!looked.has(view.look)) return []
    const folded = lenses.folded().text.slice(0, maxTextUnits)
    return [...codesIn(view.text.slice(0, maxTextUnits)), ...discountsIn(folded)]
  })
  return [...new Set([...(coupon === '' ? [] : [`code ${coupon.slice(0, 40)}`]), ...found])]
}

function claimsIn(
  scene: Scene,
  ends: readonly { readonly set: PhraseSet; readonly inDays: number | null }[],
): readonly EndClaim[] {
  const claims = new Map<string, EndClaim>()
  const british = scene.region.length > 0 && scene.region.every((place) => !place.startsWith('US'))
  for (const { set, inDays } of ends) {
    for (const { text, lens, start, end } of scene.phraseHits(set, 'folded')) {
      if (claims.size >= maxClaims) return [...claims.values()]
      if (!looked.has(text.view.look)) continue
      const range = viewRange(lens, sentenceAround(lens.text, { start, end }))
      const sentence = text.view.text.slice(range.start, Math.min(range.end, range.start + 400)).replace(/\s+/g, ' ')
      const known = claims.get(sentence)
      // Of two phrases in one sentence the one that leaves more time counts.
      if (known === undefined || (known.inDays ?? -1) < (inDays ?? -1))
        claims.set(sentence, { sentence, inDays, british })
    }
  }
  return [...claims.values()]
}
