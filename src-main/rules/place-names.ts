import { stateName } from './audience/region.ts'

/** `US-WA`, `CA` → “Washington and Canada”, for sentences. */
export function placeNames(codes: readonly string[]): string {
  const names = codes.map(placeName)
  const last = names.at(-1) ?? ''
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`
}

const named: Readonly<Record<string, string>> = {
  US: 'the United States',
  GB: 'the United Kingdom',
  EU: 'the European Union',
  CA: 'Canada',
  IS: 'Iceland',
  LI: 'Liechtenstein',
  NO: 'Norway',
}

function placeName(code: string): string {
  const [country = '', part] = code.split('-')
  const state = country === 'US' && part !== undefined ? stateName(part) : null
  return state ?? named[code] ?? code
}
