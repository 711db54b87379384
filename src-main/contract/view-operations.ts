import { z } from 'zod'
import { audienceFields } from './audience-words.ts'
import { channels } from './report-words.ts'

/** Views of a message that look at more than its text: when it goes out, to whom, and what a phone shows of it. */

const campaignId = z.string().min(1).max(64).brand<'CampaignId'>()
const messageId = z.string().min(1).max(4096).brand<'MessageId'>()
const messageRef = z.strictObject({ campaign: campaignId, message: messageId })
const minute = z.int().min(0).max(1440)

/** A column of a list of recipients, by the list's own name of it; null: nobody knows what it holds. */
const column = z.strictObject({ name: z.string().max(10_000), field: z.enum(audienceFields).nullable() })

/** A text as one of three readers gets it. */
const phoneSample = z.strictObject({
  reader: z.enum(['shortest', 'typical', 'longest']),
  /** Merge tags filled in; what comes from columns of addresses and numbers is masked. */
  text: z.string(),
  encoding: z.enum(['gsm-7', 'ucs-2']),
  segments: z.int().nonnegative(),
  /** Septets, or UTF-16 units; a text of one segment has room for 160 or 70. */
  units: z.int().nonnegative(),
})

export const viewOperationSchemas = {
  'message.schedule': {
    args: messageRef,
    result: z.strictObject({
      /** As the file says; null: it says nothing. */
      sendAt: z.string().nullable(),
      /** `moment`: one for all. `local`: a time of day in each reader's zone. `none`: no time of day is known. */
      kind: z.enum(['moment', 'local', 'none']),
      /** By the sender's own clock, in minutes from midnight; null where none is known. */
      written: minute.nullable(),
      zones: z.array(
        z.strictObject({
          zone: z.string(),
          /** `US`, `US-FL` */
          places: z.array(z.string()),
          /** 0: no list is known, and the message itself says where. */
          people: z.int().nonnegative(),
          basis: z.enum(['time zone', 'ZIP code', 'state', 'area code']),
          certain: z.boolean(),
          /** `YYYY-MM-DD` there. */
          day: z.string(),
          minute,
          offends: z.boolean(),
          /** When people there may not be written to, on that day. */
          forbidden: z.array(z.strictObject({ from: minute, until: minute })),
          laws: z.array(z.strictObject({ hours: z.string(), source: z.string().nullable(), verify: z.boolean() })),
        }),
      ),
      /** Kinds of places beyond those listed. */
      more: z.int().nonnegative(),
      people: z.int().nonnegative(),
      /** People of whom nothing says in which zone they are. */
      unknown: z.int().nonnegative(),
      lists: z.array(z.string()),
    }),
  },
  'message.phone': {
    args: messageRef,
    result: z.strictObject({
      channel: z.enum(channels).nullable(),
      parts: z.array(
        z.strictObject({
          part: z.string(),
          samples: z.array(phoneSample),
          /** Characters that make the text dearer, with how often they occur. */
          costly: z.array(z.strictObject({ character: z.string(), count: z.int().positive() })),
          /** Tags that nothing is known to stand for. */
          unknown: z.array(z.string()),
        }),
      ),
      lists: z.array(z.string()),
    }),
  },
  /** A person says what the columns of a list hold: its messages are judged again, and it is kept with the campaign's files. */
  'campaign.columns': {
    args: z.strictObject({
      campaign: campaignId,
      list: z.string().min(1).max(4096),
      columns: z.array(column).max(1_000),
    }),
    result: z.strictObject({ done: z.literal(true) }),
  },
  'message.recipients': {
    args: messageRef,
    result: z.strictObject({
      lists: z.array(z.string()),
      /** What the columns of each list were taken for, in the order of `lists`. */
      columns: z.array(z.array(column)),
      rows: z.int().nonnegative(),
      use: z.enum(['send-list', 'profile-export']).nullable(),
      /** Where they are, as far as rows say; the most first. */
      places: z.array(z.strictObject({ place: z.string(), people: z.int().positive() })),
      /** People of whom no row says where they are. */
      nowhere: z.int().nonnegative(),
      gaps: z.array(z.string()),
    }),
  },
  /** Rows that a finding is about as the list has them: a person asked for it. It goes to the screen alone, and nothing keeps it. */
  'recipients.unmask': {
    args: z.strictObject({ ...messageRef.shape, finding: z.int().positive() }),
    result: z.strictObject({
      /** The column that names a person; null: there is none. */
      key: z.string().nullable(),
      rows: z.array(z.strictObject({ row: z.int().positive(), cell: z.string(), key: z.string() })).max(100),
    }),
  },
  /** The rows that findings are about, as a table of what to leave out; the list itself stays as it is. */
  'recipients.drop': {
    args: z.strictObject({
      ...messageRef.shape,
      findings: z.array(z.int().positive()).min(1).max(500),
      /** With the column that names a person; else row numbers alone. */
      keys: z.boolean(),
    }),
    result: z.strictObject({
      /** Rows of all lists before, and of them those in the table. */
      rows: z.int().nonnegative(),
      dropped: z.int().nonnegative(),
      /** There are more than a table of this kind holds. */
      more: z.boolean(),
      /** The column that names a person; null: no list has one. */
      key: z.string().nullable(),
      csv: z.string(),
    }),
  },
} as const
