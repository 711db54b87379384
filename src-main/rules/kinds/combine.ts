import { z } from 'zod'
import { compareCertainty } from '../certainty.ts'
import type { Rule } from '../pack.ts'
import type { Scene } from '../scene.ts'
import { ruleIdSchema } from '../schemas/rule-schema.ts'
import type { Evaluate, Hit, Kind, Placed } from './kind.ts'

const rulesSchema = z.array(ruleIdSchema).min(1).max(50)

const schema = z
  .strictObject({
    kind: z.literal('combine'),
    all: rulesSchema.optional().meta({ description: 'Every one of these rules hits' }),
    any: rulesSchema.optional().meta({ description: 'At least one of these rules hits, or as many as at-least says' }),
    'at-least': z.int().min(1).max(50).optional().meta({ description: 'So many rules of any; 1 when left out' }),
    none: rulesSchema.optional().meta({ description: 'None of these rules hits' }),
    'surer-than': z.enum(['possible', 'likely']).optional().meta({
      description: 'Hits of all and any count only where they are surer than this; all of them when left out',
    }),
    within: z
      .enum(['message', 'part'])
      .optional()
      .meta({ description: 'part: the hits of all and any stand in one part; message when left out' }),
  })
  .refine((check) => check.all !== undefined || check.any !== undefined, 'combine needs all or any')
  .refine((check) => check['at-least'] === undefined || check.any !== undefined, 'at-least goes with any')
  .refine(
    (check) => (check['at-least'] ?? 1) <= (check.any?.length ?? 50),
    'at-least is more than there are rules in any',
  )
export type CombineOptions = z.infer<typeof schema>

/** Conditions over other rules: what several of them show together, or one without the other. */
export const combineKind: Kind<CombineOptions> = {
  name: 'combine',
  schema,
  refers: (options) => ({
    rules: (['all', 'any', 'none'] as const).flatMap((key) =>
      (options[key] ?? []).map((value, at): Placed<string> => ({ value, path: [key, at] })),
    ),
  }),
  compile,
  explain: (options) => {
    const { all = [], any = [], none = [] } = options
    const least = options['at-least'] ?? 1
    const conditions = [
      ...(all.length === 0 ? [] : [`all of ${all.join(', ')} hit`]),
      ...(any.length === 0 ? [] : [`${least === 1 ? 'one' : `at least ${String(least)}`} of ${any.join(', ')} hits`]),
      ...(none.length === 0 ? [] : [`none of ${none.join(', ')} hits`]),
    ]
    return `Applies where ${conditions.join(' and ')}${options.within === 'part' ? ' in one part' : ''}.`
  },
}

function compile(rule: Rule<CombineOptions>): Evaluate {
  const { all = [], any = [], none = [], within } = rule.check
  const surerThan = rule.check['surer-than']
  const least = rule.check['at-least'] ?? 1

  return (scene) => {
    if (none.some((id) => scene.hitsOf(id).length > 0)) return []
    if (within !== 'part') return held(hitsFor(scene, () => true))
    for (const part of partsOf(scene)) {
      const hits = held(hitsFor(scene, (hit) => placeOf(hit) === part))
      if (hits.length > 0) return hits
    }
    return []

    function held({ ofAll, ofAny }: ReturnType<typeof hitsFor>): readonly Hit[] {
      const metAll = ofAll.every(({ hits }) => hits.length > 0)
      const metAny = ofAny.filter(({ hits }) => hits.length > 0)
      if (!metAll || (any.length > 0 && metAny.length < least)) return []
      return [combined(rule, [...ofAll, ...metAny])]
    }
  }

  function hitsFor(scene: Scene, counts: (hit: Hit) => boolean): { ofAll: Held[]; ofAny: Held[] } {
    const of = (id: string): Held => ({ id, hits: scene.hitsOf(id).filter((hit) => counts(hit) && isSure(hit)) })
    return { ofAll: all.map(of), ofAny: any.map(of) }
  }

  function isSure({ certainty }: Hit): boolean {
    return surerThan === undefined || compareCertainty(certainty, surerThan) > 0
  }

  function partsOf(scene: Scene): Set<string> {
    return new Set([...all, ...any].flatMap((id) => scene.hitsOf(id).map(placeOf)))
  }
}

interface Held {
  readonly id: string
  readonly hits: readonly Hit[]
}

function placeOf({ source, part }: Hit): string {
  return source?.part ?? part
}

/** Stands where the first of the rules hits that has a place. */
function combined(rule: Rule, held: readonly Held[]): Hit {
  const hits = held.flatMap(({ hits: found }) => found)
  const place = hits.find(({ span }) => span !== null) ?? hits[0]
  const explain = held.map(
    ({ id, hits: found }) => `rule ${id} hits${found.length > 1 ? ` ${String(found.length)} times` : ''}`,
  )
  return {
    part: place?.part ?? 'message',
    source: place?.source ?? null,
    span: place?.span ?? null,
    ...(place?.bytes === undefined ? {} : { bytes: place.bytes }),
    certainty: rule.certainty,
    match: place?.match ?? '',
    normalised: place?.normalised ?? { match: '', sentence: '' },
    around: place?.around ?? { text: '', start: 0, end: 0 },
    ...(place?.secret === true ? { secret: true } : {}),
    explain,
  }
}
