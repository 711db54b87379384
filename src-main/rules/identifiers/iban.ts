import validator from 'validator'
import { shapeOf, type IdentifierType } from './identifier-type.ts'

/** Examples that banks and ISO 13616's registry print. */
const published: ReadonlySet<string> = new Set([
  'DE89370400440532013000',
  'GB82WEST12345698765432',
  'GB29NWBK60161331926819',
  'GB33BUKB20201555555555',
  'FR1420041010050500013M02606',
  'FR7630006000011234567890189',
  'NL91ABNA0417164300',
  'ES9121000418450200051332',
  'IT60X0542811101000000123456',
  'CH9300762011623852957',
  'BE68539007547034',
  'AT611904300234573201',
  'SE4550000000058398257466',
  'DK5000400440116243',
  'NO9386011117947',
  'PL61109010140000071219812874',
  'IE29AIBK93115212345678',
])

/** ISO 13616: length by country and the check modulo 97. */
export const iban: IdentifierType = {
  type: 'iban',
  title: 'Bank account number (IBAN)',
  country: null,
  shape: shapeOf(String.raw`[a-z]{2}\d{2}(?: ?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,3})?`),
  check(candidate) {
    // A word behind the number may have been taken along.
    for (let length = candidate.length; length >= 15; length--) {
      const next = candidate.charAt(length)
      if (next !== '' && next !== ' ') continue
      const compact = candidate.slice(0, length).replace(/ /g, '').toUpperCase()
      if (!validator.isIBAN(compact)) continue
      return published.has(compact) ? null : { length, why: 'length of the country and check digits' }
    }
    return null
  },
  context: [
    'iban',
    'account',
    'konto',
    'bank',
    'bic',
    'swift',
    'transfer',
    'compte',
    'cuenta',
    'conto',
    'rekening',
    'payee',
  ],
  contextIs: 'raises',
  isOftenPublic: true,
}
