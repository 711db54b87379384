import validator from 'validator'
import { digitsOf, isPlaceholder, shapeOf, type IdentifierType } from './identifier-type.ts'

/** Numbers that processors publish for tests; they belong to nobody. */
const published: ReadonlySet<string> = new Set(
  `4111111111111111 4012888888881881 4222222222222 4242424242424242 4000056655665556 4000000000000002 4000000000009995 4000002500003155
   4000000000003220 4007000000027 4012000033330026 4005519200000004 4009348888881881 4012000077777777 4217651111111119 4500600000000061
   4917610000000000 4988438843884305 4166676667666746 4646464646464644 4444333322221111 4000000000001000 4035501000000008 4360000001000005
   5555555555554444 5200828282828210 5105105105105100 5454545454545454 5424000000000015 5555341244441115 5577000055770004 5136333333333335
   5585558555855583 5555444433331111 5399999999999999 5500000000000004 2223003122003222 2223000048400011 2222400070000005 2222990905257051
   378282246310005 371449635398431 378734493671000 370000000000002 341111111111111 374251018720018 374101000000608
   6011111111111117 6011000990139424 6011981111111113 6011601160116611 6445644564456445 6200000000000005 6205500000000000004
   3056930009020004 30569309025904 38520000023237 36227206271667 36006666333344 3566002020360505 3530111333300000 3566111111111113 3569990010095841`.split(
    /\s+/,
  ),
)

/** ISO/IEC 7812: issuer range, length and the Luhn check. */
export const paymentCard: IdentifierType = {
  type: 'payment-card',
  title: 'Payment card number',
  country: null,
  shape: shapeOf(
    // Longer rows of four are a parcel's or an account's.
    String.raw`(?<!\d{4}[- ])\d{4}([- ])\d{4}\1\d{4}\1\d{4}(?:\1\d{3})?(?![- ]\d{4})|3\d{3}([- ])\d{6}\2\d{4,5}|\d{13,19}`,
  ),
  check(candidate) {
    const digits = digitsOf(candidate)
    if (published.has(digits) || isPlaceholder(digits)) return null
    if (!validator.isCreditCard(digits)) return null
    return {
      length: candidate.length,
      why: 'issuer range, length and Luhn check',
      bare: candidate.length === digits.length,
    }
  },
  looksLike(candidate) {
    const digits = digitsOf(candidate)
    // Thirteen digits are more often a time, fourteen a date with its time.
    return digits.length > 14 || published.has(digits) || validator.isCreditCard(digits)
  },
  context: [
    'card',
    'cards',
    'visa',
    'mastercard',
    'amex',
    'american express',
    'discover',
    'credit',
    'debit',
    'cc',
    'pan',
    'cvv',
    'cvc',
    'expiry',
    'exp',
  ],
  contextIs: 'raises',
}
