import type { Result } from '../contract/result.ts'
import { fail, ok } from '../contract/result.ts'
import type { ByteSpan } from '../contract/span.ts'
import { limits, megabytes } from './limits.ts'
import { pdfDecrypt } from './pdf-decrypt.ts'
import type { PdfBudget, Unfiltered } from './pdf-filters.ts'
import { unfilter } from './pdf-filters.ts'
import type { PdfDict, PdfValue } from './pdf-syntax.ts'
import { isArray, isDict, isName, isReference, isString, maxTokenUnits, parsePdfValue } from './pdf-syntax.ts'

export interface PdfStream {
  readonly object: number
  readonly generation: number
  readonly dict: PdfDict
  /** Where its dictionary lies in the file. */
  readonly head: ByteSpan
  /** Its bytes as they lie in the file. */
  readonly range: ByteSpan
}

/** The objects of a PDF file, all of them: found by reading it from start to end, not by its own table of contents, which can lie. */
export interface PdfObjects {
  /** The value itself, of a reference what it refers to; null for what is not there. */
  readonly resolve: (value: PdfValue | undefined) => PdfValue
  /** The stream that a reference leads to. */
  readonly stream: (value: PdfValue | undefined) => PdfStream | null
  /** Unpacks a stream, charged to the document's budget. */
  readonly unpack: (stream: PdfStream) => Unfiltered
  readonly all: () => Iterable<PdfObject>
  /** The catalogue, where the document begins. */
  readonly root: PdfDict | null
  /** `open`: it is, and opens without a password. */
  readonly encryption: 'none' | 'open' | 'locked'
  /** Why there may be more objects than these; null when there are none. */
  readonly problem: 'too-large' | 'too-many-parts' | null
}

export interface PdfObject {
  readonly number: number
  readonly value: PdfValue
  readonly stream: PdfStream | null
}

const heads = /(\d{1,10})[\0\t\n\f\r ]{1,40}(\d{1,5})[\0\t\n\f\r ]{1,40}obj|\btrailer\b/g

/** How often a file is gone over again where its objects are broken, as a multiple of its length. */
const maxPasses = 4

/** Reads what a file holds; nothing is fetched or run. Streams are unpacked only where they hold objects. */
export function readPdfObjects(bytes: Buffer): Result<PdfObjects> {
  const text = bytes.toString('latin1')
  if (!text.slice(0, 2048).includes('%PDF-')) return fail('bad-document', 'This is not a PDF file.')
  const objects = new Map<number, PdfObject>()
  const trailers: PdfDict[] = []
  const containers: PdfObject[] = []
  const budget: PdfBudget = { bytes: limits.maxUnpackedBytes }
  let problem: PdfObjects['problem'] = null
  let work = maxPasses * text.length + 1024 * 1024
  const streamEnd = streamEnds(text)

  const pattern = new RegExp(heads)
  for (let head = pattern.exec(text); head !== null; head = pattern.exec(text)) {
    const start = pattern.lastIndex
    const parsed = parsePdfValue(text, start)
    // Without an end it was looked for as far as a string may go.
    work -= parsed === null ? Math.min(text.length - start, maxTokenUnits) : parsed.end - start
    if (work < 0) return fail('bad-document', 'The document is damaged. Save it anew, or print it to a new PDF.')
    if (parsed === null) continue
    pattern.lastIndex = parsed.end
    const { value } = parsed
    if (head[1] === undefined) {
      if (isDict(value)) trailers.push(value)
      continue
    }
    if (objects.size >= limits.maxPdfObjects) {
      problem = 'too-many-parts'
      break
    }
    const places = isDict(value) ? streamAfter(text, { start, end: parsed.end }, value, streamEnd) : null
    if (places !== null) pattern.lastIndex = places.range.end
    const number = Number(head[1])
    const stream =
      places === null || !isDict(value) ? null : { ...places, object: number, generation: Number(head[2]), dict: value }
    const object = { number, value, stream }
    objects.set(object.number, object)
    if (isDict(value) && isName(value.get('Type'))) {
      const type = nameOf(value.get('Type'))
      if (type === 'ObjStm') containers.push(object)
      else if (type === 'XRef') trailers.push(value)
    }
  }

  function resolve(value: PdfValue | undefined): PdfValue {
    let found = value ?? null
    for (let steps = 0; isReference(found); steps++) {
      if (steps > 20) return null
      found = objects.get(found.object)?.value ?? null
    }
    return found
  }

  const encrypt = trailers.map((trailer) => resolve(trailer.get('Encrypt'))).find((found) => isDict(found))
  const decrypt = isDict(encrypt) ? pdfDecrypt(encrypt, firstId(trailers, resolve), resolve) : null
  const encryption = !isDict(encrypt) ? 'none' : decrypt === null ? 'locked' : 'open'

  function unpack(stream: PdfStream): Unfiltered {
    const packed = bytes.subarray(stream.range.start, stream.range.end)
    const isPlain = decrypt === null || nameOf(stream.dict.get('Type')) === 'XRef'
    const plain = isPlain ? packed : decrypt(packed, stream.object, stream.generation)
    return unfilter(plain, stream.dict, resolve, budget)
  }

  if (encryption !== 'locked') {
    for (const container of containers) {
      if (container.stream === null || objects.get(container.number) !== container) continue
      const unpacked = unpack(container.stream)
      if ('failure' in unpacked) {
        if (unpacked.failure === 'too-large') problem ??= 'too-large'
        continue
      }
      for (const object of packedObjects(unpacked.bytes.toString('latin1'), container.stream.dict, resolve)) {
        if (objects.size >= limits.maxPdfObjects) {
          problem ??= 'too-many-parts'
          break
        }
        objects.set(object.number, object)
      }
    }
  }

  return ok({
    resolve,
    stream: (value) => (isReference(value) ? (objects.get(value.object)?.stream ?? null) : null),
    unpack,
    all: () => objects.values(),
    root: rootOf(trailers, objects, resolve),
    encryption,
    problem,
  })
}

