/** The page's own scheme, host and origin. A scheme of its own, since `file:` pages may read files. */
export const pageScheme = 'clausebench'
export const pageOrigin = `${pageScheme}://app`
export const pageUrl = `${pageOrigin}/index.html`

/** Whether an address is one of the page's own: by origin, never by how its text begins. */
export function isPageUrl(address: string): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  // `URL.origin` of a scheme it does not know is "null".
  const plain = url.username === '' && url.password === '' && url.port === ''
  return url.protocol === `${pageScheme}:` && url.host === 'app' && plain
}
