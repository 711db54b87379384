import type { Answer, CampaignId, MessageId } from '../../contract/operation-schemas.ts'
import { fail, ok, type Result } from '../../contract/result.ts'
import type { Store } from '../../store/store-calls.ts'
import type { KnownMessage } from '../../store/workspace.ts'
import { showTask } from '../message-views.ts'
import type { OpenCampaigns } from '../open-campaigns.ts'
import type { ReviewPool } from '../pool.ts'
import { messageKey } from './identity.ts'
import { keepReviewed } from './keep.ts'
import type { SeenMessage, SeenMessages } from './seen-messages.ts'

type Suggestion = Answer<'revision.suggest'>['suggestions'][number]

export interface RevisionPorts {
  readonly campaigns: OpenCampaigns
  readonly seen: SeenMessages
  readonly store: Store
  readonly pool: ReviewPool
}

export interface MessageAt {
  readonly campaign: CampaignId
  readonly message: MessageId
}

/** A message that another may be a corrected text of. */
export interface Candidate {
  readonly place: string
  readonly reportId: string
  readonly name: string
  readonly campaign: string
}

const maxSuggestions = 20
/** Texts that are compared word by word: the last that were acted on. */
const maxCompared = 5
const alikeFrom = 0.5

const ranks: readonly Suggestion['why'][] = ['dropped', 'id', 'path', 'subject', 'likeness', 'none']

/** Messages that this one may be a corrected text of, the likeliest first. `on`: the message that its file was dropped on. */
export async function suggestRevisions(
  one: SeenMessage,
  on: MessageAt | null,
  ports: RevisionPorts,
): Promise<Answer<'revision.suggest'>> {
  const acted = await ports.store.acted()
  const known = new Map<string, Candidate>()
  for (const message of acted.ok ? acted.value.filter(isTouched).reverse() : []) known.set(message.place, message)
  for (const open of ports.campaigns.list())
    for (const seen of await ports.seen.many(open.id))
      if (!known.has(seen.key.place)) known.set(seen.key.place, seen.key)
  const dropped = on === null ? null : await ports.seen.one(on.campaign, on.message)
  const droppedPlace = dropped?.ok === true ? dropped.value.key.place : null
  known.delete(one.key.place)
  const suggestions = [...known.values()].map((candidate): Suggestion => ({
    place: candidate.place,
    name: candidate.name,
    campaign: candidate.campaign,
    why: candidate.place === droppedPlace ? 'dropped' : whyAlike(one.key, candidate, one.open.report.input),
    likeness: null,
  }))
  const unlike = suggestions.filter(({ why }) => why === 'none').slice(0, maxCompared)
  for (const suggestion of unlike) {
    const likeness = await likenessTo(one, suggestion.place, ports)
    if (likeness === null || likeness < alikeFrom) continue
    suggestions[suggestions.indexOf(suggestion)] = { ...suggestion, why: 'likeness', likeness }
  }
  return {
    suggestions: suggestions
      .toSorted((a, b) => ranks.indexOf(a.why) - ranks.indexOf(b.why) || (b.likeness ?? 0) - (a.likeness ?? 0))
      .slice(0, maxSuggestions),
  }
}

/** What two messages have in common apart from their texts. `input`: where the message was read from; an id that is it says nothing. */
export function whyAlike(
  own: Pick<Candidate, 'reportId' | 'name'>,
  other: Pick<Candidate, 'reportId' | 'name'>,
  input: string,
): 'id' | 'path' | 'subject' | 'none' {
  if (own.reportId === other.reportId && own.reportId !== input) return 'id'
  if (fileWord(own.reportId) !== '' && fileWord(own.reportId) === fileWord(other.reportId)) return 'path'
  if (subjectWord(own.name) !== '' && subjectWord(own.name) === subjectWord(other.name)) return 'subject'
  return 'none'
}

/** What people write behind a name when they send it again. */
const again =
  /(?:[\s._-]*\(\d+\)|[\s._-]+(?:v|rev|r|version|corrected|correction|final|fixed|new|neu|korrigiert|corrig[ée]e?)[\s._-]*\d*)$/

function withoutMarks(text: string): string {
  let left = text.trim()
  for (let last = ''; left !== last;) {
    last = left
    left = left.replace(again, '')
  }
  return left
}

function fileWord(id: string): string {
  const name = id.slice(id.lastIndexOf('/') + 1).toLowerCase()
  return withoutMarks(name.replace(/\.[a-z0-9]{2,5}$/, ''))
}

function subjectWord(name: string): string {
  const bare = name.toLowerCase().replace(/^(?:(?:re|fwd?|aw|wg|tr)\s*:\s*|\[[^\]]{0,20}\]\s*)+/, '')
  return withoutMarks(bare).replace(/\s+/g, ' ')
}

/** How much of both texts is the same, from 0 to 1; null: the older one is not kept. */
async function likenessTo(one: SeenMessage, place: string, { store, pool }: RevisionPorts): Promise<number | null> {
  const listed = await store.revisions(place)
  const last = listed.ok ? listed.value.at(-1) : undefined
  const kept = last === undefined ? null : await store.revision(place, last.content)
  const bytes = kept?.ok === true ? (kept.value?.bytes ?? null) : null
  if (bytes === null) return null
  const compared = await pool.compare({ ...showTask(one.open), old: bytes })
  if (!compared.ok) return null
  let same = 0
  let all = 0
  for (const { words } of compared.value.texts)
    for (const { op, text } of words) {
      all += text.length * (op === 'equal' ? 2 : 1)
      if (op === 'equal') same += text.length * 2
    }
  return all === 0 ? null : same / all
}

function isTouched({ record }: KnownMessage): boolean {
  const { decisions, comments, findings, outcome, signOffs } = record
  return decisions.length + comments.length + findings.length + signOffs.length > 0 || outcome !== null
}

/** Says that a message is a corrected text of what lies at `place`; null: of none any more. */
export async function setRevision(
  one: SeenMessage,
  campaign: string,
  place: string | null,
  ports: RevisionPorts,
): Promise<Result<true>> {
  const own = messageKey(one.open, campaign)
  if (place === own.place) return fail('bad-request', 'A message is no correction of itself.')
  // The older text may never have been acted on: what is open is kept, so that there is something to compare with.
  if (place !== null) {
    for (const open of ports.campaigns.list()) {
      const old = (await ports.seen.many(open.id)).find(({ key }) => key.place === place)
      if (old === undefined) continue
      const kept = await keepReviewed(old, ports.store, ports.pool)
      if (!kept.ok) return kept
    }
  }
  const act = { kind: 'revision-of', place } as const
  const written = await ports.store.act([{ message: own, content: one.open.content, act }])
  return written.ok ? ok(true) : written
}
