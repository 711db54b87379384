import type { Problem } from '../contract/result.ts'
import type { Utf16Span } from '../contract/span.ts'
import type { ByteSource } from './byte-source.ts'
import { decodedFile, type DecodedFile } from './decoded-file.ts'
import type { CampaignExport } from './campaign-export.ts'
import { readCampaignExport } from './campaign-export.ts'
import type { DraftRecord, DraftValue } from './draft-record.ts'
import { draftField, draftMessages, fieldName, isMessageField } from './draft-record.ts'
import { decodedRecord, draftsOutcome } from './drafts-outcome.ts'
import type { JsonNode } from './json-text.ts'
import { escapeLength, readJson } from './json-text.ts'
import { lazily } from './lazily.ts'
import { limits } from './limits.ts'
import type { FormatOutcome, ReadSource } from './read-outcome.ts'
import type { SpanMap } from './span-map.ts'
import { spanMapBuilder } from './span-map.ts'
import { recipientsOutcome, tableOf } from './table-outcome.ts'
import type { MappedText } from './text-part.ts'
import { cutText } from './text-part.ts'

/** One draft (an object) or several (an array of objects). */
export function readJsonDrafts(source: ByteSource, file: ReadSource): FormatOutcome {
  const json = decodedFile(source)
  const read = readJson(json.text, { start: 0, end: json.text.length })
  if (!read.ok) return { status: 'unreadable', problem: jsonProblem(json.text, read.offset, read.reason) }
  const nodes = read.node.kind === 'array' ? read.node.items : [read.node]
  return draftsOf(json, nodes, null, file)
}

/** One object a line; a damaged line leaves the others. */
export function readJsonLinesDrafts(source: ByteSource, file: ReadSource): FormatOutcome {
  const json = decodedFile(source)
  const nodes: JsonNode[] = []
  let problem: Problem | null = null
  for (let start = 0; start < json.text.length;) {
    const found = json.text.indexOf('\n', start)
    const end = found < 0 ? json.text.length : found
    if (json.text.slice(start, end).trim() !== '') {
      const read = readJson(json.text, { start, end })
      if (read.ok) nodes.push(read.node)
      else problem ??= jsonProblem(json.text, read.offset, read.reason)
    }
    start = end + 1
  }
  if (nodes.length === 0 && problem !== null) return { status: 'unreadable', problem }
  return draftsOf(json, nodes, problem, file)
}

function draftsOf(
  json: DecodedFile,
  nodes: readonly JsonNode[],
  problem: Problem | null,
  file: ReadSource,
): FormatOutcome {
  const exported = readCampaignExport(nodes, (node) => jsonValue(json, node))
  if (exported !== null) return exportOutcome(exported, json, problem, file)
  const objects = draftObjects(nodes, 0) ?? nodes.filter(isObject)
  // One past the limit shows that there are more.
  const records = objects.slice(0, limits.maxMessages + 1).map((node) => jsonRecord(json, node))
  return draftsOutcome(records, problem, file)
}

/** An answer of a provider's API: messages of its campaigns, and its profiles as a list of recipients. */
function exportOutcome(
  { campaigns, profiles, hasBareCampaign }: CampaignExport,
  json: DecodedFile,
  problem: Problem | null,
  file: ReadSource,
): FormatOutcome {
  const messages = campaigns.flatMap(({ name, records }) => {
    const damaged = records.map(({ values }) => decodedRecord(json, values))
    const defaults = { ...file.defaults, campaign: name ?? file.defaults.campaign }
    return draftMessages(damaged.slice(0, limits.maxMessages), { ...file, defaults })
  })
  if (profiles.length > 0) {
    const rows = [...profiles]
    const table = tableOf(file, Buffer.from(JSON.stringify(rows)), () => [{ kind: 'rows', rows }])
    const outcome = recipientsOutcome(file, table)
    if ('messages' in outcome) messages.push(...outcome.messages)
  } else if (messages.length === 0) {
    const message = hasBareCampaign
      ? 'The export holds a campaign without its messages. Export it with them (include=campaign-messages).'
      : 'The export holds no message with a text.'
    return { status: 'unreadable', problem: { code: 'empty', message } }
  }
  return { messages, problem }
}

type JsonObject = JsonNode & { readonly kind: 'object' }

function isObject(node: JsonNode): node is JsonObject {
  return node.kind === 'object'
}

/** How far messages may lie inside what a program wraps them in (`{"messages": [...]}`, `{"message": {...}}`). */
const maxWrapping = 3

