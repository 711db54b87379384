import { beforeAll, describe, expect, it } from 'vitest'
import type { CompiledRules } from '../../../../src-main/rules/compile.ts'
import { compiled, judged, rule } from '../pack-fixture.ts'

const iban = 'DE75 5121 0800 1245 1261 99'

describe('numbers that the sender tells of itself', () => {
  let rules: CompiledRules
  beforeAll(async () => {
    rules = await compiled(rule('{ kind: identifier, type: [iban, us-ein, us-npi, us-ssn] }'))
  })

  it.each([
    `Donate to IBAN ${iban}.`,
    `Our bank details: IBAN ${iban}`,
    `Acme Ltd, company number 123456, IBAN ${iban}`,
    'Helping Paws is a registered 501(c)(3) charity, EIN 36-4128391.',
    'Spring Street Clinic, NPI 1735829461',
  ])('are information at most: %s', (text) => {
    const { findings } = judged(rules, { text })
    expect(findings.map(({ severity }) => severity)).toEqual(['info'])
    expect(findings[0]?.explain.join()).toMatch(/the sender tells a number of its own/)
  })

  it('are known by the sender’s name beside them', () => {
    const text = `Transfer to Millbrook Choir, IBAN ${iban}`
    const from = 'Millbrook Choir <news@choir.example>'
    expect(judged(rules, { text, from }).findings.map(({ severity }) => severity)).toEqual(['info'])
    expect(judged(rules, { text, from: 'Other <a@b.example>' }).findings.map(({ severity }) => severity)).toEqual([
      'error',
    ])
  })

  it.each([
    `Your refund goes to IBAN ${iban} of Acme Ltd.`,
    `Customer account on file: ${iban}`,
    `IBAN ${iban}\n\nDonate today.`,
    'Patient of our clinic: NPI 1735829461',
  ])('are not meant: %s', (text) => {
    expect(judged(rules, { text }).findings.map(({ severity }) => severity)).toEqual(['error'])
  })

  it('never excuse a number that only persons have', () => {
    const { findings } = judged(rules, { text: 'Acme Ltd, all rights reserved. SSN 536-90-4399' })
    expect(findings.map(({ severity }) => severity)).toEqual(['error'])
  })
})
