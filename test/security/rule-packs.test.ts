import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Message } from '../../src-main/intake/message.ts'
import { readInput } from '../../src-main/intake/read.ts'
import { compileRules, type CompiledRules } from '../../src-main/rules/compile.ts'
import { judge } from '../../src-main/rules/judge.ts'
import { loadPacks } from '../../src-main/rules/load-packs.ts'
import type { Pack } from '../../src-main/rules/pack.ts'
import { buildViews } from '../../src-main/views/build.ts'

/** S13: rules are data. What a pack says is checked, what it looks for ends in time, and nothing in it is run. */

const shipped = join(import.meta.dirname, '..', '..', 'resources', 'packs')
const asOf = '2026-11-23'
const limitMs = 10_000

/** Patterns that take exponential or high polynomial time on the engine of JavaScript, and the text that makes them. */
const catastrophic: readonly (readonly [string, string])[] = [
  [String.raw`(a+)+$`, 'a'],
  [String.raw`(a|a)*b`, 'a'],
  [String.raw`(a|aa)+$`, 'a'],
  [String.raw`([a-z]+)*\d`, 'a'],
  [String.raw`^(([a-z])+.)+[A-Z]([a-z])+$`, 'a'],
  [String.raw`(.*)*,(.*)*;`, ','],
  [String.raw`(x+x+)+y`, 'x'],
  [String.raw`\s*\s*\s*\s*!`, ' '],
  [String.raw`(?:(?:a?){30})(?:a{30})b`, 'a'],
  [String.raw`(\d+)*\1x`, '1'],
  [String.raw`(?=(a+)+b)a`, 'a'],
  [String.raw`(?<!(a+)+b)c(a|a)*d`, 'a'],
  [String.raw`.*.*.*.*=.*`, 'b'],
]

let dir: string
let rules: CompiledRules
let own: Pack

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'clausebench-pack-'))
  await writeFile(join(dir, 'pack.yaml'), 'id: own\nversion: "1"\ntitle: Own\npolicy: klaviyo-aup\n')
  await mkdir(join(dir, 'rules'))
  const one = (pattern: string, index: number): string =>
    `- id: own/p${index}\n  clauses: [P2]\n  check: { kind: pattern, pattern: ${JSON.stringify(pattern)} }\n  message: m\n`
  await writeFile(join(dir, 'rules', 'own.yaml'), catastrophic.map(([pattern], index) => one(pattern, index)).join(''))
  await writeFile(join(dir, 'rules', 'code.js'), 'globalThis.packRan = true')
  await writeFile(join(dir, 'rules', 'index.cjs'), 'globalThis.packRan = true')
  const loaded = await loadPacks({ shipped, own: [dir], named: [], asOf })
  if (!loaded.ok) throw new Error(loaded.problem.message)
  const found = loaded.value.packs.find((pack) => pack.id === 'own')
  if (found === undefined) throw new Error('the own pack was not loaded')
  own = found
  rules = compileRules(loaded.value)
}, 120_000)
afterAll(() => rm(dir, { recursive: true }))

function message(text: string): Message {
  const bytes = new TextEncoder().encode(`From: a@acme.example\r\nSubject: x\r\n\r\n${text}`)
  const outcome = readInput(bytes, {
    input: 'x.eml',
    named: true,
    defaults: { campaign: null, client: null, channel: null, kind: null, sendAt: null },
  })
  const [first] = outcome.status === 'reviewed' || outcome.status === 'partial' ? outcome.messages : []
  if (first === undefined) throw new Error('the message was not read')
  return first
}

test('each pattern is either run, or refused at its place in the file', () => {
  const ran = own.rules.map((rule) => rule.id)
  const refused = own.problems.map((problem) => problem.rule)
  expect([...ran, ...refused].sort()).toEqual(catastrophic.map((_, index) => `own/p${index}`).sort())
  for (const problem of own.problems) {
    expect(problem).toMatchObject({ code: 'unsafe-pattern', file: 'rules/own.yaml' })
    expect(problem.line).toBeGreaterThan(0)
  }
})

describe.each(catastrophic)('%s', (_pattern, unit) => {
  test.each([30, 100_000])('ends in time on %i of what it dreads', (length) => {
    const views = buildViews(message(unit.repeat(length).replace(/.{900}/g, '$&\r\n') + '!'))
    const startedMs = performance.now()
    judge(rules, views, { asOf, region: [] })
    expect(performance.now() - startedMs).toBeLessThan(limitMs)
  })
})

describe('a pack carries no code', () => {
  test.each([
    [
      'a script tag of YAML',
      '- id: own/x\n  clauses: [P2]\n  check: !!js/function "function () { globalThis.packRan = true }"\n  message: m\n',
    ],
    ['a type of another language', '- !!python/object/apply:os.system ["touch /tmp/x"]\n'],
    [
      'a kind that is a file',
      '- id: own/x\n  clauses: [P2]\n  check: { kind: "../../own/rules/code" }\n  message: m\n',
    ],
    [
      'a kind that is a property of objects',
      '- id: own/x\n  clauses: [P2]\n  check: { kind: constructor }\n  message: m\n',
    ],
    [
      'a prototype key',
      '- id: own/x\n  clauses: [P2]\n  check: { kind: pattern, pattern: x, __proto__: { x: 1 } }\n  message: m\n',
    ],
    [
      'a word list outside the pack',
      '- id: own/x\n  clauses: [P2]\n  check: { kind: phrases, words: ../../../../etc/passwd }\n  message: m\n',
    ],
    [
      'aliases without end',
      `a: &a [x,x,x,x,x,x,x,x]\n${'bcdefgh'
        .split('')
        .map(
          (name, i) =>
            `${name}: &${name} [${Array(8)
              .fill(`*${'abcdefgh'[i] ?? 'a'}`)
              .join(',')}]`,
        )
        .join('\n')}\n`,
    ],
  ])('%s leaves the rule out and is told', async (_what, yaml) => {
    const folder = await mkdtemp(join(tmpdir(), 'clausebench-pack-'))
    await writeFile(join(folder, 'pack.yaml'), 'id: own\nversion: "1"\ntitle: Own\npolicy: klaviyo-aup\n')
    await mkdir(join(folder, 'rules'))
    await writeFile(join(folder, 'rules', 'own.yaml'), yaml)
    const loaded = await loadPacks({ shipped, own: [folder], named: [], asOf })
    await rm(folder, { recursive: true })
    if (!loaded.ok) throw new Error(loaded.problem.message)
    const pack = loaded.value.packs.find(({ id }) => id === 'own')
    expect(pack?.rules).toEqual([])
    expect(pack?.problems.length).toBeGreaterThan(0)
    expect(JSON.stringify(pack?.problems)).not.toContain('root:')
    expect(Object.prototype).not.toHaveProperty('x')
    expect(globalThis).not.toHaveProperty('packRan')
  })
})
