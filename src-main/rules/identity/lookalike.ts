import { domainToUnicode } from 'node:url'
import { parse as parseDomain } from 'tldts'
import { fold } from '../lens/fold.ts'

export interface Brand {
  readonly name: string
  /** Its name in the folded lens, words parted by spaces. */
  readonly folded: string
  /** Its registrable domains, lower case. */
  readonly domains: ReadonlySet<string>
}

export interface Lookalike {
  readonly why: string
  readonly steps: number
}

const minLettersForTypo = 6

/** Whether a domain that is not the brand's is made to look like one of them; the surest likeness first. */
export function lookalikeOf(domain: string, brands: readonly Brand[]): Lookalike | null {
  const host = domainToUnicode(domain) || domain
  const label = labelOf(host)
  const suspicious: Lookalike[] = []
  for (const brand of brands) {
    if (brand.domains.has(domain)) return null
    const labels = [...brand.domains].map((own) => ({ own, label: labelOf(own) }))
    const same = labels.find((one) => one.label === label)
    if (same !== undefined) {
      suspicious.push({ why: `${host} is ${same.own} with another ending`, steps: -1 })
      continue
    }
    for (const one of labels) {
      const likeness = likenessOf(label, one.label)
      if (likeness !== null) suspicious.push({ why: `${host} ${likeness.why} ${one.own}`, steps: likeness.steps })
    }
  }
  return suspicious.sort((a, b) => b.steps - a.steps)[0] ?? null
}

/** `acme` of `news.acme.co.uk`. */
function labelOf(host: string): string {
  return parseDomain(host, { allowPrivateDomains: false }).domainWithoutSuffix ?? host
}

function likenessOf(label: string, own: string): Lookalike | null {
  if (skeleton(label) === skeleton(own)) return { why: 'is written to look like', steps: 0 }
  if (own.length >= minLettersForTypo && isOneEditApart(skeleton(label), skeleton(own)))
    return { why: 'is one letter away from', steps: 0 }
  return own.length >= 4 && label.split('-').includes(own) ? { why: 'holds the name of', steps: -1 } : null
}

/** What a reader takes the letters for. */
function skeleton(label: string): string {
  return fold(label, 'soft')
    .text.replace(/rn/g, 'm')
    .replace(/vv/g, 'w')
    .replace(/cl/g, 'd')
    .replace(/[013457]/g, (character) => digitsAsLetters.get(character) ?? character)
    .replace(/[i|]/g, 'l')
    .replace(/-/g, '')
}

const digitsAsLetters = new Map([
  ['0', 'o'],
  ['1', 'l'],
  ['3', 'e'],
  ['4', 'a'],
  ['5', 's'],
  ['7', 't'],
])

/** One letter more, fewer, another, or two neighbours exchanged (Damerau 1964). */
function isOneEditApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let at = 0
  while (at < a.length && a.charAt(at) === b.charAt(at)) at++
  const [restA, restB] = [a.slice(at), b.slice(at)]
  if (restA === restB) return false
  const [tailA, tailB] = [restA.slice(1), restB.slice(1)]
  if (tailA === tailB || tailA === restB || restA === tailB) return true
  return (
    tailA.slice(1) === tailB.slice(1) && tailA.slice(0, 1) + tailB.slice(0, 1) === restB.slice(0, 1) + restA.slice(0, 1)
  )
}
