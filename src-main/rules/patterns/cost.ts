/**
 * How many steps for each UTF-16 unit of a text a backtracking engine takes on a pattern at the most, whatever the text
 * holds; Infinity: not known, or without bound. An upper bound read off the pattern alone: patterns that it says nothing
 * good of may still be safe. `longestRun`: how many units a repeat without bound can take, which is the length of the
 * text. The pattern's syntax is known to be right (flags `iu`).
 */
export function stepsPerUnit(source: string, longestRun: number): number {
  const whole = read(source, longestRun)
  // At the beginning of a text only: its steps are those of a few units' worth of text.
  if (/^\^[^|]*$/.test(outside(source))) return 1 + whole.steps / oneTextUnits
  // A literal cannot begin at every unit.
  return 1 + whole.steps / Math.max(1, periodOf(whole.literal))
}

/** How many UTF-16 units a match and what is looked at behind it take, at the most; Infinity: without bound. */
export function reachOf(source: string): number {
  return read(source, Infinity).units
}

function read(source: string, longestRun: number): Part {
  const reader: Reader = { source, at: 0, longestRun }
  const whole = readAlternatives(reader)
  return reader.at < source.length ? unknown : whole
}

/** The longest text, in UTF-16 units, on which a backtracking engine takes no more than so many steps. */
export function longestWithin(source: string, maxSteps: number): number {
  const bounded = stepsPerUnit(source, Infinity)
  if (bounded < Infinity) return Math.floor(maxSteps / bounded)
  return Math.min(longestTried, Math.floor(maxSteps / stepsPerUnit(source, longestTried)))
}

/** Of patterns with repeats without bound; on longer texts each unit costs more. */
const longestTried = 4_000

/** What its own beginning costs is little for a text of so many units, which the shortest mails have. */
const oneTextUnits = 100

/** The source without its groups. */
function outside(source: string): string {
  let depth = 0
  let bare = ''
  for (const [token] of source.matchAll(/\\[^]|\[(?:\\[^]|[^\]])*\]|[^]/g)) {
    if (token === '(') depth += 1
    if (depth === 0) bare += token
    if (token === ')') depth -= 1
  }
  return bare
}

/** The least distance between two places of a literal that overlap. */
function periodOf(literal: string): number {
  for (let shift = 1; shift < literal.length; shift++) if (literal.startsWith(literal.slice(shift))) return shift
  return literal.length
}

/** What is known of a part of a pattern, on whatever text. */
interface Part {
  /** In how many ways it can match from one place, at most. */
  readonly ways: number
  /** Steps to go through all of them. */
  readonly steps: number
  /** Characters that it can begin with. */
  readonly first: Characters
  readonly mayBeEmpty: boolean
  /** ASCII, in lower case, that it begins with always; `''`: not known. */
  readonly literal: string
  /** Where its end alone varies, along these characters: what cannot follow in them fixes the end. */
  readonly run: Characters | null
  /** The ways that are left once its end is fixed so. */
  readonly fixedWays: number
  /** UTF-16 units that it looks at, at most. */
  readonly units: number
}

interface Reader {
  readonly source: string
  readonly longestRun: number
  at: number
}

/** ASCII characters, and as the last one all others together. */
type Characters = Uint8Array

const others = 128
const noCharacters: Characters = new Uint8Array(others + 1)
const allCharacters: Characters = new Uint8Array(others + 1).fill(1)

const nothing: Part = {
  ways: 1,
  steps: 0,
  first: noCharacters,
  mayBeEmpty: true,
  literal: '',
  run: null,
  fixedWays: 1,
  units: 0,
}
const unknown: Part = { ...nothing, ways: Infinity, steps: Infinity, first: allCharacters, units: Infinity }

function readAlternatives(reader: Reader): Part {
  const branches = [readSequence(reader)]
  while (reader.source.charAt(reader.at) === '|') {
    reader.at += 1
    branches.push(readSequence(reader))
  }
  return branches.length === 1 ? (branches[0] ?? nothing) : alternatives(branches)
}

/** Branches that begin with different literals cannot match at the same place. */
function alternatives(branches: readonly Part[]): Part {
  const together = branches.map((branch) => branches.filter((other) => mayBothMatch(branch, other)))
  const begun = branches.map((branch) => branches.filter((other) => !areDisjoint(branch.first, other.first)))
  return {
    ways: Math.max(...together.map((parts) => sum(parts.map(({ ways }) => ways)))),
    steps:
      branches.length +
      Math.max(...together.map((parts) => sum(parts.map(({ steps }) => steps)))) +
      Math.max(...begun.map((parts) => sum(parts.map(({ literal }) => literal.length)))),
    first: branches.map(({ first }) => first).reduce(union),
    mayBeEmpty: branches.some(({ mayBeEmpty }) => mayBeEmpty),
    literal: '',
    run: null,
    fixedWays: 1,
    units: Math.max(...branches.map(({ units }) => units)),
  }
}

function mayBothMatch(a: Part, b: Part): boolean {
  if (!a.mayBeEmpty && !b.mayBeEmpty && areDisjoint(a.first, b.first)) return false
  return a.literal.startsWith(b.literal) || b.literal.startsWith(a.literal)
}

