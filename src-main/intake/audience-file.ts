import { createHash } from 'node:crypto'
import type { Problem, Result } from '../contract/result.ts'
import { ok } from '../contract/result.ts'
import type { AudienceFile } from './campaign-settings.ts'
import { csvRows } from './csv-rows.ts'
import { limits } from './limits.ts'
import { filePieces, loadFile } from './load.ts'
import type { ReadOutcome, ReadSource } from './read-outcome.ts'
import { readInputs } from './read-inputs.ts'
import { maxBytesOf } from './recognise.ts'
import { tableKind } from './table-kind.ts'
import { recipientsOutcome, unknownTableOutcome } from './table-outcome.ts'
import type { AudienceTable, TableEvent } from './table-rows.ts'

/** A file that was read from its beginning to its end, without being kept. */
export interface FileIdentity {
  readonly bytes: number
  readonly sha256: string
}

/** A table in delimited text at a real path; its rows are read from the file when they are asked for, however many there are. */
export async function openCsvTable(
  file: AudienceFile & { readonly path: string },
  onProgress: () => void = () => undefined,
): Promise<Result<{ readonly table: AudienceTable; readonly identity: FileIdentity }>> {
  const maxBytes = limits.maxTableBytes
  const hash = createHash('sha256')
  let bytes = 0
  for await (const piece of filePieces(file.path, { maxBytes })) {
    onProgress()
    if (!piece.ok) return piece
    hash.update(piece.value)
    bytes += piece.value.length
  }
  const sha256 = hash.digest('hex')
  const table = {
    input: file.input,
    identity: sha256,
    corrected: file.columns,
    as: file.as,
    events: () => csvFileEvents(file.path, maxBytes),
  }
  return ok({ table, identity: { bytes, sha256 } })
}

async function* csvFileEvents(path: string, maxBytes: number): AsyncGenerator<TableEvent> {
  const problems: Problem[] = []
  async function* pieces(): AsyncGenerator<Buffer> {
    for await (const piece of filePieces(path, { maxBytes })) {
      if (piece.ok) yield piece.value
      else problems.push(piece.problem)
    }
  }
  yield* csvRows(pieces())
  for (const problem of problems) yield { kind: 'problem', problem }
}

/** The table of recipients in a file that a manifest or the command line names. */
export async function openAudience(
  file: AudienceFile & { readonly path: string },
  onProgress: () => void = () => undefined,
): Promise<Result<AudienceTable>> {
  if (maxBytesOf(file.input) > limits.maxFileBytes) {
    const opened = await openCsvTable(file, onProgress)
    return opened.ok ? ok(opened.value.table) : opened
  }
  const loaded = await loadFile(file.path, { maxBytes: limits.maxFileBytes })
  return loaded.ok ? audienceInBytes(loaded.value, file) : loaded
}

/** The table of recipients in the bytes of a file. */
export async function audienceInBytes(bytes: Uint8Array, file: AudienceFile): Promise<Result<AudienceTable>> {
  const defaults = { campaign: null, client: null, channel: null, kind: null, sendAt: null }
  for await (const { outcome } of readInputs(bytes, { input: file.input, named: true, defaults })) {
    if (!('messages' in outcome)) return { ok: false, problem: outcome.problem }
    const table = outcome.messages.find(({ recipients }) => recipients !== undefined)?.recipients
    if (table !== undefined) return ok({ ...table, corrected: file.columns, as: file.as })
  }
  return { ok: false, problem: noRecipients }
}

const noRecipients: Problem = {
  code: 'unknown-kind',
  message: 'No column of this table holds e-mail addresses or telephone numbers. Name its columns in the manifest.',
}

/** A table too large to be held in memory: recipients, or what it is that cannot be read at this size. */
export async function readLargeTable(
  path: string,
  source: ReadSource,
  onProgress: () => void = () => undefined,
): Promise<Result<{ readonly outcome: ReadOutcome; readonly identity: FileIdentity }>> {
  const opened = await openCsvTable({ path, input: source.input, columns: {}, as: null }, onProgress)
  if (!opened.ok) return opened
  const { table, identity } = opened.value
  const rows = await firstRows(table)
  const [names = [], ...sample] = rows
  switch (tableKind(names, sample, source)) {
    case 'recipients': {
      const outcome = recipientsOutcome(source, table)
      if ('status' in outcome) return ok({ outcome, identity })
      return ok({ outcome: { status: 'reviewed', messages: outcome.messages, problem: null }, identity })
    }
    case 'drafts': {
      const problem: Problem = {
        code: 'too-large',
        message: 'A table of drafts this large is not read. Split it.',
      }
      return ok({ outcome: { status: 'unreadable', problem }, identity })
    }
    case 'unknown': {
      const outcome = unknownTableOutcome(source)
      return ok({ outcome: 'status' in outcome ? outcome : { status: 'unreadable', problem: noRecipients }, identity })
    }
  }
}

async function firstRows(table: AudienceTable): Promise<readonly (readonly string[])[]> {
  for await (const event of table.events()) if (event.kind === 'rows') return event.rows.slice(0, 51)
  return []
}
