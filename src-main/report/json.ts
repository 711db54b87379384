import type { Report } from '../contract/report.ts'

/**
 * `clausebench-report/1` as a file: two spaces, one line end at the end. Keys stand in the order of the schema. What acts on a terminal
 * or reorders what is read there stands as `\u` escapes, which are the same JSON.
 */
export function jsonReport(report: Report): string {
  return escapedJson(report)
}

export function escapedJson(value: object): string {
  return `${JSON.stringify(value, null, 2).replace(/[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, escaped)}\n`
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
