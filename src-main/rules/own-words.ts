import type { Message } from '../intake/message.ts'
import type { Views } from '../views/view.ts'
import type { Judged } from './findings.ts'
import { fold } from './lens/fold.ts'
import { linkTarget } from '../views/link-target.ts'

/**
 * What a manifest calls the client's own (`allow`, `sender`) is no violation: such a finding becomes an information that
 * says why, and never goes away unseen. An identifier of a person is nobody's own.
 */
export function ownWords(views: Views): (judged: Judged) => Judged {
  const allowed = allowances(views.message)
  if (allowed === null) return (judged) => judged
  const places = new Map<string, readonly Place[]>()
  const placesIn = (text: string): readonly Place[] => {
    const known = places.get(text)
    if (known !== undefined) return known
    const found = placesOf(text, allowed.words)
    places.set(text, found)
    return found
  }
  return (judged) => {
    const { hit } = judged
    if (hit.secret === true || judged.severity === 'info') return judged
    const why = ownText(hit, placesIn) ?? ownDomain(hit, views, allowed.domains)
    if (why === null) return judged
    return { ...judged, severity: 'info', hit: { ...hit, atMost: 'info', explain: [...hit.explain, why] } }
  }
}

interface Allowed {
  readonly words: readonly { readonly folded: string; readonly why: string }[]
  readonly domains: readonly string[]
}

function allowances({ settings }: Message): Allowed | null {
  if (settings === undefined) return null
  const { allow, sender } = settings
  const brands = [...allow.brands, ...(sender.brand === null ? [] : [sender.brand])]
  const words = [
    ...allow.phrases.map((phrase) => ({ folded: folded(phrase), why: `the manifest allows the phrase “${phrase}”` })),
    ...brands.map((brand) => ({
      folded: folded(brand),
      why: `the manifest names “${brand}” as the client’s own brand`,
    })),
  ].filter((word) => word.folded !== '')
  const domains = [...allow.domains, ...sender.domains]
  return words.length === 0 && domains.length === 0 ? null : { words, domains }
}

function folded(text: string): string {
  return fold(text, 'soft').text.trim()
}

interface Place {
  readonly start: number
  readonly end: number
  readonly why: string
}

/** Whole words of the text that are the client's own, where they stand in it. */
function placesOf(text: string, words: Allowed['words']): readonly Place[] {
  const lens = fold(text, 'soft')
  return words.flatMap(({ folded: wanted, why }) => {
    const found: Place[] = []
    for (let at = lens.text.indexOf(wanted); at >= 0; at = lens.text.indexOf(wanted, at + wanted.length)) {
      const end = at + wanted.length
      const isWhole = !isWordUnit(lens.text, at - 1) && !isWordUnit(lens.text, end)
      if (isWhole) found.push({ ...lens.toView.toOrigin({ start: at, end }), why })
    }
    return found
  })
}

function isWordUnit(text: string, at: number): boolean {
  return /[\p{L}\p{N}]/u.test(text.charAt(at))
}

function ownText({ around }: Judged['hit'], placesIn: (text: string) => readonly Place[]): string | null {
  if (around.end <= around.start) return null
  return placesIn(around.text).find(({ start, end }) => start <= around.start && around.end <= end)?.why ?? null
}

function ownDomain({ part }: Judged['hit'], views: Views, domains: readonly string[]): string | null {
  const number = /^link:(\d+)$/.exec(part)?.[1]
  const link = number === undefined ? undefined : views.links.find((one) => one.number === Number(number))
  if (link === undefined) return null
  const { host } = linkTarget(link.href)
  if (host === null) return null
  const own = domains.find((domain) => host === domain || host.endsWith(`.${domain}`))
  return own === undefined ? null : `the manifest names ${own} as the client’s own domain`
}
