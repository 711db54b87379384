import { z } from 'zod'
import { stepCertainty } from '../certainty.ts'
import { asList, compileContext, judgeContext, placedList } from '../context.ts'
import type { LensName } from '../lens/lens.ts'
import type { PhraseSet } from '../phrases/phrase-index.ts'
import type { Rule } from '../pack.ts'
import type { Scene, SceneHit } from '../scene.ts'
import { contextReferences } from './context-references.ts'
import { lensesSchema, nearSchema, phrasesSchema, unlessSchema, wordsSchema } from './context-schema.ts'
import type { Build, Evaluate, Hit, Kind } from './kind.ts'
import { foldedRange, seenPlaces, textHit, viewRange } from './text-hit.ts'

const schema = z
  .strictObject({
    kind: z.literal('phrases'),
    any: phrasesSchema.optional(),
    words: wordsSchema.optional(),
    near: nearSchema.optional(),
    unless: unlessSchema.optional(),
    lenses: lensesSchema.optional(),
    once: z.literal(true).optional().meta({
      description: 'In a long text one place is enough, too; else likely words that stand alone there are information',
    }),
  })
  .refine((check) => check.any !== undefined || check.words !== undefined, 'phrases needs any or words')

export type PhrasesOptions = z.infer<typeof schema>

/** Words and phrases, whole words, in the order they are written in. */
export const phrasesKind: Kind<PhrasesOptions> = {
  name: 'phrases',
  schema,
  refers: (options) =>
    contextReferences(options, {
      phrases: placedList(options.any, ['any']),
      words: placedList(options.words, ['words']),
    }),
  compile,
  explain: (options) => {
    const shown = (options.any ?? []).slice(0, 3).map((phrase) => `“${phrase}”`)
    const more = (options.any?.length ?? 0) - shown.length
    const lists = asList(options.words).map((name) => `the list ${name}`)
    return `Looks for ${[...shown, ...(more > 0 ? [`${more} more phrases`] : []), ...lists].join(', ')}.`
  },
}

function compile(rule: Rule<PhrasesOptions>, build: Build): Evaluate {
  const set = build.phrases(rule.check.any ?? [], asList(rule.check.words))
  const context = compileContext(rule.check, build)
  const lenses = rule.check.lenses ?? ['folded']

  return (scene) => {
    if (lenses.every((lens) => scene.phraseHits(set, lens).length === 0)) return nothing
    const hits: Hit[] = []
    const seen = seenPlaces()
    for (const lens of lenses) for (const found of hitsIn(scene, rule, set, lens)) judged(found, lens)
    return hits

    function judged(found: SceneHit, lens: LensName): void {
      const range = viewRange(found.lens, found)
      const folded = lens === 'folded' ? found : foldedRange(found.text, range)
      if (folded === null || range.end <= range.start) return
      // The other lenses repeat what an earlier one saw.
      if (seen.has(found.text, range)) return
      const written = found.text.view.text.slice(range.start, range.end)
      const disguised = lens === 'deobfuscated' ? !isHyphenated(written) : isDisguised(written, found)
      // What stands there undisguised is the folded lens's to see.
      if (lens === 'deobfuscated' && sameText(found, folded)) return
      const start = stepCertainty(found.entry.certainty ?? rule.certainty, disguised ? 1 : 0)
      const judgement = judgeContext(context, found.text, folded, start)
      if (judgement === null) return
      const explain = [`phrase “${shortened(found.entry.written)}”: ${start}`]
      if (disguised) explain.push('written in a disguised way')
      seen.add(found.text, range)
      hits.push(
        textHit(found.text, range, folded, {
          certainty: judgement.certainty,
          explain: [...explain, ...judgement.explain],
        }),
      )
    }
  }
}

const nothing: readonly Hit[] = []

/** What no one writes by chance: letters without width between letters, other alphabets and boxes for Latin letters. */
const strange =
  /[\u200b\u2060-\u2064\u115f\u1160\u3164\uffa0\u{e0020}-\u{e007f}\u{1d400}-\u{1d7ff}\u{1f130}-\u{1f189}\uff21-\uff5a]|[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Cherokee}]/u

/** `casi-no`: at the end of a line, or by a habit of writing; a letter alone between hyphens is neither. */
function isHyphenated(written: string): boolean {
  return /^(?:[\p{L}\p{M}'’]+[ \n\r]+)*[\p{L}\p{M}]{2,}-(?:\r?\n)?[\p{L}\p{M}]{2,}(?:[ \n\r]+[\p{L}\p{M}'’]+)*$/u.test(
    written,
  )
}

function isDisguised(written: string, { lens, start, end }: SceneHit): boolean {
  return strange.test(written) && /^[\0-\x7f]*$/.test(lens.text.slice(start, end))
}

/** The longest of overlapping hits, in the texts that the rule looks at. */
function hitsIn(scene: Scene, rule: Rule, set: PhraseSet, lens: LensName): SceneHit[] {
  const kept: SceneHit[] = []
  for (const hit of scene.phraseHits(set, lens)) {
    if (!rule.look.includes(hit.text.view.look)) continue
    const last = kept.at(-1)
    if (last?.text === hit.text && hit.start < last.end) {
      if (hit.end - hit.start > last.end - last.start) kept[kept.length - 1] = hit
      continue
    }
    kept.push(hit)
  }
  return kept
}

/** Whether the folded text reads as the hit's own lens does. */
function sameText(
  { text, lens, start, end }: SceneHit,
  folded: { readonly start: number; readonly end: number },
): boolean {
  return text.lenses.folded().text.slice(folded.start, folded.end) === lens.text.slice(start, end)
}

const maxShownPhrase = 100

function shortened(written: string): string {
  return written.length > maxShownPhrase ? `${written.slice(0, maxShownPhrase)}…` : written
}
