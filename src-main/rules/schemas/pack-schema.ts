import { z } from 'zod'
import { severities } from '../../contract/report.ts'
import { ruleIdSchema } from './rule-schema.ts'

export const packIdSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,60}$/, 'lower-case letters, digits and hyphens')

const adjust = z.union([
  z.strictObject({ rule: ruleIdSchema, off: z.literal(true), reason: z.string().min(1) }),
  z.strictObject({ rule: ruleIdSchema, severity: z.enum(severities), reason: z.string().min(1) }),
])

/** `pack.yaml` */
export const packSchema = z.strictObject({
  id: packIdSchema,
  version: z
    .string()
    .regex(/^[\w.-]{1,60}$/, 'letters, digits, dots and hyphens')
    .optional(),
  title: z.string().min(1).max(200),
  policy: packIdSchema,
  languages: z
    .array(z.string().regex(/^[a-z]{2,3}$/, 'a language code, as in en'))
    .min(1)
    .max(50)
    .optional(),
  overlays: z.array(packIdSchema).max(50).optional(),
  licence: z.string().optional(),
  authors: z.array(z.string()).optional(),
  basis: z.enum(['primary', 'second-hand']).optional(),
  aliases: z.record(ruleIdSchema, ruleIdSchema).optional(),
  adjust: z.array(adjust).max(1_000).optional(),
})
export type PackDeclaration = z.infer<typeof packSchema>
export type Adjustment = NonNullable<PackDeclaration['adjust']>[number]
