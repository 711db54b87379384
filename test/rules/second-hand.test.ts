import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readInput } from '../../src-main/intake/read.ts'
import { compileRules } from '../../src-main/rules/compile.ts'
import { testExamples } from '../../src-main/rules/examples.ts'
import { judge } from '../../src-main/rules/judge.ts'
import { loadPacks } from '../../src-main/rules/load-packs.ts'
import { buildViews } from '../../src-main/views/build.ts'

const shipped = join(import.meta.dirname, '../../resources/packs')
const version = '2026-08-11'
const asOf = '2026-11-23'
const loaded = await loadPacks({ shipped, own: [], named: [`klaviyo-aup@${version}`], asOf })
if (!loaded.ok) throw new Error(loaded.problem.message)
const rules = compileRules(loaded.value)
const [pack] = loaded.value.packs

describe('the version of the policy that is known second-hand', () => {
  it('loads without a problem, and says how it follows from the version before', () => {
    expect(pack).toMatchObject({ id: 'klaviyo-aup', version, basis: 'second-hand' })
    expect(pack?.problems.filter(({ file }) => file.includes(version))).toEqual([])
    const ids = new Set(pack?.clauses.map(({ id }) => id))
    const { follows, changes } = pack?.lineage ?? {}
    expect(follows).toBe('2021-09-24')
    const added = changes?.filter(({ kind }) => kind === 'added').flatMap(({ to }) => to) ?? []
    expect(added).toEqual([...ids].filter((id) => /^S\d/.test(id)))
    expect(changes?.flatMap(({ to }) => to).filter((id) => !ids.has(id))).toEqual([])
  })

  it('has rules of its own, whose examples hold', () => {
    const own = testExamples(rules).filter(({ rule, expects }) => rule.startsWith('next/') && expects !== 'gap')
    expect(own.length).toBeGreaterThan(14)
    expect(own.filter(({ ok }) => !ok)).toEqual([])
  })

  it.each([
    'Online doctors from 29 a month. Start today.',
    'Claim your free spins at our online casino tonight. Deposit now.',
  ])('gives warnings at most, which say that its wording is not verified: %s', (text) => {
    const record = JSON.stringify({ id: 'a', channel: 'email', subject: 'Hello', text })
    const read = readInput(Buffer.from(record), {
      input: 'a.json',
      named: true,
      defaults: { campaign: null, client: null, channel: null, kind: null, sendAt: null },
    })
    const messages = 'messages' in read ? read.messages : []
    const findings = messages.flatMap((message) => judge(rules, buildViews(message), { asOf, region: [] }).findings)
    expect(findings.filter(({ severity }) => severity === 'warning').length).toBeGreaterThan(0)
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(findings.filter(({ message }) => !message.includes('wording not verified'))).toEqual([])
  })
})
