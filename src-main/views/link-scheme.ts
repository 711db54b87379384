/** The scheme of an address as a browser takes it: white space and control characters apart. Null for relative ones. */
export function schemeOf(address: string): string | null {
  // WHATWG URL: C0 controls and blanks around, tabs and line ends anywhere are taken out
  const cleaned = address.replace(/^[\u0000-\u0020]+/, '').replace(/[\t\n\r]/g, '')
  return /^([a-z][a-z0-9+.-]*):/i.exec(cleaned)?.[1]?.toLowerCase() ?? null
}

/** Whether following the address would run a script or show a page that the mail brings along. */
export function isActiveAddress(address: string): boolean {
  const scheme = schemeOf(address)
  if (scheme === 'javascript' || scheme === 'vbscript' || scheme === 'livescript' || scheme === 'mocha') return true
  if (scheme !== 'data') return false
  return /^\s*data:\s*(?:text\/(?:html|xml|javascript)|application\/(?:xhtml|xml|javascript)|image\/svg)/i.test(
    address.replace(/[\t\n\r]/g, ''),
  )
}
