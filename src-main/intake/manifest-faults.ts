import { isMap, isScalar } from 'yaml'
import type { Document, LineCounter, Node } from 'yaml'
import type { z } from 'zod'
import type { Problem } from '../contract/result.ts'
import type { CampaignFile } from './manifest-schema.ts'
import { campaignSchema } from './manifest-schema.ts'

type Fault = z.core.$ZodIssue

/** Takes wrong fields out until the rest is right. A wrong entry of a list goes as a whole when a required field of it is wrong. */
export function withoutFaults(value: Record<string, unknown>): {
  readonly campaign: CampaignFile
  readonly faults: readonly Fault[]
} {
  const faults: Fault[] = []
  let left: unknown = value
  for (let round = 0; round < 20; round++) {
    const read = campaignSchema.safeParse(left)
    if (read.success) return { campaign: read.data, faults }
    const paths = new Map<string, readonly PropertyKey[]>()
    for (const issue of read.error.issues) {
      if (!faults.some((known) => isWithin(issue.path, known.path) && known.code === issue.code)) faults.push(issue)
      for (const path of pathsToDrop(issue)) paths.set(JSON.stringify(path), path)
    }
    // The last of a list first, so that the places of the others hold.
    const drops = [...paths.values()].sort((a, b) => compareBackwards(a, b))
    for (const path of drops) left = without(left, path)
  }
  return { campaign: { schema: 'clausebench-campaign/1' }, faults }
}

function isWithin(path: readonly PropertyKey[], outer: readonly PropertyKey[]): boolean {
  return path.length === outer.length && outer.every((key, at) => path[at] === key)
}

function pathsToDrop(issue: Fault): readonly (readonly PropertyKey[])[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => [...issue.path, key])
  const isFileOfMessage = issue.path[0] === 'messages' && issue.path[2] === 'file'
  return [isFileOfMessage ? issue.path.slice(0, 2) : issue.path]
}

function compareBackwards(a: readonly PropertyKey[], b: readonly PropertyKey[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const first = a[at]
    const second = b[at]
    if (first === second) continue
    if (typeof first === 'number' && typeof second === 'number') return second - first
    return String(first) < String(second) ? -1 : 1
  }
  return 0
}

function without(value: unknown, path: readonly PropertyKey[]): unknown {
  const [key, ...rest] = path
  if (key === undefined) return value
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value
    return rest.length === 0
      ? items.filter((_, at) => at !== key)
      : items.map((item, at) => (at === key ? without(item, rest) : item))
  }
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) =>
      name !== key ? [[name, inner]] : rest.length === 0 ? [] : [[name, without(inner, rest)]],
    ),
  )
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The first fault with its place, and the next ones in its sentence. */
export function faultsProblem(faults: readonly Fault[], document: Document.Parsed, lines: LineCounter): Problem | null {
  const placed = faults
    .map((fault) => ({ message: faultMessage(fault), ...placeOf(fault, document, lines) }))
    .sort((a, b) => a.line - b.line || a.column - b.column)
  const [first, ...others] = placed
  if (first === undefined) return null
  const shown = others.slice(0, 5).map(({ line, column, message }) => ` ${String(line)}:${String(column)}: ${message}`)
  const more = others.length > 5 ? ` And ${String(others.length - 5)} more.` : ''
  const message = `${first.message}${shown.length > 0 ? ' Also at' : ''}${shown.join('')}${more}`
  return { code: 'bad-manifest', message, file: 'campaign.yaml', line: first.line, column: first.column }
}

function faultMessage(fault: Fault): string {
  const name = fault.path.filter((key) => typeof key === 'string').at(-1) ?? 'the manifest'
  switch (fault.code) {
    case 'unrecognized_keys':
      return `${fault.keys.map((key) => `“${key.slice(0, 40)}”`).join(', ')} is no field of this place.`
    case 'invalid_value':
      return `“${name}” must be one of: ${fault.values.map(String).join(', ')}.`
    case 'invalid_type':
      return `“${name}” must be of type ${fault.expected}.`
    case 'invalid_union':
      return `“${name}” must be one value or a list: ${unionWording(fault)}.`
    case 'custom':
    case 'invalid_format':
      return `“${name}” must be ${fault.message}.`
    default:
      return `“${name}”: ${fault.message}.`
  }
}

/** What the branches ask for, each once. */
function unionWording({ errors }: Fault & { readonly code: 'invalid_union' }): string {
  const wordings = errors
    .flat()
    .map((issue) => faultMessage({ ...issue, path: [] }).replace(/^“[^”]*” must be |\.$/g, ''))
  return [...new Set(wordings)].slice(0, 4).join('; or ')
}

function placeOf(
  fault: Fault,
  document: Document.Parsed,
  lines: LineCounter,
): { readonly line: number; readonly column: number } {
  const path = fault.code === 'unrecognized_keys' ? [...fault.path, fault.keys[0] ?? ''] : fault.path
  const offset = fault.code === 'unrecognized_keys' ? keyOffset(document, path) : valueOffset(document, path)
  const { line, col } = lines.linePos(offset)
  return { line: Math.max(line, 1), column: Math.max(col, 1) }
}

/** A value that is missing is told where what misses it begins. */
function valueOffset(document: Document.Parsed, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length--) {
    const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true)
    if (hasRange(node)) return node.range[0]
  }
  return 0
}

function keyOffset(document: Document.Parsed, path: readonly PropertyKey[]): number {
  const outer: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true)
  const pair = isMap(outer)
    ? outer.items.find(({ key }) => isScalar(key) && String(key.value) === String(path.at(-1)))
    : undefined
  return hasRange(pair?.key) ? pair.key.range[0] : valueOffset(document, path.slice(0, -1))
}

function hasRange(node: unknown): node is Node & { readonly range: [number, number, number] } {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)
}
