import unhomoglyphModule from 'unhomoglyph'

// The package is CommonJS without interop marks: a bundler hands over the function, Node the same as `default`.
const unhomoglyph: (text: string) => string = unhomoglyphModule

const ignorable = /[\p{Default_Ignorable_Code_Point}\u2028\u2029]|[\p{Cf}]/u
// Accents and voicing marks; vowel signs of Indic scripts and Thai belong to a script of their own and stay.
const accent = /(?=\p{Mn})\p{Script=Inherited}/gu
const decimalDigit = /^\p{Nd}$/u

const alike: ReadonlyMap<string, string> = new Map([
  ...sameAs("'", '\u2018\u2019\u201a\u201b\u2032\u2035\u02bb\u02bc\u02bd\u00b4\uff07'),
  ...sameAs('"', '\u201c\u201d\u201e\u201f\u2033\u2036\u00ab\u00bb\u301d\u301e\u301f\uff02'),
  ...inOrder(
    '\u1d00\u0299\u1d04\u1d05\u1d07\ua730\u0262\u029c\u026a\u1d0a\u1d0b\u029f\u1d0d\u0274\u1d0f\u1d18',
    'abcdefghijklmnop',
  ),
  ...inOrder('\u0280\ua731\u1d1b\u1d1c\u1d20\u1d21\u028f\u1d22', 'rstuvwyz'),
  ...boxed(0x1f150),
  ...boxed(0x1f170),
  ...sameAs('-', '\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\ufe58\ufe63\uff0d'),
])

/** Small capitals: letters of their own to Unicode. */
function inOrder(characters: string, letters: string): [string, string][] {
  return Array.from(characters, (character, at) => [character, letters.charAt(at)])
}

/** White letters in black circles and boxes. */
function boxed(first: number): [string, string][] {
  return Array.from('abcdefghijklmnopqrstuvwxyz', (letter, at) => [String.fromCodePoint(first + at), letter])
}

function sameAs(becomes: string, characters: string): [string, string][] {
  return Array.from(characters, (character) => [character, becomes])
}

// A memo of a pure function over code points; at most as large as Unicode.
const folded = new Map<number, string>()

/** What one code point folds to; empty when it shows nothing. ASCII letters become lower case. */
export function foldCodePoint(codePoint: number): string {
  const known = folded.get(codePoint)
  if (known !== undefined) return known
  const made = foldOnce(String.fromCodePoint(codePoint))
  folded.set(codePoint, made)
  return made
}

function foldOnce(character: string): string {
  const same = alike.get(character)
  if (same !== undefined) return same
  if (ignorable.test(character)) return ''
  if (/[\ud800-\udfff]/.test(character) && character.length === 1) return character
  const base = character.normalize('NFKD').replace(accent, '')
  let made = ''
  for (const part of base) made += foldPart(part)
  return made
}

/** A code point without a decomposition of its own. */
function foldPart(part: string): string {
  const same = alike.get(part)
  if (same !== undefined) return same
  if (ignorable.test(part)) return ''
  if (/\s/.test(part)) return ' '
  if (part > '\x7f' && decimalDigit.test(part)) return digitValue(part)
  // Upper case first: ß and the like become two letters, as Unicode's full case folding has it.
  const lower = part.toUpperCase().toLowerCase()
  return lower.normalize('NFKD').replace(accent, '')
}

/** Decimal digits of a script stand in tens that begin with its zero. */
function digitValue(digit: string): string {
  const codePoint = digit.codePointAt(0) ?? 0
  let first = codePoint
  while (codePoint - first < 60 && decimalDigit.test(String.fromCodePoint(first - 1))) first -= 1
  return String((codePoint - first) % 10)
}

/**
 * The Latin letter that a (folded) letter looks like; null when it looks like none. In a word of mixed scripts also by
 * its capital: the Cyrillic `в` of `Вitcoin`.
 */
export function fromConfusable(letter: string, mixed: boolean): string | null {
  const small = latinLetter(unhomoglyph(letter))
  if (small !== null || !mixed) return small
  return latinLetter(unhomoglyph(letter.toUpperCase()))
}

function latinLetter(made: string): string | null {
  return /^[a-z]$/i.test(made) ? made.toLowerCase() : null
}
