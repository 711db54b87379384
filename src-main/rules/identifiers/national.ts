import { validate as auTfn } from 'stdnum/lib/cjs/au/tfn.js'
import { validate as brCpf } from 'stdnum/lib/cjs/br/cpf.js'
import { validate as caSin } from 'stdnum/lib/cjs/ca/sin.js'
import { validate as deIdnr } from 'stdnum/lib/cjs/de/idnr.js'
import { validate as esDni } from 'stdnum/lib/cjs/es/dni.js'
import { validate as esNie } from 'stdnum/lib/cjs/es/nie.js'
import { validate as frNir } from 'stdnum/lib/cjs/fr/nir.js'
import { validate as gbNino } from 'stdnum/lib/cjs/gb/nino.js'
import { validate as inAadhaar } from 'stdnum/lib/cjs/in/aadhaar.js'
import { validate as inPan } from 'stdnum/lib/cjs/in/pan.js'
import { validate as itCodiceFiscale } from 'stdnum/lib/cjs/it/codicefiscale.js'
import { validate as nlBsn } from 'stdnum/lib/cjs/nl/bsn.js'
import { validate as plPesel } from 'stdnum/lib/cjs/pl/pesel.js'
import { validate as sePersonnummer } from 'stdnum/lib/cjs/se/personnummer.js'
import { nationalWorld } from './national-world.ts'
import { digitsOf, isPlaceholder, shapeOf, type IdentifierType } from './identifier-type.ts'

interface Validation {
  readonly isValid?: boolean
}

/** How a country writes the number of a person, and who checks it. */
export interface National {
  readonly type: string
  readonly title: string
  readonly country: string
  readonly shape: string
  readonly valid: (compact: string) => Validation
  readonly context: readonly string[]
  readonly contextIs?: IdentifierType['contextIs']
  readonly published?: readonly string[]
}

