import { z } from 'zod'
import { channels } from '../contract/report-words.ts'
import { audienceFields } from './audience-field.ts'
import { consents, providerAdditions } from './campaign-settings.ts'

const text = z.string().min(1).max(1_000)
const oneOrMore = <T extends z.ZodType>(one: T): z.ZodUnion<[T, z.ZodArray<T>]> => z.union([one, z.array(one).max(200)])

/** A name below the manifest's folder; what lies elsewhere is not this campaign's to read. */
const below = text.refine((path) => !/^[/\\]|^[a-z]:|\\|(?:^|\/)\.\.(?:\/|$)/i.test(path), {
  error: 'a file below the folder of the manifest, with / between names',
})
const elsewhere = text.refine((path) => !/^[/\\]|^[a-z]:|\\/i.test(path), {
  error: 'a path from the folder of the manifest, with / between names',
})
const region = z.string().regex(/^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/, 'a place as US, US-FL, CA, GB or EU')
const domain = z.string().regex(/^(?:[\p{L}\p{N}-]{1,63}\.)+[\p{L}\p{N}-]{2,63}$/u, 'a domain, as in acme.example')
const time = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/,
    'a time in ISO 8601, as in 2026-03-01T09:00:00-05:00',
  )
  .refine((written) => !Number.isNaN(Date.parse(written.replace(' ', 'T'))), 'a time that exists')
const zone = z.string().refine((name) => name === 'recipient' || isZone(name), {
  error: 'recipient, or a time zone as in America/New_York',
})

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

const table = z.union([
  below,
  z.strictObject({
    file: below,
    as: z.enum(['send-list', 'profile-export']).optional(),
    columns: z.partialRecord(z.enum(audienceFields), text).optional(),
  }),
])
const tables = oneOrMore(table)

const message = z.strictObject({
  file: below,
  channel: z.enum(channels).optional(),
  kind: z.enum(['marketing', 'transactional']).optional(),
  series: text.optional(),
  audience: tables.optional(),
  exclude: tables.optional(),
  region: oneOrMore(region).optional(),
  consent: z.enum(consents).optional(),
  send_at: time.optional(),
  local_time: z.boolean().optional(),
  timezone: zone.optional(),
})

/** `campaign.yaml`: `clausebench-campaign/1` (`docs/formats.md`). */
export const campaignSchema = z.strictObject({
  schema: z.literal('clausebench-campaign/1'),
  name: text.optional(),
  client: text.optional(),
  consent: z.enum(consents).optional(),
  audience: tables.optional(),
  exclude: tables.optional(),
  region: oneOrMore(region).optional(),
  sender: z
    .strictObject({ brand: text.optional(), domains: oneOrMore(domain).optional(), address: text.optional() })
    .optional(),
  provider: z.strictObject({ adds: oneOrMore(z.enum(providerAdditions)).optional() }).optional(),
  allow: z
    .strictObject({
      phrases: oneOrMore(text).optional(),
      domains: oneOrMore(domain).optional(),
      brands: oneOrMore(text).optional(),
    })
    .optional(),
  history: oneOrMore(elsewhere).optional(),
  messages: z.array(message).max(20_000).optional(),
})
export type CampaignFile = z.infer<typeof campaignSchema>
export type CampaignTable = z.infer<typeof table>
