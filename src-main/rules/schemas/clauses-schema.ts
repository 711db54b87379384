import { z } from 'zod'
import { channels } from '../../contract/report.ts'
import { placeSchema } from './values-schema.ts'

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a day, as in "2026-01-31"')
const nullableText = z.union([z.string(), z.null()])

export const sourceSchema = z.strictObject({
  id: z.string().min(1).max(300),
  value: nullableText.optional(),
  from: z.union([day, z.null()]).optional(),
  until: z.union([day, z.null()]).optional(),
  verify: z.boolean().optional(),
})
export type SourceDeclaration = z.infer<typeof sourceSchema>

const clauseId = z.string().regex(/^[A-Za-z0-9]+(?:\.[A-Za-z0-9]+)*$/, 'letters, digits and dots, as in C3.9')

const attest = z.union([
  z.string().min(1),
  z.strictObject({
    id: z.string().min(1).max(80),
    scope: z.enum(['message', 'audience', 'campaign', 'client']),
    question: z.string().min(1),
    evidence: z.string().min(1).optional(),
    lifts: z.boolean().optional(),
    when: z
      .strictObject({
        rules: z
          .array(z.string().regex(/^[a-z0-9][a-z0-9-]*\/(?:[a-z0-9][a-z0-9-]*|\*)$/, 'a rule, or a group as lists/*'))
          .min(1)
          .optional(),
        channels: z.array(z.enum(channels)).min(1).optional(),
        regions: z.array(placeSchema).min(1).optional(),
      })
      .optional(),
  }),
])

const clause = z.strictObject({
  id: clauseId,
  parent: clauseId.optional(),
  section: z.string().min(1),
  heading: z.string().min(1),
  summary: z.string().min(1),
  file: nullableText.optional(),
  judge: nullableText.optional(),
  attest: z.array(attest).optional(),
  sources: z.array(sourceSchema).optional(),
})

/** How clauses of an older version go on in this one; what is not named is kept under its id. */
const lineage = z.strictObject({
  kind: z.enum(['kept', 'reworded', 'moved', 'split', 'merged', 'added', 'removed']),
  from: z.array(clauseId),
  to: z.array(clauseId),
  note: z.string().min(1).optional(),
})

/** `clauses/<version>.yaml`: a policy version's clauses. */
export const clausesSchema = z.strictObject({
  policy: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'lower-case letters, digits and hyphens'),
  version: z.string().min(1).max(60),
  basis: z.enum(['primary', 'second-hand']),
  title: z.string().min(1),
  effective: z.union([day, z.null()]).optional(),
  sections: z.array(z.strictObject({ id: z.string().min(1), title: z.string().min(1) })).optional(),
  twins: z.array(z.array(clauseId).min(2)).optional(),
  /** The version that `lineage` starts from. */
  follows: z.string().min(1).max(60).optional(),
  lineage: z.array(lineage).optional(),
  clauses: z.array(clause).min(1).max(2_000),
})
export type ClausesFile = z.infer<typeof clausesSchema>
