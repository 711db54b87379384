import type { Answer } from '../contract/operation-schemas.ts'
import { ok, type Result } from '../contract/result.ts'
import { csvCell } from '../report/csv.ts'
import type { FoundColumn } from '../rules/audience/found-rows.ts'
import { archiveLists, rowsOf } from './audience.ts'
import { compiledRules } from './compiled-rules.ts'
import { faultProblem } from './fault.ts'
import type { RowsTask } from './job.ts'
import { readTask } from './review-file.ts'
import { show } from './show-message.ts'

/** More than anybody reads off a screen. */
const maxShown = 100
/** What a table of rows to leave out holds; of longer ones the sender's own program is told the rule. */
const maxDropped = 200_000

/** Rows of one finding as the list has them. */
export async function unmaskRows(task: RowsTask): Promise<Result<Answer<'recipients.unmask'>>> {
  const found = await foundIn(task, maxShown)
  if (!found.ok) return found
  const columns = found.value.columns
  const rows = columns.flatMap((one) => one.rows).slice(0, maxShown)
  return ok({ key: columns.find(({ key }) => key !== null)?.key ?? null, rows: rows.map((row) => ({ ...row })) })
}

/** Rows of findings as a table, each once, with the clauses that ask for it. */
export async function dropRows(task: RowsTask): Promise<Result<Answer<'recipients.drop'>>> {
  const found = await foundIn(task, maxDropped)
  if (!found.ok) return found
  const { columns, total } = found.value
  const dropped = new Map<string, DroppedRow>()
  for (const { input, rule, column, rows } of columns) {
    const clauses = task.findings
      .filter((finding) => finding.rule === rule && finding.rows?.column === column)
      .flatMap((finding) => finding.clauses)
    for (const { row, key } of rows) {
      const place = `${String(row)} ${input}`
      const known = dropped.get(place)
      if (known !== undefined) for (const clause of clauses) known.clauses.add(clause)
      else if (dropped.size < maxDropped) dropped.set(place, { input, row, key, clauses: new Set(clauses) })
    }
  }
  const keys = new Set(columns.flatMap(({ key }) => key ?? []))
  const key = keys.size === 0 ? null : keys.size === 1 ? ([...keys][0] ?? null) : 'key'
  return ok({
    rows: total,
    dropped: dropped.size,
    more: columns.some(({ count, rows }) => count > rows.length) || dropped.size >= maxDropped,
    key,
    csv: table([...dropped.values()], task.keys ? key : null),
  })
}

interface DroppedRow {
  readonly input: string
  readonly row: number
  readonly key: string
  readonly clauses: Set<string>
}

function table(rows: readonly DroppedRow[], key: string | null): string {
  const sorted = [...rows].sort((a, b) => (a.input === b.input ? a.row - b.row : a.input < b.input ? -1 : 1))
  const names = ['list', 'row', ...(key === null ? [] : [csvCell(key)]), 'clauses']
  const lines = sorted.map(({ input, row, key: person, clauses }) =>
    [csvCell(input), String(row), ...(key === null ? [] : [keyCell(person)]), csvCell([...clauses].join(' '))].join(
      ',',
    ),
  )
  return `\ufeff${[names.join(','), ...lines].join('\r\n')}\r\n`
}

/** A telephone number must be found again as it stands, and is no formula. */
function keyCell(key: string): string {
  return /^\+\d{6,15}$/.test(key) ? key : csvCell(key)
}

interface FoundIn {
  readonly columns: readonly FoundColumn[]
  /** Rows of the lists. */
  readonly total: number
}

async function foundIn(task: RowsTask, maxRows: number): Promise<Result<FoundIn>> {
  try {
    const read = await show(task, (shownNow) => ok(shownNow))
    if (!read.ok) return read
    const rules = await compiledRules(task.file.settings.packs)
    if (!rules.ok) return rules
    const numbers = new Set(task.numbers)
    const asked = task.findings.filter(({ number, rows }) => rows !== null && numbers.has(number))
    const columns: FoundColumn[] = []
    const listOf = archiveLists((one) => readTask(task.file, read.value.bytes, one))
    const total = await rowsOf(read.value.views.message, rules.value, task.file.settings, listOf, {
      rules: new Set(asked.flatMap(({ rule }) => rule ?? [])),
      maxRows,
      take(found) {
        if (asked.some(({ rule, rows }) => rule === found.rule && rows?.column === found.column)) columns.push(found)
      },
    })
    return ok({ columns, total })
  } catch (error) {
    return { ok: false, problem: faultProblem(error) }
  }
}
