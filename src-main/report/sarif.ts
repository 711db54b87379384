import type { Decision, Finding, InputEntry, PackEntry, Report, ReportMessage, Severity } from '../contract/report.ts'
import { assertNever } from '../contract/result.ts'
import { escapedJson } from './json.ts'

/**
 * The report as SARIF 2.1.0 (OASIS): one run, clauses as taxonomies, decisions as suppressions. Places are bytes of the
 * input; where a finding stands in the decoded part is among its properties.
 */
export function sarifReport(report: Report): string {
  const taxonomies = taxonomiesOf(report)
  const rules = rulesOf(report)
  const artifacts = new Map(report.inputs.map(({ path }, index) => [path, index]))
  const decided = report.messages.some(({ findings }) => findings.some(({ decision }) => decision !== null))
  return escapedJson({
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: report.tool.name,
            version: report.tool.version,
            semanticVersion: report.tool.version,
            rules: [...rules.values()].map(({ first }) => descriptor(first, taxonomies)),
            supportedTaxonomies: taxonomies.map(({ name }, index) => ({ name, index })),
          },
        },
        taxonomies: taxonomies.map(({ name, version, clauses }) => ({
          name,
          ...(version === null ? {} : { version }),
          taxa: clauses.map((id) => ({ id })),
        })),
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: report.inputs.every(({ status }) => status !== 'unreadable'),
            endTimeUtc: report.reviewedAt,
            toolExecutionNotifications: [
              ...report.inputs.flatMap((input) => inputNotification(input, artifacts)),
              ...report.messages.flatMap((message) => notCheckedNotifications(message, artifacts)),
            ],
            toolConfigurationNotifications: report.packs.flatMap(packNotifications),
          },
        ],
        artifacts: report.inputs.map(artifact),
        results: report.messages.flatMap((message) =>
          message.findings.map((finding) =>
            result(finding, message, { report, taxonomies, rules, artifacts, decided }),
          ),
        ),
        properties: {
          asOf: report.asOf,
          notice: report.notice,
          packs: report.packs.map(({ id, version, basis, note, sha256 }) => ({ id, version, basis, note, sha256 })),
          attestations: report.attestations,
          summary: report.summary,
        },
      },
    ],
  })
}

interface Taxonomy {
  /** The policy. */
  readonly name: string
  readonly version: string | null
  readonly clauses: readonly string[]
}

/** The clauses that findings name, by policy. */
function taxonomiesOf({ messages, packs }: Report): Taxonomy[] {
  const byPolicy = new Map<string, Set<string>>()
  for (const { findings } of messages) {
    for (const { clauses } of findings) {
      for (const clause of clauses) {
        const [policy, id] = splitClause(clause)
        byPolicy.set(policy, (byPolicy.get(policy) ?? new Set()).add(id))
      }
    }
  }
  const order = new Intl.Collator('en', { numeric: true })
  return [...byPolicy].map(([name, clauses]) => ({
    name,
    version: packs.find(({ id }) => id === name)?.version ?? null,
    clauses: [...clauses].sort((a, b) => order.compare(a, b)),
  }))
}

function splitClause(clause: string): [policy: string, id: string] {
  const colon = clause.indexOf(':')
  return colon < 0 ? ['clauses', clause] : [clause.slice(0, colon), clause.slice(colon + 1)]
}

function taxa(clauses: readonly string[], taxonomies: readonly Taxonomy[]): object[] {
  return clauses.map((clause) => {
    const [policy, id] = splitClause(clause)
    const index = taxonomies.findIndex(({ name }) => name === policy)
    return { id, index: taxonomies[index]?.clauses.indexOf(id) ?? -1, toolComponent: { name: policy, index } }
  })
}

interface RuleEntry {
  readonly index: number
  readonly first: Finding
}

/** Rules with findings, in the order in which they first occur. */
function rulesOf({ messages }: Report): Map<string, RuleEntry> {
  const rules = new Map<string, RuleEntry>()
  for (const { findings } of messages) {
    for (const first of findings) {
      if (first.rule !== null && !rules.has(first.rule)) rules.set(first.rule, { index: rules.size, first })
    }
  }
  return rules
}

function descriptor({ rule, title, why, fix, clauses, sources }: Finding, taxonomies: readonly Taxonomy[]): object {
  return {
    id: rule ?? '',
    shortDescription: { text: title },
    ...(why === '' ? {} : { fullDescription: { text: why } }),
    ...(fix === '' ? {} : { help: { text: fix } }),
    relationships: taxa(clauses, taxonomies).map((target) => ({ target, kinds: ['relevant'] })),
    properties: { sources },
  }
}

interface Surroundings {
  readonly report: Report
  readonly taxonomies: readonly Taxonomy[]
  readonly rules: ReadonlyMap<string, RuleEntry>
  readonly artifacts: ReadonlyMap<string, number>
  /** Decisions exist: then every result says whether it is suppressed. */
  readonly decided: boolean
}

