import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { parse as parseCsv } from 'csv-parse/sync'
import { parse as parseHtml } from 'parse5'
import { describe, expect, it } from 'vitest'
import type { Report } from '../../../src-main/contract/report.ts'
import { csvReport } from '../../../src-main/report/csv.ts'
import { htmlReport } from '../../../src-main/report/html.ts'
import { sarifReport, uriOf } from '../../../src-main/report/sarif.ts'
import { aFinding, aMessage, aReport } from '../../support/report-parts.ts'

const hostile = '=cmd|\'/c calc\'!A1 <script src="https://evil.example/x.js"></script> \u202e\u001b[31m "&amp;\ud800'

const decision = { kind: 'accepted', reason: 'Agreed', by: 'Kim', at: '2026-11-01T00:00:00Z', expires: null } as const

const report: Report = aReport({
  packs: [
    {
      id: 'klaviyo-aup',
      version: '2021-09-24',
      basis: 'primary',
      rules: 20,
      sha256: 'ab',
      note: 'A note.',
      problems: [
        { code: 'unsafe-pattern', rule: 'own/x', file: 'rules/own.yaml', line: 12, column: 9, message: 'Unsafe.' },
      ],
    },
  ],
  inputs: [
    { path: 'spring/launch.eml', status: 'reviewed', bytes: 48, sha256: 'ab' },
    {
      path: '/tmp/ü x.zip',
      status: 'unreadable',
      bytes: null,
      sha256: null,
      problem: { code: 'archive-encrypted', message: 'The archive is encrypted.' },
    },
  ],
  messages: [
    aMessage({
      subject: hostile,
      verdict: 'errors',
      findings: [
        aFinding({ number: 1, source: { start: 10, end: 20 }, excerpt: hostile, clauses: ['klaviyo-aup:C3.10'] }),
        aFinding({
          number: 2,
          severity: 'info',
          group: 'g2',
          rule: 'links/mismatch',
          clauses: ['klaviyo-aup:C3.9', 'us-can-spam:A5'],
        }),
        aFinding({
          number: 3,
          severity: 'error',
          group: 'g3',
          rule: null,
          origin: { kind: 'person', name: 'Kim' },
          decision,
        }),
        aFinding({
          number: 4,
          group: 'g4',
          part: 'audience',
          span: null,
          rows: { count: 3, column: 'ssn', first: [{ row: 17, excerpt: '•••-••-4399' }] },
        }),
      ],
      notChecked: [
        { clause: 'klaviyo-aup:P6', code: 'attachment-encrypted', reason: 'price.zip is encrypted', material: true },
      ],
    }),
  ],
  attestations: [
    {
      id: 'a',
      clause: 'klaviyo-aup:C7',
      scope: 'campaign',
      question: 'Did every recipient agree?',
      messages: 'all',
      status: 'open',
      answer: null,
      by: null,
      at: null,
      expires: null,
      evidence: [],
    },
  ],
})

interface Sarif {
  readonly runs: readonly {
    readonly columnKind: string
    readonly taxonomies: readonly object[]
    readonly results: readonly { readonly level: string; readonly suppressions?: unknown }[]
  }[]
}

describe('sarifReport', () => {
  const schema: unknown = JSON.parse(
    readFileSync(join(import.meta.dirname, '..', '..', 'fixtures', 'sarif', 'sarif-schema-2.1.0.json'), 'utf8'),
  )
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false })
  // The package is CommonJS; its default export is the function.
  const addFormats = formats as unknown as (to: Ajv) => void
  addFormats(ajv)
  if (typeof schema !== 'object' || schema === null) throw new Error('the schema is no object')
  const validate = ajv.compile(schema)
  // As the schema has it.
  const read = (made: Report): Sarif => JSON.parse(sarifReport(made)) as Sarif

  it.each<[string, Report]>([
    ['everything', report],
    ['nothing', aReport()],
  ])('%s holds against the schema of OASIS', (_, made) => {
    validate(read(made))
    expect(validate.errors).toBe(null)
  })

  it('knows the schema to refuse what is wrong', () => {
    const made = read(report)
    expect(validate({ ...made, version: '2.0.0' })).toBe(false)
  })

  it('names clauses as taxa, places as bytes, fingerprints and levels', () => {
    const run = read(report).runs[0]
    expect(run?.columnKind).toBe('utf16CodeUnits')
    expect(run?.taxonomies).toEqual([
      { name: 'klaviyo-aup', version: '2021-09-24', taxa: [{ id: 'C3.9' }, { id: 'C3.10' }] },
      { name: 'us-can-spam', taxa: [{ id: 'A5' }] },
    ])
    expect(run?.results[0]).toMatchObject({
      ruleId: 'industries/gambling-offer',
      ruleIndex: 0,
      level: 'warning',
      taxa: [{ id: 'C3.10', index: 1, toolComponent: { name: 'klaviyo-aup', index: 0 } }],
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'spring/launch.eml', index: 0 },
            region: { byteOffset: 10, byteLength: 10 },
          },
        },
      ],
      partialFingerprints: { 'clausebenchFingerprint/v1': 'f1' },
    })
    expect(run?.results.map(({ level }) => level)).toEqual(['warning', 'note', 'error', 'warning'])
  })

  it('a decision suppresses, once there are any every result says so', () => {
    const suppressions = (made: Report) => read(made).runs[0]?.results.map((one) => one.suppressions)
    expect(suppressions(report)).toMatchObject([
      [],
      [],
      [{ kind: 'external', status: 'accepted', justification: 'Agreed' }],
      [],
    ])
    const over = { ...decision, expires: '2026-11-02T00:00:00Z' }
    const expired = aReport({ messages: [aMessage({ findings: [aFinding({ decision: over })] })] })
    expect(suppressions(expired)).toMatchObject([[{ status: 'rejected' }]])
    expect(suppressions(aReport({ messages: [aMessage({ findings: [aFinding()] })] }))).toEqual([undefined])
  })

  it.each([
    ['a b/ü#?.eml', 'a%20b/%C3%BC%23%3F.eml'],
    ['/tmp/x.eml', 'file:///tmp/x.eml'],
    [String.raw`C:\mails\x.eml`, 'file:///C:/mails/x.eml'],
    ['a:b.eml', 'a%3Ab.eml'],
    ['x\ud800', 'x%EF%BF%BD'],
  ])('the address of %s', (path, uri) => {
    expect(uriOf(path)).toBe(uri)
  })
})

