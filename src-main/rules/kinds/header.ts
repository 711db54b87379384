import { parse as parseDomain } from 'tldts'
import { z } from 'zod'
import type { HeaderField, TextPart } from '../../intake/message.ts'
import type { Rule } from '../pack.ts'
import type { CompiledPattern, PatternMatch } from '../patterns/pattern.ts'
import type { Scene } from '../scene.ts'
import { fold } from '../lens/fold.ts'
import { patternSchema, phrasesSchema } from './context-schema.ts'
import type { Build, Evaluate, Hit, Kind } from './kind.ts'

const nameSchema = z.string().regex(/^[!-9;-~]{1,80}$/, 'the name of a header field, without the colon')

const conditionSchema = z
  .strictObject({
    name: nameSchema,
    is: z.enum(['missing', 'present', 'repeated', 'empty']).optional(),
    matches: patternSchema.optional(),
    'not-matches': patternSchema.optional(),
    'domain-differs': nameSchema.optional(),
    any: phrasesSchema.optional(),
  })
  .refine(
    (condition) =>
      [condition.is, condition.matches, condition['not-matches'], condition['domain-differs'], condition.any].filter(
        (one) => one !== undefined,
      ).length === 1,
    'a condition has exactly one of is, matches, not-matches, domain-differs, any',
  )
type Condition = z.infer<typeof conditionSchema>

const schema = z.strictObject({
  kind: z.literal('header'),
  all: z.array(conditionSchema).min(1).max(20),
  headerless: z.enum(['not-checked', 'judge']).optional(),
})
export type HeaderOptions = z.infer<typeof schema>

/** Header fields: there or not, how often, and what they say. */
export const headerKind: Kind<HeaderOptions> = {
  name: 'header',
  schema,
  refers: (options) => ({
    phrases: options.all.flatMap(({ any }, at) =>
      (any ?? []).map((value, index) => ({ value, path: ['all', at, 'any', index] })),
    ),
    fields: options.all.flatMap(({ name, any }) => (any === undefined ? [] : [name])),
    patterns: options.all.flatMap((condition, at) =>
      (['matches', 'not-matches'] as const).flatMap((key) => {
        const value = condition[key]
        return value === undefined ? [] : [{ value, path: ['all', at, key] }]
      }),
    ),
  }),
  compile,
  explain: (options) => `Looks at the header: ${options.all.map(told).join(', and ')}.`,
}

function told(condition: Condition): string {
  if (condition.is !== undefined) return `${condition.name} is ${condition.is}`
  if (condition['domain-differs'] !== undefined)
    return `${condition.name} has another domain than ${condition['domain-differs']}`
  if (condition.any !== undefined) return `${condition.name} holds a phrase`
  return condition.matches === undefined
    ? `${condition.name} does not match a pattern`
    : `${condition.name} matches a pattern`
}

/** A field of the message, or what a draft has in its place. */
interface Field {
  readonly part: string
  readonly text: string
  readonly source: Pick<TextPart, 'part' | 'text' | 'toSource'>
}

interface Held {
  readonly field: Field | null
  readonly match: PatternMatch | null
}

type Holds = (fields: (name: string) => readonly Field[], scene: Scene) => Held | null

function compile(rule: Rule<HeaderOptions>, build: Build): Evaluate {
  const conditions = rule.check.all.map((condition) => compileCondition(condition, build))
  const explain = rule.check.all.map(told)

  return (scene): readonly Hit[] => {
    const { message } = scene.views
    if (message.form !== 'rfc5322' && rule.check.headerless !== 'judge') {
      const reason = message.form === 'draft' ? 'a draft has no headers yet' : 'the file has no headers'
      scene.cannotCheck({ code: message.form === 'draft' ? 'draft' : 'no-headers', reason, material: false })
      return []
    }
    const fields = fieldsOf(scene)
    const held: Held[] = []
    for (const holds of conditions) {
      const one = holds(fields, scene)
      if (one === null) return []
      held.push(one)
    }
    const place = held.find(({ match }) => match !== null) ?? held.find(({ field }) => field !== null)
    return [hitAt(place ?? { field: null, match: null }, rule, explain)]
  }
}

