import { LineCounter, isAlias, isMap, isScalar, isSeq, parseAllDocuments } from 'yaml'
import type { Document, Node, Scalar, YAMLMap } from 'yaml'
import type { Problem } from '../contract/result.ts'
import type { ByteSource } from './byte-source.ts'
import { decodedFile, type DecodedFile } from './decoded-file.ts'
import type { DraftRecord, DraftValue } from './draft-record.ts'
import { decodedRecord, draftsOutcome } from './drafts-outcome.ts'
import { lazily } from './lazily.ts'
import { limits, megabytes } from './limits.ts'
import type { FormatOutcome, ReadSource } from './read-outcome.ts'
import type { MappedText } from './text-part.ts'
import { cutText } from './text-part.ts'
import { yamlScalarMap } from './yaml-scalar-map.ts'

/** Drafts in YAML 1.2: one mapping, a list of mappings, or several documents of these. */
export function readYamlDrafts(source: ByteSource, file: ReadSource): FormatOutcome {
  if (source.bytes.length > limits.maxYamlBytes) {
    const message = `A YAML file larger than ${megabytes(limits.maxYamlBytes)} is not read. Save the drafts as JSON or CSV.`
    return { status: 'unreadable', problem: { code: 'too-large', message } }
  }
  const decoded = decodedFile(source)
  const parsed = parseYaml(decoded.text)
  if ('problem' in parsed) return { status: 'unreadable', problem: parsed.problem }
  const records: DraftRecord[] = []
  let unitsLeft: number = limits.maxRepeatedUnits
  for (const document of parsed.documents) {
    for (const map of mappings(document)) {
      const record = decodedRecord(decoded, mapValues(decoded, document, map))
      unitsLeft -= record.values.reduce((sum, { value }) => sum + value.text.length, 0)
      if (unitsLeft < 0) return draftsOutcome(records, tooMuchText(), file)
      records.push(record)
    }
  }
  return draftsOutcome(records, null, file)
}

/** Aliases let a small file stand for any amount of text. */
function tooMuchText(): Problem {
  const message = `The drafts hold more than ${megabytes(limits.maxRepeatedUnits)} of text; the rest is not read.`
  return { code: 'too-large', message }
}

function parseYaml(text: string): { readonly documents: readonly Document.Parsed[] } | { readonly problem: Problem } {
  const lines = new LineCounter()
  try {
    const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, logLevel: 'silent' })
    // An empty stream has no documents but its own properties.
    if (!Array.isArray(documents)) return { documents: [] }
    const [error] = documents.flatMap(({ errors }) => errors)
    if (error === undefined) return { documents }
    const { line, col } = lines.linePos(error.pos[0])
    const place = { line: Math.max(line, 1), column: Math.max(col, 1) }
    return { problem: { code: 'bad-yaml', message: 'This is not valid YAML.', ...place } }
  } catch (error) {
    // The parser follows nested values by recursion.
    if (!(error instanceof RangeError)) throw error
    return { problem: { code: 'bad-yaml', message: 'This is not read as YAML: values are nested too deeply.' } }
  }
}

function mappings({ contents }: Document.Parsed): readonly YAMLMap[] {
  if (isMap(contents)) return [contents]
  return isSeq(contents) ? contents.items.filter((item) => isMap(item)) : []
}

function mapValues(file: DecodedFile, document: Document.Parsed, map: YAMLMap): readonly DraftValue[] {
  return map.items.slice(0, limits.maxColumns).flatMap(({ key, value }): DraftValue[] => {
    if (!isScalar(key) || !isNode(value)) return []
    const mapped = nodeText(file, isAlias(value) ? value.resolve(document) : value)
    return mapped === null ? [] : [{ name: String(key.value), value: mapped }]
  })
}

function isNode(value: unknown): value is Node {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value)
}

/** Strings with their escapes and folded lines mapped; all else as it is written; `null` is no value. */
function nodeText(file: DecodedFile, node: Node | undefined): MappedText | null {
  const range = node?.range
  if (node === undefined || range === undefined || range === null) return null
  const [start, end] = range
  if (isScalar(node) && typeof node.value === 'string') {
    // The check above says which value the scalar has.
    const scalar = node as Scalar<string>
    const map = lazily(() => yamlScalarMap(file.text, scalar.value, scalar.type ?? 'PLAIN', { start, end }))
    return shortened(scalar.value, (span) => file.toSource(map().toOrigin(span)))
  }
  if (isScalar(node) && node.value === null) return null
  const written = file.text.slice(start, end)
  return shortened(written, (span) => file.toSource({ start: start + span.start, end: start + span.end }))
}

function shortened(whole: string, toSource: MappedText['toSource']): MappedText {
  const text = cutText(whole)
  return { text, toSource, isCut: text.length < whole.length }
}
