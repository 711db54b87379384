import type { Report } from '../contract/report.ts'

/** `clausebench-report/1` as a file: two spaces, one line end at the end. Keys stand in the order of the schema. */
export function jsonReport(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`
}
