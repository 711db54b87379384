import { z } from 'zod'
import type { HiddenReason } from '../../views/view.ts'
import { asList, placedList } from '../context.ts'
import type { Rule } from '../pack.ts'
import { isWordUnit } from '../phrases/word-units.ts'
import type { SceneText } from '../scene.ts'
import { phrasesSchema, wordsSchema } from './context-schema.ts'
import type { Build, Evaluate, Hit, Kind } from './kind.ts'
import { textHit, viewRange } from './text-hit.ts'

const ways = [
  'display-none',
  'visibility',
  'opacity',
  'font-size',
  'zero-box',
  'off-screen',
  'clip',
  'contrast',
  'transparent',
  'hidden-attribute',
  'mso-hide',
  'comment',
  'meta',
] as const satisfies readonly HiddenReason[]

const schema = z.strictObject({
  kind: z.literal('visibility'),
  'min-words': z.int().min(1).max(1_000).optional(),
  any: phrasesSchema.optional(),
  words: wordsSchema.optional(),
  by: z.array(z.enum(ways)).min(1).optional(),
})
export type VisibilityOptions = z.infer<typeof schema>

/** Text that the mail carries and no reader sees. */
export const visibilityKind: Kind<VisibilityOptions> = {
  name: 'visibility',
  schema,
  refers: (options) => ({ phrases: placedList(options.any, ['any']), words: placedList(options.words, ['words']) }),
  compile,
  explain: (options) =>
    options.any === undefined && options.words === undefined
      ? `Looks for hidden text of at least ${options['min-words'] ?? 1} words.`
      : 'Looks for hidden text that holds certain words.',
}

function compile(rule: Rule<VisibilityOptions>, build: Build): Evaluate {
  const { check } = rule
  const minWords = check['min-words'] ?? 1
  const set =
    check.any === undefined && check.words === undefined ? null : build.phrases(check.any ?? [], asList(check.words))
  // A description for machines is no hidden copy; it matters for the words it holds.
  const meant = new Set<HiddenReason>(
    check.by ?? ways.filter((way) => way !== 'comment' && (way !== 'meta' || set !== null)),
  )

  return (scene) => {
    const hits: Hit[] = []
    for (const text of scene.texts) {
      const { view } = text
      if (view.look !== 'hidden' || view.hiddenBy === undefined || !meant.has(view.hiddenBy)) continue
      const folded = text.lenses.folded()
      const words = countWords(folded.text)
      if (words < minWords) continue
      const explain = [`hidden by ${view.hiddenBy}`, `${words} ${words === 1 ? 'word' : 'words'}`]
      if (set === null) {
        hits.push(
          textHit(text, whole(text), { start: 0, end: folded.text.length }, { certainty: rule.certainty, explain }),
        )
        continue
      }
      for (const hit of text.hitsIn('folded').sought.get(set) ?? []) {
        hits.push(
          textHit(text, viewRange(folded, hit), hit, {
            certainty: rule.certainty,
            explain: [...explain, `phrase “${hit.entry.written}”`],
          }),
        )
      }
    }
    return hits
  }
}

function whole({ view }: SceneText): { start: number; end: number } {
  const start = view.text.length - view.text.trimStart().length
  return { start, end: Math.max(start, view.text.trimEnd().length) }
}

function countWords(text: string): number {
  let words = 0
  let inWord = false
  for (let at = 0; at < text.length; at++) {
    const unit = isWordUnit(text.charCodeAt(at))
    if (unit && !inWord) words++
    inWord = unit
  }
  return words
}
