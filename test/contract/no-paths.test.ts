import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { operationSchemas } from '../../src-main/contract/operation-schemas.ts'
import { operationNames } from '../../src-main/contract/operations.ts'

/** S11: the page names nothing on disk. Arguments are ids, tokens, numbers and words of a closed list. */

interface Field {
  readonly name: string
  readonly schema: object
}

/** Every named field of a JSON Schema, however deep. */
function fieldsOf(schema: unknown): readonly Field[] {
  if (Array.isArray(schema)) return schema.flatMap(fieldsOf)
  if (typeof schema !== 'object' || schema === null) return []
  const own: unknown = Reflect.get(schema, 'properties')
  const named =
    typeof own === 'object' && own !== null
      ? Object.entries(own).map(([name, value]: [string, unknown]) => ({ name, schema: Object(value) as object }))
      : []
  return [...named, ...Object.values(schema).flatMap(fieldsOf)]
}

/** What may be said in words, and how long that is at most. `id` is a recent's; `clause`, `message` and `campaign` are looked up among what is open. */
const words: ReadonlyMap<string, number> = new Map([
  ['token', 64],
  ['campaign', 64],
  ['message', 4096],
  ['clause', 200],
  ['id', 64],
  ['workspace', 64],
  ['title', 100],
  ['reviewer', 100],
  ['group', 64],
  ['undo', 64],
  ['content', 64],
  // A message that a workspace knows, hashed.
  ['place', 64],
  ['evidence', 64],
  ['attestation', 300],
  ['reason', 4000],
  ['note', 4000],
  ['text', 4000],
  // A message's own text as a person changes it.
  ['draft', 2_000_000],
  ['whom', 200],
  ['expires', 10],
  ['part', 400],
  ['filter', 200],
  // A list of recipients, and a column of it, as they were told: both only looked up.
  ['list', 4096],
  ['name', 10_000],
  // Of the library, all only looked up; `to` is a clause of the pack, `query` what is searched for.
  ['policy', 200],
  ['version', 200],
  ['older', 200],
  ['newer', 200],
  ['to', 200],
  ['preview', 64],
  // A rule and its pack, both only looked up; `document` is a text of the library's own pack, `yaml` what it says.
  ['pack', 64],
  ['rule', 200],
  ['rules', 200],
  ['document', 200],
  ['yaml', 200_000],
  ['query', 500],
  ['date', 10],
])

describe.each(operationNames)('%s', (operation) => {
  const fields = fieldsOf(z.toJSONSchema(operationSchemas[operation].args, { unrepresentable: 'any' }))

  test('no argument is called after a place on disk', () => {
    const names = fields.map((field) => field.name)
    expect(names.filter((name) => /path|file|folder|dir|url|uri|href/i.test(name))).toEqual([])
  })

  test('every free string among the arguments is one of the known ids, and bounded', () => {
    const free = fields.filter(({ schema }) => Reflect.get(schema, 'type') === 'string' && !Reflect.has(schema, 'enum'))
    for (const { name, schema } of free)
      expect([name, Reflect.get(schema, 'maxLength')]).toEqual([name, words.get(name)])
  })
})
