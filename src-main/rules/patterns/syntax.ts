const inlineFlags = /\(\?[a-z]*-?[a-z]*:/g
const groupName = /\(\?<([\w$]+)>/g

/** What is wrong with a pattern's source for the engines of Node 16 to 24 (flags `iu`); null when nothing is. */
export function patternProblem(source: string): string | null {
  const bare = source.replace(/\\[^]/g, '').replace(/\[[^\]]*\]/g, '')
  if ([...bare.matchAll(inlineFlags)].some((flags) => flags[0] !== '(?:')) {
    return 'flags inside a pattern, as in `(?i:…)`, are not allowed; every pattern is read with the flags i and u'
  }
  const names = [...bare.matchAll(groupName)].map((group) => group[1])
  if (new Set(names).size < names.length) return 'two groups have the same name'
  try {
    new RegExp(source, 'iu')
    return null
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^.*: /, '') : 'it cannot be read'
    return `it is no regular expression (${reason})`
  }
}

/** Quantifiers that can match in more than one length, outside classes. */
const variable = /(\*|\+|\?(?![:=!<])|\{\d+,(\d*)\})/g

/**
 * A cheap proof of safety for simple patterns: nothing repeats without bound, nothing refers back, and the ways to match
 * are few. Most patterns over fixed words are of this kind; all others need the real check.
 */
export function isPlainlySafe(source: string): boolean {
  if (/\\[1-9k]/.test(source)) return false
  const bare = source
    .replace(/\\[pP]\{[^}]*\}/g, 'a')
    .replace(/\\[^]/g, 'a')
    .replace(/\[[^\]]*\]/g, 'a')
    .replace(/\(\?(?:<?[=!]|:|<[\w$]+>)/g, '(')
  let ways = 1
  for (const found of bare.matchAll(variable)) {
    const quantifier = found[0]
    if (quantifier === '*' || quantifier === '+' || found[2] === '') return false
    const [least, most] = quantifier === '?' ? [0, 1] : quantifier.slice(1, -1).split(',').map(Number)
    ways *= (most ?? 0) - (least ?? 0) + 1
  }
  if (/\)\s*\{/.test(bare)) return false
  return ways * 2 ** (bare.match(/\|/g)?.length ?? 0) <= 4_096 && bare.length <= 400
}