function result(finding: Finding, message: ReportMessage, around: Surroundings): object {
  const { rule, severity, span, part, group, number, certainty, origin, excerpt, rows, related, explain, edit } =
    finding
  const index = rule === null ? undefined : around.rules.get(rule)?.index
  return {
    ...(rule === null ? {} : { ruleId: rule }),
    ...(index === undefined ? {} : { ruleIndex: index }),
    kind: 'fail',
    level: levelOf(severity),
    message: { text: finding.message === '' ? finding.title : finding.message },
    locations: [
      {
        physicalLocation: physical(message.input, finding, around.artifacts),
        logicalLocations: [{ fullyQualifiedName: `${message.id}#${part}`, name: part, kind: 'part' }],
      },
    ],
    partialFingerprints: { 'clausebenchFingerprint/v1': finding.fingerprint },
    taxa: taxa(finding.clauses, around.taxonomies),
    ...(around.decided ? { suppressions: suppressions(finding.decision, around.report) } : {}),
    properties: {
      messageId: message.id,
      channel: message.channel,
      pack: finding.pack,
      number,
      group,
      certainty,
      origin,
      part,
      span,
      excerpt,
      rows,
      related,
      edit,
      decision: finding.decision,
      explain,
    },
  }
}

function physical(input: string, { source, excerpt }: Finding, artifacts: ReadonlyMap<string, number>): object {
  return {
    artifactLocation: artifactLocation(input, artifacts),
    ...(source === null
      ? {}
      : {
          region: {
            byteOffset: source.start,
            byteLength: source.end - source.start,
            ...(excerpt === '' ? {} : { snippet: { text: excerpt } }),
          },
        }),
  }
}

function artifactLocation(input: string, artifacts: ReadonlyMap<string, number>): object {
  const index = artifacts.get(input)
  return { uri: uriOf(input), ...(index === undefined ? {} : { index }) }
}

/** A path as the report names it, as a URI reference (RFC 3986). */
export function uriOf(path: string): string {
  const forward = /^(?:[A-Za-z]:)?\\/.test(path) ? path.replaceAll('\\', '/') : path
  const drive = /^[A-Za-z]:(?=\/)/.exec(forward)?.[0] ?? ''
  const encoded = forward.slice(drive.length).split('/').map(encodeSegment).join('/')
  if (drive !== '') return `file:///${drive}${encoded}`
  return encoded.startsWith('/') ? `file://${encoded}` : encoded
}

function encodeSegment(segment: string): string {
  // Half a surrogate pair has no place in a URI.
  return encodeURIComponent(segment.replace(/[\ud800-\udfff]/gu, '\ufffd'))
}

function levelOf(severity: Severity): 'error' | 'warning' | 'note' {
  switch (severity) {
    case 'error':
    case 'warning':
      return severity
    case 'info':
      return 'note'
    default:
      return assertNever(severity)
  }
}

/** What a person has decided keeps a finding back; a decision whose time is over no longer does. */
function suppressions(decision: Decision | null, { reviewedAt }: Report): object[] {
  if (decision === null) return []
  const over = decision.expires !== null && decision.expires < reviewedAt
  const entry = { kind: 'external', justification: decision.reason, properties: { decision } }
  switch (decision.kind) {
    case 'confirmed':
      return []
    case 'false-alarm':
    case 'accepted':
      return [{ ...entry, status: over ? 'rejected' : 'accepted' }]
    case 'asked':
      return [{ ...entry, status: over ? 'rejected' : 'underReview' }]
    default:
      return assertNever(decision.kind)
  }
}

function artifact({ path, bytes, sha256, status }: InputEntry): object {
  return {
    location: { uri: uriOf(path) },
    roles: ['analysisTarget'],
    ...(bytes === null ? {} : { length: bytes }),
    ...(sha256 === null ? {} : { hashes: { 'sha-256': sha256 } }),
    properties: { status },
  }
}

function inputNotification({ path, status, problem }: InputEntry, artifacts: ReadonlyMap<string, number>): object[] {
  if (status === 'reviewed') return []
  const level = status === 'unreadable' ? 'error' : status === 'partial' ? 'warning' : 'note'
  return [
    {
      descriptor: { id: problem?.code ?? status },
      level,
      message: { text: problem?.message ?? status },
      locations: [{ physicalLocation: { artifactLocation: artifactLocation(path, artifacts) } }],
    },
  ]
}

function notCheckedNotifications(
  { id, input, notChecked }: ReportMessage,
  artifacts: ReadonlyMap<string, number>,
): object[] {
  return notChecked.map(({ clause, code, reason, material }) => ({
    descriptor: { id: `not-checked/${code}` },
    level: material ? 'warning' : 'note',
    message: { text: `${clause} was not checked: ${reason}` },
    locations: [
      {
        physicalLocation: { artifactLocation: artifactLocation(input, artifacts) },
        logicalLocations: [{ fullyQualifiedName: id, kind: 'message' }],
      },
    ],
    properties: { clause, material },
  }))
}

function packNotifications({ id, problems }: PackEntry): object[] {
  return problems.map(({ code, rule, file, line, column, message }) => ({
    descriptor: { id: code },
    level: 'warning',
    message: { text: message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(`${id}/${file}`) },
          region: { startLine: line, startColumn: column },
        },
      },
    ],
    properties: { pack: id, rule },
  }))
}
