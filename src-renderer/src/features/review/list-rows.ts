import type { CampaignId, MessageSummary } from '../../../../src-main/contract/operation-schemas.ts'
import type { MessageRef, OpenCampaign } from './campaigns.ts'
import { clauseNumber } from './groups.ts'

/** A line of the message list: a campaign's own row, or a message of it. */
export type ListRow =
  | { readonly kind: 'campaign'; readonly key: string; readonly campaign: OpenCampaign; readonly open: boolean }
  | {
      readonly kind: 'message'
      readonly key: string
      readonly message: MessageSummary
      /** 1-based among the messages shown. */
      readonly position: number
    }

/** Words of a verdict, so that the filter finds what the list says. */
export type VerdictWords = (message: MessageSummary) => string

export function listRows(
  campaigns: readonly OpenCampaign[],
  collapsed: ReadonlySet<CampaignId>,
  filter: string,
  verdictWords: VerdictWords,
): readonly ListRow[] {
  const rows: ListRow[] = []
  let position = 0
  for (const campaign of campaigns) {
    const id = campaign.summary.id
    const open = !collapsed.has(id)
    const messages = campaign.messages.filter((message) => matches(message, filter, verdictWords))
    if (filter !== '' && messages.length === 0) continue
    rows.push({ kind: 'campaign', key: `campaign ${id}`, campaign, open })
    if (!open) continue
    for (const message of messages) {
      position += 1
      rows.push({ kind: 'message', key: `${id} ${message.id}`, message, position })
    }
  }
  return rows
}

/** Every word of the filter must occur somewhere in what the list shows of the message. */
function matches(message: MessageSummary, filter: string, verdictWords: VerdictWords): boolean {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return true
  const clauses = message.clauses.map(clauseNumber)
  const shown = [message.name, message.from ?? '', message.channel ?? '', message.id, verdictWords(message), ...clauses]
  const text = shown.join('\n').toLowerCase()
  return words.every((word) => text.includes(word))
}

/** The row that an arrow key leads to: messages, and campaigns that are closed. `from` may have been filtered away. */
export function nextRow(rows: readonly ListRow[], from: string | null, step: 1 | -1): ListRow | null {
  const stops = rows.filter((row) => row.kind === 'message' || !row.open)
  const at = stops.findIndex((row) => row.key === from)
  if (at === -1) return (step === 1 ? stops[0] : stops.at(-1)) ?? null
  return stops[at + step] ?? null
}

export function rowKey(ref: MessageRef): string {
  return `${ref.campaign} ${ref.message}`
}
