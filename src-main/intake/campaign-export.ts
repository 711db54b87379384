import type { DraftRecord, DraftValue } from './draft-record.ts'
import type { JsonNode } from './json-text.ts'

/** What an answer of a provider's API (JSON:API) holds that can be reviewed. */
export interface CampaignExport {
  readonly campaigns: readonly ExportedCampaign[]
  /** Cells by column names of a profile export; the names first. */
  readonly profiles: readonly (readonly string[])[]
  /** A campaign without any of its messages is in it. */
  readonly hasBareCampaign: boolean
}

export interface ExportedCampaign {
  /** null: of messages and templates that come without their campaign. */
  readonly name: string | null
  readonly records: readonly DraftRecord[]
}

type JsonObject = JsonNode & { readonly kind: 'object' }

interface Resource {
  readonly type: string
  readonly id: string
  readonly attributes: JsonObject
  readonly node: JsonObject
}

const types: ReadonlySet<string> = new Set(['campaign', 'campaign-message', 'template', 'profile'])

/**
 * Campaigns, campaign messages, templates and profiles as a provider's API gives them: one answer (`data`, `included`), a
 * list of them, or resources alone. Null: it is no such answer. `valueOf`: a value with its place in the file.
 */
export function readCampaignExport(
  roots: readonly JsonNode[],
  valueOf: (node: JsonNode) => DraftValue['value'] | null,
): CampaignExport | null {
  const resources = roots.flatMap(resourcesIn)
  if (resources.length === 0) return null
  const of = (type: string): readonly Resource[] => resources.filter((one) => one.type === type)
  const messages = of('campaign-message')
  const templates = new Map(of('template').map((template) => [template.id, template]))
  const used = new Set(messages.map((message) => relatedId(message, 'template')))
  const bare = [...templates.values()].filter(({ id }) => !used.has(id))
  const campaigns = of('campaign').map((campaign) => ({
    campaign,
    messages: messages.filter((message) => belongsTo(message, campaign, of('campaign').length === 1)),
  }))
  const placed = new Set(campaigns.flatMap((one) => one.messages))
  const record = (message: Resource, campaign: Resource | null): DraftRecord =>
    messageRecord(message, campaign, templates.get(relatedId(message, 'template') ?? '') ?? null, valueOf)
  const alone = [
    ...messages.filter((message) => !placed.has(message)).map((message) => record(message, null)),
    ...bare.map((template) => ({ values: templateValues(template, valueOf), damage: null })),
  ]
  return {
    campaigns: [
      ...campaigns.map(({ campaign, messages: own }) => ({
        name: textAt(campaign.attributes, ['name']),
        records: own.map((message) => record(message, campaign)),
      })),
      ...(alone.length === 0 ? [] : [{ name: null, records: alone }]),
    ],
    profiles: profileRows(of('profile')),
    hasBareCampaign: campaigns.some((one) => one.messages.length === 0),
  }
}

function resourcesIn(root: JsonNode): readonly Resource[] {
  if (root.kind === 'array') return root.items.flatMap(resourcesIn)
  if (root.kind !== 'object') return []
  const own = resourceOf(root)
  if (own !== null) return [own]
  return ['data', 'included'].flatMap((name) => {
    const inner = member(root, name)
    const nodes = inner?.kind === 'array' ? inner.items : inner === null ? [] : [inner]
    return nodes.flatMap((node) => (node.kind === 'object' ? (resourceOf(node) ?? []) : []))
  })
}

function resourceOf(node: JsonObject): Resource | null {
  const type = textAt(node, ['type'])
  const attributes = member(node, 'attributes')
  if (type === null || !types.has(type) || attributes?.kind !== 'object') return null
  return { type, id: textAt(node, ['id']) ?? '', attributes, node }
}

function belongsTo(message: Resource, campaign: Resource, isOnly: boolean): boolean {
  const id = relatedId(message, 'campaign')
  if (id !== null) return id === campaign.id
  const related = at(campaign.node, ['relationships', 'campaign-messages', 'data'])
  if (related?.kind === 'array') return related.items.some((item) => textAt(item, ['id']) === message.id)
  return isOnly
}

function relatedId({ node }: Resource, name: string): string | null {
  return textAt(node, ['relationships', name, 'data', 'id'])
}

/** Names of draft fields, and where an answer keeps them; the first that is there counts. */
const contentPaths: readonly (readonly [field: string, paths: readonly (readonly string[])[]])[] = [
  ['subject', [['subject']]],
  ['preheader', [['preview_text']]],
  ['from_name', [['from_label']]],
  ['from', [['from_email']]],
  ['reply_to', [['reply_to_email']]],
  ['cc', [['cc_email']]],
  ['bcc', [['bcc_email']]],
  ['title', [['title']]],
  ['body', [['body']]],
  ['image', [['media_url'], ['dynamic_image']]],
]

