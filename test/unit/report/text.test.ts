import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { textReport } from '../../../src-main/report/text.ts'
import { aFinding, aMessage, aReport } from '../../support/report-parts.ts'

const plain = { colours: false, width: 80 }

const report = aReport({
  packs: [
    { id: 'klaviyo-aup', version: '2021-09-24', basis: 'primary', rules: 20, sha256: 'ab', note: null, problems: [] },
  ],
  inputs: [
    { path: 'spring/launch.eml', status: 'reviewed', bytes: 1, sha256: 'ab' },
    {
      path: 'spring/pipe',
      status: 'unreadable',
      bytes: null,
      sha256: null,
      problem: { code: 'not-a-regular-file', message: 'This is a pipe.' },
    },
  ],
  messages: [
    aMessage({
      verdict: 'errors',
      findings: [
        aFinding({ number: 1, severity: 'info', group: 'h', title: 'Many capitals', excerpt: 'HURRY' }),
        aFinding({ number: 2, group: 'g', part: 'text' }),
        aFinding({ number: 3, group: 'g', part: 'html' }),
        aFinding({
          number: 4,
          severity: 'error',
          group: 'e',
          clauses: ['klaviyo-aup:P5.c'],
          title: 'US Social Security number',
          excerpt: '•••-••-4399',
        }),
      ],
      notChecked: [
        {
          clause: 'klaviyo-aup:P6',
          code: 'attachment-encrypted',
          reason: 'attachment price.zip is encrypted',
          material: true,
        },
      ],
    }),
    aMessage({ id: 'spring/second.eml', verdict: 'to-review', findings: [aFinding({ group: 'g' })] }),
  ],
  attestations: [
    {
      id: 'klaviyo-aup:C7-1',
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

describe('textReport', () => {
  const lines = textReport(report, plain).split('\n')
  const lineOf = (words: string): number => lines.findIndex((line) => line.includes(words))

  it('puts errors first, then warnings, then hints, each group once', () => {
    const places = ['US Social Security number', 'Offers gambling', 'Many capitals', 'spring/second.eml'].map(lineOf)
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(places).not.toContain(-1)
    expect(lines.filter((line) => line.includes('Offers gambling  text, html'))).toHaveLength(1)
  })

  it('says the severity in words, with clause, part and excerpt', () => {
    expect(lines[lineOf('US Social Security')]).toMatch(/^ {4}4 ● error {4}P5\.c +US Social Security number {2}text$/)
    expect(lines[lineOf('US Social Security') + 1]?.trim()).toBe('“•••-••-4399”')
  })

  it('tells a fact in full once', () => {
    expect(lines.filter((line) => line.includes('Fix: Remove the offer.'))).toHaveLength(2)
    expect(lines[lineOf('spring/second.eml') + 3]?.trim()).toBe('The same as above.')
  })

  it('ends with what was not checked, what is to be attested, and the notice', () => {
    const places = [
      'This is a pipe.',
      'Not checked',
      'price.zip is encrypted',
      'To be attested',
      'Did every recipient agree?',
      report.notice,
    ].map(lineOf)
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(places).not.toContain(-1)
    expect(lines.at(-2)).toBe(report.notice)
  })

  it('has the same words with colours', () => {
    const coloured = textReport(report, { ...plain, colours: true })
    expect(coloured).not.toBe(textReport(report, plain))
    expect(stripVTControlCharacters(coloured)).toBe(textReport(report, plain))
  })

  it('lets nothing of a message act on the terminal', () => {
    const hostile = aReport({
      messages: [
        aMessage({
          id: 'a\u001b]0;x\u0007.eml',
          subject: '\u001b[31mred',
          findings: [
            aFinding({ part: 'attachment:\u001b[1m', excerpt: '\u001b[2J', message: '\u001b[2J', fix: '\u009b1m' }),
          ],
          notChecked: [{ clause: 'c', code: 'draft', reason: '\u001b[0m', material: true }],
        }),
      ],
      inputs: [{ path: '\u001b[1m', status: 'ignored', bytes: null, sha256: null }],
    })
    expect(textReport(hostile, plain)).not.toMatch(/[\u001b\u0007\u009b]/)
  })
})

it('lets nothing act on the terminal, wherever it comes from', () => {
  const evil = 'x\u001b[31m\u009b1m\u202ey\u0007'
  const text = textReport(
    aReport({
      packs: [{ id: 'own', version: evil, basis: 'primary', rules: 1, sha256: '', note: evil, problems: [] }],
      inputs: [
        {
          path: evil,
          status: 'unreadable',
          bytes: 1,
          sha256: '',
          problem: { code: 'bad-json', message: evil, line: 3 },
        },
      ],
      messages: [
        aMessage({
          id: evil,
          subject: evil,
          findings: [
            aFinding({
              title: evil,
              message: evil,
              fix: evil,
              part: evil,
              excerpt: evil,
              clauses: [evil],
              explain: [evil],
            }),
            aFinding({ title: evil, message: evil, excerpt: '', group: 'other' }),
          ],
          notChecked: [{ clause: evil, code: 'draft', reason: evil, material: true }],
        }),
      ],
      attestations: [
        {
          id: evil,
          clause: evil,
          scope: 'campaign',
          question: evil,
          messages: [evil],
          status: 'open',
          answer: null,
          by: null,
          at: null,
          expires: null,
          evidence: [],
        },
      ],
    }),
    plain,
  )
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
  expect(text.match(/⟨U\+001B⟩/g)?.length).toBeGreaterThan(12)
  expect(text).toContain('(line 3)')
})
