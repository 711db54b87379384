import type { PackEntry, Report } from '../../contract/report.ts'
import { htmlReport } from '../../report/html.ts'
import { openAttestations } from '../attestations.ts'
import { notice } from '../check.ts'
import type { OpenCampaign } from '../open-campaigns.ts'
import type { PackDescription } from '../job.ts'
import { summarise } from '../summary.ts'
import type { SeenMessage } from './seen-messages.ts'

export interface ReviewReportSource {
  readonly campaign: OpenCampaign
  readonly seen: readonly SeenMessage[]
  /** All of the campaign, or one message of it. */
  readonly isWhole: boolean
  readonly packs: PackDescription
  readonly version: string
  readonly now: Date
}

/** The review report of what is open, with what people decided, as one page that loads and runs nothing. */
export function reviewReportHtml({ campaign, seen, isWhole, packs, version, now }: ReviewReportSource): string {
  const messages = seen.map(({ report }) => ({
    ...report,
    findings: report.findings.map((finding) => ({ ...finding, explain: [] })),
  }))
  const report: Report = {
    schema: 'clausebench-report/1',
    tool: { name: 'clausebench', version },
    reviewedAt: now.toISOString().replace(/\.\d+Z$/, 'Z'),
    asOf: campaign.summary().asOf,
    notice,
    packs: campaign.summary().packs.map((pack): PackEntry => ({ ...pack })),
    inputs: isWhole ? [...campaign.inputs] : [],
    messages,
    attestations: openAttestations(messages, packs.policies),
    summary: summarise(messages),
  }
  return htmlReport(report)
}
