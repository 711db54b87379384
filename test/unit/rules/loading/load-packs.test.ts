import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadPacks } from '../../../../src-main/rules/load-packs.ts'
import { asOf, load, packYaml, withFiles } from '../pack-fixture.ts'

const clauses = (version: string, more = ''): string =>
  `policy: shop\nversion: "${version}"\nbasis: primary\ntitle: Shop policy\n${more}clauses:\n  - { id: C1, section: a, heading: One, summary: s }\n  - { id: C1.1, parent: C1, section: a, heading: Deep, summary: s, sources: [{ id: 15 USC 7704 }] }\n`
const good = '- id: a/good\n  clauses: [C1]\n  check: { kind: phrases, any: ["good"] }\n  message: m\n'
const shop = {
  'packs/shop/pack.yaml': 'id: shop\ntitle: Shop\npolicy: shop\n',
  'packs/shop/clauses/2024-01-01.yaml': clauses('2024-01-01'),
  'packs/shop/rules/a.yaml': good,
}

async function problems(rules: string, more: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const loaded = await load({ ...shop, 'packs/shop/rules/b.yaml': rules, ...more })
  const [pack] = loaded.packs
  expect(pack?.rules.map(({ id }) => id)).toContain('a/good')
  return (pack?.problems ?? []).map(
    ({ code, rule, file, line, column, message }) => `${file}:${line}:${column} ${code} ${rule ?? '-'} ${message}`,
  )
}

