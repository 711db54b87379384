import { fail, ok } from '../contract/result.ts'
import type { Result } from '../contract/result.ts'

export interface ExternalAddress {
  /** As the browser would be given it. */
  readonly href: string
  /** In ASCII (punycode), for the question that is asked before it opens; null for `mailto:`. */
  readonly host: string | null
}

const maxUnits = 8192

/**
 * The one test of an address that leaves for the default browser: `https:` with a host and without a user name or
 * password, or `mailto:` with nothing that could carry a file. Everything else (`http:`, `file:`, `smb:`, `javascript:`,
 * programs' own schemes) is refused, since the system would hand it to whatever program claims it.
 */
export function externalAddress(address: string): Result<ExternalAddress> {
  const refused = fail('unsafe-link', 'This address is not opened: only https and e-mail addresses are.')
  if (address.length > maxUnits || /[\u0000-\u001f\u007f]/.test(address)) return refused
  if (!URL.canParse(address)) return refused
  const url = new URL(address)
  switch (url.protocol) {
    case 'https:':
      if (url.hostname === '' || url.username !== '' || url.password !== '') return refused
      return ok({ href: url.href, host: url.host })
    case 'mailto:':
      if ([...url.searchParams.keys()].some((key) => /^attach/i.test(key))) return refused
      return ok({ href: url.href, host: null })
    default:
      return refused
  }
}
