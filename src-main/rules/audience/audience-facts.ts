import { createHash } from 'node:crypto'
import type { Channel } from '../../contract/report.ts'
import { recogniseColumns, type AudienceColumns } from '../../intake/audience-columns.ts'
import { audienceUse } from '../../intake/audience-use.ts'
import type { AudienceUse, Consent } from '../../intake/campaign-settings.ts'
import { readTable, type AudienceTable } from '../../intake/table-rows.ts'
import type { CompiledRules } from '../compile.ts'
import { fold } from '../lens/fold.ts'
import { excludeSet, type ExcludeSet } from './exclude.ts'
import { foundRows, type FoundRows, type RowsAsked } from './found-rows.ts'
import { numberTally, type NumberList } from '../series/numbers.ts'
import { placeTally, type PlaceCount } from './places.ts'
import type { ColumnFinding, RowContext, RowTally } from './row-check.ts'

/** What the rules found in the rows of a message's lists, counted in one pass. */
export interface AudienceFacts {
  /** Names of the lists, as the report has them. */
  readonly inputs: readonly string[]
  /** What the columns of each list were taken for, in the order of `inputs`. */
  readonly columns: readonly { readonly names: readonly string[]; readonly fields: AudienceColumns['fields'] }[]
  /** Of the lists' content: the same lists have the same. */
  readonly identity: string
  readonly rows: number
  readonly use: AudienceUse
  /** By rule. */
  readonly findings: ReadonlyMap<string, readonly ColumnFinding[]>
  /** Where the recipients are, as far as rows say, and how many are there. */
  readonly places: readonly PlaceCount[]
  /** Codes as `US`, `US-FL`, `CA`, `GB`; null: some rows name no place. */
  readonly regions: readonly string[] | null
  /** Values of columns for merge tags, by the column's name: shortest, typical, longest. */
  readonly samples: ReadonlyMap<string, readonly string[]>
  /** Phone numbers, where a rule compares messages by them; null: none does, or there are too many. */
  readonly numbers: NumberList | null
  /** What of the lists could not be read. */
  readonly gaps: readonly string[]
}

export interface AudienceContext {
  /** `YYYY-MM-DD`, when the message goes out, else the day of the review. */
  readonly day: string
  readonly channel: Channel | null
  readonly consent: Consent | null
  /** The message goes to these lists; false: a list without a message, judged by how it looks. */
  readonly isSent: boolean
}

/** Goes through the rows of lists one by one; holds counts and first examples, never the rows. */
export interface AudienceTally {
  readonly table: (input: string, columns: AudienceColumns, as: AudienceUse | null) => void
  readonly row: (row: readonly string[], number: number) => void
  readonly gap: (reason: string) => void
  readonly finish: (identity: string) => AudienceFacts
}

export function audienceTally(
  rules: CompiledRules,
  context: AudienceContext,
  excluded: ExcludeSet | null,
  asked: RowsAsked | null = null,
): AudienceTally {
  const inputs: string[] = []
  const columns: AudienceFacts['columns'][number][] = []
  const gaps: string[] = []
  const findings = new Map<string, ColumnFinding[]>()
  const places = placeTally(context)
  const comparesNumbers = rules.rules.some(
    ({ rule, series }) => series?.comparesNumbers === true && applies(rule.channels, context.channel),
  )
  const numbers = comparesNumbers ? numberTally() : null
  let tallies: readonly { readonly rule: string; readonly tally: RowTally; readonly kept: FoundRows | null }[] = []
  let samples: SampleTally | null = null
  const sampled = new Map<string, readonly string[]>()
  let rows = 0
  let use: AudienceUse = 'send-list'
  let columnsNow: AudienceColumns | null = null

  function settle(): void {
    for (const { rule, tally, kept } of tallies) {
      const found = tally.finish()
      if (found.length > 0) findings.set(rule, [...(findings.get(rule) ?? []), ...found])
      for (const { column } of found) kept?.tell(column)
    }
    for (const [name, values] of samples?.finish() ?? []) if (!sampled.has(name)) sampled.set(name, values)
    tallies = []
    samples = null
  }

  const scanned = cellScan(rules)

  return {
    table(input, known, as) {
      settle()
      inputs.push(input)
      columns.push({ names: known.names, fields: known.fields })
      columnsNow = known
      const itsUse = as ?? (context.isSent ? 'send-list' : audienceUse(input, known))
      if (itsUse === 'profile-export') use = itsUse
      const rowContext: RowContext = {
        ...context,
        use: itsUse,
        phraseIn(set, cell) {
          const { text, sought } = scanned(cell)
          const [hit] = sought.get(set) ?? []
          return hit === undefined ? null : text.slice(hit.start, hit.end)
        },
      }
      tallies = rules.rules.flatMap(({ rule, rows: check }) => {
        const isLeftOut = asked !== null && !asked.rules.has(rule.id)
        if (isLeftOut || !applies(rule.channels, context.channel)) return []
        const kept = asked === null ? null : foundRows(rule.id, input, known, context.channel, asked)
        const tally = check?.start(known, kept === null ? rowContext : { ...rowContext, onFound: kept.add }) ?? null
        return tally === null ? [] : [{ rule: rule.id, tally, kept }]
      })
      places.table(known)
      numbers?.table(known.indexOf('phone'))
      samples = sampleTally(known)
    },
    row(row, number) {
      if (columnsNow !== null && excluded?.has(row, columnsNow) === true) return
      rows++
      for (const { tally } of tallies) tally.add(row, number)
      places.row(row, number)
      numbers?.row(row, number)
      samples?.row(row)
    },
    gap: (reason) => void gaps.push(reason),
    finish(identity) {
      settle()
      const counted = places.finish()
      return {
        inputs,
        columns,
        identity,
        rows,
        use,
        findings,
        places: counted.places,
        regions: counted.regions,
        samples: sampled,
        numbers: numbers?.finish() ?? null,
        gaps,
      }
    },
  }
}