function hitAt({ field, match }: Held, rule: Rule, explain: readonly string[]): Hit {
  const range = match ?? { start: 0, end: field?.text.length ?? 0 }
  const text = field?.text ?? ''
  return {
    part: field?.part ?? 'message',
    source: field?.source ?? null,
    span: field === null ? null : range,
    certainty: rule.certainty,
    match: text.slice(range.start, range.end),
    normalised: {
      match: fold(text.slice(range.start, range.end), 'soft').text,
      sentence: field === null ? '' : fold(text, 'soft').text,
    },
    around: { text, ...range },
    explain: explain.map((line) => `header: ${line}`),
  }
}

function compileCondition(condition: Condition, build: Build): Holds {
  const { name } = condition
  if (condition.is !== undefined) return presence(name, condition.is)
  if (condition.matches !== undefined) return matching(name, build.pattern(condition.matches))
  if (condition['not-matches'] !== undefined) return notMatching(name, build.pattern(condition['not-matches']))
  if (condition['domain-differs'] !== undefined) return domainDiffers(name, condition['domain-differs'])
  return holdingPhrase(name, build.phrases(condition.any ?? [], []))
}

function presence(name: string, is: NonNullable<Condition['is']>): Holds {
  return (fields) => {
    const found = fields(name)
    const first = found[0] ?? null
    switch (is) {
      case 'missing':
        return first === null ? { field: null, match: null } : null
      case 'present':
        return first === null ? null : { field: first, match: null }
      case 'repeated':
        return found[1] === undefined ? null : { field: found[1], match: null }
      case 'empty':
        return first !== null && first.text.trim() === '' ? { field: first, match: null } : null
    }
  }
}

function matching(name: string, pattern: CompiledPattern): Holds {
  return (fields, scene) => {
    for (const field of fields(name)) {
      const match = firstMatch(pattern, field.text, scene)
      if (match !== null) return { field, match }
    }
    return null
  }
}

function notMatching(name: string, pattern: CompiledPattern): Holds {
  return (fields, scene) => {
    const field = fields(name)[0]
    if (field === undefined || firstMatch(pattern, field.text, scene) !== null) return null
    return { field, match: null }
  }
}

function firstMatch(pattern: CompiledPattern, text: string, scene: Scene): PatternMatch | null {
  let first: PatternMatch | null = null
  pattern.findAll(text, scene.deadlineMs(), (match) => (first ??= match))
  return first
}

function domainDiffers(name: string, other: string): Holds {
  return (fields) => {
    const field = fields(name)[0]
    const own = firstDomain(field?.text)
    const others = firstDomain(fields(other)[0]?.text)
    if (field === undefined || own === null || others === null || own === others) return null
    return { field, match: null }
  }
}

/** The registrable domain of the first address in a field. */
export function firstDomain(value: string | undefined): string | null {
  const host = /[^\s<>"@]@([^\s<>"@,;)]+)/.exec(value ?? '')?.[1]?.toLowerCase()
  if (host === undefined) return null
  return parseDomain(host, { allowPrivateDomains: false }).domain ?? host
}

function holdingPhrase(name: string, set: number): Holds {
  return (fields, scene) => {
    const wanted = new Set(fields(name).map(({ part }) => part))
    const hit = scene.phraseHits(set, 'folded').find(({ text }) => wanted.has(text.view.part))
    if (hit === undefined) return null
    const field = fields(name).find(({ part }) => part === hit.text.view.part) ?? null
    return { field, match: hit.lens.toView.toOrigin(hit) }
  }
}

/** Fields by name; subject and sender are parts of their own. */
function fieldsOf(scene: Scene): (name: string) => readonly Field[] {
  return (wanted) => {
    const name = wanted.toLowerCase()
    if (name === 'subject' || name === 'from') {
      const texts = scene.views.message.texts.filter(({ kind }) => kind === name)
      if (texts.length > 0) return texts.map((source) => ({ part: source.part, text: source.text, source }))
    }
    const fields = scene.views.headers.filter((header) => header.name.toLowerCase() === name)
    return fields.map((header, at) => headerField(header, at))
  }
}

function headerField(header: HeaderField, at: number): Field {
  const part = at === 0 ? `header:${header.name}` : `header:${header.name}:${at + 1}`
  return { part, text: header.value, source: { part, text: header.value, toSource: header.toSource } }
}
