import type { RecipientPlace } from './places.ts'

const names: Readonly<Record<string, string>> = {
  USA: 'US',
  'UNITED STATES': 'US',
  'UNITED STATES OF AMERICA': 'US',
  CANADA: 'CA',
  UK: 'GB',
  'UNITED KINGDOM': 'GB',
  ENGLAND: 'GB',
  SCOTLAND: 'GB',
  WALES: 'GB',
  'GREAT BRITAIN': 'GB',
  AUSTRIA: 'AT',
  BELGIUM: 'BE',
  BULGARIA: 'BG',
  CROATIA: 'HR',
  CYPRUS: 'CY',
  CZECHIA: 'CZ',
  'CZECH REPUBLIC': 'CZ',
  DENMARK: 'DK',
  ESTONIA: 'EE',
  FINLAND: 'FI',
  FRANCE: 'FR',
  GERMANY: 'DE',
  DEUTSCHLAND: 'DE',
  GREECE: 'GR',
  HUNGARY: 'HU',
  ICELAND: 'IS',
  IRELAND: 'IE',
  ITALY: 'IT',
  LATVIA: 'LV',
  LIECHTENSTEIN: 'LI',
  LITHUANIA: 'LT',
  LUXEMBOURG: 'LU',
  MALTA: 'MT',
  NETHERLANDS: 'NL',
  NORWAY: 'NO',
  POLAND: 'PL',
  PORTUGAL: 'PT',
  ROMANIA: 'RO',
  SLOVAKIA: 'SK',
  SLOVENIA: 'SI',
  SPAIN: 'ES',
  SWEDEN: 'SE',
}

const ofTheUnion = new Set(
  'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE'.split(' '),
)

/** Codes of the places that laws are chosen by: the country, `EU` with it, an American state. Empty: the row does not say. */
export function regionOf({
  country,
  state,
  zip,
}: Pick<RecipientPlace, 'country' | 'state' | 'zip'>): readonly string[] {
  const code = countryCode(country) ?? (zip !== '' && stateCode(state) !== null ? 'US' : null)
  if (code === null) return []
  const codeOfState = code === 'US' ? stateCode(state) : null
  return [code, ...(ofTheUnion.has(code) ? ['EU'] : []), ...(codeOfState === null ? [] : [`US-${codeOfState}`])]
}

/** ISO 3166 alpha-2 of a country as tables write it, upper case; null: unknown or empty. */
export function countryCode(country: string): string | null {
  if (/^[A-Z]{2}$/.test(country)) return country === 'UK' ? 'GB' : country
  return Object.hasOwn(names, country) ? (names[country] ?? null) : null
}

const states =
  'ALABAMA:AL ALASKA:AK ARIZONA:AZ ARKANSAS:AR CALIFORNIA:CA COLORADO:CO CONNECTICUT:CT DELAWARE:DE DISTRICT_OF_COLUMBIA:DC FLORIDA:FL GEORGIA:GA HAWAII:HI IDAHO:ID ILLINOIS:IL INDIANA:IN IOWA:IA KANSAS:KS KENTUCKY:KY LOUISIANA:LA MAINE:ME MARYLAND:MD MASSACHUSETTS:MA MICHIGAN:MI MINNESOTA:MN MISSISSIPPI:MS MISSOURI:MO MONTANA:MT NEBRASKA:NE NEVADA:NV NEW_HAMPSHIRE:NH NEW_JERSEY:NJ NEW_MEXICO:NM NEW_YORK:NY NORTH_CAROLINA:NC NORTH_DAKOTA:ND OHIO:OH OKLAHOMA:OK OREGON:OR PENNSYLVANIA:PA RHODE_ISLAND:RI SOUTH_CAROLINA:SC SOUTH_DAKOTA:SD TENNESSEE:TN TEXAS:TX UTAH:UT VERMONT:VT VIRGINIA:VA WASHINGTON:WA WEST_VIRGINIA:WV WISCONSIN:WI WYOMING:WY PUERTO_RICO:PR GUAM:GU'
const codesOfStates: ReadonlyMap<string, string> = new Map(
  states.split(' ').map((entry) => {
    const [name = '', code = ''] = entry.split(':')
    return [name.replaceAll('_', ' '), code]
  }),
)
const stateCodes: ReadonlySet<string> = new Set(codesOfStates.values())

/** English name of an American state by its code; null: none of them. */
export function stateName(code: string): string | null {
  for (const [name, known] of codesOfStates) if (known === code) return titleCase(name)
  return null
}

function titleCase(name: string): string {
  return name.toLowerCase().replace(/(?<![a-z])(?!of )[a-z]/g, (letter) => letter.toUpperCase())
}

/** USPS code of an American state as tables write it, upper case; null: none of them. */
export function stateCode(state: string): string | null {
  const bare = state.replace(/^US-/, '')
  return stateCodes.has(bare) ? bare : (codesOfStates.get(bare) ?? null)
}