const maxKeptCells = 2_000

interface ScannedCell {
  readonly text: string
  readonly sought: ReturnType<CompiledRules['index']['scan']>['sought']
}

/** Phrases in a cell: rules ask for the same one after the other, and columns say the same again and again. */
function cellScan({ index }: CompiledRules): (cell: string) => ScannedCell {
  const kept = new Map<string, ScannedCell>()
  return (cell) => {
    const known = kept.get(cell)
    if (known !== undefined) return known
    const { text } = fold(cell, 'soft')
    const { sought } = index.scan(text)
    if (kept.size >= maxKeptCells) kept.clear()
    kept.set(cell, { text, sought })
    return { text, sought }
  }
}

/** A list without a message is judged by the rules for every channel. */
function applies(channels: readonly Channel[] | null, channel: Channel | null): boolean {
  return channels === null || channel === null || channels.includes(channel)
}

/** Reads the lists of a message, each row once. */
export async function readAudience(
  rules: CompiledRules,
  lists: readonly AudienceTable[],
  exclude: readonly AudienceTable[],
  context: AudienceContext,
  onProgress: () => void = () => undefined,
  asked: RowsAsked | null = null,
): Promise<AudienceFacts> {
  const excluded = exclude.length === 0 ? null : excludeSet()
  const problems: string[] = []
  for (const table of exclude) {
    let columns: AudienceColumns | null = null
    const problem = await readTable(
      table,
      (known) => (columns = known),
      (row) => {
        if (columns !== null) excluded?.add(row, columns)
      },
      onProgress,
    )
    if (problem !== null) problems.push(`${table.input}: ${problem.message}`)
  }
  const tally = audienceTally(rules, context, excluded, asked)
  for (const table of lists) {
    const problem = await readTable(
      table,
      (columns) => tally.table(table.input, columns, table.as),
      tally.row,
      onProgress,
    )
    if (problem !== null) problems.push(`${table.input}: ${problem.message}`)
  }
  problems.forEach(tally.gap)
  return tally.finish(identityOf(lists, exclude))
}

/** Of rows that are in memory, named by their columns: examples of rules, tests. */
export function audienceOfRows(
  rules: CompiledRules,
  records: readonly Readonly<Record<string, unknown>>[],
  context: AudienceContext,
): AudienceFacts {
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))]
  const rows = records.map((record) => names.map((name) => cellOf(record[name])))
  const tally = audienceTally(rules, context, null)
  tally.table('rows', recogniseColumns(names, rows), null)
  rows.forEach((row, at) => tally.row(row, at + 1))
  return tally.finish(createHash('sha256').update(JSON.stringify(rows)).digest('hex'))
}

function cellOf(value: unknown): string {
  return typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : ''
}

function identityOf(lists: readonly AudienceTable[], exclude: readonly AudienceTable[]): string {
  const known = [...lists, ...exclude].map(({ identity, corrected, as }) => [identity, corrected, as])
  return createHash('sha256').update(JSON.stringify(known)).digest('hex')
}

interface SampleTally {
  readonly row: (row: readonly string[]) => void
  readonly finish: () => ReadonlyMap<string, readonly string[]>
}

const maxSampleUnits = 200
const typicalRows = 1_000

/** The shortest, a typical and the longest value of each column. */
function sampleTally({ names }: AudienceColumns): SampleTally {
  const found = names.map(() => ({ shortest: '', longest: '', some: new Map<number, string>(), count: 0, units: 0 }))
  let rows = 0
  return {
    row(row) {
      rows++
      for (let column = 0; column < found.length; column++) {
        const known = found[column]
        const cell = row[column]
        if (known === undefined || cell === undefined || cell === '' || cell.length > maxSampleUnits) continue
        if (known.shortest === '' || cell.length < known.shortest.length) known.shortest = cell
        if (cell.length > known.longest.length) known.longest = cell
        if (rows > typicalRows) continue
        known.count++
        known.units += cell.length
        if (!known.some.has(cell.length)) known.some.set(cell.length, cell)
      }
    },
    finish() {
      const samples = new Map<string, readonly string[]>()
      found.forEach(({ shortest, longest, some, count, units }, column) => {
        if (shortest === '') return
        const mean = units / Math.max(1, count)
        const typical = [...some.keys()].sort((a, b) => Math.abs(a - mean) - Math.abs(b - mean) || a - b)[0] ?? 0
        samples.set(names[column] ?? '', [shortest, some.get(typical) ?? shortest, longest])
      })
      return samples
    },
  }
}
