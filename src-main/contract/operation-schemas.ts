import { z } from 'zod'
import { libraryEventSchemas, libraryOperationSchemas } from './library-operations.ts'
import { impactEventSchemas, impactOperationSchemas } from './impact-operations.ts'
import type { EventName, OperationName } from './operations.ts'
import type { Result } from './result.ts'
import { reviewEventSchemas, reviewOperationSchemas, reviewStateSchema } from './review-operations.ts'
import { ruleEventSchemas, ruleOperationSchemas } from './rule-operations.ts'
import { messageGroupings, messageSorts, secondViews, viewNames } from './session-words.ts'
import { viewOperationSchemas } from './view-operations.ts'
import { languageChoices, motionChoices, spokenLanguages, themeChoices, zoomRange } from './settings-words.ts'
import {
  channels,
  findingSchema,
  inputEntrySchema,
  packEntrySchema,
  reportMessageSchema,
  severities,
  sourceRefSchema,
  verdicts,
} from './report.ts'

/** What the page may ask, and what it is answered. Both directions are validated; unknown keys are refused. */

/** Stands for files a person chose; paths never leave the main process. */
const token = z.string().min(16).max(64).brand<'FileToken'>()
const campaignId = z.string().min(1).max(64).brand<'CampaignId'>()
/** The report's message id; unique within its campaign. */
const messageId = z.string().min(1).max(4096).brand<'MessageId'>()
const clauseId = z.string().min(1).max(200)
const span = z.strictObject({ start: z.int().nonnegative(), end: z.int().nonnegative() })
const counts = z.strictObject({ error: z.int(), warning: z.int(), info: z.int() })
const nothing = z.strictObject({})
const done = z.strictObject({ done: z.literal(true) })
const messageRef = z.strictObject({ campaign: campaignId, message: messageId })

export const campaignSummarySchema = z.strictObject({
  id: campaignId,
  name: z.string(),
  client: z.string().nullable(),
  /** Messages known so far; `total` grows until `finished`. */
  reviewed: z.int(),
  total: z.int(),
  finished: z.boolean(),
  cancelled: z.boolean(),
  elapsedMs: z.number(),
  packs: z.array(packEntrySchema),
  asOf: z.string(),
})

export const messageSummarySchema = z.strictObject({
  campaign: campaignId,
  id: messageId,
  /** What a list shows: subject, push title, or the first words. */
  name: z.string(),
  from: z.string().nullable(),
  channel: z.enum(channels).nullable(),
  date: z.string().nullable(),
  sendAt: z.string().nullable(),
  verdict: z.enum(verdicts),
  /** Groups, not findings. */
  counts,
  clauses: z.array(clauseId),
  /** Whose campaign it is, where a manifest or draft says so. */
  client: z.string().nullable(),
  /** Of its findings. */
  rules: z.array(z.string()),
  /** How far people are with it; null: not known yet. */
  review: reviewStateSchema.nullable(),
  /** Of the campaign's history: it serves rules over a series, and is neither judged nor counted. Left out: it is judged. */
  earlier: z.boolean().optional(),
})

/** Keys of commands that a person changed, by the command's id; empty: it has none any more. */
const changedKeys = z.record(z.string().max(80), z.array(z.string().min(1).max(40)).max(4))

export const settingsSchema = z.strictObject({
  theme: z.enum(themeChoices),
  language: z.enum(languageChoices),
  motion: z.enum(motionChoices),
  zoom: z.number().min(zoomRange.min).max(zoomRange.max),
  /** Single letters are commands. */
  letterKeys: z.boolean(),
  keys: changedKeys,
  /** Sizes of panes in pixels. */
  panes: z.record(z.string().max(40), z.number()),
  /** The first-run page has been put away. */
  welcomed: z.boolean(),
})

/** Where a person was. */
export const sessionPageSchema = z.strictObject({
  /** Which of the session's campaigns, from 0, and which of its messages. */
  selected: z.strictObject({ campaign: z.int().nonnegative(), message: z.string().min(1).max(4096) }).nullable(),
  view: z.enum(viewNames),
  /** Beside it; null: one view alone. */
  second: z.enum(secondViews).nullable(),
  filter: z.string().max(200),
  sort: z.enum(messageSorts),
  group: z.enum(messageGroupings),
})
const sessionPage = sessionPageSchema

