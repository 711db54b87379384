import type { YamlPlace } from './yaml-place.ts'

/** As much of JSON Schema as the published schemas of packs use. */
export interface JsonSchema {
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly allOf?: readonly JsonSchema[]
  readonly items?: JsonSchema
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly additionalProperties?: JsonSchema | boolean
  readonly required?: readonly string[]
  readonly description?: string
}

export interface Offer {
  readonly kind: 'key' | 'value'
  readonly text: string
  readonly isNeeded: boolean
  readonly detail: string
  readonly description: string
  /** What a key's value begins with, where it is no single word. */
  readonly opens: 'mapping' | 'list' | null
}

/** All alternatives of a schema, down to those that are none. */
function alternatives(schema: JsonSchema): readonly JsonSchema[] {
  const choices = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])]
  return choices.length === 0 ? [schema] : choices.flatMap(alternatives)
}

/** Those that what is written already leaves open: a check is one kind as soon as it says which. */
function fitting(schemas: readonly JsonSchema[], value: unknown): readonly JsonSchema[] {
  if (typeof value !== 'object' || value === null) return schemas
  const entries = Object.entries(value)
  const fit = schemas.filter(({ properties }) =>
    entries.every(([key, one]) => {
      const fixed = properties?.[key]?.const
      return fixed === undefined || one === null || one === fixed
    }),
  )
  return fit.length > 0 ? fit : schemas
}

/** What the schema says of the value at a path. `valueAt`: what is written there. */
export function schemasAt(
  root: JsonSchema,
  path: readonly (string | number)[],
  valueAt: (path: readonly (string | number)[]) => unknown,
): readonly JsonSchema[] {
  let schemas = alternatives(root)
  for (const [at, step] of path.entries()) {
    schemas = fitting(schemas, valueAt(path.slice(0, at))).flatMap(({ items, properties, additionalProperties }) => {
      if (typeof step === 'number') return items === undefined ? [] : alternatives(items)
      const own = properties?.[step] ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined)
      return own === undefined ? [] : alternatives(own)
    })
  }
  return fitting(schemas, valueAt(path))
}

/** What can be written at a place. */
export function offersAt(
  root: JsonSchema,
  { path, key }: YamlPlace,
  valueAt: (path: readonly (string | number)[]) => unknown,
): readonly Offer[] {
  if (key !== null) return valuesOf(schemasAt(root, [...path, key], valueAt))
  const schemas = schemasAt(root, path, valueAt)
  const present = new Set(keysOf(valueAt(path)))
  const keys = new Map<string, Offer>()
  for (const { properties = {}, required = [] } of schemas) {
    for (const [name, schema] of Object.entries(properties)) {
      if (present.has(name) || keys.has(name)) continue
      keys.set(name, {
        kind: 'key',
        text: name,
        isNeeded: required.includes(name),
        detail: typeOf(schema),
        description: descriptionOf(schema),
        opens: opening(schema),
      })
    }
  }
  return [...keys.values(), ...valuesOf(schemas)]
}

/** In words, for a hover. Null: the schema does not know it. */
export function helpFor(
  root: JsonSchema,
  path: readonly (string | number)[],
  valueAt: (path: readonly (string | number)[]) => unknown,
): { readonly type: string; readonly description: string } | null {
  const schemas = schemasAt(root, path, valueAt)
  if (schemas.length === 0) return null
  const types = [...new Set(schemas.map(typeOf))]
  const description = schemas.map(descriptionOf).find((text) => text !== '') ?? wholeDescription(root, path, valueAt)
  return { type: types.slice(0, 6).join(' | '), description }
}

/** Of the key itself, where its alternatives say nothing. */
function wholeDescription(
  root: JsonSchema,
  path: readonly (string | number)[],
  valueAt: (path: readonly (string | number)[]) => unknown,
): string {
  const last = path.at(-1)
  if (typeof last !== 'string') return ''
  const owners = schemasAt(root, path.slice(0, -1), valueAt)
  return owners.map(({ properties }) => properties?.[last]?.description ?? '').find((text) => text !== '') ?? ''
}

function valuesOf(schemas: readonly JsonSchema[]): readonly Offer[] {
  const values = new Set(
    schemas.flatMap(({ const: only, enum: some, type }) => {
      if (only !== undefined) return [shown(only)]
      if (some !== undefined) return some.map(shown)
      return type === 'boolean' ? ['true', 'false'] : []
    }),
  )
  return [...values].map((text) => ({ kind: 'value', text, isNeeded: false, detail: '', description: '', opens: null }))
}

function keysOf(value: unknown): readonly string[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : []
}

function descriptionOf(schema: JsonSchema): string {
  return (
    schema.description ??
    alternatives(schema)
      .map(({ description = '' }) => description)
      .find((text) => text !== '') ??
    ''
  )
}

function opening(schema: JsonSchema): Offer['opens'] {
  const types = new Set(alternatives(schema).map(({ type }) => type))
  if (types.size !== 1) return null
  return types.has('object') ? 'mapping' : types.has('array') ? 'list' : null
}

const mostListed = 8

/** What a value is: `text`, `list of text`, `error | warning | info`. */
export function typeOf(schema: JsonSchema): string {
  const all = alternatives(schema)
  if (all.length > 1) return [...new Set(all.map(typeOf))].slice(0, mostListed).join(' | ')
  const { const: only, enum: some, type, items } = schema
  if (only !== undefined) return shown(only)
  if (some !== undefined) return some.slice(0, mostListed).map(shown).join(' | ')
  switch (type) {
    case 'string':
      return 'text'
    case 'integer':
      return 'whole number'
    case 'array':
      return `list of ${items === undefined ? 'values' : typeOf(items)}`
    case 'object':
      return 'mapping'
    default:
      return typeof type === 'string' ? type : 'value'
  }
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
