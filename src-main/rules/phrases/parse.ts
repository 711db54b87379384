import { inflections } from './inflect.ts'

/** A way to say a phrase: in each segment one of its literals, with up to so many words between the segments. */
export interface PhraseForm {
  /** At least one, each with at least one literal; words in a literal are parted by single spaces. */
  readonly segments: readonly (readonly string[])[]
  /** `gaps[i]` words at most stand between segment i and segment i + 1. */
  readonly gaps: readonly number[]
}

export type ParsedPhrase =
  | { readonly ok: true; readonly forms: readonly PhraseForm[] }
  /** What is wrong, for people. */
  | { readonly ok: false; readonly problem: string }

/** Entries of a word class; null when there is none of that name. */
export type WordClass = (name: string) => readonly PhraseForm[] | null

const maxLiterals = 20_000
const maxForms = 500
const maxGap = 9
const maxSegments = 12
const maxDepth = 8

/**
 * Reads the phrase language (docs/rules/format.md): `{a|b}`, `offer~`, `[3]`, `@list`, `\` escapes.
 * A word class that `classes` does not know is a problem; without `classes` its name alone is checked.
 */
export function parsePhrase(phrase: string, classes?: WordClass): ParsedPhrase {
  try {
    const reader = { phrase, at: 0, classes }
    const forms = readAlternatives(reader, 0)
    if (reader.at < phrase.length)
      throw new PhraseProblem('there is a `}` or `|` outside `{…}`; write `\\}` or `\\|` for the character itself')
    if (forms.some(({ segments }) => segments.length > maxSegments))
      throw new PhraseProblem(`it has more than ${maxSegments - 1} gaps`)
    return { ok: true, forms: forms.map(tidyForm) }
  } catch (error) {
    if (error instanceof PhraseProblem) return { ok: false, problem: error.message }
    throw error
  }
}

class PhraseProblem extends Error {}

interface Reader {
  readonly phrase: string
  readonly classes: WordClass | undefined
  at: number
}

const nothing: PhraseForm = literalForm('')

function literalForm(literal: string): PhraseForm {
  return { segments: [[literal]], gaps: [] }
}

/** One branch, up to `|`, `}` or the end. */
function readAlternatives(reader: Reader, depth: number): PhraseForm[] {
  if (depth > maxDepth) throw new PhraseProblem(`braces are nested more than ${maxDepth} deep`)
  /** Finished words so far, and the word being read: `~` applies to the latter alone. */
  let before: PhraseForm[] = [nothing]
  let word: PhraseForm[] = [nothing]
  const endWord = (): void => {
    before = join(before, word)
    word = [nothing]
  }
  while (reader.at < reader.phrase.length) {
    const character = reader.phrase.charAt(reader.at)
    if (character === '|' || character === '}') break
    reader.at += 1
    switch (character) {
      case '{':
        word = join(word, readBraces(reader, depth + 1))
        break
      case '~':
        word = word.map(inflectForm)
        break
      case '[':
        endWord()
        before = gapAfter(before, readGap(reader))
        break
      case '@':
        word = join(word, readClass(reader))
        break
      case ']':
        throw new PhraseProblem('there is a `]` without `[`; write `\\]` for the character itself')
      case '\\': {
        const escaped = reader.phrase.charAt(reader.at)
        if (escaped === '') throw new PhraseProblem('it ends with a `\\`; write `\\\\` for a backslash')
        reader.at += 1
        word = join(word, [literalForm(escaped)])
        break
      }
      default:
        if (/\s/.test(character)) {
          endWord()
          before = join(before, [literalForm(' ')])
        } else {
          const run = character + readPlain(reader)
          word = join(word, [literalForm(run)])
        }
    }
  }
  endWord()
  return before
}

const plain = /[^\s{}|~[\]@\\]*/y

function readPlain(reader: Reader): string {
  plain.lastIndex = reader.at
  const run = plain.exec(reader.phrase)?.[0] ?? ''
  reader.at += run.length
  return run
}