/** What a person types; larger files are changed where they were written. */
const maxDraftUnits = 2_000_000

const mark = z.strictObject({
  /** `finding.number` */
  number: z.int().positive(),
  severity: z.enum(severities),
  span,
})

const identitySchema = z.strictObject({
  /** In whose name it speaks: as the manifest says, else the name or the domain of From. */
  brand: z.strictObject({ name: z.string(), by: z.enum(['manifest', 'name', 'domain']) }).nullable(),
  mailboxes: z.array(
    z.strictObject({
      role: z.enum(['from', 'sender', 'reply-to', 'return-path']),
      /** What findings in it call it. */
      part: z.string(),
      name: z.string().nullable(),
      /** As written; a host in code is told by `shownHost`. */
      address: z.string().nullable(),
      /** The host as a reader of its script would write it; null where it is the same. */
      shownHost: z.string().nullable(),
      /** What a person should see: the name shows another domain, another domain than From's, disguises. */
      notes: z.array(z.enum(['shows-other', 'other-domain', 'punycode', 'mixed-script', 'confusable', 'turned-round'])),
    }),
  ),
  authentication: z.array(
    z.strictObject({
      part: z.string(),
      /** `Authentication-Results`, `Received-SPF`, `DKIM-Signature` … */
      field: z.string(),
      method: z.string(),
      /** As the server noted; `signed`: a signature that nobody here verifies. */
      result: z.string(),
      domain: z.string().nullable(),
      server: z.string().nullable(),
      /** Whether the domain is From's, as far as one registers it; null where one of them is unknown. */
      aligned: z.boolean().nullable(),
    }),
  ),
})

