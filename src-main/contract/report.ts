import { z } from 'zod'
import { notCheckedCodes, problemCodes } from './codes.ts'
import { certainties, channels, decisionKinds, inputStatuses, severities, verdicts } from './report-words.ts'

export * from './report-words.ts'

/**
 * `clausebench-report/1`: the form in which a review leaves the program, and in which screens receive findings.
 * A promise to other programs (docs/formats.md): fields are never taken away within a number.
 */

const spanSchema = z.strictObject({ start: z.int().nonnegative(), end: z.int().nonnegative() })
const dateTime = z.string()

export const problemSchema = z.strictObject({
  code: z.enum(problemCodes),
  message: z.string(),
  file: z.string().optional(),
  line: z.int().positive().optional(),
  column: z.int().positive().optional(),
})

export const packProblemSchema = z.strictObject({
  code: z.enum(problemCodes),
  rule: z.string().nullable(),
  file: z.string(),
  line: z.int().positive(),
  column: z.int().positive(),
  message: z.string(),
})

export const packEntrySchema = z.strictObject({
  id: z.string(),
  version: z.string(),
  basis: z.enum(['primary', 'second-hand']),
  rules: z.int().nonnegative(),
  sha256: z.string(),
  note: z.string().nullable(),
  problems: z.array(packProblemSchema),
})

export const inputEntrySchema = z.strictObject({
  path: z.string(),
  status: z.enum(inputStatuses),
  bytes: z.int().nonnegative().nullable(),
  sha256: z.string().nullable(),
  problem: problemSchema.optional(),
})

export const sourceRefSchema = z.strictObject({
  id: z.string(),
  value: z.string().nullable(),
  from: z.string().nullable(),
  until: z.string().nullable(),
  verify: z.boolean(),
})

export const decisionSchema = z.strictObject({
  kind: z.enum(decisionKinds),
  reason: z.string(),
  by: z.string(),
  at: dateTime,
  expires: dateTime.nullable(),
})

export const findingSchema = z.strictObject({
  rule: z.string().nullable(),
  origin: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('rule') }),
    z.strictObject({ kind: z.literal('person'), name: z.string() }),
  ]),
  pack: z.string(),
  clauses: z.array(z.string()),
  severity: z.enum(severities),
  certainty: z.enum(certainties),
  title: z.string(),
  message: z.string(),
  why: z.string(),
  fix: z.string(),
  sources: z.array(sourceRefSchema),
  number: z.int().positive(),
  group: z.string(),
  part: z.string(),
  span: spanSchema.nullable(),
  source: spanSchema.nullable(),
  rows: z
    .strictObject({
      count: z.int().nonnegative(),
      column: z.string(),
      first: z.array(z.strictObject({ row: z.int().positive(), excerpt: z.string() })),
    })
    .nullable(),
  excerpt: z.string(),
  fingerprint: z.string(),
  related: z.array(z.strictObject({ message: z.string(), id: z.string(), span: spanSchema.nullable() })),
  edit: z.strictObject({ span: spanSchema, text: z.string() }).nullable(),
  decision: decisionSchema.nullable(),
  explain: z.array(z.string()),
})

export const notCheckedSchema = z.strictObject({
  clause: z.string(),
  code: z.enum(notCheckedCodes),
  reason: z.string(),
  material: z.boolean(),
})

export const reportMessageSchema = z.strictObject({
  id: z.string(),
  input: z.string(),
  campaign: z.string().nullable(),
  client: z.string().nullable(),
  channel: z.enum(channels).nullable(),
  from: z.string().nullable(),
  subject: z.string().nullable(),
  date: z.string().nullable(),
  sendAt: z.string().nullable(),
  language: z.string().nullable(),
  verdict: z.enum(verdicts),
  findings: z.array(findingSchema),
  notChecked: z.array(notCheckedSchema),
})

export const attestationSchema = z.strictObject({
  id: z.string(),
  clause: z.string(),
  scope: z.enum(['message', 'audience', 'campaign', 'client']),
  question: z.string(),
  messages: z.union([z.literal('all'), z.array(z.string())]),
  status: z.enum(['open', 'yes', 'no', 'not-obtained']),
  answer: z.string().nullable(),
  by: z.string().nullable(),
  at: dateTime.nullable(),
  expires: dateTime.nullable(),
  evidence: z.array(z.string()),
})

export const reportSchema = z.strictObject({
  schema: z.literal('clausebench-report/1'),
  tool: z.strictObject({ name: z.literal('clausebench'), version: z.string() }),
  reviewedAt: dateTime,
  asOf: z.string(),
  notice: z.string(),
  packs: z.array(packEntrySchema),
  inputs: z.array(inputEntrySchema),
  messages: z.array(reportMessageSchema),
  attestations: z.array(attestationSchema),
  summary: z.strictObject({
    messages: z.int().nonnegative(),
    errors: z.int().nonnegative(),
    toReview: z.int().nonnegative(),
    notFullyChecked: z.int().nonnegative(),
    nothingFound: z.int().nonnegative(),
    groups: z.int().nonnegative(),
    bySeverity: z.strictObject({
      error: z.int().nonnegative(),
      warning: z.int().nonnegative(),
      info: z.int().nonnegative(),
    }),
    byClause: z.record(z.string(), z.int().nonnegative()),
  }),
})

export type Decision = z.infer<typeof decisionSchema>
export type Finding = z.infer<typeof findingSchema>
export type NotChecked = z.infer<typeof notCheckedSchema>
export type ReportMessage = z.infer<typeof reportMessageSchema>
export type InputEntry = z.infer<typeof inputEntrySchema>
export type PackEntry = z.infer<typeof packEntrySchema>
export type PackProblem = z.infer<typeof packProblemSchema>
export type SourceRef = z.infer<typeof sourceRefSchema>
export type Attestation = z.infer<typeof attestationSchema>
export type Report = z.infer<typeof reportSchema>
