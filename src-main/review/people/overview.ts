import type { Answer, CampaignId, MessageId } from '../../contract/operation-schemas.ts'
import { verdicts, type Verdict } from '../../contract/report-words.ts'
import type { KeptAttestation, KnownMessage } from '../../store/workspace.ts'
import type { OpenCampaign } from '../open-campaigns.ts'
import { compareClauses } from '../summary.ts'
import { clientOf } from './identity.ts'
import type { SeenMessage } from './seen-messages.ts'

type Overview = Answer<'overview.get'>

export interface OverviewSource {
  readonly campaigns: readonly { readonly campaign: OpenCampaign; readonly seen: readonly SeenMessage[] }[]
  /** Of the whole workspace. */
  readonly acted: readonly KnownMessage[]
  readonly attestations: readonly KeptAttestation[]
  /** `YYYY-MM-DD` */
  readonly today: string
}

const expiresSoonDays = 30

export function overviewOf({ campaigns, acted, attestations, today }: OverviewSource): Overview {
  const places = new Map(
    campaigns.flatMap(({ campaign, seen }) =>
      seen.map(({ key, open }) => [key.place, { campaign: campaign.id, message: open.summary.id }] as const),
    ),
  )
  const at = (place: string): { campaign: CampaignId; message: MessageId } | null => places.get(place) ?? null
  return {
    campaigns: campaigns.map(({ campaign, seen }) => campaignRow(campaign, seen)),
    clauses: clauseRows(campaigns.flatMap(({ seen }) => seen.filter(isCounted))),
    waiting: acted.flatMap(({ place, name, campaign, record }) =>
      record.decisions
        .filter(({ decision }) => decision.kind === 'asked')
        .map(({ title, decision, at: since }) => ({
          at: at(place),
          message: name,
          campaign,
          title,
          whom: decision.whom,
          question: decision.reason,
          since,
        })),
    ),
    signed: acted
      .flatMap(({ place, name, campaign, record }) =>
        record.signOffs.map(({ snapshot, by, at: on }) => ({
          id: snapshot,
          at: at(place),
          message: name,
          campaign,
          by,
          on,
        })),
      )
      .toSorted((a, b) => (a.on < b.on ? 1 : -1))
      .slice(0, 500),
    expiring: attestations.flatMap(({ question, scope, expires }) =>
      expires !== null && expires <= daysAfter(today, expiresSoonDays) ? [{ question, scope, expires }] : [],
    ),
  }
}

function campaignRow(campaign: OpenCampaign, seen: readonly SeenMessage[]): Overview['campaigns'][number] {
  const { id, name } = campaign.summary()
  const counts = { error: 0, warning: 0, info: 0 }
  const open = { error: 0, warning: 0, info: 0 }
  const byVerdict = new Map<Verdict, number>(verdicts.map((verdict) => [verdict, 0]))
  let decided = 0
  let asked = 0
  let signed = 0
  let changesAsked = 0
  let held = 0
  const counted = seen.filter(isCounted)
  for (const { summary } of counted) {
    byVerdict.set(summary.verdict, (byVerdict.get(summary.verdict) ?? 0) + 1)
    for (const severity of ['error', 'warning', 'info'] as const) {
      counts[severity] += summary.counts[severity]
      open[severity] += summary.review?.open[severity] ?? 0
    }
    decided += summary.review?.decided ?? 0
    asked += summary.review?.asked ?? 0
    if (summary.review?.outcome === 'signed-off') signed++
    if (summary.review?.outcome === 'changes-asked') changesAsked++
    if (summary.review?.outcome === 'held') held++
  }
  const clients = [...new Set(seen.flatMap(({ report }) => clientOf(report) ?? []))]
  return {
    campaign: id,
    name,
    client: clients.length === 1 ? (clients[0] ?? null) : null,
    messages: counted.length,
    // Every verdict has its number: the map was filled with all of them.
    verdicts: Object.fromEntries(byVerdict) as Record<Verdict, number>,
    counts,
    open,
    decided,
    asked,
    signed,
    changesAsked,
    held,
  }
}

/** Earlier messages serve rules over a series and are not counted. */
function isCounted({ summary }: SeenMessage): boolean {
  return summary.review?.outcome !== 'sent'
}

function clauseRows(seen: readonly SeenMessage[]): Overview['clauses'] {
  const rows = new Map<string, { error: number; warning: number; info: number }>()
  for (const { states } of seen) {
    for (const { findings, severity } of states) {
      for (const clause of new Set(findings.flatMap(({ clauses }) => clauses))) {
        const counts = rows.get(clause) ?? { error: 0, warning: 0, info: 0 }
        counts[severity]++
        rows.set(clause, counts)
      }
    }
  }
  return [...rows]
    .map(([clause, counts]) => ({ clause, counts }))
    .toSorted((a, b) => compareClauses(a.clause, b.clause))
}

function daysAfter(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}
