import type { CampaignId, MessageSummary } from '../../../../src-main/contract/operation-schemas.ts'
import { verdicts } from '../../../../src-main/contract/report-words.ts'
import type { MessageGrouping, MessageSort } from '../../../../src-main/contract/session-words.ts'
import type { MessageRef, OpenCampaign } from './campaigns.ts'
import { clauseNumber } from './groups.ts'
import { isEarlier } from './standing.ts'
import { clientOf, filterMessages, parseFilter, type VerdictWords } from './message-filter.ts'

/** A line of the message list: a campaign's own row, the head of another group, or a message. */
export type ListRow =
  | { readonly kind: 'campaign'; readonly key: string; readonly campaign: OpenCampaign; readonly open: boolean }
  | {
      readonly kind: 'group'
      readonly key: string
      readonly by: Exclude<MessageGrouping, 'campaign' | 'none'>
      /** What its messages have in common; empty: they do not say. */
      readonly value: string
      readonly count: number
    }
  | {
      readonly kind: 'message'
      readonly key: string
      readonly message: MessageSummary
      /** 1-based among the messages shown. */
      readonly position: number
    }

export interface ListOrder {
  readonly sort: MessageSort
  readonly group: MessageGrouping
}

const asOpened: ListOrder = { sort: 'order', group: 'campaign' }

export function listRows(
  campaigns: readonly OpenCampaign[],
  collapsed: ReadonlySet<CampaignId>,
  filter: string,
  verdictWords: VerdictWords,
  order: ListOrder = asOpened,
): readonly ListRow[] {
  const rows: ListRow[] = []
  const parsed = parseFilter(filter)
  const isFiltered = filter.trim() !== ''
  let position = 0
  const put = (message: MessageSummary): void => {
    position += 1
    rows.push({ kind: 'message', key: `${message.campaign} ${message.id}`, message, position })
  }
  if (order.group === 'campaign') {
    for (const campaign of campaigns) {
      const id = campaign.summary.id
      const open = !collapsed.has(id)
      const messages = filterMessages(campaign.messages, parsed, verdictWords)
      if (isFiltered && messages.length === 0) continue
      rows.push({ kind: 'campaign', key: `campaign ${id}`, campaign, open })
      if (open) sorted(messages, order.sort).forEach(put)
    }
    return rows
  }
  const all = campaigns.flatMap(({ messages }) => filterMessages(messages, parsed, verdictWords))
  const { group } = order
  if (group === 'none') {
    sorted(all, order.sort).forEach(put)
    return rows
  }
  const byValue = new Map<string, MessageSummary[]>()
  for (const message of all) {
    const value = valueOf(message, group)
    const known = byValue.get(value)
    if (known === undefined) byValue.set(value, [message])
    else known.push(message)
  }
  const values = [...byValue.keys()].sort((a, b) => compareValues(group, a, b))
  for (const value of values) {
    const messages = byValue.get(value) ?? []
    rows.push({
      kind: 'group',
      key: `group ${group} ${value}`,
      by: group,
      value,
      count: messages.filter((one) => !isEarlier(one)).length,
    })
    sorted(messages, order.sort).forEach(put)
  }
  return rows
}

/** A message stands once in the list: of its clauses the first counts. */
function valueOf(message: MessageSummary, group: Exclude<MessageGrouping, 'campaign' | 'none'>): string {
  switch (group) {
    case 'client':
      return clientOf(message)
    case 'verdict':
      return message.earlier === true ? '' : message.verdict
    case 'channel':
      return message.channel ?? ''
    case 'clause':
      return clauseNumber(message.clauses[0] ?? '')
  }
}

const byNumber = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** By name or number, those that do not say at the end; verdicts by gravity. */
function compareValues(group: MessageGrouping, a: string, b: string): number {
  if (group === 'verdict') return gravity(a) - gravity(b)
  if (a === '' || b === '') return Number(a === '') - Number(b === '')
  return byNumber.compare(a, b)
}

function gravity(verdict: string): number {
  const at = verdicts.findIndex((one) => one === verdict)
  return at === -1 ? verdicts.length : at
}

/** The order in which a list was sorted is kept as long as the list is the same. */
const kept = new WeakMap<readonly MessageSummary[], Map<MessageSort, readonly MessageSummary[]>>()

function sorted(messages: readonly MessageSummary[], sort: MessageSort): readonly MessageSummary[] {
  if (sort === 'order') return messages
  const known = kept.get(messages) ?? new Map<MessageSort, readonly MessageSummary[]>()
  kept.set(messages, known)
  const made = known.get(sort) ?? messages.toSorted((a, b) => compare(sort, a, b))
  known.set(sort, made)
  return made
}

function compare(sort: Exclude<MessageSort, 'order'>, a: MessageSummary, b: MessageSummary): number {
  switch (sort) {
    case 'gravest':
      return gravity(valueOf(a, 'verdict')) - gravity(valueOf(b, 'verdict')) || compareCounts(a.counts, b.counts)
    case 'newest':
      return compareText(momentOf(b), momentOf(a))
    case 'oldest':
      return compareText(momentOf(a), momentOf(b))
    case 'name':
      return byNumber.compare(a.name, b.name)
    case 'from':
      return byNumber.compare(a.from ?? '', b.from ?? '')
    case 'channel':
    case 'clause':
      return compareValues(sort, valueOf(a, sort), valueOf(b, sort))
    case 'rule':
      return compareValues('clause', a.rules[0] ?? '', b.rules[0] ?? '')
    case 'decision':
      return compareCounts(openOf(a), openOf(b))
    case 'waiting':
      return (b.review?.asked ?? 0) - (a.review?.asked ?? 0) || compareCounts(openOf(a), openOf(b))
  }
}

function compareCounts(a: MessageSummary['counts'], b: MessageSummary['counts']): number {
  return b.error - a.error || b.warning - a.warning || b.info - a.info
}

/** What people have yet to decide: of what they have not touched everything, of what was sent nothing. */
function openOf(message: MessageSummary): MessageSummary['counts'] {
  return isEarlier(message) ? { error: 0, warning: 0, info: 0 } : (message.review?.open ?? message.counts)
}

/** ISO 8601 in one zone sorts as text does. */
function momentOf({ sendAt, date }: MessageSummary): string {
  const time = Date.parse(sendAt ?? date ?? '')
  return Number.isNaN(time) ? '' : new Date(time).toISOString()
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** The row that an arrow key leads to: messages, and campaigns that are closed. `from` may have been filtered away. */
export function nextRow(rows: readonly ListRow[], from: string | null, step: 1 | -1): ListRow | null {
  const isStop = (row: ListRow): boolean => row.kind === 'message' || (row.kind === 'campaign' && !row.open)
  const start = from === null ? -1 : rows.findIndex((row) => row.key === from)
  const first = start === -1 ? (step === 1 ? 0 : rows.length - 1) : start + step
  for (let at = first; at >= 0 && at < rows.length; at += step) {
    const row = rows[at]
    if (row !== undefined && isStop(row)) return row
  }
  return null
}

/** The messages from one row to another, both included. */
export function messagesBetween(rows: readonly ListRow[], from: string | null, to: string): readonly string[] {
  const end = rows.findIndex((row) => row.key === to)
  const start = from === null ? end : rows.findIndex((row) => row.key === from)
  const [low, high] = start === -1 ? [end, end] : [Math.min(start, end), Math.max(start, end)]
  return rows.slice(low, high + 1).flatMap((row) => (row.kind === 'message' ? [row.key] : []))
}

export function rowKey(ref: MessageRef): string {
  return `${ref.campaign} ${ref.message}`
}