export const operationSchemas = {
  ...reviewOperationSchemas,
  ...ruleOperationSchemas,
  ...impactOperationSchemas,
  ...libraryOperationSchemas,
  'app.info': {
    args: nothing,
    result: z.strictObject({
      name: z.string(),
      version: z.string(),
      host: z.enum(['electron', 'browser']),
      platform: z.string(),
    }),
  },
  /** What was named on the command line, once; the page opens it. */
  'app.initial': { args: nothing, result: z.strictObject({ token: token.nullable() }) },
  /** For the page about the program: nothing in it is ever sent back. */
  'app.about': {
    /** Packs take a moment to load when the program has just begun. */
    args: z.strictObject({ packs: z.boolean() }),
    result: z.strictObject({
      /** Where settings and workspaces lie, for people to read. */
      dataFolder: z.string(),
      versions: z.array(z.strictObject({ name: z.string(), version: z.string() })),
      packs: z.array(packEntrySchema),
    }),
  },
  'settings.get': { args: nothing, result: settingsSchema },
  /** What is left out stays as it is. */
  'settings.set': { args: settingsSchema.partial(), result: done },
  /** What was on the screen when the program was last closed. */
  'session.get': {
    args: nothing,
    result: z.strictObject({
      /** Campaigns whose files are still there, in the order in which they were opened. */
      campaigns: z.array(z.strictObject({ token, name: z.string() })),
      page: sessionPage,
      /** The message that was chosen last, if its campaign is open now: the page was loaded anew. */
      current: messageRef.nullable(),
    }),
  },
  'session.set': { args: z.strictObject({ campaigns: z.array(campaignId).max(50), page: sessionPage }), result: done },
  'sample.grant': { args: nothing, result: z.strictObject({ token }) },
  'recents.list': {
    args: nothing,
    result: z.strictObject({
      recents: z.array(z.strictObject({ id: z.string(), name: z.string(), openedAt: z.string() })),
    }),
  },
  'recents.grant': { args: z.strictObject({ id: z.string().max(64) }), result: z.strictObject({ token }) },
  /** Answers at once; messages arrive as events. */
  'campaign.open': { args: z.strictObject({ token }), result: z.strictObject({ campaign: campaignId }) },
  /** Stops reading; what was reviewed stays. */
  'campaign.cancel': { args: z.strictObject({ campaign: campaignId }), result: done },
  'campaign.close': { args: z.strictObject({ campaign: campaignId }), result: done },
  'campaign.list': { args: nothing, result: z.strictObject({ campaigns: z.array(campaignSummarySchema) }) },
  'campaign.messages': {
    args: z.strictObject({ campaign: campaignId }),
    result: z.strictObject({ messages: z.array(messageSummarySchema), inputs: z.array(inputEntrySchema) }),
  },
  'message.get': { args: messageRef, result: z.strictObject({ message: reportMessageSchema }) },
  /** Sanitised HTML with marks (`<mark data-finding="N" id="mark-N">`), ready for the isolated frame. */
  'message.rendered': {
    args: z.strictObject({
      campaign: campaignId,
      message: messageId,
      theme: z.enum(['light', 'dark']),
      /** As a mail program in dark mode shows it: the mail's own styles for it hold. */
      dark: z.boolean(),
      /** Of what the program says in it; left out: English. */
      language: z.enum(spokenLanguages).optional(),
    }),
    result: z.strictObject({
      html: z.string(),
      blocked: z.strictObject({ images: z.int(), styles: z.int(), active: z.int() }),
      /** The mail has styles for dark mode. */
      hasDark: z.boolean(),
      /** Finding numbers that have a mark in this view. */
      marked: z.array(z.int()),
    }),
  },
  'message.text': {
    args: messageRef,
    result: z.strictObject({
      sections: z.array(z.strictObject({ part: z.string(), text: z.string(), marks: z.array(mark) })),
    }),
  },
  'message.source': {
    args: messageRef,
    result: z.strictObject({
      text: z.string(),
      /** How the bytes are shown: `utf-8` when they are that, else `windows-1252`. */
      shownAs: z.enum(['utf-8', 'windows-1252']),
      /** Bytes left out at the end, 0 when all are shown. */
      omittedBytes: z.int(),
      /** Spans in `text`. */
      marks: z.array(mark),
    }),
  },
  'message.headers': {
    args: messageRef,
    result: z.strictObject({
      /** Who it says it is from, and what servers noted of that. */
      identity: identitySchema,
      /** In the order of the file, duplicates kept. */
      fields: z.array(
        z.strictObject({
          /** What findings in its value call it: `subject`, `from`, `header:Received:2`. */
          part: z.string(),
          name: z.string(),
          /** Unfolded, encoded words decoded. */
          value: z.string(),
          /** As it stands in the file, unfolded; null where that is the same as `value`. */
          raw: z.string().nullable(),
        }),
      ),
    }),
  },
  /** What is attached, told without opening it. */
  'message.files': {
    args: messageRef,
    result: z.strictObject({
      files: z.array(
        z.strictObject({
          /** What findings call it: `attachment:menu.pdf`. */
          part: z.string(),
          name: z.string().nullable(),
          /** As declared. */
          mediaType: z.string(),
          /** By the first bytes; null when these tell nothing. */
          trueType: z.string().nullable(),
          bytes: z.int().nonnegative(),
          /** Shown within the message, as a picture of its HTML is. */
          inline: z.boolean(),
        }),
      ),
    }),
  },
  /** The real target of a link of the message, for the status line and the question before it is opened. */
  ...viewOperationSchemas,
  /** A message's own file as a person changes it, judged and kept nowhere. */
  'draft.check': {
    args: z.strictObject({ ...messageRef.shape, draft: z.string().max(maxDraftUnits) }),
    result: z.strictObject({
      verdict: z.enum(verdicts),
      counts,
      findings: z.array(findingSchema),
      /** Spans in the text that was given. */
      marks: z.array(mark),
    }),
  },
  /** Kept as a file of its own in the data folder, to be opened; the file that it came from stays as it is. */
  'draft.save': {
    args: z.strictObject({ ...messageRef.shape, draft: z.string().max(maxDraftUnits) }),
    result: z.strictObject({ token }),
  },
  'link.inspect': {
    args: z.strictObject({ campaign: campaignId, message: messageId, link: z.int().positive() }),
    result: z.strictObject({
      href: z.string(),
      /** Host in ASCII (punycode); null when the address has none. */
      host: z.string().nullable(),
      /** Whether `link.open` would take it. */
      opens: z.boolean(),
    }),
  },
  /** Opens a link in the default browser, after the person has seen the whole address. */
  'link.open': {
    args: z.strictObject({ campaign: campaignId, message: messageId, link: z.int().positive() }),
    result: done,
  },
  'clauses.tree': {
    args: nothing,
    result: z.strictObject({
      policy: z.string(),
      title: z.string(),
      version: z.string(),
      basis: z.enum(['primary', 'second-hand']),
      clauses: z.array(
        z.strictObject({
          /** `klaviyo-aup:C3.9` */
          id: clauseId,
          /** `C3.9` */
          number: z.string(),
          parent: clauseId.nullable(),
          section: z.string(),
          heading: z.string(),
          rules: z.int(),
          /** Groups in all open campaigns. */
          counts,
        }),
      ),
    }),
  },
  'clauses.page': {
    args: z.strictObject({ clause: clauseId }),
    result: z.strictObject({
      id: clauseId,
      number: z.string(),
      heading: z.string(),
      section: z.string(),
      summary: z.string(),
      coverage: z.strictObject({
        file: z.string().nullable(),
        judge: z.string().nullable(),
        attest: z.array(z.string()),
      }),
      sources: z.array(sourceRefSchema),
      rules: z.array(
        z.strictObject({ id: z.string(), title: z.string(), severity: z.enum(severities), why: z.string() }),
      ),
      children: z.array(clauseId),
      /** Messages of open campaigns with a finding under this clause. */
      messages: z.array(z.strictObject({ campaign: campaignId, message: messageId, name: z.string(), counts })),
    }),
  },
  /** Findings under a clause that the workspace keeps of messages that are not open now. */
  'clauses.kept': {
    args: z.strictObject({ clause: clauseId }),
    result: z.strictObject({
      /** By month of sending, null: without a date. */
      months: z.array(counts.extend({ month: z.string().nullable() })),
      total: z.int(),
      /** The last kept first; at most 200. */
      messages: z.array(
        z.strictObject({
          name: z.string(),
          campaign: z.string(),
          /** When a person last acted on a text of it that was not known before. */
          at: z.string(),
          /** Its last sign-off; null: it was reviewed and not signed. */
          signed: z.strictObject({ id: z.string(), by: z.string(), at: z.string() }).nullable(),
          counts,
        }),
      ),
    }),
  },
} as const satisfies Record<OperationName, { args: z.ZodType; result: z.ZodType }>

