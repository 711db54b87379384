import { parse as parseDomain } from 'tldts'

/** A `From` as people read it: a name and an address. */
export interface Sender {
  readonly name: string
  /** In the text; null without a name. */
  readonly nameRange: Range | null
  /** Lower case; null where there is none (a short number, a bare name). */
  readonly address: string | null
  readonly addressRange: Range | null
  /** The registrable domain of the address. */
  readonly domain: string | null
  /** The registrable domain of an address or host that the name shows. */
  readonly shownDomain: string | null
}

interface Range {
  readonly start: number
  readonly end: number
}

const angle = /<\s*([^<>\s@]{1,200}@[^<>\s@]{1,255})\s*>/
const bare = /[^\s<>"@,;:()]{1,200}@[^\s<>"@,;:()]{1,255}/
const shownHost = /(?:^|[\s"'(@])((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,6}[a-z]{2,24})(?=$|[\s"'),;:!])/i

/** Reads the first mailbox (RFC 5322 §3.4) of a decoded `From`. */
export function readSender(text: string): Sender {
  const angled = angle.exec(text)
  const found = angled ?? bare.exec(text)
  const address = (angled?.[1] ?? found?.[0])?.toLowerCase() ?? null
  const addressStart = found === null ? 0 : found.index + found[0].indexOf(angled?.[1] ?? found[0])
  const before = text.slice(0, angled?.index ?? (found === null ? text.length : found.index))
  const name = before.replace(/^[\s"']+|[\s"']+$/g, '')
  const nameStart = before.indexOf(name)
  const host = shownHost.exec(name)?.[1]
  return {
    name,
    nameRange: name === '' ? null : { start: nameStart, end: nameStart + name.length },
    address,
    addressRange: address === null ? null : { start: addressStart, end: addressStart + address.length },
    domain: address === null ? null : registrable(address.slice(address.lastIndexOf('@') + 1)),
    shownDomain: host === undefined ? null : knownDomain(host.toLowerCase()),
  }
}

function registrable(host: string): string {
  return parseDomain(host, { allowPrivateDomains: false }).domain ?? host
}

/** “St.Petersburg” and “Node.js” are no hosts: the last label must be a public ending. */
function knownDomain(host: string): string | null {
  const { domain, isIcann } = parseDomain(host, { allowPrivateDomains: false })
  return isIcann === true ? domain : null
}
