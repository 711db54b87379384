import { inflections } from './inflect.ts'

/** One place in a segment: a word or several, in one of the ways given; `''` among them: it may be left out. */
export type Wording =
  | { readonly kind: 'literals'; readonly literals: readonly string[] }
  | { readonly kind: 'choice'; readonly branches: readonly Segment[] }

/** Wordings that follow each other, parted by single spaces where both are said. */
export type Segment = readonly Wording[]

/** A way to say a phrase: its segments in this order, with up to so many words between them. */
export interface PhraseForm {
  /** At least one; none can be said in no words. */
  readonly segments: readonly Segment[]
  /** `gaps[i]` words at most stand between segment i and segment i + 1. */
  readonly gaps: readonly number[]
}

export type ParsedPhrase =
  | { readonly ok: true; readonly forms: readonly PhraseForm[] }
  /** What is wrong, for people. */
  | { readonly ok: false; readonly problem: string }

/** Entries of a word class; null when there is none of that name. */
export type WordClass = (name: string) => readonly PhraseForm[] | null

/** Ways to write what stands without a space between, as in `{un|}subscrib{e|ing}`. */
const maxWays = 20_000
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
    const drafts = readAlternatives(reader, 0)
    if (reader.at < phrase.length)
      throw new PhraseProblem('there is a `}` or `|` outside `{…}`; write `\\}` or `\\|` for the character itself')
    if (drafts.some(({ segments }) => segments.length > maxSegments))
      throw new PhraseProblem(`it has more than ${maxSegments - 1} gaps`)
    return { ok: true, forms: drafts.map(formOf) }
  } catch (error) {
    if (error instanceof PhraseProblem) return { ok: false, problem: error.message }
    throw error
  }
}

/** Forms without gaps are one form, of the choice between them. */
export function compact(forms: readonly PhraseForm[]): readonly PhraseForm[] {
  const plainForms = forms.filter(({ gaps }) => gaps.length === 0)
  if (plainForms.length < 2) return forms
  const choice = choiceOf(plainForms.map(({ segments }) => segments[0] ?? []))
  return [{ segments: [[choice]], gaps: [] }, ...forms.filter(({ gaps }) => gaps.length > 0)]
}

class PhraseProblem extends Error {}

interface Reader {
  readonly phrase: string
  readonly classes: WordClass | undefined
  at: number
}

/** What a phrase is written with, before words are told apart by their spaces. */
type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'space' }
  | { readonly kind: 'branches'; readonly branches: readonly (readonly Piece[])[] }
  | { readonly kind: 'class'; readonly segment: Segment }
  | { readonly kind: 'inflected'; readonly pieces: readonly Piece[] }

/** A form as it is read, growing at its end. */
interface Draft {
  readonly segments: readonly (readonly Piece[])[]
  readonly gaps: readonly number[]
}

const nothing: Draft = { segments: [[]], gaps: [] }
const space: Piece = { kind: 'space' }

/** One branch, up to `|`, `}` or the end. */
function readAlternatives(reader: Reader, depth: number): Draft[] {
  if (depth > maxDepth) throw new PhraseProblem(`braces are nested more than ${maxDepth} deep`)
  let drafts: Draft[] = [nothing]
  const append = (piece: Piece): void => {
    drafts = drafts.map((draft) => withLast(draft, (pieces) => [...pieces, piece]))
  }
  while (reader.at < reader.phrase.length) {
    const character = reader.phrase.charAt(reader.at)
    if (character === '|' || character === '}') break
    reader.at += 1
    switch (character) {
      case '{':
        drafts = join(drafts, readBraces(reader, depth + 1))
        break
      case '~':
        drafts = drafts.map((draft) => withLast(draft, inflectLastWord))
        break
      case '[': {
        const gap = readGap(reader)
        drafts = drafts.map(({ segments, gaps }) => ({ segments: [...segments, []], gaps: [...gaps, gap] }))
        break
      }
      case '@':
        drafts = join(drafts, readClass(reader))
        break
      case ']':
        throw new PhraseProblem('there is a `]` without `[`; write `\\]` for the character itself')
      case '\\': {
        const escaped = reader.phrase.charAt(reader.at)
        if (escaped === '') throw new PhraseProblem('it ends with a `\\`; write `\\\\` for a backslash')
        reader.at += 1
        append({ kind: 'text', text: escaped })
        break
      }
      default:
        append(/\s/.test(character) ? space : { kind: 'text', text: character + readPlain(reader) })
    }
  }
  return drafts
}

