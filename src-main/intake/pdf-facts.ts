import type { PdfObjects, PdfStream } from './pdf-objects.ts'
import { dictsIn, nameOf } from './pdf-objects.ts'
import type { PdfDict, PdfValue } from './pdf-syntax.ts'
import { isArray, isDict, isString, pdfText } from './pdf-syntax.ts'

/** What a document does when it is opened or clicked, other than going to a page or a web address (ISO 32000-1, 12.6.4). */
export interface PdfAct {
  readonly kind: 'javascript' | 'launch' | 'submit-form' | 'import-data' | 'other-file' | 'media' | 'xfa-form'
  /** The script, the program, the address; empty where the file does not say. */
  readonly what: string
}

export interface PdfEmbeddedFile {
  readonly name: string
  readonly stream: PdfStream
}

export interface PdfFacts {
  readonly acts: readonly PdfAct[]
  readonly files: readonly PdfEmbeddedFile[]
  readonly pictures: number
  /** Pages of the tree that the catalogue begins; null: the tree runs in a circle. */
  readonly pages: readonly PdfDict[] | null
}

const maxActs = 1_000
const maxShownUnits = 2_000

const kindOfAction: ReadonlyMap<string, PdfAct['kind']> = new Map([
  ['JavaScript', 'javascript'],
  ['Launch', 'launch'],
  ['SubmitForm', 'submit-form'],
  ['ImportData', 'import-data'],
  ['GoToR', 'other-file'],
  ['GoToE', 'other-file'],
  ['Rendition', 'media'],
  ['Movie', 'media'],
  ['Sound', 'media'],
  ['RichMediaExecute', 'media'],
])

/** What the objects of a document say of it; of an encrypted one only what is not encrypted. */
export function pdfFacts(objects: PdfObjects): PdfFacts {
  const acts = new Map<string, PdfAct>()
  const files = new Map<PdfStream, PdfEmbeddedFile>()
  let pictures = 0
  const act = (kind: PdfAct['kind'], what: string): void => {
    if (acts.size < maxActs) acts.set(`${kind} ${what}`, { kind, what })
  }
  for (const { value, stream } of objects.all()) {
    if (stream !== null && nameOf(stream.dict.get('Subtype')) === 'Image') pictures++
    for (const dict of dictsIn(value)) {
      const kind = kindOfAction.get(nameOf(objects.resolve(dict.get('S'))) ?? '')
      if (kind !== undefined) act(kind, whatOf(kind, dict, objects))
      else if (dict.has('JS')) act('javascript', whatOf('javascript', dict, objects))
      const subtype = nameOf(dict.get('Subtype'))
      if (subtype === 'RichMedia' || subtype === 'Screen' || subtype === '3D') act('media', '')
      if (dict.has('XFA')) act('xfa-form', '')
      const embedded = objects.resolve(dict.get('EF'))
      if (isDict(embedded)) addFile(dict, embedded)
    }
  }

  function addFile(spec: PdfDict, embedded: PdfDict): void {
    for (const key of ['UF', 'F', 'Unix', 'DOS', 'Mac']) {
      const stream = objects.stream(embedded.get(key))
      if (stream !== null && !files.has(stream)) files.set(stream, { name: nameOfFile(spec), stream })
    }
  }

  function nameOfFile(spec: PdfDict): string {
    const name = objects.encryption === 'none' ? fileName(spec, objects) : null
    return name ?? `file ${String(files.size + 1)}`
  }

  return { acts: [...acts.values()], files: [...files.values()], pictures, pages: pagesOf(objects) }
}

function whatOf(kind: PdfAct['kind'], action: PdfDict, objects: PdfObjects): string {
  // Strings are encrypted one by one.
  if (objects.encryption !== 'none') return ''
  if (kind === 'javascript') return textOf(action.get('JS'), objects).slice(0, maxShownUnits)
  const platform = [action, objects.resolve(action.get('Win')), objects.resolve(action.get('Unix'))]
  for (const dict of platform) {
    if (!isDict(dict)) continue
    const name = fileName(dict, objects)
    if (name !== null) return name.slice(0, maxShownUnits)
  }
  return ''
}

/** Of a file specification, or of what has one under `F`. */
function fileName(dict: PdfDict, objects: PdfObjects, depth = 0): string | null {
  for (const key of ['UF', 'F']) {
    const value = objects.resolve(dict.get(key))
    if (isString(value)) return pdfText(value)
    if (isDict(value) && depth < 2) {
      const inner = fileName(value, objects, depth + 1)
      if (inner !== null) return inner
    }
  }
  return null
}

/** A string, or a stream that holds one. */
function textOf(value: PdfValue | undefined, objects: PdfObjects): string {
  const direct = objects.resolve(value)
  if (isString(direct)) return pdfText(direct)
  const stream = objects.stream(value)
  if (stream === null) return ''
  const unpacked = objects.unpack(stream)
  return 'bytes' in unpacked ? pdfText({ kind: 'string', bytes: unpacked.bytes.toString('latin1') }) : ''
}

function pagesOf(objects: PdfObjects): readonly PdfDict[] | null {
  const pages: PdfDict[] = []
  const seen = new Set<PdfDict>()
  const open: PdfValue[] = [objects.root?.get('Pages') ?? null]
  while (open.length > 0) {
    const node = objects.resolve(open.pop())
    if (!isDict(node)) continue
    const kids = objects.resolve(node.get('Kids'))
    if (!isArray(kids)) pages.push(node)
    else if (seen.has(node)) return null
    else {
      seen.add(node)
      for (let at = kids.length - 1; at >= 0; at--) open.push(kids[at] ?? null)
    }
  }
  return pages
}
