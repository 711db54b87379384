import { certainties, type Certainty, type PackProblem } from '../../contract/report.ts'
import { compact, parsePhrase, type PhraseForm, type WordClass } from '../phrases/parse.ts'
import type { PhraseEntry } from '../phrases/phrase-index.ts'

export type WordLists = ReadonlyMap<string, readonly PhraseEntry[]>

const maxEntries = 20_000
const maxEntryUnits = 300

/** Reads the `words/*.txt` of a pack; a line that cannot be read is a problem and left out. */
export function readWordLists(files: ReadonlyMap<string, string>): {
  readonly lists: WordLists
  readonly problems: readonly PackProblem[]
} {
  const lists = new Map<string, PhraseEntry[]>()
  const problems: PackProblem[] = []
  for (const [file, text] of files) {
    const name = /^words\/([^/]+)\.txt$/.exec(file)?.[1]
    if (name === undefined) continue
    const entries: PhraseEntry[] = []
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

function readLine(line: string, entries: PhraseEntry[]): string | null {
  if (line.trim() === '' || line.startsWith('#')) return null
  if (entries.length >= maxEntries) return `a list has at most ${maxEntries} entries; this one is left out`
  if (line.length > maxEntryUnits) return `an entry has at most ${maxEntryUnits} characters`
  const sure = sureness.exec(line)
  const written = (sure?.[1] ?? line).trim()
  const parsed = parsePhrase(written, () => null)
  if (!parsed.ok) return `this entry cannot be read: ${parsed.problem}`
  entries.push({ forms: parsed.forms, written, certainty: certainties.find((one) => one === sure?.[2]) ?? null })
  return null
}

/** The entries' forms, for `@name` in phrases. */
export function wordClasses(lists: WordLists): WordClass {
  const classes = new Map<string, readonly PhraseForm[]>()
  return (name) => {
    const known = classes.get(name)
    if (known !== undefined) return known
    const entries = lists.get(name)
    if (entries === undefined) return null
    const forms = compact(entries.flatMap((entry): readonly PhraseForm[] => entry.forms))
    classes.set(name, forms)
    return forms
  }
}

/** Phrases of a rule and of its lists together. All of them were read once before, when the pack was loaded. */
export function phraseEntries(
  any: readonly string[],
  words: readonly string[],
  lists: WordLists,
  classes: WordClass,
): PhraseEntry[] {
  const own = any.flatMap((written): PhraseEntry[] => {
    const parsed = parsePhrase(written, classes)
    const certainty: Certainty | null = null
    return parsed.ok ? [{ forms: parsed.forms, written, certainty }] : []
  })
  return [...own, ...words.flatMap((name) => lists.get(name) ?? [])]
}
