import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { reportMessage } from '../../../src-main/review/report-message.ts'
import type { CompiledRules } from '../../../src-main/rules/compile.ts'
import { judge } from '../../../src-main/rules/judge.ts'
import { buildViews } from '../../../src-main/views/build.ts'
import { asOf, compiled, messageOf } from './pack-fixture.ts'

/** A number, a word beside it, and the pieces of it that must not be seen. */
const numbers = [
  { word: 'SSN', written: '536-90-4399', secret: /536.?90/ },
  { word: 'card', written: '4539 1488 0343 6467', secret: /4539.?1488|1488.?0343/ },
  { word: 'card', written: '4539148803436467', secret: /45391488|0343/ },
  { word: 'IBAN', written: 'DE75 5121 0800 1245 1261 99', secret: /5121.?0800|0800.?1245/ },
  { word: 'ITIN', written: '912-70-1234', secret: /912.?70/ },
  { word: 'passport number', written: 'X1234568', secret: /X12345/ },
  { word: 'NPI', written: '1735829461', secret: /173582/ },
  { word: 'DEA number', written: 'BB7348293', secret: /BB734/ },
  { word: 'CPF', written: '390.533.447-05', secret: /390.533/ },
  { word: 'wallet', written: '18QfFxpvPgSUaqpesgauFzThZ9JX9Gk7bZ', secret: /18QfFxpvPg|SUaqpesgauFz/ },
  { word: 'passport', written: 'C01X0006H1D<<6408125F2702283<<<<<<<<<<<<<<<8', secret: /C01X0006H|6408125/ },
  { word: "driver's license", written: 'D400-7836-0001', secret: /D400.?7836/ },
] as const

const rulesYaml = `
- id: test/identifier
  clauses: [T1]
  check: { kind: identifier, type: [us-ssn, payment-card, iban, us-itin, passport, us-npi, us-dea, br-cpf, crypto-wallet, passport-mrz, us-drivers-licence], lenses: [folded, deobfuscated] }
  message: 'Found {match}.'
- id: test/words
  clauses: [T2]
  look: [subject, from, preheader, title, text, html, hidden, image-alt, link-text, link-href]
  check: { kind: phrases, any: ['casino', 'casino [3] number'], near: { any: [number], within: 5 } }
  message: 'Says {match}.'
- id: test/pattern
  clauses: [T3]
  look: [subject, text, html]
  check: { kind: pattern, pattern: '[\\w -]{0,12}\\d\\w' }
  message: 'Shows {match}.'
- id: test/link
  clauses: [T4]
  check: { kind: link, domains: [acme.example] }
  message: 'Leads to {match}.'
- id: test/length
  clauses: [T5]
  look: [subject, text]
  check: { kind: measure, of: characters, above: 3 }
  message: 'Is {match} long.'
- id: test/combine
  clauses: [T6]
  check: { kind: combine, all: [test/identifier] }
  message: 'With {match}.'
`

function escaped(text: string): string {
  return text.replaceAll('<', '&lt;')
}

describe('masking', () => {
  let rules: CompiledRules
  beforeAll(async () => {
    rules = await compiled(rulesYaml)
  })

  const filler = fc.string({ unit: fc.constantFrom('a', ' ', '.', ',', 'é', '\n', '(', ')', ':'), maxLength: 30 })
  const place = fc.constantFrom('subject', 'from', 'text', 'html', 'alt', 'href', 'hidden')

  it('shows nothing of a number, wherever it stands and whatever is found beside it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...numbers), place, filler, filler, (number, where, before, after) => {
        const said = `casino ${before} ${number.word} ${number.written} ${after} number`
        const message = messageOf({
          subject: where === 'subject' ? said : 'Hello',
          from: where === 'from' ? `${said.replaceAll('\n', ' ')} <a@acme.example>` : 'Acme <a@acme.example>',
          text: where === 'text' ? said : 'Hello casino',
          html: {
            subject: '<p>Hi</p>',
            from: '<p>Hi</p>',
            text: '<p>Hi</p>',
            html: `<p>${escaped(said)}</p>`,
            alt: `<img src="a.png" alt="${escaped(said)}">`,
            href: `<a href="http://acme.example/?${number.word.replace(/'/g, '').replace(/ /g, '_')}=${escaped(number.written.replace(/ /g, ''))}">casino</a>`,
            hidden: `<p style="display:none">${escaped(said)}</p>`,
          }[where],
        })
        const report = reportMessage(message, judge(rules, buildViews(message), { asOf, region: [] }))
        // A hash is no place for digits to show; hex ones of it may look like any.
        const shown = JSON.stringify(report, (key, value: unknown) =>
          key === 'fingerprint' || key === 'group' || key === 'from' ? undefined : value,
        )
        expect(decodeURIComponent(shown.replaceAll('%', '%25'))).not.toMatch(number.secret)
      }),
      { numRuns: 150 },
    )
  })
})