function readSequence(reader: Reader): Part {
  const parts: Part[] = []
  while (reader.at < reader.source.length) {
    const character = reader.source.charAt(reader.at)
    if (character === '|' || character === ')') break
    parts.push(readRepeated(reader))
  }
  return parts.reduceRight((rest, part) => followedBy(part, rest), nothing)
}

function followedBy(part: Part, rest: Part): Part {
  const endIsFixed = part.run !== null && !rest.mayBeEmpty && areDisjoint(part.run, rest.first)
  // A literal behind a run of single characters stands at few of the places where the run may end.
  const places = part.run === null ? part.ways : Math.ceil(part.ways / Math.max(1, periodOf(rest.literal)))
  const ways = endIsFixed ? part.fixedWays : places
  return {
    ways: times(ways, rest.ways),
    // Where not all ends go on, the first character of what follows is tried at each.
    steps: part.steps + times(ways, rest.steps) + (ways < part.ways ? part.ways : 0),
    first: part.mayBeEmpty ? union(part.first, rest.first) : part.first,
    mayBeEmpty: part.mayBeEmpty && rest.mayBeEmpty,
    literal: takesNoText(part) ? rest.literal : isOneLetter(part) ? part.literal + rest.literal : part.literal,
    run: rest === nothing ? part.run : rest.run !== null && ways === 1 ? rest.run : null,
    fixedWays: rest === nothing ? part.fixedWays : rest.fixedWays,
    units: part.units + rest.units,
  }
}

function takesNoText({ first, ways }: Part): boolean {
  return ways === 1 && areDisjoint(first, allCharacters)
}

function isOneLetter({ literal, ways, mayBeEmpty }: Part): boolean {
  return literal.length === 1 && ways === 1 && !mayBeEmpty
}

function readRepeated(reader: Reader): Part {
  const part = readAtom(reader)
  const found = /^(?:[*+?]|\{(\d+)(,(\d*))?\})\??/.exec(reader.source.slice(reader.at, reader.at + 24))
  if (found === null) return part
  reader.at += found[0].length
  const sign = found[0].charAt(0)
  const least = sign === '+' ? 1 : sign === '{' ? Number(found[1]) : 0
  const bounded = sign === '?' ? 1 : found[2] === undefined ? least : Number(found[3])
  const isBounded = sign === '?' || (sign === '{' && found[3] !== '')
  return repeated(part, least, isBounded ? bounded : Math.max(least, reader.longestRun))
}

function repeated(part: Part, least: number, most: number): Part {
  if (most === 0) return nothing
  const mayBeEmpty = least === 0 || part.mayBeEmpty
  const oneCharacter = part.ways === 1 && part.run === null && !part.mayBeEmpty
  if (oneCharacter) {
    return {
      ways: most - least + 1,
      steps: times(most, part.steps) + most - least + 1,
      first: part.first,
      mayBeEmpty,
      literal: least > 0 ? part.literal.slice(0, 1) : '',
      // Only where each round is one character is the place of the end one of its characters.
      run: least === most ? null : part.steps === 1 ? part.first : null,
      fixedWays: 1,
      units: times(most, part.units),
    }
  }
  // Where a round can only end before the next one's first character, only the last round's end varies.
  const fixedRounds = part.run !== null && !part.mayBeEmpty && areDisjoint(part.run, part.first)
  const waysOfRound = fixedRounds ? part.fixedWays : part.ways
  let before = 1
  let ways = least === 0 ? 1 : 0
  let steps = 0
  for (let round = 1; round <= most && steps < Infinity; round++) {
    steps += before * (part.steps + part.ways)
    if (round >= least) ways += before * part.ways
    before *= waysOfRound
    if (round > 1_000 && before === 1) {
      steps *= most / round
      ways *= most / round
      break
    }
    if (steps > 1e12) return { ...unknown, first: part.first, mayBeEmpty }
  }
  // How many rounds there were stays open.
  const run = fixedRounds ? part.run : null
  return {
    ways,
    steps,
    first: part.first,
    mayBeEmpty,
    literal: '',
    run,
    fixedWays: most - least + 1,
    units: times(most, part.units),
  }
}

function readAtom(reader: Reader): Part {
  const character = reader.source.charAt(reader.at)
  reader.at += 1
  switch (character) {
    case '(':
      return readGroup(reader)
    case '[':
      return one(readClass(reader))
    case '\\':
      return readEscape(reader)
    case '.':
      return one(allCharacters)
    case '^':
    case '$':
      return { ...nothing, steps: 1 }
    default: {
      // Case-blind: letters of both cases, and the few others that fold to ASCII letters.
      const part = one(caseBlind(charactersOf(character)))
      return /^[!-~ ]$/.test(character) ? { ...part, literal: character.toLowerCase() } : part
    }
  }
}

