import { describe, expect, it } from 'vitest'
import { compiled, judged, rule } from './pack-fixture.ts'

const filler = (words: number): string => 'The shed was painted in spring. '.repeat(words)
const severities = async (check: string, text: string, more?: string): Promise<string[]> =>
  judged(await compiled(rule(check, more)), { text }).findings.map(({ severity }) => severity)

describe('words that stand alone in a long text', () => {
  const casino = '{ kind: phrases, any: [casino] }'

  it.each<[string, string, string[]]>([
    ['in a short text', `Our casino. ${filler(20)}`, ['warning']],
    ['alone', `Our casino. ${filler(120)}`, ['info']],
    ['twice', `Our casino. ${filler(120)} Your casino.`, ['warning', 'warning']],
    ['twice in one sentence', `${filler(120)} Our casino and your casino.`, ['info', 'info']],
    ['twice in a text of pages', `Our casino. ${filler(300)} Your casino.`, ['info', 'info']],
  ])('are an information where they are too few: %s', async (_, text, expected) => {
    expect(await severities(casino, text)).toEqual(expected)
  })

  it('stay where they are certain, or need be said only once', async () => {
    const text = `Our casino. ${filler(120)}`
    expect(await severities(casino, text, 'severity: error\n  certainty: certain')).toEqual(['error'])
    expect(await severities('{ kind: phrases, once: true, any: [casino] }', text)).toEqual(['warning'])
  })

  it('say why', async () => {
    const { findings } = judged(await compiled(rule(casino)), { text: `Our casino. ${filler(120)}` })
    expect(findings[0]?.explain.some((line) => line.startsWith('the only such place in a long text'))).toBe(true)
  })
})
