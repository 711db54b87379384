import { decodeHTML } from 'entities'
import { z } from 'zod'
import type { ActiveContent, AttachmentFact } from '../../views/view.ts'
import { asList, placedList } from '../context.ts'
import type { Rule } from '../pack.ts'
import type { CompiledPattern } from '../patterns/pattern.ts'
import type { Scene } from '../scene.ts'
import { patternSchema, wordsSchema } from './context-schema.ts'
import { mismatchedType, programExtensions, programTypes, documentExtensions } from './file-kinds.ts'
import type { Build, Evaluate, Hit, Kind } from './kind.ts'

const finds = [
  'double-extension',
  'bidi-name',
  'type-mismatch',
  'program',
  'macro',
  'script',
  'external',
  'encrypted',
] as const
type Find = (typeof finds)[number]

const extensionSchema = z.string().regex(/^[a-z0-9_]{1,10}$/, 'an extension in lower case, without the dot')

const schema = z
  .strictObject({
    kind: z.literal('attachment'),
    extensions: z.array(extensionSchema).min(1).max(1_000).optional(),
    words: wordsSchema.optional(),
    find: z.array(z.enum(finds)).min(1).optional(),
    active: z
      .array(z.string().regex(/^[a-z][a-z0-9-]{0,30}$/, 'an element in lower case, event-handler or refresh'))
      .min(1)
      .optional(),
    hosts: z
      .array(z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'a host in lower case, without scheme or path'))
      .min(1)
      .max(100)
      .optional(),
    matches: patternSchema.optional(),
    'not-matches': patternSchema.optional(),
  })
  .refine((check) => check.hosts === undefined || check.active !== undefined, 'hosts needs active')
  .refine(
    (check) => (check.matches === undefined && check['not-matches'] === undefined) || check.active !== undefined,
    'matches and not-matches need active',
  )
  .refine(
    (check) => [check.extensions, check.words, check.find, check.active].some((one) => one !== undefined),
    'attachment needs extensions, words, find or active',
  )
export type AttachmentOptions = z.infer<typeof schema>

/** What a message carries that can act: attached files, and active content in its own HTML. */
export const attachmentKind: Kind<AttachmentOptions> = {
  name: 'attachment',
  schema,
  refers: (options) => ({
    words: placedList(options.words, ['words']),
    patterns: (['matches', 'not-matches'] as const).flatMap((key) => placedList(options[key], [key])),
  }),
  compile,
  explain: (options) =>
    `Looks for ${[
      ...(options.extensions === undefined && options.words === undefined ? [] : ['attachments by extension']),
      ...(options.find ?? []),
      ...(options.active === undefined ? [] : [`active content (${options.active.join(', ')})`]),
    ].join(', ')}.`,
}

function compile(rule: Rule<AttachmentOptions>, build: Build): Evaluate {
  const { check } = rule
  const extensions = new Set([
    ...(check.extensions ?? []),
    ...asList(check.words).flatMap((name) => build.written(name)),
  ])
  const find = check.find ?? []
  const active = new Set(check.active)
  const hosts = check.hosts?.map(hostPattern) ?? null
  const matches = check.matches === undefined ? null : build.pattern(check.matches)
  const notMatches = check['not-matches'] === undefined ? null : build.pattern(check['not-matches'])

  return (scene) => {
    const hits: Hit[] = []
    for (const fact of scene.views.attachments) {
      const why = whyOf(fact, extensions, find)
      if (why.length > 0) hits.push(attachmentHit(fact, rule, why))
    }
    for (const content of scene.views.active) {
      if (!active.has(kindOf(content)) || (hosts !== null && !namesHost(content, hosts))) continue
      if (matches !== null && !isIn(content, matches, scene)) continue
      if (notMatches !== null && isIn(content, notMatches, scene)) continue
      hits.push(activeHit(content, rule))
    }
    return hits
  }
}

function whyOf(fact: AttachmentFact, extensions: ReadonlySet<string>, find: readonly Find[]): string[] {
  const why: string[] = []
  const last = fact.extensions.at(-1)
  if (last !== undefined && extensions.has(last)) why.push(`extension .${last}`)
  const inside = fact.members.find((member) => extensions.has(member.extensions.at(-1) ?? ''))
  if (inside !== undefined) why.push(`holds ${inside.path}`)
  for (const one of find) {
    const found = findIn(fact, one, extensions)
    if (found !== null) why.push(found)
  }
  return why
}

const turning = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/

