import { describe, expect, test } from 'vitest'
import { helpFor, offersAt, type JsonSchema } from '../../../src-renderer/src/editor/schema-help.ts'
import { yamlPlace, yamlValue, type YamlPlace } from '../../../src-renderer/src/editor/yaml-place.ts'

/** `|` is where the cursor stands. */
function at(marked: string): { readonly text: string; readonly place: YamlPlace | null } {
  const offset = marked.indexOf('|')
  return { text: marked.replace('|', ''), place: yamlPlace(marked.replace('|', ''), offset) }
}

describe('where something is written', () => {
  test.each<[string, readonly (string | number)[], string | null, string]>([
    ['|', [], null, ''],
    ['- |', [0], null, ''],
    ['- id: own/x\n  se|', [0], null, 'se'],
    ['- id: own/x\n  |', [0], null, ''],
    ['- id: own/x\n  severity: |', [0], 'severity', ''],
    ['- id: own/x\n  severity: err|', [0], 'severity', 'err'],
    ['- id: own/x\n- id: own/y\n  ti|', [1], null, 'ti'],
    ['- id: own/x\n  check:\n    |', [0, 'check'], null, ''],
    ['- id: own/x\n  check:\n    kind: ph|', [0, 'check'], 'kind', 'ph'],
    ['- id: own/x\n  check:\n    kind: phrases\n  |', [0], null, ''],
    ['- id: own/x\n  look:\n    - te|', [0, 'look', 0], null, 'te'],
    ['- id: own/x\n  look:\n    - text\n    - |', [0, 'look', 1], null, ''],
    ['- id: own/x\n  look:\n  - text\n  - h|', [0, 'look', 1], null, 'h'],
    ['- id: own/x\n  look: [text, ht|', [0, 'look', 1], null, 'ht'],
    ['- id: own/x\n  check: { kind: |', [0, 'check'], 'kind', ''],
    ['- id: own/x\n  check: { kind: phrases, an|', [0, 'check'], null, 'an'],
    ['- id: own/x\n  check: { kind: phrases, near: { any: [a, "b, c"], wi|', [0, 'check', 'near'], null, 'wi'],
    ['- id: own/x\n  check:\n    { kind: phrases,\n      le|', [0, 'check'], null, 'le'],
    ['- id: own/x\n  why: >-\n    many\n    words\n  fi|', [0], null, 'fi'],
    ['- id: own/x\n  examples:\n    violates: [a]\n    |', [0, 'examples'], null, ''],
  ])('%j', (marked, path, key, word) => {
    expect(at(marked).place).toMatchObject({ path, key, word })
  })

  test.each(['# a |', '- id: own/x # here |', '- id: own/x\n  why: >-\n    many |', '- id: own/x\n  message: "wo|'])(
    'nowhere: %j',
    (marked) => expect(at(marked).place).toBeNull(),
  )
})

const schema: JsonSchema = {
  type: 'array',
  items: {
    type: 'object',
    required: ['id', 'check'],
    properties: {
      id: { type: 'string', description: 'A group and a name' },
      severity: { type: 'string', enum: ['error', 'warning'] },
      check: {
        description: 'What to look for',
        anyOf: [
          {
            type: 'object',
            required: ['kind'],
            properties: { kind: { const: 'phrases' }, any: { type: 'array', items: { type: 'string' } } },
          },
          {
            type: 'object',
            required: ['kind'],
            properties: { kind: { const: 'pattern' }, pattern: { type: 'string', description: 'A RegExp' } },
          },
        ],
      },
    },
  },
}

function offered(marked: string): readonly string[] {
  const { text, place } = at(marked)
  return place === null ? [] : offersAt(schema, place, (path) => yamlValue(text, path)).map(({ text: one }) => one)
}

describe('what the schema offers', () => {
  test.each<[string, readonly string[]]>([
    ['- id: x\n  |', ['severity', 'check']],
    ['- id: x\n  severity: |', ['error', 'warning']],
    ['- id: x\n  check:\n    kind: |', ['phrases', 'pattern']],
    ['- id: x\n  check:\n    kind: pattern\n    |', ['pattern']],
    ['- id: x\n  check: { kind: phrases, |', ['any']],
    ['- id: x\n  check: { |', ['kind', 'any', 'pattern']],
  ])('%j', (marked, expected) => expect(offered(marked)).toEqual(expected))

  test('a key is told in words', () => {
    const text = '- id: x\n  check: { kind: pattern, pattern: a }\n'
    const help = (path: readonly (string | number)[]): unknown => helpFor(schema, path, (one) => yamlValue(text, one))
    expect(help([0, 'id'])).toEqual({ type: 'text', description: 'A group and a name' })
    expect(help([0, 'check', 'pattern'])).toEqual({ type: 'text', description: 'A RegExp' })
    expect(help([0, 'check'])).toEqual({ type: 'mapping', description: 'What to look for' })
    expect(help([0, 'colour'])).toBeNull()
  })
})
