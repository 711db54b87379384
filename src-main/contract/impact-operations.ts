import { z } from 'zod'
import { severities } from './report-words.ts'

/** What another version of a policy means for what was signed. */

const campaignId = z.string().min(1).max(64).brand<'CampaignId'>()
const policy = z.string().min(1).max(200)
const version = z.string().min(1).max(200)
const ruleId = z.string().min(1).max(200)
/** `klaviyo-aup:C3.8` */
const clause = z.string().min(1).max(200)
const nothing = z.strictObject({})
const pair = z.strictObject({ policy, older: version, newer: version })

export const signedReviewSchema = z.strictObject({
  workspace: z.string(),
  message: z.string(),
  campaign: z.string(),
  client: z.string().nullable(),
  snapshot: z.string(),
  by: z.string(),
  at: z.string(),
})

const cases = z.strictObject({
  total: z.int(),
  /** At most 200. */
  shown: z.array(
    z.strictObject({
      review: signedReviewSchema,
      findings: z.array(
        z.strictObject({
          rule: ruleId,
          title: z.string(),
          severity: z.enum(severities),
          clauses: z.array(z.string()),
          excerpt: z.string(),
        }),
      ),
    }),
  ),
})

const reviews = z.strictObject({ total: z.int(), shown: z.array(signedReviewSchema) })

export const impactLists = ['fails', 'falls-away', 'cannot-tell', 'unjudged'] as const

export const impactOperationSchemas = {
  'impact.versions': {
    args: nothing,
    result: z.strictObject({
      policies: z.array(
        z.strictObject({
          policy,
          title: z.string(),
          /** From old to new. */
          versions: z.array(
            z.strictObject({
              version,
              basis: z.enum(['primary', 'second-hand']),
              /** The pack has its clauses. */
              inPack: z.boolean(),
              /** Its text is in the library. */
              imported: z.boolean(),
            }),
          ),
        }),
      ),
    }),
  },
  'impact.get': {
    args: pair,
    result: z.strictObject({
      /** Messages whose last sign-off is under the older version. */
      signed: z.int(),
      /** Signed under neither. */
      others: z.int(),
      /** Where the way from clause to clause is known from. */
      lineage: z.enum(['imported', 'pack', 'clauses']),
      fails: cases,
      fallsAway: cases,
      cannotTell: z.array(
        z.strictObject({
          kind: z.enum(['added', 'reworded', 'split', 'merged']),
          from: z.array(clause),
          to: z.array(clause),
          heading: z.string(),
          note: z.string().nullable(),
          /** Not confirmed for this wording. */
          rules: z.array(z.strictObject({ id: ruleId, title: z.string() })),
          reviews,
        }),
      ),
      confirmed: z.array(z.strictObject({ clause, rule: ruleId, title: z.string(), by: z.string(), at: z.string() })),
      unjudged: reviews,
    }),
  },
  /** In the reviewer's name: the rules serve the clause as it is worded in the newer version, or do so no longer. */
  'impact.confirm': {
    args: z.strictObject({
      policy,
      newer: version,
      rules: z.array(ruleId).min(1).max(1000),
      clause,
      stands: z.boolean(),
      note: z.string().max(4000),
    }),
    result: z.strictObject({ done: z.literal(true) }),
  },
  /** Judges what was signed under the older version by the rules of the newer, from the bytes that are kept; sign-offs stay as they are. */
  'impact.judge': {
    args: pair,
    result: z.strictObject({ judged: z.int(), unread: z.int() }),
  },
  'impact.cancel': { args: nothing, result: z.strictObject({ done: z.literal(true) }) },
  /** Opens a campaign of exactly these messages, reviewed under the newer version. */
  'impact.rereview': {
    args: z.strictObject({
      ...pair.shape,
      list: z.enum(impactLists),
      /** Of `cannot-tell`: its place there; null: all. */
      at: z.int().nonnegative().nullable(),
    }),
    result: z.strictObject({ campaign: campaignId, messages: z.int(), unread: z.int() }),
  },
} as const

export const impactEventSchemas = {
  'impact.progress': z.strictObject({ done: z.int(), total: z.int() }),
} as const

export type SignedReviewEntry = z.infer<typeof signedReviewSchema>
