import type { Finding, Severity } from '../../../src-main/contract/report.ts'
import type { Utf16Span } from '../../../src-main/contract/span.ts'

/** A finding with nothing said but where it lies. */
export function findingAt(number: number, part: string, span: Utf16Span | null, severity: Severity = 'error'): Finding {
  return {
    rule: 'test/rule',
    origin: { kind: 'rule' },
    pack: 'test@1',
    clauses: ['test:C1'],
    severity,
    certainty: 'certain',
    title: 'Test',
    message: 'Test.',
    why: '',
    fix: '',
    sources: [],
    number,
    group: String(number),
    part,
    span: span === null ? null : { start: span.start, end: span.end },
    source: null,
    rows: null,
    excerpt: '',
    fingerprint: String(number),
    related: [],
    edit: null,
    decision: null,
    explain: [],
  }
}
