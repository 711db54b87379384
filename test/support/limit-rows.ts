/** A row of the table in `docs/limits.md`. */
export interface LimitRow {
  readonly limit: string
  readonly number: string
  readonly codes: readonly string[]
  /** Below `test/unit`. */
  readonly tests: readonly string[]
}

export function limitRows(page: string): readonly LimitRow[] {
  return page
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) => {
      const [, limit = '', number = '', codes = '', tests = ''] = line.split('|').map((cell) => cell.trim())
      return { limit, number, codes: quoted(codes), tests: quoted(tests) }
    })
}

function quoted(cell: string): readonly string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '')
}
