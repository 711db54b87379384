import { z } from 'zod'
import { attestationSchema, decisionKinds, reportMessageSchema, severities, verdicts } from './report.ts'
import { attestationScopes, bindingParts, outcomeKinds } from './review-words.ts'

/** What people do with a review: decisions, comments, attestations, sign-offs, and the workspaces that keep them. */

const campaignId = z.string().min(1).max(64).brand<'CampaignId'>()
const messageId = z.string().min(1).max(4096).brand<'MessageId'>()
const clauseId = z.string().min(1).max(200)
const token = z.string().min(16).max(64).brand<'FileToken'>()
const counts = z.strictObject({ error: z.int(), warning: z.int(), info: z.int() })
const nothing = z.strictObject({})
const done = z.strictObject({ done: z.literal(true) })
const messageRef = z.strictObject({ campaign: campaignId, message: messageId })
/** `finding.group` */
const group = z.string().min(1).max(64)
const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .max(10)
const words = z.string().max(4000)
const workspace = z.string().min(1).max(64)
const title = z.string().trim().min(1).max(100)

/** How far people are with a message; for lists. */
export const reviewStateSchema = z.strictObject({
  /** Groups nobody has decided, by severity. */
  open: counts,
  decided: z.int(),
  /** Groups that wait for an answer. */
  asked: z.int(),
  comments: z.int(),
  outcome: z.enum(outcomeKinds).nullable(),
  /** There is a sign-off, and what is here is not what was signed. */
  changedSinceSigned: z.boolean(),
})

export const decisionInputSchema = z.strictObject({
  kind: z.enum(decisionKinds),
  /** Empty only where it is confirmed. */
  reason: words,
  /** Who is asked. */
  whom: z.string().max(200).nullable(),
  /** Last day, of an accepted risk. */
  expires: day.nullable(),
})

export const madeDecisionSchema = z.strictObject({
  ...decisionInputSchema.shape,
  by: z.string(),
  at: z.string(),
})

const comment = z.strictObject({ by: z.string(), at: z.string(), text: z.string() })

export const groupReviewSchema = z.strictObject({
  group,
  decision: madeDecisionSchema.nullable(),
  /** Why a decision that was made does not hold any more. */
  reopened: z
    .strictObject({
      why: z.enum(['expired', 'more']),
      /** Occurrences that were decided on, and that there are now. */
      was: z.int(),
      now: z.int(),
      decision: madeDecisionSchema,
    })
    .nullable(),
  /** A decision that may fit: offered, never applied. */
  offer: z
    .strictObject({
      /** Of this message, where the wording around it was another; or of another message with the same words. */
      from: z.enum(['wording', 'elsewhere']),
      message: z.string(),
      decision: madeDecisionSchema,
    })
    .nullable(),
  comments: z.array(comment),
})

export const signOffStateSchema = z.strictObject({
  id: z.string(),
  by: z.string(),
  at: z.string(),
  /** What is here and was not signed; empty: it is what was signed. */
  changed: z.array(z.enum(bindingParts)),
})

export const messageReviewSchema = z.strictObject({
  groups: z.array(groupReviewSchema),
  /** On the whole message. */
  comments: z.array(comment),
  outcome: z.strictObject({ kind: z.enum(outcomeKinds), by: z.string(), at: z.string() }).nullable(),
  /** The last. */
  signOff: signOffStateSchema.nullable(),
  attestations: z.array(
    z.strictObject({
      ...attestationSchema.shape,
      /** Answered for this. */
      answeredFor: z.enum(attestationScopes).nullable(),
    }),
  ),
  /** What a sign-off acknowledges, each by its number here. */
  unchecked: z.array(z.strictObject({ reason: z.string(), clauses: z.array(z.string()) })),
  counts: z.strictObject({
    openErrors: z.int(),
    openOthers: z.int(),
    confirmed: z.int(),
    falseAlarms: z.int(),
    accepted: z.int(),
    asked: z.int(),
  }),
  /** Older texts of this message that were acted on, oldest first; the present one left out. */
  revisions: z.array(z.strictObject({ content: z.string(), at: z.string() })),
})

/** The same finding in several messages of a campaign. */
export const campaignCardSchema = z.strictObject({
  key: z.string(),
  severity: z.enum(severities),
  clauses: z.array(clauseId),
  title: z.string(),
  excerpt: z.string(),
  fix: z.string(),
  messages: z.array(z.strictObject({ message: messageId, name: z.string(), group, isOpen: z.boolean() })),
})

