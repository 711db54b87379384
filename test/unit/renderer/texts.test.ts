import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import de from '../../../src-renderer/src/i18n/de.json' with { type: 'json' }
import en from '../../../src-renderer/src/i18n/en.json' with { type: 'json' }
import es from '../../../src-renderer/src/i18n/es.json' with { type: 'json' }
import fr from '../../../src-renderer/src/i18n/fr.json' with { type: 'json' }

const root = join(import.meta.dirname, '../../../src-renderer/src')

function keysOf(texts: object, prefix = ''): readonly string[] {
  return Object.entries(texts).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null ? keysOf(value, `${prefix}${key}.`) : [`${prefix}${key}`],
  )
}

const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(vue|ts)$/.test(name))
  .map((name) => readFileSync(join(root, name), 'utf8'))
  .join('\n')

test('every text that the code names is in the locale file', () => {
  const named = [...sources.matchAll(/\bt\(\s*'([\w.-]+)'|label: '(commands\.\w+)'/g)].map(
    (match) => match[1] ?? match[2] ?? '',
  )
  const known = new Set(keysOf(en))
  expect(named.length).toBeGreaterThan(80)
  expect(named.filter((key) => !known.has(key))).toEqual([])
})

test('every text in the locale file is used', () => {
  // Keys put together at run time, `severity.${…}`, count by their beginning.
  const beginnings = [...sources.matchAll(/\bt\(\s*`([\w.]+)\.\$\{/g)].map((match) => `${match[1] ?? ''}.`)
  const unused = keysOf(en).filter(
    (key) => !sources.includes(`'${key}'`) && !beginnings.some((beginning) => key.startsWith(beginning)),
  )
  expect(unused).toEqual([])
})

describe.each([
  ['de', de],
  ['fr', fr],
  ['es', es],
])('%s', (_language, texts: object) => {
  const english = flat(en)
  const translated = flat(texts)

  test('has a text for every English one, and no other', () => {
    const own = new Set(translated.keys())
    expect([...english.keys()].filter((key) => !own.has(key))).toEqual([])
    expect([...own].filter((key) => !english.has(key))).toEqual([])
  })

  test('says what is filled in, in every form', () => {
    const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort()
    const forms = (text: string) => text.split(' | ').length
    const wrong = [...translated].filter(([key, text]) => {
      const source = english.get(key) ?? ''
      const last = (all: string) => all.split(' | ').at(-1) ?? ''
      return (
        forms(text) !== forms(source) || placeholders(last(text)).join(' ') !== placeholders(last(source)).join(' ')
      )
    })
    expect(wrong).toEqual([])
  })
})

function flat(texts: object, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, value]: [string, unknown]): [string, string][] =>
      typeof value === 'object' && value !== null
        ? [...flat(value, `${prefix}${key}.`)]
        : [[`${prefix}${key}`, String(value)]],
    ),
  )
}
