import type { Problem } from '../contract/result.ts'
import { archiveMembers, archiveOutcome } from './archive.ts'
import { withAttachedDocuments } from './attached-documents.ts'
import { inputSource } from './byte-source.ts'
import { readDocx } from './docx.ts'
import { readXlsxDrafts } from './draft-xlsx.ts'
import { limits } from './limits.ts'
import type { OfficeKind, OfficePackage } from './office-package.ts'
import { isEncryptedOffice, officeKind, officePackage } from './office-package.ts'
import { readInput, settled } from './read.ts'
import type { FormatOutcome, ReadOutcome, ReadSource } from './read-outcome.ts'
import type { UnpackBudget } from './zip-file.ts'
import { listZip, unpackBudget } from './zip-file.ts'

/** One input of the report: a file, an archive or a member of one. */
export interface InputRead {
  /** As the report names it. */
  readonly input: string
  /** Its own bytes, which `source` spans count in; null where it was not unpacked. */
  readonly bytes: Uint8Array | null
  readonly outcome: ReadOutcome
}

/** Whether to read on, to pass over what was read before, or why it cannot be read. */
export type Step = 'go' | 'pass-over' | Problem

interface Reading {
  readonly budget: UnpackBudget
  readonly isAsked: (input: string) => boolean
  readonly begin: (() => Step) | null
}

/**
 * All inputs in the bytes of one file, in the order of the report: the file, then, of an archive, its members. `asked`:
 * the one input that is wanted; nothing else is unpacked or read for it. Never throws for any bytes.
 * `begin` is asked before an input is read (those that are refused are not); with it, documents attached to messages are left to
 * the caller.
 */
export async function* readInputs(
  bytes: Uint8Array,
  source: ReadSource,
  asked: string | null = null,
  begin: (() => Step) | null = null,
): AsyncGenerator<InputRead> {
  const isAsked = (input: string): boolean => asked === null || asked === input || asked.startsWith(`${input}/`)
  for await (const read of readNested(bytes, source, { budget: unpackBudget(), isAsked, begin }, 1)) {
    if (asked === null || asked === read.input) yield read
  }
}

async function* readNested(
  bytes: Uint8Array,
  source: ReadSource,
  reading: Reading,
  depth: number,
): AsyncGenerator<InputRead> {
  const { input } = source
  const buffer = inputSource(bytes).bytes
  const step = reading.begin?.() ?? 'go'
  if (typeof step === 'object') {
    yield { input, bytes, outcome: { status: 'unreadable', problem: step } }
    return
  }
  const isPassedOver = step === 'pass-over'
  if (isPassedOver && !isZip(buffer)) {
    yield { input, bytes, outcome: nothingRead }
    return
  }
  if (bytes.length <= limits.maxFileBytes && isPdf(buffer, input)) {
    // Loaded for those who need it: the library is as large as all the rest.
    const { readPdf } = await import('./pdf.ts')
    yield { input, bytes, outcome: settled(await readPdf(buffer, source), source) }
    return
  }
  if (isEncryptedOffice(buffer)) {
    const message = 'The document is encrypted. Save it without its password and review that.'
    yield { input, bytes, outcome: { status: 'unreadable', problem: { code: 'document-encrypted', message } } }
    return
  }
  if (bytes.length > limits.maxFileBytes || !isZip(buffer)) {
    const outcome = readInput(bytes, source)
    yield { input, bytes, outcome: reading.begin === null ? await withAttachedDocuments(outcome) : outcome }
    return
  }
  if (depth > limits.maxArchiveDepth) {
    const message = 'Archives nested this deeply are not opened. Unpack it and review what is inside.'
    yield { input, bytes, outcome: { status: 'unreadable', problem: { code: 'too-deep', message } } }
    return
  }
  const listed = await listZip(buffer, reading.budget)
  if (!listed.ok) {
    yield { input, bytes, outcome: { status: 'unreadable', problem: listed.problem } }
    return
  }
  const kind = officeKind(listed.value)
  if (kind !== null) {
    const outcome = isPassedOver
      ? nothingRead
      : settled(await readOffice(kind, officePackage(listed.value), source, bytes), source)
    yield { input, bytes, outcome }
    return
  }
  yield { input, bytes, outcome: archiveOutcome(listed.value) }
  for await (const member of archiveMembers(source, listed.value, reading.isAsked)) {
    const { content } = member
    switch (content.kind) {
      case 'refused':
        yield { input: member.input, bytes: null, outcome: content.outcome }
        break
      case 'manifest':
        yield { input: member.input, bytes: content.bytes, outcome: content.outcome }
        break
      case 'file':
        yield* readNested(content.bytes, content.source, reading, depth + 1)
        break
    }
  }
}

const nothingRead: ReadOutcome = { status: 'reviewed', messages: [], problem: null }

function readOffice(
  kind: OfficeKind,
  office: OfficePackage,
  source: ReadSource,
  bytes: Uint8Array,
): Promise<FormatOutcome> | FormatOutcome {
  switch (kind) {
    case 'docx':
      return readDocx(office, source, bytes)
    case 'xlsx':
      return readXlsxDrafts(office, source)
    case 'other': {
      const message =
        'This kind of office document is not read. Save it as a Word document (.docx), a workbook (.xlsx) or a text.'
      return { status: source.named ? 'unreadable' : 'ignored', problem: { code: 'unknown-kind', message } }
    }
  }
}

/** By its first bytes; one that is named so may begin with others. */
function isPdf(bytes: Buffer, name: string): boolean {
  const place = bytes.subarray(0, 1024).indexOf('%PDF-')
  return place === 0 || (place > 0 && /\.pdf$/i.test(name))
}

/** By its first entry, or the end of an empty one. */
function isZip(bytes: Buffer): boolean {
  const signature = bytes.toString('latin1', 0, 4)
  return signature === 'PK\x03\x04' || signature === 'PK\x05\x06'
}