/** The objects that have a text, themselves or in what they hold; null: there is none, or one is no message of its own. */
function draftObjects(nodes: readonly JsonNode[], depth: number): readonly JsonObject[] | null {
  const found: JsonObject[] = []
  for (const node of nodes) {
    if (!isObject(node)) continue
    if (node.members.some(({ name }) => isMessageField(name)) && (depth > 0 || !isWrapped(node))) found.push(node)
    else if (depth < maxWrapping && !isPerson(node)) {
      const inner = node.members.flatMap(({ node: one }) => (one.kind === 'array' ? one.items : [one]))
      for (const one of draftObjects(inner, depth + 1) ?? []) found.push(one)
    }
  }
  return found.length === 0 ? null : found
}

/** What somebody wrote, or is called, is no message to all. */
function isPerson({ members }: JsonObject): boolean {
  return members.some(({ name }) => /^(?:e_?mail(?:_address)?|phone(?:_number)?)$/.test(fieldName(name)))
}

/** Its only text is an object or a list of them: `{"message": {"html": …}}`. */
function isWrapped({ members }: JsonObject): boolean {
  const texts = members.filter(({ name }) => isMessageField(name))
  return texts.every(({ node }) => node.kind === 'object' || (node.kind === 'array' && !node.items.some(isTypedText)))
}

function jsonRecord(json: DecodedFile, node: JsonObject): DraftRecord {
  const values = node.members.flatMap(({ name, node: value }): DraftValue[] => {
    const parts = partsOf(name, value)
    return parts.flatMap(([field, part]) => {
      const mapped = jsonValue(json, part)
      return mapped === null ? [] : [{ name: field, value: mapped }]
    })
  })
  return decodedRecord(json, values)
}

/** A sender of name and address, bodies of several types (`content: [{type, value}]`): each is a value of its own. */
function partsOf(name: string, node: JsonNode): readonly (readonly [name: string, node: JsonNode])[] {
  if (node.kind === 'object' && draftField(name) === 'from') {
    const [address, shown] = [memberOf(node, ['email', 'address']), memberOf(node, ['name'])]
    if (address !== null) return [...(shown === null ? [] : [['from_name', shown] as const]), ['from', address]]
  }
  if (node.kind === 'array' && node.items.length > 0 && node.items.every(isTypedText)) {
    return node.items.flatMap((item) => {
      const type = memberOf(item, ['type'])
      const value = memberOf(item, ['value'])
      if (type?.kind !== 'string' || value === null) return []
      return [[/html/i.test(type.value) ? 'html' : 'text', value] as const]
    })
  }
  return [[name, node]]
}

function isTypedText(node: JsonNode): boolean {
  const type = memberOf(node, ['type'])
  return (
    type?.kind === 'string' &&
    /^text\/(?:plain|html|x-amp-html)$/i.test(type.value) &&
    memberOf(node, ['value']) !== null
  )
}

function memberOf(node: JsonNode, names: readonly string[]): JsonNode | null {
  if (node.kind !== 'object') return null
  return node.members.find(({ name }) => names.includes(name))?.node ?? null
}

/** Strings with their escapes mapped; numbers, `true`, lists and objects as they are written; `null` is no value. */
function jsonValue(json: DecodedFile, node: JsonNode): MappedText | null {
  if (node.kind === 'string') {
    const map = lazily(() => escapesMap(json.text, node.span))
    const text = cutText(node.value)
    return {
      text,
      toSource: (span) => json.toSource(map().toOrigin(span)),
      isCut: text.length < node.value.length,
    }
  }
  const written = json.text.slice(node.span.start, node.span.end)
  if (written === 'null') return null
  const text = cutText(written)
  const { start } = node.span
  return {
    text,
    toSource: (span) => json.toSource({ start: start + span.start, end: start + span.end }),
    isCut: text.length < written.length,
  }
}

/** From the value of a string to the text between its quotes; a surrogate pair of two escapes is one character. */
function escapesMap(text: string, written: Utf16Span): SpanMap<'utf16', 'utf16'> {
  const builder = spanMapBuilder<'utf16', 'utf16'>()
  let position = written.start
  while (position < written.end) {
    if (text[position] !== '\\') {
      const escape = text.indexOf('\\', position)
      const end = escape < 0 || escape > written.end ? written.end : escape
      builder.linear(end - position, position)
      position = end
      continue
    }
    const length = escapeLength(text, position)
    const pairEnd = surrogatePairEnd(text, position, written.end)
    if (pairEnd === null) builder.atomic(1, position, position + length)
    else builder.atomic(2, position, pairEnd)
    position = pairEnd ?? position + length
  }
  return builder.build()
}

function surrogatePairEnd(text: string, position: number, end: number): number | null {
  const pair = /^\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}/.exec(text.slice(position, position + 12))
  return pair !== null && position + 12 <= end ? position + 12 : null
}

function jsonProblem(text: string, offset: number, reason: string): Problem {
  const before = text.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  return {
    code: 'bad-json',
    message: `This is not valid JSON: ${reason}.`,
    line: before.split('\n').length,
    column: offset - lineStart + 1,
  }
}
