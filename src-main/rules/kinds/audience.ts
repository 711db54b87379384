import { z } from 'zod'
import type { AudienceColumns } from '../../intake/audience-columns.ts'
import type { AudienceField } from '../../intake/audience-field.ts'
import { audienceFields } from '../../intake/audience-field.ts'
import { ageOfBirthDate, ageOfGrade, ageOfNumber, type AgeRange } from '../audience/age.ts'
import {
  maxFirstRows,
  type ColumnFinding,
  type RowCheck,
  type RowContext,
  type RowTally,
} from '../audience/row-check.ts'
import { asList, placedList } from '../context.ts'
import { createMasker } from '../identifiers/mask.ts'
import type { Rule } from '../pack.ts'
import type { PhraseSet } from '../phrases/phrase-index.ts'
import { isInForce, type DatedValue } from '../values.ts'
import { fileNameSchema, phrasesSchema, wordsSchema } from './context-schema.ts'
import type { Build, Evaluate, Hit, Kind, References } from './kind.ts'

/** `channel_consent` is the consent for the message's own channel, by its column or a general one. */
const fields = [...audienceFields, 'channel_consent', 'channel_consent_at'] as const
type Field = (typeof fields)[number]

const fieldsSchema = z.union([z.enum(fields), z.array(z.enum(fields)).min(1).max(20)])
const cellSchema = z.union([
  z.strictObject({ values: z.array(z.string().min(1).max(200)).min(1).max(500) }),
  z.strictObject({ empty: z.literal(true) }),
  z.strictObject({ filled: z.literal(true) }),
  z.strictObject({ any: phrasesSchema, words: wordsSchema.optional() }),
  z.strictObject({ words: wordsSchema }),
  z.strictObject({ 'younger-than': z.int().min(1).max(120) }),
  z.strictObject({ 'older-than-days': z.int().min(1).max(36_500) }),
  z.strictObject({ 'same-in-all': z.literal(true) }),
  z.strictObject({ 'domain-of': z.strictObject({ values: fileNameSchema }) }),
])
type Cell = z.infer<typeof cellSchema>

const schema = z
  .strictObject({
    kind: z.literal('audience'),
    columns: fieldsSchema.optional(),
    named: phrasesSchema.optional(),
    is: cellSchema,
    where: z
      .array(z.strictObject({ columns: fieldsSchema, is: cellSchema }))
      .max(10)
      .optional(),
    sent: z.boolean().optional(),
    share: z.number().gt(0).max(1).optional(),
    rows: z.int().min(1).max(1_000_000).optional(),
  })
  .refine((check) => (check.columns === undefined) !== (check.named === undefined), 'audience needs columns or named')
export type AudienceOptions = z.infer<typeof schema>

/** Rows of a list of recipients. */
export const audienceKind: Kind<AudienceOptions> = {
  name: 'audience',
  schema,
  refers: (options): References => ({
    phrases: [
      ...placedList(options.named, ['named']),
      ...cellPhrases(options.is, ['is']),
      ...(options.where ?? []).flatMap(({ is }, at) => cellPhrases(is, ['where', at, 'is'])),
    ],
    words: [
      ...cellWords(options.is, ['is']),
      ...(options.where ?? []).flatMap(({ is }, at) => cellWords(is, ['where', at, 'is'])),
    ],
    values: [
      ...cellValues(options.is, ['is']),
      ...(options.where ?? []).flatMap(({ is }, at) => cellValues(is, ['where', at, 'is'])),
    ],
  }),
  compile: (rule) => evaluateFor(rule),
  rows: compileRows,
  explain: ({ columns, named, is, sent }) => {
    const where = columns === undefined ? `columns named ${asList(named).join(', ')}` : asList(columns).join(', ')
    const lists = sent === true ? 'lists that are sent to' : 'lists of recipients'
    return `Looks in ${lists} at ${where} for ${Object.keys(is).join(' and ').replaceAll('-', ' ')}.`
  },
}

type Path = readonly (string | number)[]

function cellPhrases(cell: Cell, path: Path): NonNullable<References['phrases']> {
  return 'any' in cell ? placedList(cell.any, [...path, 'any']) : []
}

function cellWords(cell: Cell, path: Path): NonNullable<References['words']> {
  return 'words' in cell ? placedList(cell.words, [...path, 'words']) : []
}

function cellValues(cell: Cell, path: Path): NonNullable<References['values']> {
  return 'domain-of' in cell ? [{ value: cell['domain-of'].values, path: [...path, 'domain-of', 'values'] }] : []
}

