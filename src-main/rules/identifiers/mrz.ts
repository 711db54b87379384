import { shapeOf, type IdentifierCheck, type IdentifierType } from './identifier-type.ts'

/** ICAO Doc 9303 part 3, 4.9: weights 7, 3, 1; letters from 10, the filler 0. Lower case. */
export function mrzCheckDigit(field: string): number {
  let sum = 0
  for (let at = 0; at < field.length; at++) {
    const code = field.charCodeAt(at)
    const value = code >= 0x61 ? code - 0x61 + 10 : code >= 0x30 && code <= 0x39 ? code - 0x30 : 0
    sum += value * ([7, 3, 1][at % 3] ?? 0)
  }
  return sum % 10
}

/** A field from `start`, with its check digit behind it. A field that is left out may have a filler there. */
function holds(line: string, start: number, end: number): boolean {
  const field = line.slice(start, end)
  const digit = line.charAt(end)
  return digit === '<' ? /^<*$/.test(field) : mrzCheckDigit(field) === Number(digit)
}

function holdsAll(parts: readonly string[], digit: string): boolean {
  return mrzCheckDigit(parts.join('')) === Number(digit)
}

/** Number, birth, expiry and all of a line of 44 (TD3, passports) or 36 (TD2, cards). */
function isLowerLine(line: string): boolean {
  const last = line.length - 1
  const personal = line.length === 44 ? holds(line, 28, 42) : true
  return (
    holds(line, 0, 9) &&
    holds(line, 13, 19) &&
    holds(line, 21, 27) &&
    personal &&
    holdsAll([line.slice(0, 10), line.slice(13, 20), line.slice(21, last)], line.charAt(last))
  )
}

/** Three lines of 30 (TD1, cards). */
function isCard(first: string, second: string): boolean {
  return (
    holds(first, 5, 14) &&
    holds(second, 0, 6) &&
    holds(second, 8, 14) &&
    holdsAll([first.slice(5), second.slice(0, 7), second.slice(8, 15), second.slice(18, 29)], second.charAt(29))
  )
}

const lines = {
  nameOfPassport: String.raw`[pv][a-z<][a-z<]{3}[a-z<]{39}`,
  nameOfCard: String.raw`[aciv][a-z<][a-z<]{3}[a-z<]{31}`,
  lower: String.raw`[a-z0-9<]{9}[\d<][a-z<]{3}\d{6}\d[mfx<]\d{6}\d`,
}
const gap = String.raw`[ \n]{1,3}`

/** Machine-readable lines of a passport, visa or identity card: ICAO Doc 9303 parts 4, 5 and 6. */
export const machineReadable: IdentifierType = {
  type: 'passport-mrz',
  title: 'Machine-readable lines of a passport or identity card',
  country: null,
  shape: shapeOf(
    [
      `(?:${lines.nameOfPassport}${gap})?${lines.lower}[a-z0-9<]{14}[\\d<]\\d`,
      `(?:${lines.nameOfCard}${gap})?${lines.lower}[a-z0-9<]{7}\\d`,
      String.raw`[aci][a-z0-9<][a-z<]{3}[a-z0-9<]{9}[\d<][a-z0-9<]{15}${gap}\d{6}\d[mfx<]\d{6}\d[a-z<]{3}[a-z0-9<]{11}\d(?:${gap}[a-z<]{30})?`,
    ].join('|'),
  ),
  check(candidate): IdentifierCheck | null {
    const [first = '', second = ''] = candidate.split(/[ \n]+/)
    const isTd1 = first.length === 30
    const lower = second === '' ? first : second
    const valid = isTd1 ? isCard(first, second) : (lower.length === 44 || lower.length === 36) && isLowerLine(lower)
    const isSpecimen = /[^a-z]uto/.test(candidate)
    if (!valid || isSpecimen) return null
    return { length: candidate.length, why: `check digits of ${isTd1 ? 'TD1' : lower.length === 44 ? 'TD3' : 'TD2'}` }
  },
  looksLike: (candidate) => candidate.includes('<<'),
  context: ['passport', 'mrz', 'identity card', 'id card', 'reisepass', 'passeport', 'pasaporte', 'visa'],
  contextIs: 'raises',
}
