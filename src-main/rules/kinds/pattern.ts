import { z } from 'zod'
import { compileContext, judgeContext } from '../context.ts'
import { findAllInStretches } from '../long-text/look-by-stretches.ts'
import type { Rule } from '../pack.ts'
import type { PhraseSet } from '../phrases/phrase-index.ts'
import { lensTextOf, type SceneText } from '../scene.ts'
import { contextReferences } from './context-references.ts'
import { lensesSchema, nearSchema, patternSchema, unlessSchema } from './context-schema.ts'
import { leastOf } from '../patterns/required-signs.ts'
import type { Build, Evaluate, Hit, Kind } from './kind.ts'
import { foldedRange, seenPlaces, textHit, viewRange } from './text-hit.ts'

const schema = z.strictObject({
  kind: z.literal('pattern'),
  pattern: patternSchema,
  near: nearSchema.optional(),
  unless: unlessSchema.optional(),
  lenses: lensesSchema.optional(),
})

export type PatternOptions = z.infer<typeof schema>

/** A regular expression. Runs on JavaScript's engine where it was proven safe, else on a linear one. */
export const patternKind: Kind<PatternOptions> = {
  name: 'pattern',
  schema,
  refers: (options) => contextReferences(options, { patterns: [{ value: options.pattern, path: ['pattern'] }] }),
  compile,
  explain: (options) => `Looks for the pattern ${options.pattern}.`,
}

// What hostile text can make of one rule is bounded; a reviewer needs no more.
const maxMatches = 500

function compile(rule: Rule<PatternOptions>, build: Build): Evaluate {
  const pattern = build.pattern(rule.check.pattern)
  const pieces = build.pieces(rule.check.pattern)
  const leastAts = leastOf('@', rule.check.pattern)
  const context = compileContext(rule.check, build)
  const lenses = rule.check.lenses ?? ['plain']
  const disguised = lenses.includes('deobfuscated')

  return (scene) => {
    const hits: Hit[] = []
    const seen = seenPlaces()
    for (const text of scene.texts) {
      if (!rule.look.includes(text.view.look)) continue
      if (pieces !== null && !mayMatch(text, pieces, disguised)) continue
      for (const name of lenses) {
        const lens = name === 'plain' ? null : lensTextOf(text, name)
        if (name !== 'plain' && lens === null) continue
        const stretches = text.stretches(name === 'plain' ? 'view' : name)
        const searched = lens?.text ?? text.view.text
        if (!holdsAts(searched, leastAts)) continue
        const timedOut = findAllInStretches(pattern, searched, stretches, scene.deadlineMs(), (match) => {
          if (hits.length < maxMatches) found(text, viewRange(lens, match))
        })
        if (!timedOut) continue
        scene.cannotCheck({
          code: 'timed-out',
          reason: `rule ${rule.id} took too long on this message`,
          material: true,
        })
        return hits
      }
    }
    return hits

    function found(text: SceneText, range: { readonly start: number; readonly end: number }): void {
      const folded = foldedRange(text, range)
      if (folded === null) return
      if (seen.has(text, range)) return
      const judgement = judgeContext(context, text, folded, rule.certainty)
      if (judgement === null) return
      seen.add(text, range)
      hits.push(
        textHit(text, range, folded, {
          certainty: judgement.certainty,
          explain: [`pattern: ${rule.certainty}`, ...judgement.explain],
        }),
      )
    }
  }
}

function holdsAts(text: string, least: number): boolean {
  let at = -1
  for (let count = 0; count < least; count++) {
    at = text.indexOf('@', at + 1)
    if (at < 0) return false
  }
  return true
}

/** Whether a text holds what every match of the pattern holds. */
function mayMatch(text: SceneText, pieces: PhraseSet, disguised: boolean): boolean {
  return text.hitsIn('folded').sought.has(pieces) || (disguised && text.hitsIn('deobfuscated').sought.has(pieces))
}