export const eventSchemas = {
  ...reviewEventSchemas,
  ...ruleEventSchemas,
  ...impactEventSchemas,
  ...libraryEventSchemas,
  'campaign.opened': z.strictObject({ campaign: campaignSummarySchema }),
  'campaign.inputs': z.strictObject({ campaign: campaignId, inputs: z.array(inputEntrySchema) }),
  'campaign.messages': z.strictObject({ campaign: campaignId, messages: z.array(messageSummarySchema) }),
  'campaign.progress': z.strictObject({ campaign: campaignSummarySchema }),
} as const satisfies Record<EventName, z.ZodType>

export type Args<O extends OperationName> = z.infer<(typeof operationSchemas)[O]['args']>
export type Answer<O extends OperationName> = z.infer<(typeof operationSchemas)[O]['result']>
export type EventPayload<E extends EventName> = z.infer<(typeof eventSchemas)[E]>
export type FileToken = z.infer<typeof token>
export type CampaignId = z.infer<typeof campaignId>
export type MessageId = z.infer<typeof messageId>
export type Settings = z.infer<typeof settingsSchema>
export type SessionPage = z.infer<typeof sessionPageSchema>
export type CampaignSummary = z.infer<typeof campaignSummarySchema>
export type MessageSummary = z.infer<typeof messageSummarySchema>
export type Mark = z.infer<typeof mark>

/** One function an operation: what the router calls once the arguments are valid. */
export type Handlers = { readonly [O in OperationName]: (args: Args<O>) => Promise<Result<Answer<O>>> }
