import type { Problem } from '../contract/result.ts'
import type { DecodedFile } from './decoded-file.ts'
import type { DraftRecord, DraftValue } from './draft-record.ts'
import { draftMessages } from './draft-record.ts'
import { limits } from './limits.ts'
import type { FormatOutcome, ReadSource } from './read-outcome.ts'
import { tableKind } from './table-kind.ts'
import { recipientsOutcome, tableOf, unknownTableOutcome } from './table-outcome.ts'

/** Records that tell what a table is. */
const sampleRows = 50

/** The messages of records, or why they are none; records past the limit are left out. */
export function draftsOutcome(all: readonly DraftRecord[], problem: Problem | null, file: ReadSource): FormatOutcome {
  const records = all.slice(0, limits.maxMessages)
  const names = [...new Set(records.flatMap((record) => record.values.map((value) => value.name)))]
  const rowOf = (record: DraftRecord): readonly string[] =>
    names.map((name) => record.values.find((value) => value.name === name)?.value.text ?? '')
  switch (tableKind(names, records.slice(0, sampleRows).map(rowOf), file)) {
    case 'recipients': {
      const rows = [names, ...records.map(rowOf)]
      const more = problem ?? (records.length < all.length ? tooMany() : null)
      return recipientsOutcome(
        file,
        tableOf(file, Buffer.from(JSON.stringify(rows)), () => [
          { kind: 'rows', rows },
          ...(more === null ? [] : [{ kind: 'problem', problem: more } as const]),
        ]),
      )
    }
    case 'unknown':
      return unknownTableOutcome(file)
    case 'drafts':
      break
  }
  const messages = draftMessages(records, file)
  if (messages.length === 0) {
    return { status: 'unreadable', problem: { code: 'empty', message: 'No record of the file has a text.' } }
  }
  return { messages, problem: problem ?? (records.length < all.length ? tooMany() : null) }
}

/** A record whose texts were decoded with the file. */
export function decodedRecord(file: DecodedFile, values: readonly DraftValue[]): DraftRecord {
  const isDamaged = file.isDamaged && values.some(({ value }) => value.text.includes('\uFFFD'))
  return { values, damage: isDamaged ? 'bad-encoding' : null }
}

function tooMany(): Problem {
  return { code: 'too-many-parts', message: `Only the first ${String(limits.maxMessages)} records were read.` }
}
