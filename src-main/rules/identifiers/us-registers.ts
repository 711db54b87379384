import { luhnChecksumValidate } from 'stdnum/lib/cjs/util/checksum.js'
import { validate as usEin } from 'stdnum/lib/cjs/us/ein.js'
import { digitsOf, isPlaceholder, shapeOf, type IdentifierType } from './identifier-type.ts'

/** Drug Enforcement Administration, registration numbers: odd places and twice the even ones. */
const usDea: IdentifierType = {
  type: 'us-dea',
  title: 'US DEA registration number',
  country: 'US',
  shape: shapeOf(String.raw`[abcdefghjklmprstux][a-z9]\d{7}`),
  check(candidate) {
    const digits = Array.from(candidate.slice(2), Number)
    const at = (place: number): number => digits[place - 1] ?? 0
    const sum = at(1) + at(3) + at(5) + 2 * (at(2) + at(4) + at(6))
    if (sum % 10 !== at(7) || isPlaceholder(candidate.slice(2))) return null
    return { length: candidate.length, why: 'kind of registrant and check digit' }
  },
  context: ['dea', 'dea number', 'dea no', 'dea #', 'drug enforcement'],
  contextIs: 'always',
}

/** 45 CFR 162.406: a Luhn digit over 80840, the issuer of health cards in the United States, and the number. */
const usNpi: IdentifierType = {
  type: 'us-npi',
  title: 'US national provider identifier',
  country: 'US',
  shape: shapeOf(String.raw`[12]\d{9}`),
  check(candidate) {
    if (published.has(candidate) || isPlaceholder(candidate) || !luhnChecksumValidate(`80840${candidate}`)) return null
    return { length: 10, why: 'check digit with the prefix 80840' }
  },
  context: ['npi', 'national provider', 'provider id', 'provider number'],
  contextIs: 'always',
  isOftenPublic: true,
}

const usEinType: IdentifierType = {
  type: 'us-ein',
  title: 'US employer identification number',
  country: 'US',
  shape: shapeOf(String.raw`\d{2}-\d{7}`),
  check(candidate) {
    if (published.has(candidate) || isPlaceholder(digitsOf(candidate))) return null
    return usEin(candidate).isValid ? { length: candidate.length, why: 'prefix of an office in use' } : null
  },
  context: ['ein', 'fein', 'employer identification', 'federal tax id', 'tax id', 'tax identification'],
  contextIs: 'always',
  isOftenPublic: true,
}

/** In the registers' own examples. */
const published: ReadonlySet<string> = new Set(['1234567893', '12-3456789', '00-1234567'])

export const usRegisters: readonly IdentifierType[] = [usDea, usNpi, usEinType]