const feedbackEntry = z.strictObject({
  message: messageId,
  group,
  number: z.int(),
  severity: z.enum(severities),
  clauses: z.array(z.string()),
  title: z.string(),
  excerpt: z.string(),
  why: z.string(),
  fix: z.string(),
})

export const reviewOperationSchemas = {
  'workspace.list': {
    args: nothing,
    result: z.strictObject({
      workspaces: z.array(
        z.strictObject({ id: workspace, title: z.string(), isOpen: z.boolean(), problem: z.string().nullable() }),
      ),
      /** null: nobody has said yet. */
      reviewer: z.string().nullable(),
      /** Why nothing can be kept. */
      problem: z.string().nullable(),
    }),
  },
  'workspace.create': { args: z.strictObject({ title }), result: z.strictObject({ workspace }) },
  'workspace.open': { args: z.strictObject({ workspace }), result: done },
  'workspace.rename': { args: z.strictObject({ workspace, title }), result: done },
  'workspace.copy': { args: z.strictObject({ workspace, title }), result: z.strictObject({ workspace }) },
  'reviewer.set': { args: z.strictObject({ reviewer: z.string().trim().min(1).max(100) }), result: done },
  'review.get': { args: messageRef, result: messageReviewSchema },
  /** Acts on groups; `decision` null opens them again. */
  'review.decide': {
    args: z.strictObject({
      campaign: campaignId,
      targets: z
        .array(z.strictObject({ message: messageId, group }))
        .min(1)
        .max(400),
      decision: decisionInputSchema.nullable(),
    }),
    result: z.strictObject({ undo: z.string(), changed: z.int() }),
  },
  'review.undo': { args: z.strictObject({ undo: z.string().min(1).max(64) }), result: done },
  /** The reasons given last for such a decision. */
  'review.reasons': {
    args: z.strictObject({ kind: z.enum(decisionKinds) }),
    result: z.strictObject({ reasons: z.array(z.string()) }),
  },
  'review.comment': {
    args: z.strictObject({ campaign: campaignId, message: messageId, group: group.nullable(), text: words.min(1) }),
    result: done,
  },
  /** A person's own finding. `place`: in the text that the Text view shows under that part; null: the whole message. */
  'review.find': {
    args: z.strictObject({
      campaign: campaignId,
      message: messageId,
      clause: clauseId,
      severity: z.enum(severities),
      note: words.min(1),
      place: z
        .strictObject({ part: z.string().min(1).max(400), start: z.int().nonnegative(), end: z.int().positive() })
        .nullable(),
    }),
    result: z.strictObject({ number: z.int() }),
  },
  'review.takeBack': { args: z.strictObject({ campaign: campaignId, message: messageId, group }), result: done },
  'review.outcome': {
    args: z.strictObject({
      campaign: campaignId,
      message: messageId,
      outcome: z.enum(['changes-asked', 'held', 'sent']).nullable(),
    }),
    result: done,
  },
  'attestation.answer': {
    args: z.strictObject({
      campaign: campaignId,
      message: messageId,
      attestation: z.string().min(1).max(300),
      scope: z.enum(attestationScopes),
      answer: z.enum(['yes', 'no', 'not-obtained', 'open']),
      note: words,
      expires: day.nullable(),
      /** Files that prove it: their names and hashes are kept, and they themselves. */
      evidence: token.nullable(),
    }),
    result: done,
  },
  'review.sign': {
    args: z.strictObject({
      campaign: campaignId,
      message: messageId,
      /** Numbers of `unchecked`, from 0: all of them. */
      acknowledged: z.array(z.int().nonnegative()).max(500),
    }),
    result: z.strictObject({ id: z.string() }),
  },
  /** What was signed, as a page that loads nothing. */
  'review.snapshot': {
    args: z.strictObject({ id: z.string().min(1).max(64) }),
    result: z.strictObject({ html: z.string(), json: z.string() }),
  },
  'campaign.cards': {
    args: z.strictObject({ campaign: campaignId }),
    result: z.strictObject({ cards: z.array(campaignCardSchema), omitted: z.int() }),
  },
  /** Only confirmed, asked and own findings. */
  'feedback.make': {
    args: z.strictObject({
      campaign: campaignId,
      /** null: all messages of the campaign. */
      message: messageId.nullable(),
      comments: z.boolean(),
      wording: z.array(z.strictObject({ message: messageId, group, text: words })).max(200),
    }),
    result: z.strictObject({
      html: z.string(),
      text: z.string(),
      entries: z.array(feedbackEntry),
      /** Asked for, and nothing to say. */
      isEmpty: z.boolean(),
    }),
  },
  /** Everything that was found, with what people decided, as one page. */
  'report.make': {
    args: z.strictObject({
      campaign: campaignId,
      /** null: all messages of the campaign. */
      message: messageId.nullable(),
    }),
    result: z.strictObject({ html: z.string() }),
  },
  /** Of which other message this one may be a corrected text, the likeliest first. */
  'revision.suggest': {
    args: z.strictObject({
      campaign: campaignId,
      message: messageId,
      /** The message that its file was dropped on. */
      on: z.strictObject({ campaign: campaignId, message: messageId }).nullable(),
    }),
    result: z.strictObject({
      suggestions: z.array(
        z.strictObject({
          place: z.string(),
          name: z.string(),
          campaign: z.string(),
          why: z.enum(['dropped', 'id', 'path', 'subject', 'likeness', 'none']),
          /** From 0 to 1, where the texts were compared. */
          likeness: z.number().nullable(),
        }),
      ),
    }),
  },
  /** Decisions of the older text are then this one’s, as far as they fit. */
  'revision.set': {
    args: z.strictObject({
      campaign: campaignId,
      message: messageId,
      /** From a suggestion; null: it is a message of its own. */
      place: z.string().min(1).max(64).nullable(),
    }),
    result: done,
  },
  /** What an older text of the message had, beside what it has now. */
  'message.compare': {
    args: z.strictObject({ campaign: campaignId, message: messageId, content: z.string().min(1).max(64) }),
    result: z.strictObject({
      old: z.strictObject({ at: z.string(), message: reportMessageSchema }),
      findings: z.array(
        z.strictObject({
          change: z.enum(['still', 'new', 'fixed', 'reworded']),
          severity: z.enum(severities),
          clauses: z.array(z.string()),
          title: z.string(),
          old: z.string().nullable(),
          new: z.string().nullable(),
        }),
      ),
      texts: z.array(
        z.strictObject({
          part: z.string(),
          words: z.array(z.strictObject({ op: z.enum(['equal', 'delete', 'insert']), text: z.string() })),
        }),
      ),
      facts: z.array(z.strictObject({ name: z.string(), old: z.string(), new: z.string() })),
    }),
  },
  'overview.get': {
    args: nothing,
    result: z.strictObject({
      campaigns: z.array(
        z.strictObject({
          campaign: campaignId,
          name: z.string(),
          client: z.string().nullable(),
          messages: z.int(),
          verdicts: z.record(z.enum(verdicts), z.int()),
          counts,
          open: counts,
          decided: z.int(),
          asked: z.int(),
          signed: z.int(),
          changesAsked: z.int(),
          held: z.int(),
        }),
      ),
      clauses: z.array(z.strictObject({ clause: clauseId, counts })),
      waiting: z.array(
        z.strictObject({
          /** null: its campaign is not open. */
          at: messageRef.nullable(),
          message: z.string(),
          campaign: z.string(),
          title: z.string(),
          whom: z.string().nullable(),
          question: z.string(),
          since: z.string(),
        }),
      ),
      signed: z.array(
        z.strictObject({
          id: z.string(),
          at: messageRef.nullable(),
          message: z.string(),
          campaign: z.string(),
          by: z.string(),
          on: z.string(),
        }),
      ),
      expiring: z.array(
        z.strictObject({ question: z.string(), scope: z.enum(attestationScopes), expires: z.string() }),
      ),
    }),
  },
} as const

export const reviewEventSchemas = {
  /** People did something about these messages: read them again. */
  'review.changed': z.strictObject({ campaign: campaignId, messages: z.array(messageId) }),
  /** Another workspace is open, or it is called otherwise. */
  'workspace.changed': z.strictObject({}),
} as const

export type ReviewState = z.infer<typeof reviewStateSchema>
export type DecisionInput = z.infer<typeof decisionInputSchema>
export type MadeDecision = z.infer<typeof madeDecisionSchema>
export type GroupReview = z.infer<typeof groupReviewSchema>
export type MessageReview = z.infer<typeof messageReviewSchema>
export type CampaignCard = z.infer<typeof campaignCardSchema>
export type FeedbackEntry = z.infer<typeof feedbackEntry>
