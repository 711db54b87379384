import { createHash } from 'node:crypto'
import { LineCounter, isMap, isScalar, isSeq, parseDocument } from 'yaml'
import type { Node, Pair, YAMLMap } from 'yaml'
import type { Channel, InputEntry } from '../contract/report.ts'
import { channels } from '../contract/report-words.ts'
import type { Problem } from '../contract/result.ts'
import { decodeStrictUtf8 } from './charset.ts'
import { loadFile } from './load.ts'
import type { MessageDefaults } from './message.ts'

export const manifestName = 'campaign.yaml'
export const maxManifestBytes = 1024 * 1024

/** What a `campaign.yaml` says of the files beside and below it (`docs/formats.md` §4). */
export interface FolderManifest {
  /** `place`: the file's path below the manifest's folder, with `/`. */
  readonly defaultsOf: (place: string) => MessageDefaults
}

export interface LoadedManifest {
  /** null: it could not be read at all. */
  readonly manifest: FolderManifest | null
  readonly entry: InputEntry
}

/** Reads a manifest; a wrong field is left out and named with its line, the others count. */
export async function loadManifest(path: string, input: string): Promise<LoadedManifest> {
  const loaded = await loadFile(path, { maxBytes: maxManifestBytes })
  if (!loaded.ok) {
    const { problem } = loaded
    return { manifest: null, entry: { path: input, status: 'unreadable', bytes: null, sha256: null, problem } }
  }
  const bytes = loaded.value
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const { manifest, problem } = readManifest(bytes)
  const status = manifest === null ? 'unreadable' : problem === null ? 'reviewed' : 'partial'
  const entry = { path: input, status, bytes: bytes.length, sha256, ...(problem === null ? {} : { problem }) } as const
  return { manifest, entry }
}

interface Reading {
  readonly lines: LineCounter
  problem: Problem | null
}

/** `problem` is the first one. */
export function readManifest(bytes: Uint8Array): {
  readonly manifest: FolderManifest | null
  readonly problem: Problem | null
} {
  const text = decodeStrictUtf8(bytes)
  if (text === null) return { manifest: null, problem: { code: 'bad-manifest', message: 'The manifest is not UTF-8.' } }
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const [error] = document.errors
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0])
    const place = { file: manifestName, line: Math.max(line, 1), column: Math.max(col, 1) }
    return { manifest: null, problem: { code: 'bad-yaml', message: 'The manifest is not valid YAML.', ...place } }
  }
  const root = document.contents
  const reading: Reading = { lines, problem: null }
  if (!isMap(root) || stringOf(reading, root, 'schema') !== 'clausebench-campaign/1') {
    const message = 'The manifest must say “schema: clausebench-campaign/1”.'
    return { manifest: null, problem: { code: 'bad-manifest', message, file: manifestName } }
  }
  const campaign = stringOf(reading, root, 'name')
  const client = stringOf(reading, root, 'client')
  const files = messagesOf(reading, root)
  noteUnreadFields(reading, root)
  const none = { channel: null, kind: null, sendAt: null }
  return {
    manifest: { defaultsOf: (place) => ({ campaign, client, ...(files.get(place) ?? none) }) },
    problem: reading.problem,
  }
}

type FileDefaults = Pick<MessageDefaults, 'channel' | 'kind' | 'sendAt'>

function messagesOf(reading: Reading, root: YAMLMap): ReadonlyMap<string, FileDefaults> {
  const files = new Map<string, FileDefaults>()
  const list = root.get('messages', true)
  if (list === undefined) return files
  if (!isSeq(list)) {
    note(reading, list, 'messages must be a list.')
    return files
  }
  for (const item of list.items) {
    const file = isMap(item) ? stringOf(reading, item, 'file') : null
    if (!isMap(item) || file === null) {
      note(reading, item, 'Each of messages needs a file.')
      continue
    }
    const channel = stringOf(reading, item, 'channel')
    const kind = stringOf(reading, item, 'kind')
    if (channel !== null && !isChannel(channel)) note(reading, item.get('channel', true), 'This channel is not known.')
    if (kind !== null && !isMessageKind(kind)) {
      note(reading, item.get('kind', true), 'kind must be marketing or transactional.')
    }
    files.set(file.replace(/^\.\//, ''), {
      channel: channel !== null && isChannel(channel) ? channel : null,
      kind: kind !== null && isMessageKind(kind) ? kind : null,
      sendAt: stringOf(reading, item, 'send_at'),
    })
  }
  return files
}

function isChannel(name: string): name is Channel {
  return channels.some((channel) => channel === name)
}

function isMessageKind(name: string): name is 'marketing' | 'transactional' {
  return name === 'marketing' || name === 'transactional'
}

const readFields: ReadonlySet<string> = new Set(['schema', 'name', 'client', 'messages'])

/** What is not taken into account is said, never dropped silently. */
function noteUnreadFields(reading: Reading, root: YAMLMap): void {
  const unread = root.items.find((pair: Pair) => isScalar(pair.key) && !readFields.has(String(pair.key.value)))
  if (unread !== undefined && isScalar(unread.key)) {
    note(reading, unread.key, `Field ${String(unread.key.value).slice(0, 40)} is not read by this version.`)
  }
}

function stringOf(reading: Reading, map: YAMLMap, key: string): string | null {
  const node = map.get(key, true)
  if (node === undefined) return null
  if (isScalar(node) && (typeof node.value === 'string' || typeof node.value === 'number')) return String(node.value)
  note(reading, node, `${key} must be a text.`)
  return null
}

function note(reading: Reading, node: unknown, message: string): void {
  const range = isNodeWithRange(node) ? node.range : null
  const place = range === null ? null : reading.lines.linePos(range[0])
  reading.problem ??= {
    code: 'bad-manifest',
    message,
    file: manifestName,
    ...(place === null ? {} : { line: Math.max(place.line, 1), column: Math.max(place.col, 1) }),
  }
}

function isNodeWithRange(node: unknown): node is Node & { readonly range: [number, number, number] } {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)
}
