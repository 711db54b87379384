/** Longest calculation that is looked into. */
const maxLength = 200
const maxDepth = 8

const functions = new Set(['', 'calc', 'min', 'max', 'clamp'])

interface Reader {
  readonly text: string
  at: number
}

/**
 * The value of `calc()`, `min()`, `max()` or `clamp()` in pixels (CSS Values 4, section 10); `leaf` says what a number with its
 * unit is worth. Null for what is not known here: percentages, other functions, nonsense.
 */
export function calculatePx(text: string, leaf: (value: string) => number | null): number | null {
  if (text.length > maxLength) return null
  const reader: Reader = { text, at: 0 }
  const value = term(reader, leaf, 0)
  skip(reader)
  return value !== null && Number.isFinite(value) && reader.at === text.length ? value : null
}

function skip(reader: Reader): void {
  while (/\s/.test(reader.text.charAt(reader.at))) reader.at++
}

function take(reader: Reader, characters: string): string | null {
  skip(reader)
  const next = reader.text.charAt(reader.at)
  if (next === '' || !characters.includes(next)) return null
  reader.at++
  return next
}

function sum(reader: Reader, leaf: (value: string) => number | null, depth: number): number | null {
  let total = product(reader, leaf, depth)
  for (let sign = take(reader, '+-'); sign !== null; sign = take(reader, '+-')) {
    const more = product(reader, leaf, depth)
    if (total === null || more === null) return null
    total += sign === '+' ? more : -more
  }
  return total
}

function product(reader: Reader, leaf: (value: string) => number | null, depth: number): number | null {
  let total = term(reader, leaf, depth)
  for (let sign = take(reader, '*/'); sign !== null; sign = take(reader, '*/')) {
    const more = term(reader, leaf, depth)
    if (total === null || more === null) return null
    total = sign === '*' ? total * more : total / more
  }
  return total
}

function term(reader: Reader, leaf: (value: string) => number | null, depth: number): number | null {
  skip(reader)
  const opening = /^([a-z]*)\(/.exec(reader.text.slice(reader.at, reader.at + 8))
  if (opening === null) {
    const number = /^[+-]?[\d.]+(?:e[+-]?\d+)?(?:[a-z]+|%)?/.exec(reader.text.slice(reader.at, reader.at + 40))?.[0]
    if (number === undefined) return null
    reader.at += number.length
    return leaf(number)
  }
  const name = opening[1] ?? ''
  if (depth >= maxDepth || !functions.has(name)) return null
  reader.at += opening[0].length
  const values: number[] = []
  do {
    const value = sum(reader, leaf, depth + 1)
    if (value === null) return null
    values.push(value)
  } while (take(reader, ',') !== null)
  if (take(reader, ')') === null) return null
  const [first = 0, second = first, third = second] = values
  if (name === 'min') return Math.min(...values)
  if (name === 'max') return Math.max(...values)
  if (name === 'clamp') return Math.max(first, Math.min(second, third))
  return values.length === 1 ? first : null
}
