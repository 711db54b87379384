import type { HeaderField } from '../intake/message.ts'

/** What a server noted, or what a signature claims, of where a message comes from. */
export interface AuthenticationNote {
  /** The field it stands in. */
  readonly part: string
  readonly field: string
  /** `spf`, `dkim`, `dmarc`, `arc` …, lower case. */
  readonly method: string
  /** `pass`, `fail`, `none` … as the server noted, lower case; `signed`: a signature is there, and nobody here verifies it. */
  readonly result: string
  /** Whose domain it speaks of; null where the note does not say. */
  readonly domain: string | null
  /** The server that says so; null for a signature. */
  readonly server: string | null
}

const maxNotes = 200

/** Notes of all fields on authentication, topmost first. Any relay may have written them: they are claims. */
export function authenticationIn(headers: readonly HeaderField[]): readonly AuthenticationNote[] {
  const counts = new Map<string, number>()
  const notes: AuthenticationNote[] = []
  for (const { name, value } of headers) {
    const read = readers.get(name.toLowerCase())
    const count = (counts.get(name.toLowerCase()) ?? 0) + 1
    counts.set(name.toLowerCase(), count)
    if (read === undefined) continue
    const part = count === 1 ? `header:${name}` : `header:${name}:${String(count)}`
    for (const note of read(value)) notes.push({ part, field: name, ...note })
    if (notes.length >= maxNotes) break
  }
  return notes.slice(0, maxNotes)
}

type Note = Omit<AuthenticationNote, 'part' | 'field'>

const readers: ReadonlyMap<string, (value: string) => Note[]> = new Map([
  ['authentication-results', results],
  ['arc-authentication-results', arcResults],
  ['received-spf', receivedSpf],
  ['dkim-signature', (value: string) => signature(value, 'dkim')],
  ['domainkey-signature', (value: string) => signature(value, 'domainkeys')],
  ['arc-seal', (value: string) => signature(value, 'arc')],
])

const resultPattern = /^\s*([a-z][a-z0-9-]{0,30})(?:\s*\/\s*\d+)?\s*=\s*([a-z]{1,20})\b/i
/** In the order in which they say whose result it is. */
const properties: ReadonlyMap<string, readonly string[]> = new Map([
  ['spf', ['smtp.mailfrom', 'smtp.helo', 'smtp.mail']],
  ['dkim', ['header.d', 'header.i']],
  ['dmarc', ['header.from']],
])
const anyProperty = ['header.from', 'header.d', 'header.i', 'smtp.mailfrom', 'smtp.helo']

/** RFC 8601 §2.2: `server; method=result (comment) ptype.property=value; …`. */
function results(value: string): Note[] {
  const [first = '', ...rest] = withoutComments(value).split(';')
  const server = /^\s*"?([^\s"=]+)"?(?:\s+\d+)?\s*$/.exec(first)?.[1]?.toLowerCase() ?? null
  // Some servers leave their own name out.
  return (server === null ? [first, ...rest] : rest).flatMap((piece) => {
    const found = resultPattern.exec(piece)
    if (found === null) return []
    const [, method = '', result = ''] = found
    const wanted = properties.get(method.toLowerCase()) ?? anyProperty
    const domain = wanted.reduce<string | null>((known, name) => known ?? domainOf(piece, name), null)
    return [{ method: method.toLowerCase(), result: result.toLowerCase(), domain, server }]
  })
}

/** RFC 8617 §4.1.1: the same after `i=N;`. */
function arcResults(value: string): Note[] {
  return results(value.replace(/^\s*i\s*=\s*\d+\s*;/i, ''))
}

/** RFC 7208 §9.1: `pass (comment) envelope-from=…; receiver=…`. */
function receivedSpf(value: string): Note[] {
  const plain = withoutComments(value)
  const result = /^\s*([a-z]{1,20})\b/i.exec(plain)?.[1]?.toLowerCase()
  if (result === undefined) return []
  const domain = domainOf(plain, 'envelope-from') ?? domainOf(plain, 'helo')
  const server = /\breceiver\s*=\s*"?([^\s;"]+)/i.exec(plain)?.[1]?.toLowerCase() ?? null
  return [{ method: 'spf', result, domain, server }]
}

/** RFC 6376 §3.5: tags; `d=` is the domain that signs. */
function signature(value: string, method: string): Note[] {
  const domain = /(?:^|;)\s*d\s*=\s*([^\s;]+)/i.exec(value)?.[1]?.toLowerCase() ?? null
  return domain === null ? [] : [{ method, result: 'signed', domain, server: null }]
}

function domainOf(piece: string, property: string): string | null {
  const at = piece.toLowerCase().indexOf(property)
  if (at < 0) return null
  const found = /^\s*=\s*"?<?([^\s;">]+)/.exec(piece.slice(at + property.length))?.[1]
  const domain = found?.slice(found.lastIndexOf('@') + 1).toLowerCase()
  return domain === undefined || domain === '' ? null : domain
}

/** Comments stand in brackets, in one another too (RFC 5322 §3.2.2). */
function withoutComments(value: string): string {
  let depth = 0
  let plain = ''
  for (const character of value) {
    if (character === '(') depth++
    else if (character === ')' && depth > 0) depth--
    else if (depth === 0) plain += character
  }
  return plain
}
