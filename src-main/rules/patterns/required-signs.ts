/**
 * How often a sign that no other character counts as (`@`) stands in every match of a pattern, at the least. The pattern's syntax is
 * known to be right.
 */
export function leastOf(sign: string, source: string): number {
  return alternatives({ source, sign, at: 0 })
}

interface Reader {
  readonly source: string
  readonly sign: string
  at: number
}

function alternatives(reader: Reader): number {
  let least = sequence(reader)
  while (reader.source.charAt(reader.at) === '|') {
    reader.at += 1
    least = Math.min(least, sequence(reader))
  }
  return least
}

function sequence(reader: Reader): number {
  let least = 0
  while (reader.at < reader.source.length && !/[|)]/.test(reader.source.charAt(reader.at)))
    least += atom(reader) * repeats(reader)
  return least
}

const token = /\\[^]|\[(?:\\[^]|[^\]\\])*\]|\((?:\?(?::|<?[=!]|<[\w$]+>))?|[^]/y

function atom(reader: Reader): number {
  token.lastIndex = reader.at
  const found = token.exec(reader.source)?.[0] ?? ''
  reader.at += Math.max(1, found.length)
  if (!found.startsWith('(')) return found === reader.sign ? 1 : 0
  const inside = alternatives(reader)
  reader.at += 1
  return /^\(\?<?[=!]/.test(found) ? 0 : inside
}

const quantifier = /(?:([*?])|\+|\{(\d+)(?:,\d*)?\})\??/y

/** How often what stands before must be there. */
function repeats(reader: Reader): number {
  quantifier.lastIndex = reader.at
  const found = quantifier.exec(reader.source)
  if (found === null) return 1
  reader.at += found[0].length
  if (found[1] !== undefined) return 0
  return found[2] === undefined ? 1 : Number(found[2])
}