function findIn(fact: AttachmentFact, find: Find, extensions: ReadonlySet<string>): string | null {
  const { attachment } = fact
  switch (find) {
    case 'double-extension': {
      const [before, last] = fact.extensions.slice(-2)
      if (before === undefined || last === undefined || !documentExtensions.has(before)) return null
      return programExtensions.has(last) || extensions.has(last) ? `two extensions: .${before}.${last}` : null
    }
    case 'bidi-name':
      return turning.test(attachment.name ?? '') ? 'characters in the name that turn or hide letters' : null
    case 'type-mismatch':
      return mismatchedType(fact)
    case 'program': {
      if (isProgram(fact.trueType)) return `its bytes are ${fact.trueType}`
      const inside = fact.members.find((member) => isProgram(member.trueType))
      return inside === undefined ? null : `holds ${inside.path}, whose bytes are ${inside.trueType ?? ''}`
    }
    case 'macro':
      return actOf(fact, 'macro', 'active-x', 'dde')
    case 'script':
      return actOf(fact, 'javascript', 'launch')
    case 'external':
      return actOf(fact, 'external', 'other-file', 'submit-form', 'import-data')
    case 'encrypted':
      return fact.isEncrypted || fact.members.some((member) => member.isEncrypted) ? 'encrypted' : null
  }
}

function isProgram(type: string | null): type is string {
  return type !== null && programTypes.has(type)
}

const maxShownAct = 80

function actOf(fact: AttachmentFact, ...kinds: readonly AttachmentFact['acts'][number]['kind'][]): string | null {
  const act = fact.acts.find(({ kind }) => kinds.includes(kind))
  if (act === undefined) return null
  const what = act.what.replace(/\s+/g, ' ').slice(0, maxShownAct)
  return what === '' ? act.kind : `${act.kind}: ${what}`
}

function attachmentHit({ attachment }: AttachmentFact, rule: Rule, why: readonly string[]): Hit {
  const name = attachment.name ?? ''
  const range = { start: 0, end: name.length }
  const { nameRange } = attachment
  return {
    part: attachment.part,
    source:
      name === '' ? null : { part: attachment.part, text: name, toSource: nameRange === null ? null : () => nameRange },
    span: name === '' ? null : range,
    bytes: nameRange ?? attachment.range,
    certainty: rule.certainty,
    match: name === '' ? attachment.mediaType : name.replace(turning, '�'),
    normalised: { match: name.toLowerCase(), sentence: '' },
    around: { text: name, ...range },
    explain: why,
  }
}

function kindOf(content: ActiveContent): string {
  if (content.attribute !== null) return 'event-handler'
  return content.element === 'meta' ? 'refresh' : content.element
}

/** Whether the tag or attribute as it is written holds the pattern; character references are decoded. */
function isIn({ source, span }: ActiveContent, pattern: CompiledPattern, scene: Scene): boolean {
  let found = false
  pattern.findAll(decodeHTML(source.text.slice(span.start, span.end)), scene.deadlineMs(), () => {
    found = true
  })
  return found
}

/** The host or any host under it, as it stands in an address. */
function hostPattern(host: string): RegExp {
  return new RegExp(`(?<![\\w-])(?:[\\w-]+\\.)*${host.replaceAll('.', '\\.')}(?![\\w-]|\\.\\w)`, 'i')
}

/** A frame's own document (`srcdoc`) is escaped markup within markup: hence decoded twice. */
function namesHost({ source, span }: ActiveContent, hosts: readonly RegExp[]): boolean {
  const written = decodeHTML(decodeHTML(source.text.slice(span.start, span.end)))
  return hosts.some((host) => host.test(written))
}

const maxShownMarkup = 80

function activeHit(content: ActiveContent, rule: Rule): Hit {
  const { source, span } = content
  const written = source.text.slice(span.start, span.end)
  const shown = written.length > maxShownMarkup ? `${written.slice(0, maxShownMarkup)}…` : written
  return {
    part: source.part,
    source,
    span,
    certainty: rule.certainty,
    match: shown.replace(/\s+/g, ' '),
    normalised: {
      match: `${content.element} ${content.attribute ?? ''}`,
      sentence: written.replace(/\s+/g, ' ').slice(0, 500),
    },
    around: { text: shown, start: 0, end: shown.length },
    explain: [
      content.attribute === null
        ? `element ${content.element}`
        : `attribute ${content.attribute} of ${content.element}`,
    ],
  }
}