const plain = /[^\s{}|~[\]@\\]*/y

function readPlain(reader: Reader): string {
  plain.lastIndex = reader.at
  const run = plain.exec(reader.phrase)?.[0] ?? ''
  reader.at += run.length
  return run
}

function readBraces(reader: Reader, depth: number): Draft[] {
  const drafts: Draft[] = []
  for (;;) {
    drafts.push(...readAlternatives(reader, depth))
    const end = reader.phrase.charAt(reader.at)
    if (end === '') throw new PhraseProblem('a `{` has no `}`; write `\\{` for the character itself')
    reader.at += 1
    if (end !== '}') continue
    const plainDrafts = drafts.filter(({ gaps }) => gaps.length === 0)
    const rest = drafts.filter(({ gaps }) => gaps.length > 0)
    if (plainDrafts.length === 0) return rest
    const branches = plainDrafts.map(({ segments }) => segments[0] ?? [])
    return [{ segments: [[{ kind: 'branches', branches }]], gaps: [] }, ...rest]
  }
}

function readGap(reader: Reader): number {
  const gap = /^([1-9])\]/.exec(reader.phrase.slice(reader.at, reader.at + 8))
  if (gap === null)
    throw new PhraseProblem(`a gap is written [1] to [${maxGap}]; write \`\\[\` for the character itself`)
  reader.at += gap[0].length
  return Number(gap[1])
}

function readClass(reader: Reader): Draft[] {
  const name = /^[a-z0-9][a-z0-9-]*/.exec(reader.phrase.slice(reader.at))?.[0]
  if (name === undefined)
    throw new PhraseProblem('a word class is written @name, as words/name.txt; write `\\@` for the character itself')
  reader.at += name.length
  if (reader.classes === undefined) return [{ segments: [[{ kind: 'text', text: name }]], gaps: [] }]
  const entries = reader.classes(name)
  if (entries === null) throw new PhraseProblem(`there is no file words/${name}.txt for the word class @${name}`)
  return entries.map(({ segments, gaps }) => ({
    segments: segments.map((segment): readonly Piece[] => [{ kind: 'class', segment }]),
    gaps,
  }))
}

/** Each of the first followed by each of the second. */
function join(first: readonly Draft[], second: readonly Draft[]): Draft[] {
  if (first.length * second.length > maxForms)
    throw new PhraseProblem(`gaps in its alternatives make more than ${maxForms} ways to say it; split it`)
  return first.flatMap((a) =>
    second.map((b) => ({
      segments: [
        ...a.segments.slice(0, -1),
        [...(a.segments.at(-1) ?? []), ...(b.segments[0] ?? [])],
        ...b.segments.slice(1),
      ],
      gaps: [...a.gaps, ...b.gaps],
    })),
  )
}

function withLast(draft: Draft, change: (pieces: readonly Piece[]) => readonly Piece[]): Draft {
  return { segments: [...draft.segments.slice(0, -1), change(draft.segments.at(-1) ?? [])], gaps: draft.gaps }
}

/** `~` is said of the word before it, with all that stands there without a space. */
function inflectLastWord(pieces: readonly Piece[]): readonly Piece[] {
  const from = pieces.findLastIndex(({ kind }) => kind === 'space') + 1
  const word = pieces.slice(from)
  if (ways(word).some((literal) => !/\p{L}$/u.test(literal)))
    throw new PhraseProblem('a `~` must follow a word; write `\\~` for the character itself')
  return [...pieces.slice(0, from), { kind: 'inflected', pieces: word }]
}

function formOf({ segments, gaps }: Draft): PhraseForm {
  const laid = segments.map(layOut)
  if (laid.some((segment) => segment.every(mayBeLeftOut)))
    throw new PhraseProblem('one way to say it is empty, or a gap stands at its edge')
  return { segments: laid, gaps }
}

