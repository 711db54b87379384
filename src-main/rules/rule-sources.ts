import { isMap, isScalar, isSeq, LineCounter, parseDocument, stringify, type Document, type Node } from 'yaml'
import type { PackFolder } from './loading/pack-folder.ts'

/** A rule as it stands in a file of a pack, whether or not it can be used. */
export interface RuleSource {
  readonly id: string
  readonly file: string
  readonly line: number
  /** Its own item of the list, `- ` included; what it takes from elsewhere in the file is written out. */
  readonly text: string
  readonly declared: Readonly<Record<string, unknown>>
}

/** The rules in a pack's files, in order. Files that are no YAML, and items without an id, have none. */
export function ruleSources({ files }: Pick<PackFolder, 'files'>): readonly RuleSource[] {
  return [...files].flatMap(([file, text]) => (file.startsWith('rules/') ? sourcesIn(file, text) : []))
}

function sourcesIn(file: string, text: string): readonly RuleSource[] {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, version: '1.2', schema: 'core', merge: false })
  if (document.errors.length > 0 || !isSeq(document.contents)) return []
  return document.contents.items.flatMap((item): RuleSource[] => {
    if (!isMap(item)) return []
    const id = item.get('id')
    const [start] = item.range
    if (typeof id !== 'string') return []
    const { line } = lines.linePos(start)
    return [{ id, file, line, text: ownText(item, text, document), declared: plain(item, document) }]
  })
}

const maxAliases = 100

function plain(item: Node, document: Document): Readonly<Record<string, unknown>> {
  try {
    // Asked of mappings alone.
    return item.toJS(document, { maxAliasCount: maxAliases }) as Readonly<Record<string, unknown>>
  } catch {
    return {}
  }
}

function ownText(item: Node, text: string, document: Document): string {
  const [start, end] = item.range ?? [0, 0]
  const own = text.slice(text.lastIndexOf('\n', start - 1) + 1, end).trimEnd()
  const takes = /(?:^|[\s[{,:-])[*&][\w-]+/m.test(own)
  return `${takes ? stringify([plain(item, document)], { lineWidth: 120 }).trimEnd() : own}\n`
}

/** Lines of the examples of each rule in a file that may be half written: by rule, list and number. */
export function exampleLines(text: string): ReadonlyMap<string, number> {
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter })
  const lines = new Map<string, number>()
  if (!isSeq(document.contents)) return lines
  for (const item of document.contents.items) {
    if (!isMap(item)) continue
    const id = item.get('id')
    const examples = item.get('examples', true)
    if (typeof id !== 'string' || !isMap(examples)) continue
    for (const { key, value } of examples.items) {
      if (!isScalar(key) || !isSeq(value)) continue
      value.items.forEach((example, at) => {
        const start = isScalar(example) || isMap(example) ? example.range?.[0] : undefined
        if (start !== undefined) lines.set(exampleKey(id, String(key.value), at + 1), counter.linePos(start).line)
      })
    }
  }
  return lines
}

export function exampleKey(rule: string, list: string, number: number): string {
  return JSON.stringify([rule, list, number])
}
