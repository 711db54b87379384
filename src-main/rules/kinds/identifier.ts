import { luhnChecksumValidate, mod97base10Validate, verhoeffValidate } from 'stdnum/lib/cjs/util/checksum.js'
import { z } from 'zod'
import { stepCertainty } from '../certainty.ts'
import { asList, compileContext, judgeContext } from '../context.ts'
import { findIdentifiers, identifierTypeNames, identifierTypes, type FoundIdentifier } from '../identifiers/find.ts'
import { ownNumber } from '../identifiers/own-number.ts'
import { fold } from '../lens/fold.ts'
import { findAllInStretches, foundInStretches } from '../long-text/look-by-stretches.ts'
import type { Rule } from '../pack.ts'
import { lensTextOf, type Scene, type SceneText } from '../scene.ts'
import { contextReferences } from './context-references.ts'
import { lensesSchema, nearSchema, patternSchema, unlessSchema } from './context-schema.ts'
import type { Build, Evaluate, Hit, Kind } from './kind.ts'
import { foldedRange, seenPlaces, textHit, viewRange } from './text-hit.ts'

const typeSchema = z.enum(identifierTypeNames as [string, ...string[]])
const checksums = ['luhn', 'mod97', 'verhoeff', 'mod11', 'none'] as const

const schema = z
  .strictObject({
    kind: z.literal('identifier'),
    type: z.union([typeSchema, z.array(typeSchema).min(1)]).optional(),
    pattern: patternSchema.optional(),
    checksum: z.enum(checksums).optional(),
    near: nearSchema.optional(),
    unless: unlessSchema.optional(),
    lenses: lensesSchema.optional(),
  })
  .refine(
    (check) => (check.type === undefined) !== (check.pattern === undefined),
    'identifier needs either type, or pattern with checksum',
  )
  .refine(
    (check) => (check.pattern === undefined) === (check.checksum === undefined),
    'pattern and checksum go together; checksum: none for a number without one',
  )

export type IdentifierOptions = z.infer<typeof schema>

/** Numbers of persons: shape, check digits and the words beside them. Never shown unmasked. */
export const identifierKind: Kind<IdentifierOptions> = {
  name: 'identifier',
  schema,
  refers: (options) =>
    contextReferences(options, {
      patterns: options.pattern === undefined ? [] : [{ value: options.pattern, path: ['pattern'] }],
    }),
  compile: (rule, build) =>
    rule.check.pattern === undefined ? compileTypes(rule, build) : compileOwn(rule, rule.check.pattern, build),
  explain: (options) =>
    options.pattern === undefined
      ? `Looks for ${asList(options.type).join(', ')} by shape, check digits and the words beside it.`
      : `Looks for the pattern ${options.pattern}${options.checksum === 'none' ? '' : ` with a valid ${options.checksum ?? ''} checksum`}.`,
}

function compileTypes(rule: Rule<IdentifierOptions>, build: Build): Evaluate {
  const names = new Set(asList(rule.check.type))
  const types = identifierTypes.filter(({ type }) => names.has(type))
  const isCased = types.some(({ checkWritten }) => checkWritten !== undefined)
  const context = compileContext(rule.check, build)

  return (scene) => {
    const hits: Hit[] = []
    const seen = seenPlaces()
    const sender = senderNames(scene)
    eachText(scene, rule, (text, lensName) => {
      const lens = lensTextOf(text, lensName)
      if (lens === null) return
      const written = (found: Range): string => {
        const { start, end } = viewRange(lens, found)
        return text.view.text.slice(start, end)
      }
      for (const found of identifiersIn(text, lensName, lens.text, written)) {
        const range = viewRange(lens, found)
        const folded = lensName === 'folded' ? found : foldedRange(text, range)
        if (folded === null || seen.has(text, range)) continue
        seen.add(text, range)
        const start = stepCertainty(rule.certainty, found.context === null ? -1 : 0)
        const judgement = judgeContext(context, text, folded, start)
        if (judgement === null) continue
        const own = found.type.isOftenPublic === true ? ownNumber(text.lenses.folded().text, folded, sender) : null
        const hit = textHit(text, range, folded, {
          certainty: judgement.certainty,
          secret: true,
          explain: [...explainFound(found, start), ...judgement.explain, ...(own === null ? [] : [own])],
        })
        hits.push(own === null ? hit : { ...hit, atMost: 'info' })
      }
    })
    return hits
  }

  function identifiersIn(
    text: SceneText,
    lens: 'plain' | 'folded' | 'deobfuscated',
    searched: string,
    written: (found: Range) => string,
  ): readonly FoundIdentifier[] {
    // Where letter case counts, a stretch of a folded text does not say all.
    const stretches = isCased || lens === 'plain' ? null : text.stretches(lens)
    return stretches === null
      ? findIdentifiers(searched, types, 'find', written)
      : foundInStretches(stretches, types, (window) => findIdentifiers(window, types))
  }
}

