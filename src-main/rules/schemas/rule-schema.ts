import { z } from 'zod'
import { certainties, channels, severities } from '../../contract/report.ts'
import { looks } from '../../views/view.ts'
import { exampleSchema } from './example-schema.ts'
import { sourceSchema } from './clauses-schema.ts'
import { placeSchema } from './values-schema.ts'

export const ruleIdSchema = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]*\/[a-z0-9][a-z0-9-]*$/,
    'a group and a name, as in links/mismatch: lower-case letters, digits, hyphens',
  )

/** `C3.9`, or with its policy `klaviyo-aup:C3.9`. */
export const clauseRefSchema = z
  .string()
  .regex(/^(?:[a-z0-9][a-z0-9-]*:)?[A-Za-z0-9]+(?:\.[A-Za-z0-9]+)*$/, 'a clause id, as in C3.9, or policy:C3.9')

const ruleSource = z.union([z.strictObject({ clause: clauseRefSchema }), sourceSchema])
const sentence = z.string().min(1).max(1_000)
const examples = z.array(exampleSchema).max(500)

/** A rule; `check` is read by the schema of its kind afterwards. */
export const ruleSchema = z.strictObject({
  id: ruleIdSchema,
  clauses: z.array(clauseRefSchema).min(1).max(20),
  title: z.string().min(1).max(200).optional(),
  severity: z.enum(severities).optional(),
  certainty: z.enum(certainties).optional(),
  channels: z.array(z.enum(channels)).min(1).optional(),
  look: z.array(z.enum(looks)).min(1).optional(),
  languages: z
    .array(z.string().regex(/^[a-z]{2,3}$/, 'a language code, as in en'))
    .min(1)
    .optional(),
  versions: z.array(z.string()).min(1).optional(),
  regions: z.array(placeSchema).min(1).max(100).optional(),
  check: z.looseObject({ kind: z.string() }),
  message: sentence,
  why: z.string().max(2_000).optional(),
  fix: z.string().max(2_000).optional(),
  source: z.union([ruleSource, z.array(ruleSource).min(1).max(20)]).optional(),
  examples: z
    .strictObject({ violates: examples.optional(), fine: examples.optional(), gap: examples.optional() })
    .optional(),
})

export type RuleDeclaration = z.infer<typeof ruleSchema>
