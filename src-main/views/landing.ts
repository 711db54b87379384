import { linkTarget, type LinkTarget } from './link-target.ts'

/** Parameters in which redirects carry the address they lead to. */
const parameters = new Set(
  (
    'url u q to r link target dest destination redirect redirect_to redirect_uri redirect_url redirecturl goto next continue ' +
    'out adurl returnurl return_url murl ued'
  ).split(' '),
)

const maxSteps = 5

/**
 * Where a link lands by what its address itself says: addresses that click-trackers, link checkers and redirects carry in
 * them are taken out, one in another. Nothing is looked up; an address that hides its aim in a token lands on itself.
 */
export function landingTarget(href: string): LinkTarget {
  let target = linkTarget(href)
  for (let step = 0; step < maxSteps; step++) {
    const inner = carriedAddress(target)
    if (inner === null) break
    const next = linkTarget(inner)
    if (next.host === null) break
    target = next
  }
  return target
}

function carriedAddress({ normalised, host, scheme }: LinkTarget): string | null {
  if (normalised === null || host === null || (scheme !== null && scheme !== 'http' && scheme !== 'https')) return null
  const url = new URL(normalised)
  if (host === 'urldefense.com') {
    const written = /^\/v3\/__(https?:\/{1,2}.+?)__;/i.exec(url.pathname + url.search)?.[1]
    if (written !== undefined) return written.replace(/^(https?:)\/(?!\/)/i, '$1//')
  }
  for (const [name, value] of url.searchParams) {
    if (!parameters.has(name.toLowerCase())) continue
    // Proofpoint's second form: `-` for `%`, `_` for `/`
    const plain =
      host === 'urldefense.proofpoint.com' ? decoded(value.replaceAll('-', '%').replaceAll('_', '/')) : value
    if (/^https?:\/\/[^/]/i.test(plain)) return plain
  }
  return null
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
