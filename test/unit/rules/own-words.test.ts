import { describe, expect, it } from 'vitest'
import type { Judgement } from '../../../src-main/rules/judge.ts'
import type { CampaignSettings } from '../../../src-main/intake/campaign-settings.ts'
import { judge } from '../../../src-main/rules/judge.ts'
import { buildViews } from '../../../src-main/views/build.ts'
import { settingsOf } from '../../support/campaign-settings.ts'
import type { MessageParts } from './pack-fixture.ts'
import { asOf, compiled, messageOf, rule } from './pack-fixture.ts'

async function judged(check: string, parts: MessageParts, said: Partial<CampaignSettings>): Promise<Judgement> {
  const rules = await compiled(rule(check, 'severity: error\n  certainty: certain'))
  return judge(rules, buildViews({ ...messageOf(parts), settings: settingsOf(said) }), { asOf, region: [] })
}

const casino = '{ kind: phrases, any: [casino] }'
const none = { phrases: [], domains: [], brands: [] }

describe('what the manifest calls the client’s own', () => {
  it.each([
    ['an allowed phrase', 'Win at Casino  Nights tonight', { allow: { ...none, phrases: ['casino nights'] } }, 'info'],
    ['a brand', 'CASINO ROYALE, the film', { allow: { ...none, brands: ['Casino Royale'] } }, 'info'],
    [
      'the sender’s brand',
      'Casino Royale is back',
      { sender: { brand: 'Casino Royale', domains: [], address: null } },
      'info',
    ],
    [
      'a phrase that does not hold the match',
      'Our casino opens at night',
      { allow: { ...none, phrases: ['at night'] } },
      'error',
    ],
    ['a phrase elsewhere', 'Casino nights, and a casino', { allow: { ...none, phrases: ['and a casino'] } }, 'error'],
    ['a part of a word', 'The casino nightshade', { allow: { ...none, phrases: ['casino night'] } }, 'error'],
  ])('is an information at most: %s', async (_, text, said, severity) => {
    const { findings } = await judged(casino, { text }, said)
    expect(findings[0]).toMatchObject({ severity })
    expect(findings[0]?.explain.some((line) => line.startsWith('the manifest'))).toBe(severity === 'info')
  })

  it('counts domains of links with the domains below them', async () => {
    const link = 'See https://go.acme.example/x'
    const pattern = '{ kind: phrases, any: [acme], lenses: [folded] }'
    const look = 'severity: error\n  certainty: certain\n  look: [link-href]'
    const rules = await compiled(rule(pattern, look))
    const told = (said: Partial<CampaignSettings>): readonly string[] =>
      judge(rules, buildViews({ ...messageOf({ text: link }), settings: settingsOf(said) }), {
        asOf,
        region: [],
      }).findings.map(({ part, severity }) => `${part} ${severity}`)
    expect(told({ allow: { ...none, domains: ['acme.example'] } })).toEqual(['link:1 info'])
    expect(told({ allow: { ...none, domains: ['me.example'] } })).toEqual(['link:1 error'])
  })

  it('never lets a person’s number pass', async () => {
    const { findings } = await judged(
      '{ kind: identifier, type: us-ssn }',
      { text: 'SSN 536-22-4399' },
      {
        allow: { ...none, phrases: ['SSN 536-22-4399'] },
      },
    )
    expect(findings).toMatchObject([{ severity: 'error' }])
  })
})

describe('what the provider adds', () => {
  const check = '{ kind: required, of: every, adds: [footer, address], any: [{ text: [main street] }] }'

  it('is not asked of the message, and told', async () => {
    const told = await judged(check, { text: 'Hello' }, { providerAdds: ['address'] })
    expect(told.findings).toEqual([])
    expect(told.notChecked).toMatchObject([{ code: 'draft', material: false }])
    expect((await judged(check, { text: 'Hello' }, { providerAdds: ['sms-stop'] })).findings).toHaveLength(1)
    expect((await judged(check, { text: 'Hello' }, {})).findings).toHaveLength(1)
  })
})
