import type { Report } from '../contract/report.ts'

/**
 * `clausebench-report/1` as a file: two spaces, one line end at the end. Keys stand in the order of the schema. What acts on a terminal
 * or reorders what is read there stands as `\u` escapes, which are the same JSON.
 */
export function jsonReport(report: Report): string {
  return [...jsonPieces(report)].join('')
}

/** The same piece by piece: the messages of a large mailbox are never one text. */
export function* jsonPieces(report: Report): Generator<string> {
  let between = '{'
  for (const [key, value] of Object.entries(report)) {
    yield `${between}\n  ${JSON.stringify(key)}: `
    between = ','
    if (key === 'messages' && report.messages.length > 0) yield* listPieces(report.messages)
    else yield inner(value, '  ')
  }
  yield '\n}\n'
}

function* listPieces(items: readonly object[]): Generator<string> {
  let between = '['
  for (const item of items) {
    yield `${between}\n    ${inner(item, '    ')}`
    between = ','
  }
  yield '\n  ]'
}

/** In a text of JSON every line break is one between values. */
function inner(value: unknown, indent: string): string {
  return escapeStrange(JSON.stringify(value, null, 2)).replaceAll('\n', `\n${indent}`)
}

export function escapedJson(value: object): string {
  return `${escapeStrange(JSON.stringify(value, null, 2))}\n`
}

function escapeStrange(json: string): string {
  return json.replace(/[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, escaped)
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
