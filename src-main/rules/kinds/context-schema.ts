import { z } from 'zod'
import { lensNames } from '../lens/lens.ts'
import { patternProblem } from '../patterns/syntax.ts'
import { parsePhrase } from '../phrases/parse.ts'

/** Pieces of schemas that several kinds share. A problem's code stands in `params` (contract/codes.ts). */

export const phraseSchema = z
  .string()
  .min(1)
  .max(1_000)
  .superRefine((phrase, context) => {
    const parsed = parsePhrase(phrase)
    if (!parsed.ok)
      context.addIssue({
        code: 'custom',
        message: `this phrase cannot be read: ${parsed.problem}`,
        params: { code: 'bad-pattern' },
      })
  })
  .meta({ description: 'A phrase: {a|b}, {a|}, offer~, [3], @list, \\ escapes (docs/rules/format.md)' })

export const phrasesSchema = z.array(phraseSchema).min(1).max(2_000)

export const patternSchema = z
  .string()
  .min(1)
  .max(2_000)
  .superRefine((source, context) => {
    const problem = patternProblem(source)
    if (problem !== null) context.addIssue({ code: 'custom', message: problem, params: { code: 'bad-pattern' } })
  })
  .meta({ description: 'A RegExp source, read with the flags iu; (?<match>…) is marked, else the whole' })

/** A name of a file in `values/`; its ending may be written along. */
export const fileNameSchema = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,60}(?:\.yaml)?$/,
    'the name of a file in values/, as in shorteners: lower-case letters, digits and hyphens',
  )
  .transform((name) => name.replace(/\.yaml$/, ''))

export const domainSchema = z
  .string()
  .regex(
    /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/,
    'a host in lower case, without scheme or path',
  )

/** A name of a file in `words/`; its ending may be written along. */
const wordListSchema = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,60}(?:\.txt)?$/,
    'the name of a file in words/, as in gambling for words/gambling.txt: lower-case letters, digits and hyphens',
  )
  .transform((name) => name.replace(/\.txt$/, ''))

export const wordsSchema = z.union([wordListSchema, z.array(wordListSchema).min(1).max(50)])

export const withinSchema = z.union([z.enum(['match', 'sentence', 'paragraph', 'part']), z.int().min(0).max(200)])
export type Within = z.infer<typeof withinSchema>

const stepSchema = z.union([z.literal(1), z.literal(-1), z.literal(0)])

const nearOne = z
  .strictObject({
    any: phrasesSchema.optional(),
    words: wordsSchema.optional(),
    within: withinSchema.optional(),
    certainty: stepSchema.optional(),
    required: z.boolean().optional(),
  })
  .refine((near) => near.any !== undefined || near.words !== undefined, 'near needs any or words')
export type NearOptions = z.infer<typeof nearOne>

const unlessOne = z
  .strictObject({
    any: phrasesSchema.optional(),
    words: wordsSchema.optional(),
    within: withinSchema.optional(),
    quoted: z.literal(true).optional(),
    negated: z.literal(true).optional(),
    certainty: z.literal(-1).optional(),
  })
  .refine(
    (unless) =>
      unless.any !== undefined || unless.words !== undefined || unless.quoted === true || unless.negated === true,
    'unless needs any, words, quoted or negated',
  )
export type UnlessOptions = z.infer<typeof unlessOne>

export const nearSchema = z.union([nearOne, z.array(nearOne).min(1).max(20)])
export const unlessSchema = z.union([unlessOne, z.array(unlessOne).min(1).max(50)])
export const lensesSchema = z.array(z.enum(lensNames)).min(1).max(3)
