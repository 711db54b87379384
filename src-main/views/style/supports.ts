import { isValidValue } from './valid-value.ts'

const maxDepth = 8

/**
 * Whether a browser of today meets a `@supports` condition (CSS Conditional 3): it knows every property that is not of
 * another maker, and takes the values that `isValidValue` takes.
 */
export function isSupported(condition: string): boolean {
  return holds(condition.trim(), 0) === true
}

function holds(condition: string, depth: number): boolean | null {
  if (depth > maxDepth) return null
  const not = /^not\s*(?=\()/.exec(condition)
  if (not !== null) {
    const inner = holds(condition.slice(not[0].length), depth + 1)
    return inner === null ? null : !inner
  }
  const { terms, words } = termsOf(condition)
  if (terms.length > 1) {
    const met = terms.map((term) => holds(term, depth + 1))
    return words.includes('or') ? met.includes(true) : met.every((one) => one === true)
  }
  const [term = ''] = terms
  if (/^(?:selector|font-tech|font-format)\(/.test(term)) return true
  if (!term.startsWith('(') || !term.endsWith(')')) return null
  const inner = term.slice(1, -1).trim()
  if (inner.startsWith('(') || /^not\s*\(/.test(inner)) return holds(inner, depth + 1)
  const colon = inner.indexOf(':')
  if (colon < 0) return null
  const property = inner.slice(0, colon).trim()
  return !/^-(?:moz|ms|o)-|^mso-/.test(property) && isValidValue(property, inner.slice(colon + 1).trim(), false)
}

/** Cut at `and` and `or` outside of brackets. */
function termsOf(condition: string): { readonly terms: readonly string[]; readonly words: readonly string[] } {
  const terms: string[] = []
  const words: string[] = []
  let depth = 0
  let from = 0
  for (let at = 0; at < condition.length; at++) {
    const character = condition.charAt(at)
    if (character === '(') depth++
    else if (character === ')') depth--
    if (depth !== 0 || character !== ')') continue
    terms.push(condition.slice(from, at + 1).trim())
    const joint = /^\s*(and|or)\b\s*/.exec(condition.slice(at + 1, at + 12))
    if (joint?.[1] !== undefined) words.push(joint[1])
    from = at + 1 + (joint?.[0].length ?? 0)
  }
  return { terms, words }
}