function messageRecord(
  message: Resource,
  campaign: Resource | null,
  template: Resource | null,
  valueOf: (node: JsonNode) => DraftValue['value'] | null,
): DraftRecord {
  const { attributes } = message
  const values: DraftValue[] = []
  const put = (name: string, node: JsonNode | null): void => {
    const value = node === null ? null : valueOf(node)
    if (value !== null && value.text !== '' && !values.some((known) => known.name === name))
      values.push({ name, value })
  }
  const definition = member(attributes, 'definition')
  const root = definition?.kind === 'object' ? definition : attributes
  const content = member(root, 'content') ?? root
  put('id', member(message.node, 'id'))
  put('channel', member(root, 'channel') ?? member(attributes, 'channel'))
  for (const [name, paths] of contentPaths) for (const path of paths) put(name, at(content, path))
  put('template_name', template === null ? null : at(template.attributes, ['name']))
  for (const body of templateValues(template, valueOf)) if (body.name !== 'id') values.push(body)
  putSchedule(put, attributes, campaign?.attributes ?? null)
  put('audience_included', campaign === null ? null : at(campaign.attributes, ['audiences', 'included']))
  put('audience_excluded', campaign === null ? null : at(campaign.attributes, ['audiences', 'excluded']))
  put('status', campaign === null ? null : at(campaign.attributes, ['status']))
  return { values, damage: null }
}

function putSchedule(
  put: (name: string, node: JsonNode | null) => void,
  message: JsonObject,
  campaign: JsonObject | null,
): void {
  const times = member(message, 'send_times')
  const first = times?.kind === 'array' ? (times.items[0] ?? null) : null
  const strategy = campaign === null ? null : member(campaign, 'send_strategy')
  const places: readonly (readonly [JsonNode | null, readonly string[], readonly string[]])[] = [
    [first, ['datetime'], ['is_local']],
    [strategy, ['options_static', 'datetime'], ['options_static', 'is_local']],
    [strategy, ['datetime'], ['options', 'is_local']],
    [strategy, ['options', 'datetime'], ['options', 'is_local']],
    [campaign, ['send_time'], ['is_local']],
    [campaign, ['scheduled_at'], ['is_local']],
  ]
  for (const [node, time, isLocal] of places) {
    const found = node === null ? null : at(node, time)
    if (node === null || found?.kind !== 'string') continue
    put('send_at', found)
    put('local_time', at(node, isLocal))
    return
  }
}

function templateValues(
  template: Resource | null,
  valueOf: (node: JsonNode) => DraftValue['value'] | null,
): readonly DraftValue[] {
  if (template === null) return []
  const read = (name: string, node: JsonNode | null): readonly DraftValue[] => {
    const value = node === null ? null : valueOf(node)
    return value === null || value.text === '' ? [] : [{ name, value }]
  }
  return [
    ...read('id', member(template.node, 'id')),
    ...read('text', member(template.attributes, 'text')),
    ...read('html', member(template.attributes, 'html')),
  ]
}

const profileColumns: readonly (readonly [column: string, path: readonly string[]])[] = [
  ['Email', ['email']],
  ['Phone Number', ['phone_number']],
  ['First Name', ['first_name']],
  ['Last Name', ['last_name']],
  ['Organization', ['organization']],
  ['Title', ['title']],
  ['City', ['location', 'city']],
  ['State / Region', ['location', 'region']],
  ['Country', ['location', 'country']],
  ['Zip Code', ['location', 'zip']],
  ['Timezone', ['location', 'timezone']],
  ['Email Marketing Consent', ['subscriptions', 'email', 'marketing', 'consent']],
  ['Email Marketing Consent Timestamp', ['subscriptions', 'email', 'marketing', 'consent_timestamp']],
  ['Double Opt-In', ['subscriptions', 'email', 'marketing', 'double_optin']],
  ['Source', ['subscriptions', 'email', 'marketing', 'method_detail']],
  ['SMS Consent', ['subscriptions', 'sms', 'marketing', 'consent']],
  ['SMS Consent Timestamp', ['subscriptions', 'sms', 'marketing', 'consent_timestamp']],
]

/** One row a profile, as the provider's own export of profiles has them; own properties are columns of their names. */
function profileRows(profiles: readonly Resource[]): readonly (readonly string[])[] {
  if (profiles.length === 0) return []
  const own = [
    ...new Set(
      profiles.flatMap(({ attributes }) => {
        const properties = member(attributes, 'properties')
        return properties?.kind === 'object' ? properties.members.map(({ name }) => name) : []
      }),
    ),
  ].slice(0, 500)
  const names = [...profileColumns.map(([name]) => name), 'Suppressed', ...own]
  return [
    names,
    ...profiles.map(({ attributes }) => [
      ...profileColumns.map(([, path]) => textAt(attributes, path) ?? ''),
      isSuppressed(attributes) ? 'TRUE' : 'FALSE',
      ...own.map((name) => textAt(attributes, ['properties', name]) ?? ''),
    ]),
  ]
}

function isSuppressed(attributes: JsonObject): boolean {
  const marketing = at(attributes, ['subscriptions', 'email', 'marketing'])
  return ['suppression', 'suppressions', 'list_suppressions'].some((name) => {
    const list = marketing === null ? null : at(marketing, [name])
    return list?.kind === 'array' && list.items.length > 0
  })
}

function member(node: JsonNode, name: string): JsonNode | null {
  return node.kind === 'object' ? (node.members.find((one) => one.name === name)?.node ?? null) : null
}

function at(node: JsonNode, path: readonly string[]): JsonNode | null {
  return path.reduce<JsonNode | null>((inner, name) => (inner === null ? null : member(inner, name)), node)
}

function textAt(node: JsonNode, path: readonly string[]): string | null {
  const found = at(node, path)
  if (found === null) return null
  if (found.kind === 'string') return found.value
  return found.kind === 'literal' && found.written !== 'null' ? found.written : null
}
