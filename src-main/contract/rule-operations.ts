import { z } from 'zod'
import { packProblemSchema, severities } from './report.ts'

/** Rules of the packs, and the library's own pack: looked at, written, tried and kept. */

const campaignId = z.string().min(1).max(64).brand<'CampaignId'>()
const token = z.string().min(16).max(64).brand<'FileToken'>()
const ruleId = z.string().min(1).max(200)
const packId = z.string().min(1).max(64)
const nothing = z.strictObject({})
const done = z.strictObject({ done: z.literal(true) })
/** A document of the own pack, by its name there: `rules/own-x.yaml`. */
const document = z
  .string()
  .regex(/^rules\/[a-z0-9][a-z0-9-]*\.yaml$/)
  .max(200)
const yaml = z.string().max(200_000)
const reason = z.string().trim().min(1).max(4000)

/** Not saved: of a file of the own pack, or (`document` null) of none yet. */
export const ruleDraftSchema = z.strictObject({ document: document.nullable(), rule: ruleId, yaml })
const drafts = z.array(ruleDraftSchema).max(50)

export const listedRuleSchema = z.strictObject({
  id: ruleId,
  pack: packId,
  title: z.string(),
  severity: z.enum(severities),
  clauses: z.array(z.string()),
  /** Of its check: `phrases`. */
  kind: z.string(),
  file: z.string(),
  line: z.int().positive(),
  /** Versions of the policy that it is for; null: all. */
  versions: z.array(z.string()).nullable(),
  /** Why it is switched off; null: it is not. */
  off: z.string().nullable(),
  /** In force with the packs of today. */
  inForce: z.boolean(),
})

export const ruleHitSchema = z.strictObject({
  rule: ruleId,
  campaign: campaignId.nullable(),
  /** The report's id. */
  message: z.string(),
  name: z.string(),
  part: z.string(),
  severity: z.enum(severities),
  excerpt: z.string(),
  /** Against the saved version. */
  change: z.enum(['kept', 'gained', 'lost']),
})

export const triedExampleSchema = z.strictObject({
  rule: ruleId,
  expects: z.enum(['violates', 'fine', 'gap']),
  number: z.int().positive(),
  example: z.string(),
  ok: z.boolean(),
  /** What was expected and what came; null: as expected. */
  note: z.string().nullable(),
  /** Where it stands in the file. */
  line: z.int().positive(),
})

export const ruleOperationSchemas = {
  'rules.list': {
    args: nothing,
    result: z.strictObject({
      packs: z.array(
        z.strictObject({
          id: packId,
          title: z.string(),
          version: z.string(),
          isOwn: z.boolean(),
          problems: z.array(packProblemSchema),
        }),
      ),
      rules: z.array(listedRuleSchema),
    }),
  },
  /** A shipped rule as it stands in its pack, or a whole file of the own pack. */
  'rules.open': {
    args: z.strictObject({ pack: packId, rule: ruleId }),
    result: z.strictObject({ text: z.string(), file: z.string(), isOwn: z.boolean() }),
  },
  /** What the editor completes from: the published JSON Schema of rule files, and the names that a rule may refer to. */
  'rules.schema': {
    args: nothing,
    result: z.strictObject({
      schema: z.string(),
      clauses: z.array(z.strictObject({ id: z.string(), heading: z.string() })),
    }),
  },
  /** Reads and runs a file that is being written, as a file of the own pack; `document` null: it has none yet. */
  'rules.check': {
    args: z.strictObject({ document: document.nullable(), yaml }),
    result: z.strictObject({
      rules: z.array(ruleId),
      problems: z.array(packProblemSchema),
      examples: z.array(triedExampleSchema),
    }),
  },
  /** Where its rules hit, and what that gains and loses against the saved version. A newer question ends an older one. */
  'rules.hits': {
    args: z.strictObject({
      document: document.nullable(),
      yaml,
      over: z.union([z.strictObject({ campaign: campaignId }), z.strictObject({ token })]),
    }),
    result: z.strictObject({
      messages: z.int(),
      /** Messages with a hit. */
      hitMessages: z.int(),
      kept: z.int(),
      gained: z.int(),
      lost: z.int(),
      /** Gained and lost first; at most 200. */
      hits: z.array(ruleHitSchema),
      /** Files that could not be read. */
      unread: z.int(),
      /** Rules that compare messages with each other: those looked through, without earlier ones. */
      series: z.array(ruleId),
    }),
  },
  /** Texts that were written and not saved, from one start of the program to the next. */
  'rules.drafts': { args: nothing, result: z.strictObject({ drafts }) },
  /** These and no others; together at most 800,000 bytes are kept, the first of them. */
  'rules.keepDrafts': { args: z.strictObject({ drafts }), result: done },
  /** Keeps the file in the library; open campaigns are judged again. `document` null: it is named after its first rule. */
  'rules.save': {
    args: z.strictObject({ document: document.nullable(), yaml }),
    result: z.strictObject({ file: z.string(), problems: z.array(packProblemSchema) }),
  },
  'rules.remove': { args: z.strictObject({ document }), result: done },
  /** Switches a rule of any pack off, with a reason, or on again (null). */
  'rules.off': { args: z.strictObject({ rule: ruleId, reason: reason.nullable() }), result: done },
} as const

export const ruleEventSchemas = {
  /** The library's own pack is another: lists and findings are read anew. */
  'rules.changed': z.strictObject({}),
  'rules.progress': z.strictObject({ messages: z.int(), files: z.int(), ofFiles: z.int() }),
} as const

export type ListedRule = z.infer<typeof listedRuleSchema>
export type RuleDraft = z.infer<typeof ruleDraftSchema>
export type RuleHit = z.infer<typeof ruleHitSchema>
export type TriedExample = z.infer<typeof triedExampleSchema>