describe('csvReport', () => {
  const rows = parseCsv(csvReport(report), { columns: true, bom: true }) as unknown as Record<string, string>[]

  it('is one finding a row, then what was not read, not checked, is to be attested, and the notice', () => {
    expect(rows.map(({ record }) => record)).toEqual([
      'finding',
      'finding',
      'finding',
      'finding',
      'input',
      'not-checked',
      'attestation',
      'notice',
    ])
    expect(rows[0]).toMatchObject({
      severity: 'warning',
      clauses: 'klaviyo-aup:C3.10',
      part: 'text',
      source_start: '10',
    })
    expect(rows.at(-1)?.text).toBe('Nothing found is not permission.')
  })

  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r\n=1',
    ' =1',
    '\uff1d1',
    '|x',
    '%0A=1',
    '\u0000=1',
    '\ufeff=1',
    '\u00a0=1',
  ])('no cell is a formula: %j', (excerpt) => {
    const text = csvReport(aReport({ messages: [aMessage({ subject: excerpt, findings: [aFinding({ excerpt })] })] }))
    const [row] = parseCsv(text, { columns: true, bom: true }) as unknown as Record<string, string>[]
    for (const value of Object.values(row ?? {})) expect(value).not.toMatch(/^\s*[=+\-@|%\uff1d]/)
  })

  it('keeps a cell on one line and its quotes', () => {
    const text = csvReport(aReport({ messages: [aMessage({ findings: [aFinding({ excerpt: 'a "b",\nc; d' })] })] }))
    const [row] = parseCsv(text, { columns: true, bom: true }) as unknown as Record<string, string>[]
    expect(row?.excerpt).toBe('a "b", c; d')
  })
})

describe('htmlReport', () => {
  const html = htmlReport(report)

  it('loads and runs nothing', () => {
    const elements: { name: string; attributes: string[] }[] = []
    const walk = (node: {
      nodeName: string
      attrs?: { name: string; value: string }[]
      childNodes?: unknown[]
    }): void => {
      if (node.attrs) elements.push({ name: node.nodeName, attributes: node.attrs.map(({ name }) => name) })
      // parse5's children are nodes of the same kind.
      for (const child of (node.childNodes ?? []) as (typeof node)[]) walk(child)
    }
    walk(parseHtml(html))
    expect(elements.map(({ name }) => name)).not.toEqual(expect.arrayContaining(['script']))
    for (const { name, attributes } of elements) {
      expect(['link', 'img', 'iframe', 'object', 'embed', 'base', 'form', 'a', 'svg', 'script']).not.toContain(name)
      for (const attribute of attributes) expect(attribute).not.toMatch(/^on|^src|^href|^style$/)
    }
    expect(html).toContain("default-src 'none'")
    expect(html).not.toMatch(/@import|url\(/)
  })

  it('says everything, ending with the notice', () => {
    for (const words of [
      'price.zip is encrypted',
      'Did every recipient agree?',
      'The archive is encrypted.',
      'C3.10',
      'accepted by Kim',
      '•••-••-4399',
      'Unsafe.',
    ])
      expect(html).toContain(words)
    expect(html.indexOf('Not checked')).toBeLessThan(html.indexOf('To be attested'))
    expect(html.trimEnd()).toMatch(/Nothing found is not permission\.<\/p><\/footer>\s*<\/body>\s*<\/html>$/)
  })

  it('shows what reorders or hides text', () => {
    expect(html).not.toMatch(/[\u202e\u001b\ud800]/u)
    expect(html).toContain('⟨U+202E⟩')
  })
})
