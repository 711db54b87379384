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
