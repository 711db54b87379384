import { parseDocument } from 'yaml'

/** Where in a YAML text something is being written. */
export interface YamlPlace {
  /** Keys and places in lists, from the outside in, of the mapping or list that is written in. */
  readonly path: readonly (string | number)[]
  /** The key whose value is written; null: a key, or an item of a list, is. */
  readonly key: string | null
  /** What stands of the word already. */
  readonly word: string
  /** A key would be followed by its colon. */
  readonly inFlow: boolean
}

interface Level {
  /** Column of the key, or of the dash. */
  readonly indent: number
  readonly step: string | number
}

const keyPattern = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#"'[\]{},&*!|>%@`][^:#]*?)\s*:(?:\s+|$)/

/**
 * The place at an offset, told by indentation and brackets alone: a text that is being written is seldom whole. Null: in a comment, in a text
 * of several lines, or where nothing of its own can begin.
 */
export function yamlPlace(text: string, offset: number): YamlPlace | null {
  const before = text.slice(0, offset)
  const lines = before.split('\n')
  const levels: Level[] = []
  let flow = ''
  let textIndent = -1

  for (const [at, line] of lines.entries()) {
    const isLast = at === lines.length - 1
    const indent = line.length - line.trimStart().length
    if (textIndent >= 0) {
      if (line.trim() === '' || indent > textIndent) {
        if (isLast) return null
        continue
      }
      textIndent = -1
    }
    if (flow !== '') {
      flow += `\n${line}`
      if (depthOf(flow) > 0) continue
      flow = ''
      if (isLast) return null
      continue
    }
    let rest = line.slice(indent)
    let column = indent
    if (rest.startsWith('#')) {
      if (isLast) return null
      continue
    }
    if (rest === '' && !isLast) continue
    for (let dash = /^-(?:\s+|$)/.exec(rest); dash !== null; dash = /^-(?:\s+|$)/.exec(rest)) {
      // A list may stand as far in as the key that it is the value of.
      popTo(levels, column + 1)
      const previous = levels.at(-1)
      const before = previous?.indent === column && typeof previous.step === 'number' ? previous.step : null
      if (before !== null) levels.pop()
      levels.push({ indent: column, step: before === null ? 0 : before + 1 })
      column += dash[0].length
      rest = rest.slice(dash[0].length)
    }
    if (rest === '' && isLast) {
      // A line that is begun stands where it is indented to.
      if (!/^\s*-/.test(line)) popTo(levels, column)
      return { path: levels.map(({ step }) => step), key: null, word: '', inFlow: false }
    }
    const key = keyPattern.exec(rest)
    if (key === null) {
      if (/^[[{]/.test(rest) && depthOf(rest) > 0) flow = rest
      else if (isLast) {
        if (!/^\s*-\s/.test(line)) popTo(levels, column)
        return comment(rest) ? null : { path: levels.map(({ step }) => step), key: null, word: rest, inFlow: false }
      }
      continue
    }
    popTo(levels, column)
    const name = unquoted(key[1] ?? '')
    const value = rest.slice(key[0].length)
    levels.push({ indent: column, step: name })
    if (/^[|>][-+\d]*\s*$/.test(value)) textIndent = indent
    else if (/^(?:[&!]\S+\s+)?[[{]/.test(value) && depthOf(value) > 0) flow = value
    else if (isLast) {
      if (comment(value) || /^["']/.test(value)) return null
      const path = levels.slice(0, -1).map(({ step }) => step)
      return { path, key: name, word: value, inFlow: false }
    }
  }
  return flow === ''
    ? null
    : flowPlace(
        flow,
        levels.map(({ step }) => step),
      )
}

/** Takes away what a column is not inside of. */
function popTo(levels: Level[], column: number): void {
  for (let top = levels.at(-1); top !== undefined && top.indent >= column; top = levels.at(-1)) levels.pop()
}

function comment(text: string): boolean {
  return /(?:^|\s)#/.test(text)
}

function unquoted(key: string): string {
  return /^["']/.test(key) ? key.slice(1, -1) : key
}

interface FlowLevel {
  readonly isList: boolean
  /** Of a list: the place of the item; of a mapping: the key whose value is written. */
  step: string | number | null
}

/** Brackets that are still open at the end; texts in quotes are passed over. */
function scanFlow(text: string): { readonly open: FlowLevel[]; readonly word: string; readonly inText: boolean } {
  const open: FlowLevel[] = []
  let word = ''
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] ?? ''
    const top = open.at(-1)
    if ((letter === '"' || letter === "'") && word.trim() === '') {
      const end = text.indexOf(letter, at + 1)
      if (end < 0) return { open, word, inText: true }
      word += text.slice(at, end + 1)
      at = end
    } else if (letter === '[' || letter === '{') {
      open.push({ isList: letter === '[', step: letter === '[' ? 0 : null })
      word = ''
    } else if (letter === ']' || letter === '}') {
      open.pop()
      word = ''
    } else if (letter === ',' && top !== undefined) {
      top.step = top.isList ? Number(top.step) + 1 : null
      word = ''
    } else if (letter === ':' && top?.isList === false && top.step === null && /\s|^$/.test(text[at + 1] ?? '')) {
      top.step = unquoted(word.trim())
      word = ''
    } else word += letter
  }
  return { open, word, inText: false }
}

function depthOf(text: string): number {
  return scanFlow(text).open.length
}

function flowPlace(text: string, path: readonly (string | number)[]): YamlPlace | null {
  const { open, word, inText } = scanFlow(text)
  const last = open.at(-1)
  if (inText || last === undefined) return null
  const steps = [...path, ...open.slice(0, -1).flatMap(({ step }) => step ?? [])]
  const written = word.trimStart()
  if (last.isList) return { path: [...steps, Number(last.step)], key: null, word: written, inFlow: true }
  const key = last.step === null ? null : String(last.step)
  return { path: steps, key, word: written, inFlow: true }
}

/** What stands there, as far as the text can be read. */
export function yamlValue(text: string, path: readonly (string | number)[]): unknown {
  try {
    const document = parseDocument(text, { strict: false, logLevel: 'silent' })
    let value: unknown = document.toJS({ maxAliasCount: 100 })
    for (const step of path) {
      if (typeof value !== 'object' || value === null) return undefined
      value = Object.getOwnPropertyDescriptor(value, String(step))?.value
    }
    return value
  } catch {
    return undefined
  }
}