/** What a person can do about a file that is not read to its end. */
export function pdfProblem(problem: 'too-large' | 'too-many-parts'): {
  readonly code: typeof problem
  readonly message: string
} {
  return problem === 'too-large'
    ? {
        code: problem,
        message: `The document unpacks to more than ${megabytes(limits.maxUnpackedBytes)}. Review it by hand.`,
      }
    : {
        code: problem,
        message: `The document has more than ${String(limits.maxPdfObjects)} objects. Review it by hand.`,
      }
}

/** Where the next `endstream` is; asked for in rising order, so that the text is gone over once. */
function streamEnds(text: string): (from: number) => number {
  let next = -1
  return (from) => {
    if (next < from) {
      const found = text.indexOf('endstream', from)
      next = found < 0 ? text.length : found
    }
    return next
  }
}

const streamStart = /[\0\t\n\f\r ]{0,100}stream(?:\r\n|\n|\r)?/y

function streamAfter(
  text: string,
  head: ByteSpan,
  dict: PdfDict,
  endFrom: (from: number) => number,
): Pick<PdfStream, 'head' | 'range'> | null {
  streamStart.lastIndex = head.end
  const match = streamStart.exec(text)
  if (match === null) return null
  const start = head.end + match[0].length
  const length = dict.get('Length')
  if (typeof length === 'number' && length >= 0) {
    const end = start + length
    if (end <= text.length && /^\s{0,4}endstream/.test(text.slice(end, end + 20)))
      return { head, range: { start, end } }
  }
  let end = endFrom(start)
  if (text[end - 1] === '\n') end--
  if (text[end - 1] === '\r') end--
  return { head, range: { start, end: Math.max(start, end) } }
}

function* packedObjects(
  text: string,
  dict: PdfDict,
  resolve: (value: PdfValue | undefined) => PdfValue,
): Generator<PdfObject> {
  const first = resolve(dict.get('First'))
  if (typeof first !== 'number' || first < 0) return
  let from = 0
  for (const [, number, offset] of text.slice(0, first).matchAll(/(\d{1,10})\s+(\d{1,10})/g)) {
    const start = first + Number(offset)
    // In rising order, as every program writes them: none is read twice.
    if (start < from) continue
    const parsed = parsePdfValue(text, start)
    if (parsed === null) continue
    from = parsed.end
    yield { number: Number(number), value: parsed.value, stream: null }
  }
}

/** The first of the two that a file has; without it some keys cannot be told. */
function firstId(trailers: readonly PdfDict[], resolve: (value: PdfValue | undefined) => PdfValue): string {
  for (const trailer of [...trailers].reverse()) {
    const ids = resolve(trailer.get('ID'))
    const first = isArray(ids) ? resolve(ids[0]) : null
    if (isString(first)) return first.bytes
  }
  return ''
}

function rootOf(
  trailers: readonly PdfDict[],
  objects: ReadonlyMap<number, PdfObject>,
  resolve: (value: PdfValue | undefined) => PdfValue,
): PdfDict | null {
  for (const trailer of [...trailers].reverse()) {
    const root = resolve(trailer.get('Root'))
    if (isDict(root)) return root
  }
  for (const { value } of objects.values()) if (isDict(value) && nameOf(value.get('Type')) === 'Catalog') return value
  return null
}

export function nameOf(value: PdfValue | undefined): string | null {
  return isName(value) ? value.name : null
}

/** Every dictionary in a value, itself among them. */
export function* dictsIn(value: PdfValue): Generator<PdfDict> {
  if (isDict(value)) {
    yield value
    for (const item of value.values()) yield* dictsIn(item)
  } else if (isArray(value)) for (const item of value) yield* dictsIn(item)
}