interface Range {
  readonly start: number
  readonly end: number
}

/** Names by which the sender is known, folded. */
function senderNames({ views }: Scene): readonly string[] {
  const from = views.message.texts.find(({ kind }) => kind === 'from')?.text ?? ''
  const names = [from.replace(/<[^>]*>|[^\s<>@]+@\S+/g, ' '), views.message.settings?.sender.brand ?? '']
  return names.map((name) => fold(name, 'soft').text.trim()).filter((name) => name !== '')
}

function explainFound(found: FoundIdentifier, certainty: string): string[] {
  const { context } = found
  return [
    `shape of ${found.type.type}`,
    `checked: ${found.why}`,
    context === null
      ? `no word beside it speaks for it: ${certainty}`
      : `context word “${context.word}” ${context.words} ${context.words === 1 ? 'word' : 'words'} ${context.side}: ${certainty}`,
  ]
}

function compileOwn(rule: Rule<IdentifierOptions>, source: string, build: Build): Evaluate {
  const pattern = build.pattern(source)
  const checksum = rule.check.checksum ?? 'none'
  const context = compileContext(rule.check, build)

  return (scene) => {
    const hits: Hit[] = []
    eachText(scene, rule, (text, lensName) => {
      const lens = lensTextOf(text, lensName)
      if (lens === null) return
      const stretches = lensName === 'plain' ? null : text.stretches(lensName)
      const timedOut = findAllInStretches(pattern, lens.text, stretches, scene.deadlineMs(), (match) => {
        if (!passes(checksum, lens.text.slice(match.start, match.end))) return
        const range = viewRange(lens, match)
        const folded = lensName === 'folded' ? match : foldedRange(text, range)
        const judgement = folded === null ? null : judgeContext(context, text, folded, rule.certainty)
        if (folded === null || judgement === null) return
        const explain = [
          `pattern: ${rule.certainty}`,
          ...(checksum === 'none' ? [] : [`checked: ${checksum}`]),
          ...judgement.explain,
        ]
        hits.push(textHit(text, range, folded, { certainty: judgement.certainty, secret: true, explain }))
      })
      if (timedOut)
        scene.cannotCheck({
          code: 'timed-out',
          reason: `rule ${rule.id} took too long on this message`,
          material: true,
        })
    })
    return hits
  }
}

function eachText(
  scene: Scene,
  rule: Rule<IdentifierOptions>,
  look: (text: SceneText, lens: 'plain' | 'folded' | 'deobfuscated') => void,
): void {
  for (const text of scene.texts) {
    if (!rule.look.includes(text.view.look)) continue
    for (const lens of rule.check.lenses ?? ['folded' as const]) look(text, lens)
  }
}

function passes(checksum: (typeof checksums)[number], match: string): boolean {
  const compact = match.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase()
  const digits = compact.replace(/\D/g, '')
  switch (checksum) {
    case 'none':
      return true
    case 'luhn':
      return digits.length > 1 && luhnChecksumValidate(digits)
    case 'mod97':
      return compact.length > 4 && mod97base10Validate(compact)
    case 'verhoeff':
      return digits.length > 1 && verhoeffValidate(digits)
    case 'mod11':
      return digits.length > 1 && weightedMod11(digits)
  }
}

/** The last digit checks the others, weighted 2, 3, 4 … from the right, modulo 11. */
function weightedMod11(digits: string): boolean {
  let sum = 0
  for (let at = digits.length - 2, weight = 2; at >= 0; at--, weight++) sum += Number(digits.charAt(at)) * weight
  return (11 - (sum % 11)) % 11 === Number(digits.at(-1))
}
