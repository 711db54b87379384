import { digitsOf, isPlaceholder, shapeOf, type IdentifierType } from './identifier-type.ts'

/** How states write the number (AAMVA, state manuals); none has public check digits. */
const states: readonly (readonly [RegExp, string])[] = [
  [/^[a-z]\d{7}$/, 'CA, HI, MO or WV'],
  [/^[a-z]\d{3}-?\d{3}-?\d{2}-?\d{3}-?\d$/, 'FL, MD, MI or MN'],
  [/^[a-z]\d{3}-?\d{4}-?\d{4}$/, 'IL'],
  [/^[a-z]\d{4}-?\d{5}-?\d{5}$/, 'NJ'],
  [/^[a-z]\d{3}-?\d{4}-?\d{4}-?\d{2}$/, 'WI'],
  [/^\d{4}-?\d{2}-?\d{4}$/, 'IN'],
  [/^[a-z]\d{8}$/, 'AZ, KS, KY, MA, OK or VA'],
  [/^[a-z]\d{2}-?\d{2}-?\d{4}$/, 'KS or KY'],
  [/^[a-z]\d{6}$/, 'AK, NE or RI'],
  [/^[a-z]\d{9}$/, 'MO, NV or OK'],
  [/^[a-z]\d{12}$/, 'FL, MD, MI or MN'],
  [/^[a-z]{2}\d{6}$/, 'OH'],
  [/^[a-z]{3}\d{6}$/, 'ND'],
  [/^[a-z]{2}\d{6}[a-z]$/, 'ID'],
  [/^\d{2}[a-z]{3}\d{5}$/, 'NH'],
  [/^wdl[a-z0-9]{9}$|^[a-z*]{5,7}[a-z*]\d{3}[a-z0-9*]{2}$/, 'WA'],
  [/^\d{8}$/, 'PA, TX or others'],
  [/^\d{3} \d{3} \d{3}$/, 'NY'],
  [/^\d{9}$/, 'GA, NY or others'],
  [/^\d{6,12}$/, 'several states'],
]

export const usDriversLicence: IdentifierType = {
  type: 'us-drivers-licence',
  title: "US driver's licence number",
  country: 'US',
  shape: shapeOf(
    [
      String.raw`[a-z]\d{3}-\d{4}-\d{4}(?:-\d{2})?`,
      String.raw`[a-z]\d{3}-\d{3}-\d{2}-\d{3}-\d`,
      String.raw`[a-z]\d{2}-\d{2}-\d{4}`,
      String.raw`[a-z]\d{4}-\d{5}-\d{5}`,
      String.raw`\d{4}-\d{2}-\d{4}`,
      String.raw`\d{3} \d{3} \d{3}`,
      String.raw`wdl[a-z0-9]{9}`,
      String.raw`[a-z]{3}\d{6}`,
      String.raw`[a-z]{2}\d{6}[a-z]?`,
      String.raw`\d{2}[a-z]{3}\d{5}`,
      String.raw`[a-z]{0,2}\d{6,14}`,
    ].join('|'),
  ),
  check(candidate) {
    if (isPlaceholder(digitsOf(candidate))) return null
    const state = states.find(([shape]) => shape.test(candidate))?.[1]
    return state === undefined ? null : { length: candidate.length, why: `shape of ${state}` }
  },
  context: [
    "driver's license",
    "driver's licence",
    'drivers license',
    'drivers licence',
    'driver license',
    'driving licence',
    'driving license',
    'dl no',
    'dl #',
    'dln',
  ],
  contextIs: 'always',
}

/** DVLA: five letters of the name, decade, month (50 more for women), day, year, two initials, a digit and two letters. */
export const ukDrivingLicence: IdentifierType = {
  type: 'uk-driving-licence',
  title: 'UK driving licence number',
  country: 'GB',
  shape: shapeOf(
    String.raw`[a-z]{1,5}9{0,4} ?\d(?:[05][1-9]|[16][0-2])(?:0[1-9]|[12]\d|3[01])\d ?[a-z][a-z9] ?\d[a-z]{2}`,
  ),
  check(candidate) {
    const compact = candidate.replace(/ /g, '')
    if (compact.length !== 16 || compact.startsWith('morga65') || compact.startsWith('morga75')) return null
    return { length: candidate.length, why: 'name, birth date and initials in their places' }
  },
  context: ['driving licence', 'driving license', "driver's licence", 'licence number', 'licence no', 'dvla'],
  contextIs: 'raises',
}
