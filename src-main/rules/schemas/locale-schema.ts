import { z } from 'zod'
import { ruleIdSchema } from './rule-schema.ts'

const sentences = z.strictObject({
  title: z.string().optional(),
  message: z.string().optional(),
  why: z.string().optional(),
  fix: z.string().optional(),
  draft: z.string().optional(),
})

/** `locales/<lang>.yaml` */
export const localeSchema = z.strictObject({
  rules: z.record(ruleIdSchema, sentences).optional(),
  clauses: z
    .record(z.string(), z.strictObject({ heading: z.string().optional(), summary: z.string().optional() }))
    .optional(),
})
export type LocaleFile = z.infer<typeof localeSchema>
export type RuleSentences = z.infer<typeof sentences>