/** The rows were looked at before; a message shows what was found in its lists. */
function evaluateFor(rule: Rule<AudienceOptions>): Evaluate {
  return ({ audience, cannotCheck }) => {
    if (audience === null) return []
    for (const reason of audience.gaps) cannotCheck({ code: 'past-limit', reason, material: true })
    const isExport = rule.check.sent === true && audience.use === 'profile-export'
    return (audience.findings.get(rule.id) ?? []).map((found): Hit => {
      const shown = `${found.count} of ${found.total} ${found.total === 1 ? 'row' : 'rows'}`
      return {
        part: 'audience',
        source: null,
        span: null,
        certainty: rule.certainty,
        ...(isExport ? { atMost: 'info' as const } : {}),
        match: shown,
        normalised: { match: found.column, sentence: audience.identity },
        around: { text: '', start: 0, end: 0 },
        fact: `${audience.identity} ${found.column}`,
        ...(found.values === undefined ? {} : { values: found.values }),
        rows: { count: found.count, column: found.column, first: [...found.first] },
        explain: [
          `${audience.inputs.join(', ')}: column “${found.column}”, ${shown}`,
          ...found.why,
          ...(isExport ? ['an export of profiles, of whom not all get the message: not more than info'] : []),
        ],
      }
    })
  }
}

/** Why a cell is what the rule looks for, as it may be shown; null: it is not. */
type CellTest = ((cell: string, row: readonly string[]) => string | null) & {
  /** Dated values that cells were found by so far. */
  readonly found?: ReadonlySet<DatedValue>
}

type MakeTest = (field: Field | null, column: number, context: RowContext) => CellTest

function compileRows(rule: Rule<AudienceOptions>, build: Build): RowCheck {
  const { check } = rule
  const test = compileCell(check.is, build)
  const named = check.named === undefined ? null : build.phrases(check.named, [])
  const where = (check.where ?? []).map(({ columns, is }) => ({
    columns: asList(columns),
    test: compileCell(is, build),
  }))
  const isSameInAll = 'same-in-all' in check.is

  return {
    start(columns, context) {
      const looked = lookedAt(check, named, columns, context).map(({ field, column }) => ({
        column,
        name: columns.names[column] ?? '',
        test: test(field, column, context),
        found: newCount(),
      }))
      const conditions = where.map((one) => {
        const found = one.columns.flatMap((field) => {
          const column = columnOf(field, columns, context)
          return column < 0 ? [] : [{ column, test: one.test(field, column, context) }]
        })
        return found
      })
      if (looked.length === 0 || conditions.some((found) => found.length === 0)) return null
      let total = 0
      return {
        add(row, number) {
          total++
          for (const condition of conditions) {
            if (!condition.some(({ column, test: holds }) => holds(row[column]?.trim() ?? '', row) !== null)) return
          }
          for (const one of looked) {
            const excerpt = one.test(row[one.column]?.trim() ?? '', row)
            if (excerpt === null) continue
            one.found.count++
            context.onFound?.(one.column, row, number)
            if (one.found.first.length < maxFirstRows) one.found.first.push({ row: number, excerpt })
          }
        },
        finish: () =>
          looked.flatMap(({ name, found, test: { found: dated } }): readonly ColumnFinding[] => {
            const isEnough =
              found.count >= (check.rows ?? 1) &&
              found.count >= (check.share ?? 0) * total &&
              (!isSameInAll || found.count === total)
            const values = dated === undefined || dated.size === 0 ? {} : { values: [...dated].slice(0, maxValues) }
            return isEnough ? [{ column: name, count: found.count, total, first: found.first, why: [], ...values }] : []
          }),
      } satisfies RowTally
    },
  }
}

function newCount(): { count: number; readonly first: { readonly row: number; readonly excerpt: string }[] } {
  return { count: 0, first: [] }
}

function lookedAt(
  check: AudienceOptions,
  named: PhraseSet | null,
  columns: AudienceColumns,
  context: RowContext,
): readonly { readonly field: Field | null; readonly column: number }[] {
  if (named !== null) {
    return columns.names.flatMap((name, column) => {
      const words = name.replace(/([a-z])([A-Z])/g, '$1 $2').replaceAll('_', ' ')
      return context.phraseIn(named, words) === null ? [] : [{ field: columns.fields[column] ?? null, column }]
    })
  }
  return asList(check.columns).flatMap((field) => {
    const column = columnOf(field, columns, context)
    return column < 0 ? [] : [{ field, column }]
  })
}

