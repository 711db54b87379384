import { describe, expect, it } from 'vitest'
import { placeNames } from '../../../src-main/rules/place-names.ts'
import { compileRules } from '../../../src-main/rules/compile.ts'
import { reach } from '../../../src-main/rules/reach.ts'
import { compiled, judged, load, packYaml } from './pack-fixture.ts'

describe('reach', () => {
  it.each([
    [null, ['CA'], 'somebody'],
    [['US'], [], 'unknown'],
    [['US'], ['US-FL'], 'somebody'],
    [['US-WA'], ['US'], 'unknown'],
    [['US-WA'], ['US', 'US-FL'], 'nobody'],
    [['US-WA', 'CA'], ['US', 'US-WA'], 'somebody'],
    [['US'], ['GB'], 'nobody'],
    [['EU'], ['FR'], 'somebody'],
    [['FR'], ['EU'], 'unknown'],
    [['FR'], ['DE', 'EU'], 'nobody'],
  ] as const)('a rule for %j, recipients in %j: %s', (regions, places, expected) => {
    expect(reach({ regions }, places)).toBe(expected)
  })
})

describe('names of places', () => {
  it.each([
    [['CA'], 'Canada'],
    [['US-WA', 'GB'], 'Washington and the United Kingdom'],
    [['US-DC', 'FR', 'EU'], 'District of Columbia, FR and the European Union'],
  ])('%j', (codes, names) => {
    expect(placeNames(codes)).toBe(names)
  })
})

const rules = `
- { id: a/one, clauses: [T1], regions: [CA], severity: error, certainty: certain, check: { kind: phrases, any: ["red"] }, message: "One." }
- { id: a/two, clauses: [T2], regions: [US-WA], severity: error, certainty: certain, check: { kind: phrases, any: ["blue"] }, message: "Two." }
- { id: a/three, clauses: [T1], severity: warning, certainty: likely, check: { kind: phrases, any: ["red ball"] }, message: "Three." }
`
const all = compiled(rules)

async function tells(region: readonly string[], text: string): Promise<(readonly [string, string])[]> {
  return judged(await all, { text }, region).findings.map(({ severity, message }) => [severity, message] as const)
}

describe('rules for some places', () => {
  it('hold where somebody is there, and are silent where nobody is', async () => {
    expect(await tells(['CA'], 'red and blue')).toEqual([['error', 'One.']])
    expect(await tells(['US', 'US-WA'], 'red and blue')).toEqual([['error', 'Two.']])
  })

  it('become one group of information that names the places where it is not known', async () => {
    const { findings, verdict } = judged(await all, { text: 'red and blue' })
    expect(findings.map(({ severity, message }) => [severity, message])).toEqual([
      ['info', 'One. This holds for recipients in Canada; where they are is not known.'],
      ['info', 'Two. This holds for recipients in Washington; where they are is not known.'],
    ])
    expect(new Set(findings.map(({ group }) => group)).size).toBe(1)
    expect(verdict).toBe('nothing-found')
  })

  it('never stand before a finding that holds everywhere', async () => {
    const { findings } = judged(await all, { text: 'a red ball' })
    expect(findings.map(({ severity, message }) => [severity, message])).toEqual([['warning', 'Three.']])
  })
})

describe('a pack read second-hand', () => {
  it('gives warnings at most, and says that its wording is not verified', async () => {
    const loaded = await load({
      'own/pack.yaml': `${packYaml}basis: second-hand\n`,
      'own/rules/all.yaml':
        '- { id: a/one, clauses: [T1], severity: error, certainty: certain, check: { kind: phrases, any: ["red"] }, message: "One." }',
    })
    const { findings, verdict } = judged(compileRules(loaded), { text: 'red' })
    expect(findings.map(({ severity, message }) => [severity, message])).toEqual([
      ['warning', 'One. (wording not verified)'],
    ])
    expect(verdict).toBe('to-review')
  })
})
