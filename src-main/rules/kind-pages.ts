import { z } from 'zod'
import { kinds } from './kinds/kinds.ts'

const begin = '<!-- options: written by npm run schemas -->'
const end = '<!-- end of options -->'

/** The page of a kind (`docs/rules/<kind>.md`) with the table of its options as its schema has them; the rest stays. */
export function pageWithOptions(page: string, kind: string): string {
  const start = page.indexOf(begin)
  const before = start < 0 ? page : page.slice(0, start)
  const stop = page.indexOf(end)
  const after = start < 0 || stop < 0 ? '' : page.slice(stop + end.length).trim()
  const table = `${begin}\n\n## Options\n\n${optionsTable(kind)}\n\n${end}`
  return `${[before.trimEnd(), table, ...(after === '' ? [] : [after])].join('\n\n')}\n`
}

/** As much of JSON Schema as the kinds' schemas use. */
interface Schema {
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly description?: string
  readonly minimum?: number
  readonly maximum?: number
}

function optionsTable(kind: string): string {
  const found = kinds.get(kind)
  if (found === undefined) throw new Error(`there is no kind ${kind}`)
  // What zod writes is JSON Schema.
  const schema = z.toJSONSchema(found.schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Schema
  const rows = Object.entries(schema.properties ?? {}).flatMap(([name, option]) => {
    if (name === 'kind') return []
    const needed = schema.required?.includes(name) === true ? 'yes' : ''
    return [`| \`${name}\` | ${needed} | ${cell(typeOf(option, 0))} | ${cell(option.description ?? '')} |`]
  })
  return ['| option | needed | value | meaning |', '| --- | --- | --- | --- |', ...rows].join('\n')
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/\s+/g, ' ')
}

const maxShownDepth = 2

function typeOf(schema: Schema, depth: number): string {
  const choices = schema.anyOf ?? schema.oneOf
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const).replaceAll('"', '')}\``
  if (schema.enum !== undefined) return listed(schema.enum.map((value) => `\`${String(value)}\``))
  if (choices !== undefined) return listed([...new Set(choices.map((choice) => typeOf(choice, depth)))])
  switch (schema.type) {
    case 'array':
      return `list of ${schema.items === undefined ? 'values' : typeOf(schema.items, depth)}`
    case 'object':
      return depth >= maxShownDepth ? 'mapping' : `{ ${fieldsOf(schema, depth)} }`
    case 'integer':
    case 'number':
      return `number${range(schema)}`
    case 'boolean':
      return '`true`, `false`'
    case 'string':
      return 'text'
    default:
      return 'value'
  }
}

function fieldsOf({ properties = {}, required = [] }: Schema, depth: number): string {
  return Object.entries(properties)
    .map(([name, field]) => `${name}${required.includes(name) ? '' : '?'}: ${typeOf(field, depth + 1)}`)
    .join('; ')
}

function listed(values: readonly string[]): string {
  return values.join(', ')
}

const bound = 1e9

function range({ minimum, maximum }: Schema): string {
  const from = minimum === undefined || minimum <= -bound ? '' : String(minimum)
  const to = maximum === undefined || maximum >= bound ? '' : String(maximum)
  return from === '' && to === '' ? '' : ` ${from}–${to}`
}
