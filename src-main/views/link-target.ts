import { domainToUnicode } from 'node:url'
import { parse as parseDomain } from 'tldts'
import { schemeOf } from './link-scheme.ts'

/** What an address says of where it leads, by itself; nothing is looked up. */
export interface LinkTarget {
  /** Lower case without colon; null for an address relative to nothing. */
  readonly scheme: string | null
  /** In ASCII (punycode), lower case; null when there is none. */
  readonly host: string | null
  /** The host as a reader of its script would write it. */
  readonly hostUnicode: string | null
  /** The part one registers, `example.co.uk`; null for addresses of machines and unknown suffixes. */
  readonly domain: string | null
  readonly isIp: boolean
  /** `https://bank.example@evil.example/`. */
  readonly hasCredentials: boolean
  /** A label of the host is in punycode. */
  readonly punycode: boolean
  /** Leads nowhere yet: `#`, empty, an example host, a merge tag. */
  readonly placeholder: Placeholder | null
  /** As a browser would write it; null when it takes it for no address. */
  readonly normalised: string | null
}

export type Placeholder = 'empty' | 'fragment' | 'example-host' | 'local-host' | 'merge-tag'

/** RFC 1035 section 2.3.4, with a dot at the end; a longer name leads nowhere. */
const maxHostLength = 254

/** Analyses a link's address as written in a mail. */
export function linkTarget(href: string): LinkTarget {
  const written = href.trim()
  const scheme = schemeOf(written)
  const url = parseUrl(written.startsWith('//') ? `https:${written}` : written)
  const host =
    url === null || url.hostname === '' || url.hostname.length > maxHostLength ? null : url.hostname.toLowerCase()
  const known = host === null ? null : parseDomain(host, { allowPrivateDomains: false })
  return {
    scheme,
    host,
    hostUnicode: host === null ? null : domainToUnicode(host) || host,
    domain: known?.domain ?? null,
    isIp: known?.isIp === true,
    hasCredentials: url !== null && (url.username !== '' || url.password !== ''),
    punycode: host?.split('.').some((label) => label.startsWith('xn--')) === true,
    placeholder: placeholderOf(written, host),
    normalised: url?.href ?? null,
  }
}

function parseUrl(text: string): URL | null {
  try {
    return new URL(text)
  } catch {
    return null
  }
}

const mergeTag = /\{\{[^}]*\}\}|\{%[^%]*%\}|\*\|[^|]*\|\*|%%[^%]+%%|\[\[[^\]]*\]\]|%7B%7B|\$\{[^}]*\}|<%[^%]*%>/i

function placeholderOf(written: string, host: string | null): Placeholder | null {
  if (written === '') return 'empty'
  if (
    written.startsWith('#') ||
    written === 'about:blank' ||
    /^javascript:\s*(?:void\s*\(?\s*0\s*\)?;?)?$/i.test(written)
  ) {
    return 'fragment'
  }
  if (mergeTag.test(written)) return 'merge-tag'
  if (host === null) return null
  if (host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || host.startsWith('127.'))
    return 'local-host'
  // RFC 2606: reserved second-level names. The reserved `.example` is a place of tests, not of templates.
  return /(?:^|\.)example\.(?:com|net|org)$/.test(host) ? 'example-host' : null
}

const addressInText =
  /^\W*(?:(https?):\/\/)?((?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+(?:xn--[a-z0-9-]+|\p{L}{2,24}))(?::\d{1,5})?(?:[/?#]\S*)?\W*$/iu

/** The address that a link's text shows as where it leads (`www.bank.example`); null when the text is no address. */
export function shownTarget(text: string): LinkTarget | null {
  const match = addressInText.exec(text.trim())
  if (match?.[2] === undefined) return null
  const bare = match[1] === undefined && !/^www\./i.test(match[2])
  // `Node.js` and `cart.Checkout` are words with a dot: a bare name must end in a public suffix
  if (bare && parseDomain(match[2]).isIcann !== true) return null
  const address = text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}/]+$/gu, '')
  const target = linkTarget(/^https?:/i.test(address) ? address : `https://${address}`)
  return target.host === null ? null : target
}
