import type { Answer, MessageSummary } from '../../contract/operation-schemas.ts'
import type { ReportMessage } from '../../contract/report.ts'
import type { CampaignCard } from '../../contract/review-operations.ts'
import { severities } from '../../contract/report-words.ts'
import { isAbove } from '../summary.ts'
import type { GroupState } from './decided.ts'

/** What cards are made of: a message's groups of findings, and how it is called. */
interface MessageOfCards {
  readonly states: readonly Pick<GroupState, 'group' | 'severity' | 'findings' | 'decision'>[]
  readonly open: { readonly summary: Pick<MessageSummary, 'id' | 'name'> }
  readonly report: Pick<ReportMessage, 'subject'>
}

const maxCards = 300
const maxMessagesOfCard = 400

/** The same finding in many messages of a campaign is one card: same group, or same rule and same words; errors first, then what stands in most messages. */
export function campaignCards(seen: readonly MessageOfCards[]): Answer<'campaign.cards'> {
  // One fact behind many messages (a list, a programme, a series) is one group in all of them.
  const keys = new Map<string, string>()
  const cards = new Map<string, { -readonly [K in keyof CampaignCard]: CampaignCard[K] }>()
  for (const { states, open, report } of seen) {
    for (const { group, findings, severity, decision } of states) {
      const [lead] = findings
      if (lead === undefined) continue
      const same = `${lead.rule ?? 'own'} ${findings.map(({ fingerprint }) => fingerprint).toSorted()[0] ?? group}`
      const key = keys.get(group) ?? same
      keys.set(group, key)
      const card = cards.get(key) ?? {
        key,
        severity,
        clauses: lead.clauses,
        title: lead.title,
        excerpt: lead.excerpt,
        fix: lead.fix,
        messages: [],
      }
      if (isAbove(severity, card.severity)) card.severity = severity
      card.messages = [
        ...card.messages,
        { message: open.summary.id, name: report.subject ?? open.summary.name, group, isOpen: decision === null },
      ]
      cards.set(key, card)
    }
  }
  const sorted = [...cards.values()].toSorted(
    (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || b.messages.length - a.messages.length,
  )
  return {
    cards: sorted.slice(0, maxCards).map((card) => ({ ...card, messages: card.messages.slice(0, maxMessagesOfCard) })),
    omitted: Math.max(0, sorted.length - maxCards),
  }
}
