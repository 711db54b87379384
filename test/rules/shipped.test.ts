import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { compileRules } from '../../src-main/rules/compile.ts'
import { testExamples } from '../../src-main/rules/examples.ts'
import { loadPacks } from '../../src-main/rules/load-packs.ts'

const shipped = join(import.meta.dirname, '../../resources/packs')
const loaded = await loadPacks({ shipped, own: [], named: [], asOf: '2026-11-23' })
if (!loaded.ok) throw new Error(loaded.problem.message)
const packs = loaded.value.packs
const results = testExamples(compileRules(loaded.value))

describe('shipped packs', () => {
  it('load without a problem', () => {
    expect(packs.flatMap(({ problems }) => problems)).toEqual([])
  })

  it.each(packs.flatMap(({ rules }) => rules).map((rule) => [rule.id, rule] as const))(
    '%s has examples both ways',
    (_, rule) => {
      expect(rule.examples.violates.length).toBeGreaterThan(0)
      expect(rule.examples.fine.length).toBeGreaterThan(0)
    },
  )
})

describe('examples of the shipped rules', () => {
  it.each(
    results
      .filter(({ expects }) => expects !== 'gap')
      .map((result) => [`${result.rule} ${result.expects} ${result.number}`, result] as const),
  )('%s', (_, result) => {
    expect(result.note, result.example).toBeNull()
  })
})