function readBraces(reader: Reader, depth: number): PhraseForm[] {
  const forms: PhraseForm[] = []
  for (;;) {
    forms.push(...readAlternatives(reader, depth))
    const end = reader.phrase.charAt(reader.at)
    if (end === '') throw new PhraseProblem('a `{` has no `}`; write `\\{` for the character itself')
    reader.at += 1
    if (end === '}') return compact(forms)
  }
}

function readGap(reader: Reader): number {
  const gap = /^([1-9])\]/.exec(reader.phrase.slice(reader.at, reader.at + 8))
  if (gap === null)
    throw new PhraseProblem(`a gap is written [1] to [${maxGap}]; write \`\\[\` for the character itself`)
  reader.at += gap[0].length
  return Number(gap[1])
}

function readClass(reader: Reader): PhraseForm[] {
  const name = /^[a-z0-9][a-z0-9-]*/.exec(reader.phrase.slice(reader.at))?.[0]
  if (name === undefined)
    throw new PhraseProblem('a word class is written @name, as words/name.txt; write `\\@` for the character itself')
  reader.at += name.length
  if (reader.classes === undefined) return [literalForm(name)]
  const entries = reader.classes(name)
  if (entries === null) throw new PhraseProblem(`there is no file words/${name}.txt for the word class @${name}`)
  return compact(entries)
}

/** Forms without gaps are one form with all their literals. */
export function compact(forms: readonly PhraseForm[]): PhraseForm[] {
  const plainForms = forms.filter(({ gaps }) => gaps.length === 0)
  if (plainForms.length < 2) return [...forms]
  const literals = [...new Set(plainForms.flatMap(({ segments }) => segments[0] ?? []))]
  return [{ segments: [literals], gaps: [] }, ...forms.filter(({ gaps }) => gaps.length > 0)]
}

/** Each of the first followed by each of the second. */
function join(first: readonly PhraseForm[], second: readonly PhraseForm[]): PhraseForm[] {
  if (first.length * second.length > maxForms) tooMany()
  return first.flatMap((a) =>
    second.map((b) => ({
      segments: [
        ...a.segments.slice(0, -1),
        joinLiterals(a.segments.at(-1) ?? [''], b.segments[0] ?? ['']),
        ...b.segments.slice(1),
      ],
      gaps: [...a.gaps, ...b.gaps],
    })),
  )
}

function joinLiterals(first: readonly string[], second: readonly string[]): readonly string[] {
  if (first.length === 1 && first[0] === '') return second
  if (second.length === 1 && second[0] === '') return first
  if (first.length * second.length > maxLiterals) tooMany()
  return first.flatMap((a) => second.map((b) => a + b))
}

function gapAfter(forms: readonly PhraseForm[], gap: number): PhraseForm[] {
  return forms.map((form) => ({ segments: [...form.segments, ['']], gaps: [...form.gaps, gap] }))
}

function inflectForm(form: PhraseForm): PhraseForm {
  const last = form.segments.at(-1) ?? []
  if (last.some((literal) => !/\p{L}$/u.test(literal)))
    throw new PhraseProblem('a `~` must follow a word; write `\\~` for the character itself')
  return { segments: [...form.segments.slice(0, -1), [...new Set(last.flatMap(inflections))]], gaps: form.gaps }
}

function tooMany(): never {
  throw new PhraseProblem(`it can be said in more than ${maxLiterals} ways; split it, or use fewer alternatives`)
}

function tidyForm(form: PhraseForm): PhraseForm {
  return { segments: form.segments.map(tidySegment), gaps: form.gaps }
}

const untidy = /^\s|\s$|\s\s/

function tidySegment(segment: readonly string[]): readonly string[] {
  const tidy = segment.some((literal) => untidy.test(literal))
    ? [...new Set(segment.map((literal) => literal.replace(/\s+/g, ' ').trim()))]
    : segment
  if (tidy.includes('')) throw new PhraseProblem('one way to say it is empty, or a gap stands at its edge')
  return tidy
}
