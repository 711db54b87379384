import { isMap, isNode, LineCounter, parseDocument, type Document } from 'yaml'
import { plainDataFault } from '../../contract/plain-data.ts'
import type { ProblemCode } from '../../contract/codes.ts'

/** A YAML file's content with the way back to places in it. */
export interface YamlFile {
  readonly value: unknown
  /** Where a value, or with `key` one of its keys, stands; the nearest that is there when it is not. 1-based, UTF-16. */
  readonly placeOf: (path: readonly PropertyKey[], key?: string) => Place
}

export interface Place {
  readonly line: number
  readonly column: number
}

export interface YamlProblem extends Place {
  readonly code: ProblemCode
  readonly message: string
}

const maxAliases = 100
const limits = { maxNodes: 200_000, maxUnits: 4_000_000, maxDepth: 40 }

/** Reads YAML 1.2 as plain data: no tags, few aliases, no keys that reach a prototype. */
export function parseYaml(text: string): { readonly file: YamlFile } | { readonly problems: readonly YamlProblem[] } {
  const lineCounter = new LineCounter()
  const document = parseDocument(text, {
    lineCounter,
    version: '1.2',
    schema: 'core',
    merge: false,
    prettyErrors: false,
    strict: true,
  })
  const faults = [...document.errors, ...document.warnings]
  if (faults.length > 0) {
    return {
      problems: faults.slice(0, 5).map((fault) => ({
        code: 'bad-yaml' as const,
        message: `this is not the YAML a pack may hold: ${fault.message.split('\n')[0] ?? ''}`,
        ...placeAt(lineCounter, fault.pos[0]),
      })),
    }
  }
  let value: unknown
  try {
    value = document.toJS({ maxAliasCount: maxAliases, mapAsMap: false })
  } catch {
    return {
      problems: [
        {
          code: 'bad-yaml',
          message: `it has more than ${maxAliases} aliases, or aliases of aliases; write the values out`,
          line: 1,
          column: 1,
        },
      ],
    }
  }
  const fault = plainDataFault(value, limits)
  if (fault !== null) return { problems: [faultProblem(fault, document, lineCounter)] }
  return { file: { value, placeOf: (path, key) => placeOf(document, lineCounter, path, key) } }
}

function faultProblem(fault: string, document: Document, lineCounter: LineCounter): YamlProblem {
  if (fault === 'prototype-key') {
    return {
      code: 'unknown-key',
      message: 'the keys __proto__, constructor and prototype are not allowed',
      ...prototypeKeyPlace(document, lineCounter),
    }
  }
  return { code: 'bad-yaml', message: 'it is nested too deep or holds too much', line: 1, column: 1 }
}

function prototypeKeyPlace(document: Document, lineCounter: LineCounter): Place {
  const open: unknown[] = [document.contents]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (!isNode(node) || !('items' in node) || !Array.isArray(node.items)) continue
    for (const item of node.items as unknown[]) {
      if (typeof item !== 'object' || item === null || !('key' in item)) {
        open.push(item)
        continue
      }
      const key = item.key
      if (isNode(key) && 'value' in key && /^(?:__proto__|constructor|prototype)$/.test(String(key.value)))
        return placeAt(lineCounter, key.range?.[0] ?? 0)
      if ('value' in item) open.push(item.value)
    }
  }
  return { line: 1, column: 1 }
}

function placeOf(
  document: Document,
  lineCounter: LineCounter,
  path: readonly PropertyKey[],
  key: string | undefined,
): Place {
  for (let length = path.length; length >= 0; length--) {
    const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true)
    if (!isNode(node)) continue
    if (key !== undefined && length === path.length && isMap(node)) {
      const pair = node.items.find(({ key: name }) => isNode(name) && 'value' in name && name.value === key)
      if (pair !== undefined && isNode(pair.key)) return placeAt(lineCounter, pair.key.range?.[0] ?? 0)
    }
    return placeAt(lineCounter, node.range?.[0] ?? 0)
  }
  return { line: 1, column: 1 }
}

function placeAt(lineCounter: LineCounter, offset: number): Place {
  const { line, col } = lineCounter.linePos(offset)
  return { line: Math.max(1, line), column: Math.max(1, col) }
}
