import type { Finding, Report, ReportMessage } from '../../src-main/contract/report.ts'

/** Parts of a report with everything filled in; a test names only what it is about. */
export function aFinding(given: Partial<Finding> = {}): Finding {
  return {
    rule: 'industries/gambling-offer',
    origin: { kind: 'rule' },
    pack: 'klaviyo-aup@2021-09-24',
    clauses: ['klaviyo-aup:C3.9'],
    severity: 'warning',
    certainty: 'likely',
    title: 'Offers gambling',
    message: '“free spins” offers gambling.',
    why: 'The policy lists gambling.',
    fix: 'Remove the offer.',
    sources: [],
    number: 1,
    group: 'g1',
    part: 'text',
    span: { start: 0, end: 10 },
    source: null,
    rows: null,
    excerpt: 'free spins',
    fingerprint: 'f1',
    related: [],
    edit: null,
    decision: null,
    explain: ['matched “free spins”'],
    ...given,
  }
}

export function aMessage(given: Partial<ReportMessage> = {}): ReportMessage {
  return {
    id: 'spring/launch.eml',
    input: 'spring/launch.eml',
    campaign: null,
    client: null,
    channel: 'email',
    from: 'Acme <news@acme.example>',
    subject: 'Spring launch',
    date: null,
    sendAt: null,
    language: null,
    verdict: 'nothing-found',
    findings: [],
    notChecked: [],
    ...given,
  }
}

export function aReport(given: Partial<Report> = {}): Report {
  return {
    schema: 'clausebench-report/1',
    tool: { name: 'clausebench', version: '0.1.0' },
    reviewedAt: '2026-11-23T09:30:00Z',
    asOf: '2026-11-23',
    notice: 'Nothing found is not permission.',
    packs: [],
    inputs: [{ path: 'spring/launch.eml', status: 'reviewed', bytes: 1, sha256: 'ab' }],
    messages: [],
    attestations: [],
    summary: {
      messages: 0,
      errors: 0,
      toReview: 0,
      notFullyChecked: 0,
      nothingFound: 0,
      groups: 0,
      bySeverity: { error: 0, warning: 0, info: 0 },
      byClause: {},
    },
    ...given,
  }
}
