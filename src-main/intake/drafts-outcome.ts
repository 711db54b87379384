import type { Problem } from '../contract/result.ts'
import type { DecodedFile } from './decoded-file.ts'
import type { DraftRecord, DraftValue } from './draft-record.ts'
import { draftMessages, tableKind } from './draft-record.ts'
import { limits } from './limits.ts'
import type { FormatOutcome, ReadSource } from './read-outcome.ts'
import { recipientsOutcome, unknownTableOutcome } from './table-outcome.ts'

/** The messages of records, or why they are none; records past the limit are left out. */
export function draftsOutcome(all: readonly DraftRecord[], problem: Problem | null, file: ReadSource): FormatOutcome {
  const records = all.slice(0, limits.maxMessages)
  const names = new Set(records.flatMap((record) => record.values.map((value) => value.name)))
  switch (tableKind([...names])) {
    case 'recipients':
      return recipientsOutcome()
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
