import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import en from '../../../src-renderer/src/i18n/en.json' with { type: 'json' }

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
