import { RE2JS } from 're2js'

const spaces = String.raw`\s\x{b}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}`

/**
 * A RegExp source (flags `iu`) in the syntax of RE2. `\s` keeps JavaScript's meaning. Throws nothing; what RE2 does not
 * have is left for its own parser to refuse.
 */
export function linearSource(source: string): string {
  let made = ''
  let inClass = false
  for (let at = 0; at < source.length; at++) {
    const character = source.charAt(at)
    if (character === '\\') {
      const next = source.charAt(at + 1)
      at += 1
      if (next === 's') made += inClass ? spaces : `[${spaces}]`
      else if (next === 'S' && !inClass) made += `[^${spaces}]`
      else if (next === 'p' || next === 'P') {
        const property = /^\{(?:Script|sc|General_Category|gc)=(\w+)\}/.exec(source.slice(at + 1))
        made += property ? `\\${next}{${property[1] ?? ''}}` : `\\${next}`
        at += property?.[0].length ?? 0
      } else made += `\\${next}`
      continue
    }
    if (character === '[') inClass = true
    else if (character === ']') inClass = false
    made += character
  }
  return RE2JS.translateRegExp(made)
}