describe('problems of rules', () => {
  it.each<[string, string, string]>([
    [
      'an unknown key',
      '- id: a/x\n  clauses: [C1]\n  colour: red\n  check: { kind: phrases, any: [x] }\n  message: m\n',
      'rules/b.yaml:3:3 unknown-key a/x unknown key “colour”; allowed: id, clauses, title, severity,',
    ],
    [
      'an unknown key in a check',
      '- id: a/x\n  clauses: [C1]\n  check:\n    kind: phrases\n    any: [x]\n    fuzzy: true\n  message: m\n',
      'rules/b.yaml:6:5 unknown-key a/x unknown key “fuzzy”; allowed: kind, any, words,',
    ],
    [
      'an unknown key deep in a list or mapping',
      '- id: a/x\n  clauses: [C1]\n  check: { kind: phrases, any: [x], near: { any: [y], withn: match } }\n  message: m\n',
      'rules/b.yaml:3:55 unknown-key a/x unknown key “withn”; allowed: any, words, within,',
    ],
    [
      'a missing key',
      '- id: a/x\n  clauses: [C1]\n  check: { kind: phrases, any: [x] }\n',
      'rules/b.yaml:1:3 missing-key a/x message is missing',
    ],
    [
      'a wrong value',
      '- id: a/x\n  clauses: [C1]\n  severity: fatal\n  check: { kind: phrases, any: [x] }\n  message: m\n',
      'rules/b.yaml:3:13 bad-value a/x severity: “fatal” is not allowed; allowed: error, warning, info',
    ],
    [
      'a wrong kind',
      '- id: a/x\n  clauses: [C1]\n  check: { kind: phrase, any: [x] }\n  message: m\n',
      'rules/b.yaml:3:18 bad-value a/x kind: there is no check “phrase”; allowed: phrases, pattern,',
    ],
    [
      'a wrong clause',
      '- id: a/x\n  clauses: [C1, C1.2]\n  check: { kind: phrases, any: [x] }\n  message: m\n',
      'rules/b.yaml:2:17 wrong-clause a/x clauses: “C1.2” is no clause of shop@2024-01-01; near it: C1, C1.1',
    ],
    [
      'a clause of an unknown policy',
      '- id: a/x\n  clauses: ["other:C1"]\n  check: { kind: phrases, any: [x] }\n  message: m\n',
      'rules/b.yaml:2:13 wrong-clause a/x clauses: there is no policy “other” here; known: shop',
    ],
    [
      'an unreadable phrase',
      '- id: a/x\n  clauses: [C1]\n  check: { kind: phrases, any: [fine, "{a|b"] }\n  message: m\n',
      'rules/b.yaml:3:39 bad-pattern a/x any: this phrase cannot be read: a `{` has no `}`',
    ],
    [
      'a missing list',
      '- id: a/x\n  clauses: [C1]\n  check: { kind: phrases, words: herbs }\n  message: m\n',
      'rules/b.yaml:3:34 missing-words a/x there is no file words/herbs.txt',
    ],
    [
      'a missing list in a phrase',
      '- id: a/x\n  clauses: [C1]\n  check: { kind: phrases, any: ["buy @herbs"] }\n  message: m\n',
      'rules/b.yaml:3:33 missing-words a/x there is no file words/herbs.txt',
    ],
    [
      'missing values',
      '- id: a/x\n  clauses: [C1]\n  check: { kind: link, domains: { values: hosts } }\n  message: m\n',
      'rules/b.yaml:3:43 missing-words a/x there is no file values/hosts.yaml',
    ],
    [
      'an unreadable pattern',
      '- id: a/x\n  clauses: [C1]\n  check: { kind: pattern, pattern: "(" }\n  message: m\n',
      'rules/b.yaml:3:36 bad-pattern a/x pattern: it is no regular expression',
    ],
    [
      'flags in a pattern',
      '- id: a/x\n  clauses: [C1]\n  check: { kind: pattern, pattern: "(?i:a)" }\n  message: m\n',
      'rules/b.yaml:3:36 bad-pattern a/x pattern: flags inside a pattern',
    ],
    [
      'an unsafe pattern that the linear engine cannot run',
      "- id: a/x\n  clauses: [C1]\n  check: { kind: pattern, pattern: '(?=(a+)+$)b' }\n  message: m\n",
      'rules/b.yaml:3:36 unsafe-pattern a/x this pattern can take far too long',
    ],
    ['a duplicate id', good, 'rules/b.yaml:1:7 duplicate-rule a/good id: another rule is called “a/good” too'],
    ['broken YAML', '- id: a/x\n  clauses: [C1\n', 'rules/b.yaml:3:1 bad-yaml - this is not the YAML a pack may hold'],
    ['no list', 'id: a/x\n', 'rules/b.yaml:1:1 bad-value - a file of rules is a list'],
    ['a tag', '- !!js/function x\n', 'rules/b.yaml:1:3 bad-yaml - this is not the YAML a pack may hold'],
    [
      'a prototype key',
      '- id: a/x\n  __proto__: { polluted: true }\n',
      'rules/b.yaml:2:3 unknown-key - the keys __proto__, constructor and prototype are not allowed',
    ],
    [
      'the same key twice',
      '- id: a/x\n  id: a/y\n',
      'rules/b.yaml:2:3 bad-yaml - this is not the YAML a pack may hold',
    ],
  ])('%s', async (_, rules, expected) => {
    expect((await problems(rules)).map((problem) => problem.slice(0, expected.length))).toEqual([expected])
  })

  it('a bomb of aliases is refused', async () => {
    const levels = 'bcdefgh'
      .split('')
      .map((name, at) => `  ${name}: &${name} [${`*${'abcdefg'.charAt(at)}, `.repeat(10)}]`)
    expect(await problems(`x:\n  a: &a [1]\n${levels.join('\n')}\n`)).toEqual([
      expect.stringContaining('rules/b.yaml:1:1 bad-yaml'),
    ])
  })

  it('nothing of a prototype key stays', () => {
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})

describe('problems of other files', () => {
  it.each<[string, Record<string, string>, string]>([
    ['words', { 'packs/shop/words/w.txt': '# a list\nfine\n{bad\n' }, 'words/w.txt:3:1 bad-pattern -'],
    [
      'values',
      { 'packs/shop/values/v.yaml': 'title: t\nvalues:\n  - { valu: x }\n' },
      'values/v.yaml:3:7 unknown-key -',
    ],
    [
      'locales',
      { 'packs/shop/locales/de.yaml': 'rules:\n  a/good: { titel: x }\n' },
      'locales/de.yaml:2:13 unknown-key -',
    ],
    [
      'clauses',
      { 'packs/shop/clauses/2023-01-01.yaml': clauses('2022-01-01') },
      'clauses/2023-01-01.yaml:2:10 bad-value -',
    ],
  ])('%s', async (_, files, expected) => {
    expect(await problems('', files)).toContainEqual(expect.stringContaining(expected))
  })

  it('a pack.yaml with an unknown key is told, and the other rules still apply', async () => {
    const loaded = await load({
      ...shop,
      'own/pack.yaml': `${packYaml}colour: red\n`,
      'own/rules/a.yaml': good.replace('a/good', 'b/good'),
    })
    expect(loaded.packs.map(({ id, rules }) => [id, rules.length])).toEqual([
      ['shop', 1],
      ['house', 1],
    ])
    expect(loaded.packs[1]?.problems).toEqual([
      expect.objectContaining({ code: 'unknown-key', file: 'pack.yaml', line: 5, column: 1 }),
    ])
  })
})

describe('which packs', () => {
  const two = {
    ...shop,
    'packs/shop/clauses/2025-06-01.yaml': clauses('2025-06-01'),
    'packs/shop/clauses/2026-01-01.yaml': clauses('2026-01-01').replace('primary', 'second-hand'),
  }

  it.each<[string, string, string | null]>([
    ['2026-11-23', '2025-06-01', null],
    ['2025-05-31', '2024-01-01', null],
    ['2020-01-01', '2024-01-01', 'No version was in force on 2020-01-01; the first, of 2024-01-01, was taken.'],
  ])('on %s the version is %s', async (day, version, note) => {
    const loaded = await load(two, { asOf: day })
    expect(loaded.packs.map((pack) => [pack.version, pack.note])).toEqual([[version, note]])
  })

  it('a named version is taken whatever its basis', async () => {
    const loaded = await load(two, { named: ['shop@2026-01-01'] })
    expect(loaded.packs.map(({ version, basis }) => [version, basis])).toEqual([['2026-01-01', 'second-hand']])
  })

  it.each<[string[], string]>([
    [['nobody'], 'There is no pack “nobody”; there are: shop.'],
    [['shop@1999'], 'The pack “shop” has no version “1999”; it has: 2024-01-01.'],
  ])('%j fails', async (named, message) => {
    const loaded = await withFiles(shop, (folder) =>
      loadPacks({ shipped: join(folder, 'packs'), own: [], named, asOf }),
    )
    expect(loaded).toEqual({ ok: false, problem: { code: 'no-pack', message } })
  })

  it('a folder without packs fails', async () => {
    const loaded = await withFiles({ ...shop, 'own/readme.md': 'x' }, (folder) =>
      loadPacks({ shipped: join(folder, 'packs'), own: [join(folder, 'own')], named: [], asOf }),
    )
    expect(loaded).toMatchObject({ ok: false, problem: { code: 'no-pack' } })
  })

  it('own packs stand beside the default; named packs stand alone', async () => {
    const own = { 'own/a/pack.yaml': packYaml, 'own/b/pack.yaml': packYaml.replace('house', 'yard'), 'own/c/x.txt': '' }
    expect((await load({ ...shop, ...own })).packs.map(({ id }) => id)).toEqual(['shop', 'house', 'yard'])
    expect((await load({ ...shop, ...own }, { named: ['yard'] })).packs.map(({ id }) => id)).toEqual(['yard'])
  })

  it('overlays come with their pack, and do not stand by themselves', async () => {
    const loaded = await load({
      ...shop,
      'packs/shop/pack.yaml': 'id: shop\ntitle: Shop\npolicy: shop\noverlays: [law]\n',
      'packs/law/pack.yaml': 'id: law\nversion: "1"\ntitle: Law\npolicy: law\n',
    })
    expect(loaded.packs.map(({ id }) => id)).toEqual(['shop', 'law'])
  })

  it('an own pack checks its clauses against a policy that is not selected', async () => {
    const own = {
      'own/pack.yaml': packYaml.replace('policy: house', 'policy: shop'),
      'own/rules/r.yaml': good.replace('a/good', 'b/x').replace('[C1]', '[C9]'),
    }
    const loaded = await load({ ...shop, ...own }, { named: ['house'] })
    expect(loaded.packs[0]?.problems.map(({ code }) => code)).toEqual(['wrong-clause'])
  })
})

describe('rules as loaded', () => {
  it('has the defaults of the format', async () => {
    const loaded = await load(shop)
    expect(loaded.packs[0]?.rules[0]).toMatchObject({
      clauses: ['shop:C1'],
      title: 'm',
      severity: 'warning',
      certainty: 'likely',
      channels: null,
      look: ['subject', 'preheader', 'title', 'text', 'html', 'image-alt', 'link-text', 'attachment-text'],
      sources: [{ id: 'shop@2024-01-01 C1' }],
    })
  })

  it('adjusts by old and new ids, and names what it cannot find', async () => {
    const own =
      'adjust:\n  - { rule: old/name, off: true, reason: r }\n  - { rule: a/none, severity: info, reason: r }\naliases: { old/name: a/good }\n'
    const loaded = await load({ ...shop, 'own/pack.yaml': packYaml + own })
    expect(loaded.packs[0]?.rules).toEqual([])
    expect(loaded.packs[1]?.problems).toEqual([
      expect.objectContaining({
        file: 'pack.yaml',
        line: 7,
        column: 13,
        message: 'adjust: there is no rule “a/none” in the loaded packs',
      }),
    ])
  })

  it('says in the note of a pack what it changes of others, and why', async () => {
    const own =
      'adjust:\n  - { rule: a/good, severity: info, reason: We hold a licence. }\n  - { rule: a/good, off: true, reason: Not our trade }\n'
    const loaded = await load({ ...shop, 'own/pack.yaml': packYaml + own })
    expect(loaded.packs.map(({ note }) => note)).toEqual([
      null,
      'Rule a/good counts as info: We hold a licence. Rule a/good is switched off: Not our trade.',
    ])
  })

  it('applies a rule to the versions it names alone', async () => {
    const loaded = await load({ ...shop, 'packs/shop/rules/a.yaml': `${good}  versions: ["1999"]\n` })
    expect(loaded.packs[0]?.rules).toEqual([])
  })

  it('takes the same hash from the same files, whatever lies beside them', async () => {
    const [a, b, c] = await Promise.all([
      load(shop),
      load({ ...shop, 'packs/shop/README.md': 'x', 'packs/shop/.hidden': 'x' }),
      load({ ...shop, 'packs/shop/rules/a.yaml': `${good}\n` }),
    ])
    expect(a.packs[0]?.sha256).toBe(b.packs[0]?.sha256)
    expect(a.packs[0]?.sha256).not.toBe(c.packs[0]?.sha256)
  })
})
