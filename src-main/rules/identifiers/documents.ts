import { digitsOf, isPlaceholder, shapeOf, type IdentifierType } from './identifier-type.ts'

/** Numbers without check digits that only the words beside them give away. */
export const documentIdentifiers: readonly IdentifierType[] = [
  {
    type: 'passport',
    title: 'Passport number',
    country: null,
    shape: shapeOf(String.raw`[a-z]{0,2}\d{7,9}`),
    check: (candidate) => (isPlaceholder(digitsOf(candidate)) ? null : { length: candidate.length, why: 'shape only' }),
    context: [
      'passport no',
      'passport number',
      'passport nr',
      'passport #',
      'passport',
      'reisepass',
      'passeport',
      'pasaporte',
    ],
    contextIs: 'always',
  },
  {
    // Medicare beneficiary identifier: positions as the Centers for Medicare & Medicaid Services publish them.
    type: 'us-mbi',
    title: 'US Medicare beneficiary identifier',
    country: 'US',
    shape: shapeOf(
      String.raw`[1-9][ac-hj-kmnp-rt-y][0-9ac-hj-kmnp-rt-y]\d-?[ac-hj-kmnp-rt-y][0-9ac-hj-kmnp-rt-y]\d-?[ac-hj-kmnp-rt-y]{2}\d{2}`,
    ),
    check: (candidate) =>
      candidate.replace(/-/g, '') === '1eg4te5mk73'
        ? null
        : { length: candidate.length, why: 'letters and digits in their places' },
    context: ['medicare', 'mbi', 'beneficiary', 'medicaid'],
    contextIs: 'raises',
  },
  {
    // American Bankers Association: weights 3, 7, 1.
    type: 'us-aba',
    title: 'US bank routing number',
    country: 'US',
    shape: shapeOf(String.raw`\d{9}`),
    check(candidate) {
      const weights = [3, 7, 1]
      let sum = 0
      for (let at = 0; at < 9; at++) sum += Number(candidate.charAt(at)) * (weights[at % 3] ?? 0)
      const district = Number(candidate.slice(0, 2))
      const inUse =
        district <= 12 || (district >= 21 && district <= 32) || (district >= 61 && district <= 72) || district === 80
      if (sum % 10 !== 0 || !inUse || isPlaceholder(candidate)) return null
      return { length: 9, why: 'district and check digit' }
    },
    context: ['routing', 'aba', 'rtn', 'transit number'],
    contextIs: 'always',
    isOftenPublic: true,
  },
]