const national: readonly National[] = [
  {
    type: 'ca-sin',
    title: 'Canadian social insurance number',
    country: 'CA',
    shape: String.raw`\d{3}([- ]?)\d{3}\1\d{3}`,
    valid: caSin,
    context: ['sin', 'social insurance', 'nas', 'assurance sociale'],
    published: ['046454286'],
  },
  {
    type: 'uk-nino',
    title: 'UK National Insurance number',
    country: 'GB',
    shape: String.raw`[a-z]{2}( ?)\d{2}\1\d{2}\1\d{2}\1[a-d]`,
    valid: gbNino,
    context: ['ni', 'nino', 'national insurance', 'insurance number'],
    contextIs: 'raises',
    published: ['QQ123456C', 'AB123456C'],
  },
  {
    type: 'uk-nhs',
    title: 'NHS number',
    country: 'GB',
    shape: String.raw`\d{3}([- ]?)\d{3}\1\d{4}`,
    valid: (compact) => ({ isValid: isNhsNumber(compact) }),
    context: ['nhs', 'nhs number', 'patient'],
    published: ['9434765919', '4505577104'],
  },
  {
    type: 'de-idnr',
    title: 'German tax identification number',
    country: 'DE',
    shape: String.raw`\d{2} ?\d{3} ?\d{3} ?\d{3}`,
    valid: deIdnr,
    context: ['steuer', 'steueridentifikationsnummer', 'steuer-id', 'idnr', 'identifikationsnummer', 'tax id'],
  },
  {
    type: 'fr-nir',
    title: 'French social security number',
    country: 'FR',
    shape: String.raw`[12] ?\d{2} ?\d{2} ?\d[\dab] ?\d{3} ?\d{3} ?\d{2}`,
    valid: frNir,
    context: ['securite sociale', 'nir', 'insee', 'social security'],
  },
  {
    type: 'es-dni',
    title: 'Spanish identity number (DNI)',
    country: 'ES',
    shape: String.raw`\d{8}[- ]?[a-z]`,
    valid: esDni,
    context: ['dni', 'nif', 'identidad', 'documento'],
    published: ['12345678Z'],
  },
  {
    type: 'es-nie',
    title: 'Spanish foreigner number (NIE)',
    country: 'ES',
    shape: String.raw`[xyz][- ]?\d{7}[- ]?[a-z]`,
    valid: esNie,
    context: ['nie', 'extranjero', 'identidad'],
    published: ['X1234567L'],
  },
  {
    type: 'it-codice-fiscale',
    title: 'Italian tax code',
    country: 'IT',
    shape: String.raw`[a-z]{6}\d{2}[a-z]\d{2}[a-z]\d{3}[a-z]`,
    valid: itCodiceFiscale,
    context: ['codice fiscale', 'cf', 'fiscale'],
    contextIs: 'raises',
    published: ['RSSMRA85T10A562S', 'RSSMRA80A01H501U'],
  },
  {
    type: 'pl-pesel',
    title: 'Polish identification number (PESEL)',
    country: 'PL',
    shape: String.raw`\d{11}`,
    valid: plPesel,
    context: ['pesel'],
    published: ['44051401458', '44051401359'],
  },
  {
    type: 'nl-bsn',
    title: 'Dutch citizen service number (BSN)',
    country: 'NL',
    shape: String.raw`\d{4}[. ]?\d{2}[. ]?\d{3}|\d{3}[. ]?\d{3}[. ]?\d{3}`,
    valid: nlBsn,
    context: ['bsn', 'burgerservicenummer', 'sofinummer'],
    published: ['111222333', '123456782'],
  },
  {
    type: 'se-personnummer',
    title: 'Swedish personal identity number',
    country: 'SE',
    shape: String.raw`(?:\d{2})?\d{6}[-+]?\d{4}`,
    valid: sePersonnummer,
    context: ['personnummer', 'personnr', 'pnr'],
  },
  {
    type: 'br-cpf',
    title: 'Brazilian taxpayer number (CPF)',
    country: 'BR',
    shape: String.raw`\d{3}\.\d{3}\.\d{3}-\d{2}|\d{11}`,
    valid: brCpf,
    context: ['cpf'],
    published: ['12345678909'],
  },
  {
    type: 'au-tfn',
    title: 'Australian tax file number',
    country: 'AU',
    shape: String.raw`\d{3}( ?)\d{3}\1\d{2,3}`,
    valid: auTfn,
    context: ['tfn', 'tax file'],
    published: ['123456782'],
  },
  {
    type: 'in-aadhaar',
    title: 'Indian identity number (Aadhaar)',
    country: 'IN',
    shape: String.raw`[2-9]\d{3}([- ]?)\d{4}\1\d{4}`,
    valid: inAadhaar,
    context: ['aadhaar', 'aadhar', 'uidai', 'uid'],
  },
  {
    type: 'in-pan',
    title: 'Indian tax number (PAN)',
    country: 'IN',
    shape: String.raw`[a-z]{5}\d{4}[a-z]`,
    valid: inPan,
    context: ['pan', 'income tax', 'permanent account'],
    published: ['ABCDE1234F'],
  },
]

export const nationalIdentifiers: readonly IdentifierType[] = [...national, ...nationalWorld].map((one) => {
  const published = new Set(one.published)
  return {
    type: one.type,
    title: one.title,
    country: one.country,
    shape: shapeOf(one.shape),
    context: one.context,
    contextIs: one.contextIs ?? 'always',
    check(candidate) {
      const compact = candidate.replace(/[-. /()]/g, '').toUpperCase()
      if (published.has(compact) || isPlaceholder(digitsOf(candidate))) return null
      const written = signed.has(one.type) ? candidate.toUpperCase() : compact
      return one.valid(written).isValid === true ? { length: candidate.length, why: 'check digits' } : null
    },
  }
})

/** The sign between the digits says the century. */
const signed: ReadonlySet<string> = new Set(['se-personnummer', 'fi-hetu'])

/** NHS data dictionary: weights 10 to 2, modulus 11. */
function isNhsNumber(digits: string): boolean {
  let sum = 0
  for (let at = 0; at < 9; at++) sum += Number(digits.charAt(at)) * (10 - at)
  const check = (11 - (sum % 11)) % 11
  return check !== 10 && check === Number(digits.charAt(9))
}
