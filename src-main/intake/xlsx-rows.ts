import type { Result } from '../contract/result.ts'
import { limits } from './limits.ts'
import type { TableEvent } from './table-rows.ts'
import type { Workbook } from './xlsx-workbook.ts'
import { sheetReader } from './xlsx-workbook.ts'
import { readXml } from './xml-events.ts'

/**
 * The rows of a sheet of any length from the pieces of its XML (ECMA-376 part 1, 18.3.1.80), some hundreds at a time. A row
 * is read when its end is there; only what follows the last end waits.
 */
export async function* xlsxRows(pieces: AsyncIterable<Result<Buffer>>, workbook: Workbook): AsyncGenerator<TableEvent> {
  // No row is kept, so no text can stand for more than is there.
  const units = { left: Infinity }
  let rows: (readonly string[])[] = []
  const { handler, problem } = sheetReader({ ...workbook, units }, (row) => void rows.push(row))
  const decoder = new TextDecoder('utf-8')
  let waiting = ''
  let isInData = false
  const damaged = { code: 'bad-document', message: 'The sheet is damaged; rows from there on are not read.' } as const
  for await (const piece of pieces) {
    if (!piece.ok) {
      yield { kind: 'problem', problem: piece.problem }
      return
    }
    waiting += decoder.decode(piece.value, { stream: true })
    if (!isInData) {
      const start = /<(?:\w+:)?sheetData[^>]*>/.exec(waiting)
      if (start === null) {
        if (waiting.length > limits.maxTextUnits) break
        continue
      }
      isInData = true
      waiting = waiting.slice(start.index + start[0].length)
    }
    const end = lastRowEnd(waiting)
    if (end > 0) {
      if (!readXml(`<rows>${waiting.slice(0, end)}</rows>`, handler)) {
        yield { kind: 'problem', problem: damaged }
        return
      }
      waiting = waiting.slice(end)
    }
    if (rows.length > 0) {
      yield { kind: 'rows', rows }
      rows = []
    }
    if (waiting.length > limits.maxTextUnits) {
      yield { kind: 'problem', problem: damaged }
      return
    }
  }
  const found = problem()
  if (found !== null) yield { kind: 'problem', problem: found }
}

/** Units up to and with the last `</row>`, whatever its prefix. */
function lastRowEnd(text: string): number {
  const plain = text.lastIndexOf('</row>')
  if (plain >= 0) return plain + '</row>'.length
  let end = 0
  for (const { index, 0: found } of text.matchAll(/<\/\w{1,40}:row>/g)) end = index + found.length
  return end
}
