import { z } from 'zod'
import { decisionKinds, severities } from '../contract/report-words.ts'

/** What people do, as it is kept: the payloads of events. Fields are added, never taken away: old files are read for years. */

const span = z.object({ start: z.int().nonnegative(), end: z.int().nonnegative() })

export const decisionActSchema = z.object({
  kind: z.literal('decision'),
  fingerprint: z.string(),
  rule: z.string().nullable(),
  clauses: z.array(z.string()),
  /** Kind of part: `text`, `link`, `header:Subject`. */
  part: z.string(),
  title: z.string(),
  /** How often the fingerprint stood in the message. */
  occurrences: z.int().nonnegative(),
  /** null: open again. */
  decision: z
    .object({
      kind: z.enum(decisionKinds),
      reason: z.string(),
      /** Who is asked. */
      whom: z.string().nullable(),
      /** `YYYY-MM-DD`, the last day. */
      expires: z.string().nullable(),
    })
    .nullable(),
})

export const commentActSchema = z.object({
  kind: z.literal('comment'),
  /** null: on the whole message. */
  fingerprint: z.string().nullable(),
  text: z.string(),
})

export const ownFindingSchema = z.object({
  clauses: z.array(z.string()),
  severity: z.enum(severities),
  title: z.string(),
  note: z.string(),
  part: z.string(),
  span: span.nullable(),
  source: span.nullable(),
  excerpt: z.string(),
})

export const findingActSchema = z.object({
  kind: z.literal('finding'),
  fingerprint: z.string(),
  /** null: taken back. */
  finding: ownFindingSchema.nullable(),
})

export const attestationScopes = ['message', 'audience', 'campaign', 'client'] as const
export const attestationAnswers = ['yes', 'no', 'not-obtained', 'open'] as const

export const attestationActSchema = z.object({
  kind: z.literal('attestation'),
  attestation: z.string(),
  clause: z.string(),
  question: z.string(),
  scope: z.enum(attestationScopes),
  /** Which message, list, campaign or client. */
  scopeKey: z.string(),
  answer: z.enum(attestationAnswers),
  note: z.string(),
  expires: z.string().nullable(),
  evidence: z.array(z.object({ name: z.string(), sha256: z.string() })),
})

/** `sent`: an earlier message, which is not counted any more. */
export const outcomes = ['changes-asked', 'held', 'sent'] as const

export const outcomeActSchema = z.object({ kind: z.literal('outcome'), outcome: z.enum(outcomes).nullable() })

export const bindingSchema = z.object({
  message: z.string(),
  recipients: z.array(z.object({ name: z.string(), sha256: z.string(), bytes: z.int(), lines: z.int() })),
  schedule: z.string(),
  manifest: z.string().nullable(),
})

export const signOffActSchema = z.object({ kind: z.literal('sign-off'), snapshot: z.string(), binding: bindingSchema })
/** The message is a corrected text of another, whatever it is called now; null: of none. */
export const revisionOfActSchema = z.object({ kind: z.literal('revision-of'), place: z.string().nullable() })
export const reviewerActSchema = z.object({ kind: z.literal('reviewer'), name: z.string() })
export const titleActSchema = z.object({ kind: z.literal('title'), title: z.string() })

export const actSchema = z.discriminatedUnion('kind', [
  decisionActSchema,
  commentActSchema,
  findingActSchema,
  attestationActSchema,
  outcomeActSchema,
  signOffActSchema,
  revisionOfActSchema,
  reviewerActSchema,
  titleActSchema,
])

export type Act = z.infer<typeof actSchema>
export type DecisionAct = z.infer<typeof decisionActSchema>
export type OwnFinding = z.infer<typeof ownFindingSchema>
export type AttestationAct = z.infer<typeof attestationActSchema>
export type Outcome = (typeof outcomes)[number]
export type Binding = z.infer<typeof bindingSchema>

/** What an event is about, so that it is found again; null: its message as a whole. */
export function subjectOf(act: Act): string | null {
  switch (act.kind) {
    case 'decision':
    case 'comment':
    case 'finding':
      return act.fingerprint
    case 'attestation':
      return JSON.stringify([act.attestation, act.scope, act.scopeKey])
    case 'sign-off':
      return act.snapshot
    case 'outcome':
    case 'revision-of':
    case 'reviewer':
    case 'title':
      return null
  }
}
