import type { AudienceFile, CampaignSettings, HistoryPlace } from './campaign-settings.ts'
import type { CampaignFile, CampaignTable } from './manifest-schema.ts'
import type { MessageDefaults } from './message.ts'

/** What a `campaign.yaml` says of the files beside and below it (`docs/formats.md`). */
export interface FolderManifest {
  /** `place`: the file's path below the manifest's folder, with `/`. */
  readonly defaultsOf: (place: string) => MessageDefaults
  /** Places of the tables that it names as recipients. */
  readonly tables: ReadonlySet<string>
  /** Places of all files that it names. */
  readonly files: ReadonlySet<string>
}

/** Where a place below the manifest's folder is: absolute (null: in an archive), and as the report names it. */
export type Locate = (place: string) => Pick<AudienceFile, 'path' | 'input'>

export function manifestOf(campaign: CampaignFile, locate: Locate): FolderManifest {
  const ofAll = settingsOf(campaign, locate)
  const messages = new Map((campaign.messages ?? []).map((message) => [plainPlace(message.file), message]))
  const roles = tableRoles(campaign)
  return {
    tables: new Set(roles.keys()),
    files: new Set([...messages.keys(), ...roles.keys()]),
    defaultsOf(place) {
      const own = messages.get(place)
      const table = roles.get(place) ?? null
      const settings = { ...ofAll, ...(own === undefined ? {} : ownSettings(own, ofAll, locate)), table }
      return {
        campaign: campaign.name ?? null,
        client: campaign.client ?? null,
        channel: own?.channel ?? null,
        kind: own?.kind ?? null,
        sendAt: own?.send_at ?? null,
        ...(saysNothing(settings) ? {} : { settings }),
      }
    },
  }
}

function plainPlace(written: string): string {
  return written
    .split('/')
    .filter((name) => name !== '.' && name !== '')
    .join('/')
}

function settingsOf(campaign: CampaignFile, locate: Locate): CampaignSettings {
  return {
    consent: campaign.consent ?? null,
    region: asList(campaign.region),
    sender: {
      brand: campaign.sender?.brand ?? null,
      domains: asList(campaign.sender?.domains).map((name) => name.toLowerCase()),
      address: campaign.sender?.address ?? null,
    },
    providerAdds: asList(campaign.provider?.adds),
    allow: {
      phrases: asList(campaign.allow?.phrases),
      domains: asList(campaign.allow?.domains).map((name) => name.toLowerCase()),
      brands: asList(campaign.allow?.brands),
    },
    audience: asList(campaign.audience).map((table) => audienceFile(table, locate)),
    exclude: asList(campaign.exclude).map((table) => audienceFile(table, locate)),
    history: asList(campaign.history).flatMap((place): HistoryPlace[] => {
      const { path, input } = locate(place)
      return path === null ? [] : [{ path, input }]
    }),
    series: null,
    timezone: null,
    localTime: null,
    table: null,
  }
}

type CampaignMessage = NonNullable<CampaignFile['messages']>[number]

function ownSettings(own: CampaignMessage, all: CampaignSettings, locate: Locate): Partial<CampaignSettings> {
  return {
    consent: own.consent ?? all.consent,
    region: own.region === undefined ? all.region : asList(own.region),
    audience:
      own.audience === undefined ? all.audience : asList(own.audience).map((table) => audienceFile(table, locate)),
    exclude: own.exclude === undefined ? all.exclude : asList(own.exclude).map((table) => audienceFile(table, locate)),
    series: own.series ?? null,
    timezone: own.timezone ?? null,
    localTime: own.local_time ?? null,
  }
}

function audienceFile(table: CampaignTable, locate: Locate): AudienceFile {
  const { file, as = null, columns = {} } = typeof table === 'string' ? { file: table } : table
  return { ...locate(plainPlace(file)), as, columns }
}

function tableRoles({ audience, exclude, messages = [] }: CampaignFile): ReadonlyMap<string, 'audience' | 'exclude'> {
  const roles = new Map<string, 'audience' | 'exclude'>()
  const add = (tables: CampaignFile['audience'], role: 'audience' | 'exclude'): void => {
    for (const table of asList(tables)) roles.set(plainPlace(typeof table === 'string' ? table : table.file), role)
  }
  for (const one of [{ exclude }, ...messages]) add(one.exclude, 'exclude')
  for (const one of [{ audience }, ...messages]) add(one.audience, 'audience')
  return roles
}

function asList<T>(given: T | readonly T[] | undefined): readonly T[] {
  // The schema has no lists of lists, so what is a list is the list of values.
  return given === undefined ? [] : Array.isArray(given) ? (given as readonly T[]) : [given as T]
}

function saysNothing(settings: CampaignSettings): boolean {
  const { sender, allow, ...rest } = settings
  return [...Object.values(sender), ...Object.values(allow), ...Object.values(rest)].every(
    (value) => value === null || (Array.isArray(value) && value.length === 0),
  )
}