function columnOf(field: Field, columns: AudienceColumns, { channel }: RowContext): number {
  const first = (candidates: readonly AudienceField[]): number =>
    candidates.map((candidate) => columns.indexOf(candidate)).find((column) => column >= 0) ?? -1
  const isPhone = channel === 'sms' || channel === 'mms'
  switch (field) {
    case 'channel_consent':
      return first(
        isPhone
          ? ['sms_consent', 'consent']
          : ['email_consent', 'consent', ...(channel === null ? ['sms_consent' as const] : [])],
      )
    case 'channel_consent_at':
      return first(isPhone ? ['sms_consent_at', 'consent_at'] : ['email_consent_at', 'consent_at'])
    default:
      return columns.indexOf(field)
  }
}

function compileCell(cell: Cell, build: Build): MakeTest {
  if ('values' in cell) {
    const values = new Set(cell.values.map(plainValue))
    return () => (text) => (text !== '' && values.has(plainValue(text)) ? shown(text) : null)
  }
  if ('empty' in cell) {
    return (field, _, { consent }) => {
      // What the manifest says of all counts where a row says nothing.
      const isSaid = field === 'channel_consent' && (consent === 'express' || consent === 'implied')
      return (text) => (text === '' && !isSaid ? '(empty)' : null)
    }
  }
  if ('filled' in cell) return () => (text) => (text === '' ? null : maskedWhole(text))
  if ('younger-than' in cell) return youngerThan(cell['younger-than'])
  if ('older-than-days' in cell) return olderThan(cell['older-than-days'])
  if ('same-in-all' in cell) {
    return () => {
      let first: string | null = null
      return (text) => {
        first ??= text
        return text !== '' && text === first ? shown(text) : null
      }
    }
  }
  if ('domain-of' in cell) return domainOf(build.values(cell['domain-of'].values))
  const set = build.phrases('any' in cell ? cell.any : [], asList(cell.words))
  return (_field, _column, { phraseIn }) =>
    remembered((text) => (text !== '' && phraseIn(set, text) !== null ? shown(text) : null))
}

const maxValues = 5
const maxRemembered = 20_000

/** The same few sources stand in a million rows. */
function remembered(test: (cell: string) => string | null): CellTest {
  const known = new Map<string, string | null>()
  return (cell) => {
    const before = known.get(cell)
    if (before !== undefined) return before
    const found = test(cell)
    if (known.size < maxRemembered) known.set(cell, found)
    return found
  }
}

/** `Never subscribed` and `NEVER_SUBSCRIBED` are one value. */
function plainValue(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
}

function youngerThan(years: number): MakeTest {
  return (field, _, { day }) =>
    remembered((text) => {
      const age = ageIn(field, text, day)
      return age === null || age.max >= years
        ? null
        : age.min === age.max
          ? `${age.max} years`
          : `${age.min} to ${age.max} years`
    })
}

function ageIn(field: Field | null, text: string, day: string): AgeRange | null {
  switch (field) {
    case 'age':
      return ageOfNumber(text)
    case 'grade':
      return ageOfGrade(text)
    default:
      return ageOfBirthDate(text, day)
  }
}

/** An address at one of the domains of a list, or under one. */
function domainOf(values: readonly DatedValue[]): MakeTest {
  return (_field, _column, { day }) => {
    const domains = new Map(
      values.filter((value) => isInForce(value, day)).map((value) => [value.value.toLowerCase(), value]),
    )
    const found = new Set<DatedValue>()
    const test = (text: string): string | null => {
      if (!text.includes('@')) return null
      const labels = text
        .slice(text.lastIndexOf('@') + 1)
        .toLowerCase()
        .split('.')
      const value = labels.flatMap((_, at) => domains.get(labels.slice(at).join('.')) ?? [])[0]
      if (value === undefined) return null
      found.add(value)
      return shown(text)
    }
    return Object.assign(test, { found })
  }
}

const dayMs = 86_400_000

function olderThan(days: number): MakeTest {
  return (_field, _column, { day }) => {
    const limitMs = Date.parse(`${day}T00:00:00Z`) - days * dayMs
    return remembered((text) => {
      const ms = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text.slice(0, 10)) : NaN
      return ms < limitMs ? text.slice(0, 10) : null
    })
  }
}

const masker = createMasker(new Set())
const maxShown = 60

/** A report leaves the machine: names of sources and states may, numbers and addresses of persons may not. */
function shown(text: string): string {
  const masked = masker
    .mask(text, 'last4')
    .replace(/[^\s@<>,;]+@/g, '•••@')
    .replace(/\s+/g, ' ')
  return masked.length > maxShown ? `${masked.slice(0, maxShown)}…` : masked
}

/** Of a cell of any column nothing is told but how it looks. */
function maskedWhole(text: string): string {
  return text.slice(0, maxShown).replace(/[\p{L}\p{N}]/gu, '•')
}
