import { mkdir, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readyRules } from '../../../src-main/rules/ready-rules.ts'
import type { CompiledRules } from '../../../src-main/rules/compile.ts'
import type { PackSelection } from '../../../src-main/rules/pack.ts'
import { judged, withFiles } from './pack-fixture.ts'

const version = (day: string, heading: string): string =>
  `policy: shop\nversion: "${day}"\nbasis: primary\ntitle: Shop\nclauses:\n  - { id: C1, section: a, heading: ${heading}, summary: s }\n`
const files = {
  'packs/shop/pack.yaml': 'id: shop\ntitle: Shop\npolicy: shop\n',
  'packs/shop/clauses/2024-01-01.yaml': version('2024-01-01', 'Old'),
  'packs/shop/clauses/2026-01-01.yaml': version('2026-01-01', 'New'),
  'packs/shop/words/games.txt': 'free spins\nroulette = certain\n',
  'packs/shop/rules/all.yaml':
    '- id: a/games\n  clauses: [C1]\n  message: “{match}”\n  check: { kind: phrases, any: ["{win|get} [2] @games"], words: games }\n' +
    '- id: a/codes\n  clauses: [C1]\n  message: “{match}”\n  check: { kind: pattern, pattern: "code-[0-9]{4}" }\n' +
    '- id: a/shorteners\n  clauses: [C1]\n  message: “{match}”\n  check: { kind: link, domains: { values: short } }\n',
  'values/short.yaml': 'title: Short links\nvalues: [sho.rt.example]\n',
}
const html =
  '<p>Win your roulette nights with code-1234, see <a href="https://sho.rt.example/x">this</a> or get free-spins now.'

async function inFolder(use: (ready: Ready) => Promise<void>): Promise<void> {
  await withFiles(files, async (folder) => {
    const kept = join(folder, 'kept')
    await use({
      folder,
      kept,
      async ready(more = {}, program = 'one') {
        const settings = { own: [], named: [], asOf: '2025-05-05', kept: { program, folders: [], writable: kept } }
        return loaded({ shipped: join(folder, 'packs'), ...settings, ...more })
      },
    })
  })
}

async function loaded(selection: PackSelection): Promise<CompiledRules> {
  const result = await readyRules(selection)
  if (!result.ok) throw new Error(result.problem.message)
  return result.value
}

interface Ready {
  readonly folder: string
  readonly kept: string
  readonly ready: (more?: Partial<PackSelection>, program?: string) => Promise<CompiledRules>
}

const told = (rules: CompiledRules): unknown => judged(rules, { html }).findings
const heading = (rules: CompiledRules): string | undefined => rules.loaded.packs[0]?.clauses[0]?.heading

describe('readyRules', () => {
  it('finds the same with packs that were kept as with packs just compiled', async () => {
    await inFolder(async ({ kept, ready }) => {
      const first = await ready()
      expect(first.loaded.packs[0]?.problems).toEqual([])
      expect(told(first)).toHaveLength(4)
      const [name = ''] = await readdir(kept)
      // What is compiled anew is another file.
      const { ino } = await stat(join(kept, name))
      const second = await ready()
      expect(told(second)).toEqual(told(first))
      expect(second.loaded.packs).toEqual(first.loaded.packs)
      expect((await stat(join(kept, name))).ino).toBe(ino)
    })
  })

  it('takes what was kept, and compiles anew where it was cut off', async () => {
    await inFolder(async ({ kept, ready }) => {
      await ready()
      const [name = ''] = await readdir(kept)
      const file = join(kept, name)
      const whole = await readFile(file, 'utf8')
      await truncate(file, 2000)
      expect(told(await ready())).toHaveLength(4)
      expect(await readFile(file, 'utf8')).toBe(whole)
    })
  })

  it('compiles anew when a file, the program or the packs asked for are others', async () => {
    await inFolder(async ({ folder, kept, ready }) => {
      await ready()
      await ready({}, 'two')
      await ready({ named: ['shop@2026-01-01'] })
      expect(await readdir(kept)).toHaveLength(3)
      await writeFile(join(folder, 'packs/shop/words/games.txt'), 'blackjack\n')
      expect(told(await ready())).toHaveLength(2)
    })
  })

  it('takes the policy of the day, not that of the day of compiling', async () => {
    await inFolder(async ({ ready }) => {
      expect(heading(await ready({ asOf: '2025-05-05' }))).toBe('Old')
      expect(heading(await ready({ asOf: '2025-12-31' }))).toBe('Old')
      const later = await ready({ asOf: '2026-01-01' })
      expect(heading(later)).toBe('New')
      expect(later.loaded.asOf).toBe('2026-01-01')
      expect(heading(await ready({ asOf: '2025-12-31' }))).toBe('Old')
    })
  })

  it('takes the shipped packs as kept where own ones are added, and finds the same as without anything kept', async () => {
    await inFolder(async ({ folder, kept, ready }) => {
      const own = join(folder, 'own')
      await mkdir(join(own, 'rules'), { recursive: true })
      const pack =
        'id: own\nversion: "1"\ntitle: Own\npolicy: shop\nadjust: [{ rule: a/codes, severity: error, reason: strict here }]\n'
      await writeFile(join(own, 'pack.yaml'), pack)
      const rules =
        '- id: own/nights\n  clauses: [C1]\n  message: “{match}”\n  check: { kind: phrases, any: [nights, win your], near: { any: [codes, code] } }\n' +
        '- id: own/both\n  clauses: [C9]\n  message: m\n  check: { kind: phrases, any: [this] }\n' +
        '- id: own/values\n  clauses: [C1]\n  message: m\n  check: { kind: link, domains: { values: short } }\n' +
        '- id: a/games\n  clauses: [C1]\n  message: m\n  check: { kind: phrases, any: [this] }\n'
      await writeFile(join(own, 'rules', 'own.yaml'), rules)
      await ready()
      const [name] = await readdir(kept)
      const onKept = await ready({ own: [own] })
      const whole = await loaded({ shipped: join(folder, 'packs'), own: [own], named: [], asOf: '2025-05-05' })
      expect(await readdir(kept)).toEqual([name])
      expect(onKept.loaded.packs).toEqual(whole.loaded.packs)
      expect(onKept.loaded.packs[1]?.problems.map(({ code, line }) => [code, line])).toEqual([
        ['wrong-clause', 6],
        ['duplicate-rule', 13],
      ])
      expect(told(onKept)).toEqual(told(whole))
      expect(new Set(onKept.index.words())).toEqual(new Set(whole.index.words()))
      const ids = judged(onKept, { html }).findings.map(({ rule, severity }) => `${rule ?? ''} ${severity}`)
      expect(ids).toContain('own/nights warning')
      expect(ids).toContain('a/codes error')
    })
  })

  it('keeps only the last few', async () => {
    await inFolder(async ({ kept, ready }) => {
      for (const program of ['a', 'b', 'c', 'd', 'e', 'f']) await ready({}, program)
      expect(await readdir(kept)).toHaveLength(4)
    })
  })
})
