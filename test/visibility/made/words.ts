/** Numbers that look random and are the same every time (mulberry32). */
export function numbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export function pick<T>(random: () => number, from: readonly T[]): T {
  const one = from[Math.floor(random() * from.length)]
  if (one === undefined) throw new Error('nothing to pick from')
  return one
}

const vocabulary = (
  'autumn boots bread bright calm candle cedar chair cheese cloud coat coffee colour corner cotton dinner door evening ' +
  'fabric field fresh garden gift glass green harvest honey house journey kettle kitchen lamp leaf lemon letter linen market ' +
  'meadow morning mountain oak offer olive orchard paper pear picnic pocket pottery rain recipe river roast salt season shelf ' +
  'spring stone story street summer table tea thread timber valley walnut warm weekend willow window winter wool'
).split(' ')

export function sentence(random: () => number, least = 3, most = 9): string {
  const count = least + Math.floor(random() * (most - least + 1))
  const words = Array.from({ length: count }, () => pick(random, vocabulary)).join(' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
