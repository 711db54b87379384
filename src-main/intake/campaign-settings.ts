import type { Message } from './message.ts'

export const consents = ['express', 'implied', 'none', 'unknown'] as const
export type Consent = (typeof consents)[number]

/** What the provider puts into a message when it sends it. */
export const providerAdditions = ['footer', 'address', 'unsubscribe', 'list-unsubscribe', 'sms-stop', 'sender'] as const
export type ProviderAddition = (typeof providerAdditions)[number]

/** What a manifest says of a message beside the defaults of its own fields (`docs/formats.md`, campaign.yaml). */
export interface CampaignSettings {
  readonly consent: Consent | null
  /** Codes as `US`, `US-FL`, `EU`; empty: the manifest does not say. */
  readonly region: readonly string[]
  readonly sender: {
    readonly brand: string | null
    readonly domains: readonly string[]
    readonly address: string | null
  }
  readonly providerAdds: readonly ProviderAddition[]
  /** What is the client's own. */
  readonly allow: {
    readonly phrases: readonly string[]
    readonly domains: readonly string[]
    readonly brands: readonly string[]
  }
  readonly audience: readonly AudienceFile[]
  readonly exclude: readonly AudienceFile[]
  /** Folders and files of earlier messages. */
  readonly history: readonly HistoryPlace[]
  readonly series: string | null
  /** An IANA zone, or `recipient`: each reader's own. */
  readonly timezone: string | null
  readonly localTime: boolean | null
  /** Set for a table that the manifest names: it is read with the messages and is no input of drafts. */
  readonly table: AudienceRole | null
}

export type AudienceRole = 'audience' | 'exclude'

/** A folder or file of earlier messages. */
export interface HistoryPlace {
  /** Absolute. */
  readonly path: string
  /** As a report names it. */
  readonly input: string
}

/** A table of recipients. */
export interface AudienceFile {
  /** As the report names it. */
  readonly input: string
  /** Absolute; null: a member of the archive that the manifest lies in. */
  readonly path: string | null
  /** What columns hold, where the manifest corrects what their names say: `birth_date` → `Geb.` */
  readonly columns: Readonly<Record<string, string>>
  /** null: as its names and rows look. */
  readonly as: AudienceUse | null
}

/** `send-list`: these people get the message. `profile-export`: all that the sender knows, of whom some get it. */
export type AudienceUse = 'send-list' | 'profile-export'

/** A message with what the manifest says of it; its own fields count before. */
export function withSettings(message: Message, settings: CampaignSettings | undefined): Message {
  if (settings === undefined) return message
  const fields = new Map(message.fields)
  const fill = (name: string, value: string | null): void => {
    if (value !== null && !fields.has(name)) fields.set(name, value)
  }
  fill('series', settings.series)
  fill('timezone', settings.timezone)
  fill('local_time', settings.localTime === null ? null : String(settings.localTime))
  fill('consent', settings.consent)
  return { ...message, fields, settings }
}
