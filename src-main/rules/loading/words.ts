import { certainties, type Certainty, type PackProblem } from '../../contract/report.ts'
import { compact, parsePhrase, type ParsedPhrase, type PhraseForm } from '../phrases/parse.ts'
import type { PhraseEntry } from '../phrases/phrase-index.ts'

/** A line of a word list. `certainty` null: the rule's own. */
export interface WordEntry {
  readonly written: string
  readonly certainty: Certainty | null
}

export type WordLists = ReadonlyMap<string, readonly WordEntry[]>

/** Read once, when the line was: what is kept of compiled packs holds only what was written. */
const parsedEntries = new WeakMap<WordEntry, ParsedPhrase>()

function parsedEntry(entry: WordEntry): ParsedPhrase {
  const parsed = parsedEntries.get(entry) ?? parseAlone(entry.written)
  parsedEntries.set(entry, parsed)
  return parsed
}

/** An entry of a list names no lists. */
function parseAlone(written: string): ParsedPhrase {
  return parsePhrase(written, () => null)
}

const maxEntries = 20_000
const maxEntryUnits = 300

/** Reads the `words/*.txt` of a pack; a line that cannot be read is a problem and left out. */
export function readWordLists(files: ReadonlyMap<string, string>): {
  readonly lists: WordLists
  readonly problems: readonly PackProblem[]
} {
  const lists = new Map<string, WordEntry[]>()
  const problems: PackProblem[] = []
  for (const [file, text] of files) {
    const name = /^words\/([^/]+)\.txt$/.exec(file)?.[1]
    if (name === undefined) continue
    const entries: WordEntry[] = []
    text.split(/\r\n|[\n\r]/).forEach((line, at) => {
      const problem = readLine(line.replace(/^\ufeff/, ''), entries)
      if (problem !== null)
        problems.push({ code: 'bad-pattern', rule: null, file, line: at + 1, column: 1, message: problem })
    })
    lists.set(name, entries)
  }
  return { lists, problems }
}

const sureness = new RegExp(String.raw`^(.*\S)\s+=\s+(${certainties.join('|')})\s*$`)

function readLine(line: string, entries: WordEntry[]): string | null {
  if (line.trim() === '' || line.startsWith('#')) return null
  if (entries.length >= maxEntries) return `a list has at most ${maxEntries} entries; this one is left out`
  if (line.length > maxEntryUnits) return `an entry has at most ${maxEntryUnits} characters`
  const sure = sureness.exec(line)
  const written = (sure?.[1] ?? line).trim()
  const entry: WordEntry = { written, certainty: certainties.find((one) => one === sure?.[2]) ?? null }
  const parsed = parsedEntry(entry)
  if (!parsed.ok) return `this entry cannot be read: ${parsed.problem}`
  entries.push(entry)
  return null
}

/** The phrases of one pack; each is parsed once, when it is first asked for. */
export interface PackPhrases {
  readonly parsed: (phrase: string) => ParsedPhrase
  /** Phrases of a rule and of its lists together. All of them were found to be right when the pack was loaded. */
  readonly entries: (any: readonly string[], words: readonly string[]) => PhraseEntry[]
}

export function packPhrases(lists: WordLists): PackPhrases {
  const known = new Map<string, ParsedPhrase>()
  const listed = new Map<string, readonly PhraseEntry[]>()
  const classes = new Map<string, readonly PhraseForm[]>()

  function parsed(phrase: string): ParsedPhrase {
    let result = known.get(phrase)
    if (result === undefined) {
      result = parsePhrase(phrase, classOf)
      known.set(phrase, result)
    }
    return result
  }

  function listOf(name: string): readonly PhraseEntry[] | null {
    const before = listed.get(name)
    if (before !== undefined) return before
    const entries = lists.get(name)?.flatMap((entry) => entryOf(entry.written, entry.certainty, parsedEntry(entry)))
    if (entries === undefined) return null
    listed.set(name, entries)
    return entries
  }

  /** The entries' forms, for `@name` in phrases. */
  function classOf(name: string): readonly PhraseForm[] | null {
    const before = classes.get(name)
    if (before !== undefined) return before
    const entries = listOf(name)
    if (entries === null) return null
    const forms = compact(entries.flatMap((entry): readonly PhraseForm[] => entry.forms))
    classes.set(name, forms)
    return forms
  }

  return {
    parsed,
    entries: (any, words) => [
      ...any.flatMap((written) => entryOf(written, null, parsed(written))),
      ...words.flatMap((name) => listOf(name) ?? []),
    ],
  }
}

function entryOf(written: string, certainty: Certainty | null, parsed: ParsedPhrase): PhraseEntry[] {
  return parsed.ok ? [{ forms: parsed.forms, written, certainty }] : []
}