/** Pieces as wordings: what stands between two spaces is one. */
function layOut(pieces: readonly Piece[]): Segment {
  const words: Piece[][] = [[]]
  for (const piece of pieces) {
    if (piece.kind === 'space') words.push([])
    else words.at(-1)?.push(piece)
  }
  return fused(words.flatMap(wordingsOf))
}

function wordingsOf(word: readonly Piece[]): Segment {
  const [first, ...rest] = word
  if (first === undefined) return []
  if (rest.length === 0 && first.kind === 'class') return first.segment
  if (rest.length === 0 && first.kind === 'branches') return [choiceOf(first.branches.map(layOut))]
  return [{ kind: 'literals', literals: tidy(ways(word)) }]
}

/** Branches that are one list of words each are one list together. */
function choiceOf(branches: readonly Segment[]): Wording {
  const literals = new Set<string>()
  const rest: Segment[] = []
  for (const branch of branches) {
    const [only, ...more] = branch
    if (only === undefined) literals.add('')
    else if (more.length === 0 && only.kind === 'literals') only.literals.forEach((literal) => literals.add(literal))
    else if (more.length === 0 && only.kind === 'choice') rest.push(...only.branches)
    else rest.push(branch)
  }
  const listed: Wording = { kind: 'literals', literals: [...literals] }
  if (rest.length === 0) return listed
  return { kind: 'choice', branches: literals.size === 0 ? rest : [[listed], ...rest] }
}

/** Neighbours with one way each are one literal. */
function fused(segment: Segment): Segment {
  const wordings: Wording[] = []
  for (const wording of segment) {
    const last = wordings.at(-1)
    const before = last === undefined ? null : onlyWay(last)
    const way = onlyWay(wording)
    if (way === '') continue
    if (before === null || way === null) wordings.push(wording)
    else wordings[wordings.length - 1] = { kind: 'literals', literals: [`${before} ${way}`] }
  }
  return wordings
}

function onlyWay(wording: Wording): string | null {
  if (wording.kind !== 'literals' || wording.literals.length !== 1) return null
  return wording.literals[0] ?? null
}

export function mayBeLeftOut(wording: Wording): boolean {
  return wording.kind === 'literals'
    ? wording.literals.includes('')
    : wording.branches.some((branch) => branch.every(mayBeLeftOut))
}

const untidy = /^\s|\s$|\s\s/

function tidy(literals: readonly string[]): readonly string[] {
  return literals.some((literal) => untidy.test(literal))
    ? [...new Set(literals.map((literal) => literal.replace(/\s+/g, ' ').trim()))]
    : literals
}

/** All ways to write pieces one after the other. */
function ways(pieces: readonly Piece[]): readonly string[] {
  return pieces.reduce<readonly string[]>((before, piece) => product(before, waysOf(piece), ''), [''])
}

function waysOf(piece: Piece): readonly string[] {
  switch (piece.kind) {
    case 'text':
      return [piece.text]
    case 'space':
      return [' ']
    case 'branches':
      return [...new Set(piece.branches.flatMap(ways))]
    case 'class':
      return segmentWays(piece.segment)
    case 'inflected':
      return [...new Set(ways(piece.pieces).flatMap(inflections))]
  }
}

function segmentWays(segment: Segment): readonly string[] {
  return segment.reduce<readonly string[]>(
    (before, wording) =>
      product(before, wording.kind === 'literals' ? wording.literals : wording.branches.flatMap(segmentWays), ' '),
    [''],
  )
}

function product(first: readonly string[], second: readonly string[], between: string): readonly string[] {
  if (first.length === 1 && first[0] === '') return second
  if (second.length === 1 && second[0] === '') return first
  if (first.length * second.length > maxWays)
    throw new PhraseProblem(
      `a word of it can be written in more than ${maxWays} ways; split it, or use fewer alternatives`,
    )
  return first.flatMap((a) => second.map((b) => (a === '' || b === '' ? a + b : a + between + b)))
}