function readGroup(reader: Reader): Part {
  const head = /^\?(?::|<?[=!]|<[\w$]+>)/.exec(reader.source.slice(reader.at, reader.at + 80))?.[0] ?? ''
  reader.at += head.length
  const part = readAlternatives(reader)
  reader.at += 1
  if (!/^\?<?[=!]/.test(head)) return part
  // What is looked at takes no text, and is not tried again in another way.
  return { ...nothing, steps: part.steps + 1, units: part.units }
}

function readEscape(reader: Reader): Part {
  const rest = reader.source.slice(reader.at)
  const [escape = ''] =
    /^(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[\dA-Fa-f]{4}|x[\dA-Fa-f]{2}|k<[^>]*>|c[A-Za-z]|[1-9]\d*|[^])/.exec(rest) ?? []
  reader.at += escape.length
  if (/^[bB]$/.test(escape)) return { ...nothing, steps: 1 }
  if (/^(?:k<|[1-9])/.test(escape)) return unknown
  return one(escapedCharacters(escape))
}

function one(characters: Characters): Part {
  return { ...nothing, steps: 1, first: characters, mayBeEmpty: false, units: characters[others] === 1 ? 2 : 1 }
}

/** Up to its `]`; what it holds beyond ASCII is taken to be all that is beyond. */
function readClass(reader: Reader): Characters {
  const negated = reader.source.charAt(reader.at) === '^'
  if (negated) reader.at += 1
  let members: Characters = noCharacters
  let before: number | null = null
  while (reader.at < reader.source.length && reader.source.charAt(reader.at) !== ']') {
    const isRange: boolean = before !== null && /^-[^\]]/.test(reader.source.slice(reader.at, reader.at + 2))
    if (isRange) reader.at += 1
    const [token = ''] =
      /^(?:\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[\dA-Fa-f]{4}|x[\dA-Fa-f]{2}|[^])|[^])/u.exec(
        reader.source.slice(reader.at),
      ) ?? []
    reader.at += Math.max(1, token.length)
    const found = token.startsWith('\\') ? escapedCharacters(token.slice(1)) : charactersOf(token)
    const single = token.startsWith('\\') ? null : (token.codePointAt(0) ?? null)
    members = union(members, isRange ? range(before ?? 0, single) : found)
    before = isRange ? null : single
  }
  reader.at += 1
  const both = caseBlind(members)
  return negated ? complement(members) : both
}

/** `to` null: not a plain character; all from there on. */
function range(from: number, to: number | null): Characters {
  const made = new Uint8Array(others + 1)
  made.fill(1, Math.min(from, others), Math.min(to ?? others, others) + 1)
  return made
}

function escapedCharacters(escape: string): Characters {
  const classes: Readonly<Record<string, RegExp>> = {
    d: /\d/,
    D: /\D/,
    w: /\w/,
    W: /\W/,
    s: /\s/,
    S: /\S/,
  }
  const known = classes[escape]
  if (known !== undefined) {
    const made = Uint8Array.from({ length: others + 1 }, (_, code) => (known.test(String.fromCharCode(code)) ? 1 : 0))
    made[others] = 1
    return made
  }
  if (/^[pP]/.test(escape)) {
    const property = new RegExp(`\\${escape}`, 'u')
    const made = Uint8Array.from({ length: others + 1 }, (_, code) =>
      property.test(String.fromCharCode(code)) ? 1 : 0,
    )
    made[others] = 1
    return made
  }
  const code = /^(?:u\{?|x)([\dA-Fa-f]+)\}?$/.exec(escape)?.[1]
  if (code !== undefined) return charactersOf(String.fromCodePoint(Math.min(parseInt(code, 16), 0x10ffff)))
  if (/^[tnvfr0]$/.test(escape)) return charactersOf(JSON.parse(`"\\u00${controls[escape] ?? '00'}"`) as string)
  return charactersOf(escape)
}

const controls: Readonly<Record<string, string>> = { t: '09', n: '0a', v: '0b', f: '0c', r: '0d' }

function charactersOf(character: string): Characters {
  const made = new Uint8Array(others + 1)
  made[Math.min(character.codePointAt(0) ?? others, others)] = 1
  return made
}

/** With the other case; `k` and `s` have a third one beyond ASCII, and what is beyond may fold to them. */
function caseBlind(characters: Characters): Characters {
  const made = Uint8Array.from(characters)
  for (let upper = 0x41; upper <= 0x5a; upper++) {
    if (made[upper] === 1 || made[upper + 32] === 1) made[upper] = made[upper + 32] = 1
  }
  if (made[0x6b] === 1 || made[0x73] === 1) made[others] = 1
  if (made[others] === 1) for (const code of [0x6b, 0x4b, 0x73, 0x53]) made[code] = 1
  return made
}

/** All but the members; what only folds to one, or is beyond ASCII, may be in it. */
function complement(members: Characters): Characters {
  const made = Uint8Array.from(members, (member) => 1 - member)
  made[others] = 1
  return caseBlind(made)
}

function union(a: Characters, b: Characters): Characters {
  return Uint8Array.from(a, (member, at) => member | (b[at] ?? 0))
}

function areDisjoint(a: Characters, b: Characters): boolean {
  return a.every((member, at) => member === 0 || b[at] === 0)
}

/** No way, or no step, is none however often. */
function times(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : a * b
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
