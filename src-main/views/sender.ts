import { domainToUnicode } from 'node:url'
import { parse as parseDomain } from 'tldts'

/** A mailbox as people read it: a name and an address. */
export interface Sender {
  readonly name: string
  /** In the text; null without a name. */
  readonly nameRange: Range | null
  /** Lower case; null where there is none (a short number, a bare name). */
  readonly address: string | null
  readonly addressRange: Range | null
  /** The registrable domain of the address. */
  readonly domain: string | null
  /** The host of the address as a reader of its script would write it. */
  readonly hostUnicode: string | null
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
  const shown = shownHost.exec(name)?.[1]
  const host = address === null ? null : address.slice(address.lastIndexOf('@') + 1)
  return {
    name,
    nameRange: name === '' ? null : { start: nameStart, end: nameStart + name.length },
    address,
    addressRange: address === null ? null : { start: addressStart, end: addressStart + address.length },
    domain: host === null ? null : registrable(host),
    hostUnicode: host === null ? null : domainToUnicode(host) || host,
    shownDomain: shown === undefined ? null : knownDomain(shown.toLowerCase()),
  }
}

const maxSenders = 50

/** All mailboxes of a field; none in an empty one. Ranges count in the whole text. */
export function readSenders(text: string): Sender[] {
  return pieces(text)
    .slice(0, maxSenders)
    .flatMap(({ start, end }) => {
      const sender = readSender(text.slice(start, end))
      return sender.name === '' && sender.address === null ? [] : [shifted(sender, start)]
    })
}

/**
 * Between the commas (or semicolons) that part mailboxes: those outside of quotes, after an address. Names are decoded, so
 * that a comma may stand in one without quotes.
 */
function pieces(text: string): Range[] {
  const found: Range[] = []
  let start = 0
  let quoted = false
  let hasAddress = false
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at)
    if (character === '"') quoted = !quoted && text.includes('"', at + 1)
    else if (quoted) continue
    else if (character === '@') hasAddress = true
    else if ((character === ',' || character === ';') && hasAddress) {
      found.push({ start, end: at })
      start = at + 1
      hasAddress = false
    }
  }
  return [...found, { start, end: text.length }]
}

function shifted(sender: Sender, by: number): Sender {
  const move = (range: Range | null): Range | null =>
    range === null ? null : { start: range.start + by, end: range.end + by }
  return { ...sender, nameRange: move(sender.nameRange), addressRange: move(sender.addressRange) }
}

/** The part of a host that one registers; the host itself where that is unknown. */
export function registrable(host: string): string {
  return parseDomain(host, { allowPrivateDomains: false }).domain ?? host
}

/** “St.Petersburg” and “Node.js” are no hosts: the last label must be a public ending. */
function knownDomain(host: string): string | null {
  const { domain, isIcann } = parseDomain(host, { allowPrivateDomains: false })
  return isIcann === true ? domain : null
}
