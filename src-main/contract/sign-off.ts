import { z } from 'zod'
import { attestationSchema, packEntrySchema, reportMessageSchema } from './report.ts'

/**
 * `clausebench-sign-off/1`: what a person signed, frozen. `clausebench review show ID --format json` prints it. Later packs, policies and
 * decisions never change it.
 */
export const signOffSchema = z.strictObject({
  schema: z.literal('clausebench-sign-off/1'),
  id: z.string(),
  tool: z.strictObject({ name: z.literal('clausebench'), version: z.string() }),
  signedBy: z.string(),
  signedAt: z.string(),
  /** In words: “reviewed, with 2 accepted and 1 not checked”. */
  statement: z.string(),
  notice: z.string(),
  campaign: z.string(),
  client: z.string().nullable(),
  asOf: z.string(),
  region: z.array(z.string()),
  /** What it is bound to: a change in any of these, and this is not what was signed. */
  binding: z.strictObject({
    message: z.string(),
    recipients: z.array(z.strictObject({ name: z.string(), sha256: z.string(), bytes: z.int(), lines: z.int() })),
    schedule: z.string(),
    manifest: z.string().nullable(),
  }),
  /** Of the message's bytes, which are kept beside this. */
  bytes: z.strictObject({ sha256: z.string(), length: z.int() }),
  packs: z.array(packEntrySchema),
  /** Of the dated values that the rules draw on. */
  values: z.strictObject({ sha256: z.string() }),
  clauses: z.array(
    z.strictObject({
      id: z.string(),
      heading: z.string(),
      /** In our own words. */
      summary: z.string(),
      /** The policy's own words, where they were imported. */
      text: z.string().nullable(),
      /** `klaviyo-aup@2021-09-24`, of the text. */
      version: z.string().nullable(),
    }),
  ),
  /** As shown: with decisions and people's own findings. */
  report: reportMessageSchema,
  /** What could not be checked and was acknowledged. */
  acknowledged: z.array(z.strictObject({ reason: z.string(), clauses: z.array(z.string()) })),
  attestations: z.array(attestationSchema),
  comments: z.array(z.strictObject({ by: z.string(), at: z.string(), text: z.string(), about: z.string().nullable() })),
})

export type SignOff = z.infer<typeof signOffSchema>
