import { z } from 'zod'

/** `clausebench-policy/1` and `clausebench-policy-diff/1` (`formats.md` §5). Spans are UTF-16 units of the decoded file. */

const span = z.strictObject({ start: z.int().nonnegative(), end: z.int().nonnegative() })
const basis = z.enum(['primary', 'second-hand'])

export const policyClauseSchema = z.strictObject({
  id: z.string(),
  /** null: a top clause. */
  parent: z.string().nullable(),
  /** The heading it stands under; empty before the first. */
  section: z.string(),
  /** As printed, else its place in the section: `3`, `3(9)`, `2.1`. */
  number: z.string(),
  heading: z.string().nullable(),
  text: z.string(),
  span,
  match: z
    .strictObject({
      to: z.string(),
      confidence: z.number().min(0).max(1),
      /** A person said so. */
      byHand: z.boolean().optional(),
    })
    .nullable(),
  /** In the text of the clause; absent: none. */
  links: z.array(z.strictObject({ text: z.string(), href: z.string(), span })).optional(),
})

/** A word that the document gives a meaning of its own: “Services”, and where it does so. */
export const policyTermSchema = z.strictObject({ term: z.string(), clause: z.string().nullable(), span })

/**
 * What a person said of a clause's match; by what the clause says, so that it holds for the next version too. `to` null: none of the
 * known clauses.
 */
export const policyCorrectionSchema = z.strictObject({ text: z.string(), to: z.string().nullable() })

export const policyDocumentSchema = z.strictObject({
  schema: z.literal('clausebench-policy/1'),
  policy: z.string(),
  version: z.string(),
  title: z.string().nullable(),
  /** As printed; `2023-01` where no day is named. */
  date: z.string().nullable(),
  effective: z.string().nullable(),
  captured: z.string().nullable(),
  url: z.string().nullable(),
  basis,
  source: z.strictObject({ path: z.string(), sha256: z.string(), mediaType: z.string() }),
  clauses: z.array(policyClauseSchema),
  /** `text`: how it begins. */
  cut: z.array(z.strictObject({ span, why: z.string(), text: z.string().optional() })),
  terms: z.array(policyTermSchema).optional(),
  /** What a person should know of how it was read or stored. */
  notices: z.array(z.string()),
})

const part = z.strictObject({ clause: z.string(), heading: z.string().nullable(), text: z.string(), span })

export const policyChangeSchema = z.strictObject({
  kind: z.enum(['added', 'removed', 'reworded', 'moved', 'split', 'merged', 'cosmetic']),
  old: z.array(part),
  new: z.array(part),
  words: z.array(z.strictObject({ op: z.enum(['equal', 'delete', 'insert']), text: z.string() })),
  duty: z.array(z.string()),
  /** Of a reworded clause: it stands elsewhere, too. */
  moved: z.boolean().optional(),
})

export const policyDiffSchema = z.strictObject({
  schema: z.literal('clausebench-policy-diff/1'),
  old: z.strictObject({ version: z.string() }),
  new: z.strictObject({ version: z.string() }),
  changes: z.array(policyChangeSchema),
  stats: z.strictObject({
    kept: z.int(),
    added: z.int(),
    removed: z.int(),
    reworded: z.int(),
    moved: z.int(),
    split: z.int(),
    merged: z.int(),
    cosmetic: z.int(),
  }),
})

export type PolicyClause = z.infer<typeof policyClauseSchema>
export type PolicyDocument = z.infer<typeof policyDocumentSchema>
export type PolicyTerm = z.infer<typeof policyTermSchema>
export type PolicyCorrection = z.infer<typeof policyCorrectionSchema>
export type PolicyChange = z.infer<typeof policyChangeSchema>
export type PolicyDiffPart = z.infer<typeof part>
export type PolicyDiff = z.infer<typeof policyDiffSchema>
