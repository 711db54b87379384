import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import { LineCounter, parseDocument } from 'yaml'
import type { Document } from 'yaml'
import { plainDataFault } from '../contract/plain-data.ts'
import type { InputEntry } from '../contract/report.ts'
import type { Problem } from '../contract/result.ts'
import { decodeStrictUtf8 } from './charset.ts'
import { loadFile } from './load.ts'
import type { CampaignFile } from './manifest-schema.ts'
import { faultsProblem, isRecord, withoutFaults } from './manifest-faults.ts'
import type { FolderManifest, Locate } from './manifest-settings.ts'
import { manifestOf } from './manifest-settings.ts'

export const manifestName = 'campaign.yaml'
export const maxManifestBytes = 1024 * 1024

export type { FolderManifest, Locate } from './manifest-settings.ts'

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
  const folder = input.slice(0, -manifestName.length)
  const { manifest, problem } = readManifest(bytes, (place) => ({
    path: join(dirname(path), place),
    input: `${folder}${place}`,
  }))
  const status = manifest === null ? 'unreadable' : problem === null ? 'reviewed' : 'partial'
  const entry = { path: input, status, bytes: bytes.length, sha256, ...(problem === null ? {} : { problem }) } as const
  return { manifest, entry }
}

/** `problem` names the first wrong field with its place, and how many others there are. */
export function readManifest(
  bytes: Uint8Array,
  locate: Locate,
): { readonly manifest: FolderManifest | null; readonly problem: Problem | null } {
  const text = decodeStrictUtf8(bytes)
  if (text === null) return { manifest: null, problem: { code: 'bad-manifest', message: 'The manifest is not UTF-8.' } }
  const lines = new LineCounter()
  const parsed = parse(text, lines)
  if ('problem' in parsed) return { manifest: null, problem: parsed.problem }
  const { document, value } = parsed
  if (!isRecord(value) || value.schema !== 'clausebench-campaign/1') {
    const message = 'The manifest must say “schema: clausebench-campaign/1”.'
    return { manifest: null, problem: { code: 'bad-manifest', message, file: manifestName } }
  }
  const { campaign, faults } = withoutFaults(value)
  return {
    manifest: manifestOf(campaign, locate),
    problem: faultsProblem(faults, document, lines) ?? unusedProblem(campaign, locate),
  }
}

/** What is not taken into account is said, never dropped silently. */
function unusedProblem({ history }: CampaignFile, locate: Locate): Problem | null {
  const [first] = history === undefined ? [] : typeof history === 'string' ? [history] : history
  if (first === undefined || locate(first).path !== null) return null
  const message = '“history” is not looked at in an archive; unpack it, or name earlier messages with --history.'
  return { code: 'bad-manifest', message, file: manifestName }
}

function parse(
  text: string,
  lines: LineCounter,
): { readonly document: Document.Parsed; readonly value: unknown } | { readonly problem: Problem } {
  const bad = (message: string): { readonly problem: Problem } => ({
    problem: { code: 'bad-yaml', message, file: manifestName },
  })
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'silent' })
    const [error] = document.errors
    if (error !== undefined) {
      const { line, col } = lines.linePos(error.pos[0])
      const place = { line: Math.max(line, 1), column: Math.max(col, 1) }
      return { problem: { ...bad('The manifest is not valid YAML.').problem, ...place } }
    }
    const value: unknown = document.toJS({ maxAliasCount: 100 })
    const fault = plainDataFault(value, { maxNodes: 500_000, maxUnits: 4 * maxManifestBytes, maxDepth: 32 })
    return fault === null ? { document, value } : bad('The manifest nests or repeats more than a manifest does.')
  } catch (error) {
    // Aliases that multiply, or nesting that the parser follows by recursion.
    if (!(error instanceof ReferenceError || error instanceof RangeError)) throw error
    return bad('The manifest nests or repeats more than a manifest does.')
  }
}
