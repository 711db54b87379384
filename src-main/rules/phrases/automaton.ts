/** Finds all of many literals in one pass (Aho and Corasick 1975), as a table over the units that occur in them. */
export interface Automaton {
  /** Calls `found` with a literal's number and the end of each occurrence, overlapping ones too. */
  readonly scan: (text: string, found: (literal: number, end: number) => void) => void
  readonly literals: number
}

/** White space and the hyphen are one unit: `risk free` is `risk-free`. */
export function sameUnit(unit: number): number {
  return unit === 0x2d || unit === 0x0a ? 0x20 : unit
}

/** Literals are numbered by their place in the list; each must be distinct and not empty. */
export function buildAutomaton(literals: readonly string[]): Automaton {
  const classes = new Uint16Array(0x10000)
  let width = 1
  for (const literal of literals) {
    for (let at = 0; at < literal.length; at++) {
      const unit = sameUnit(literal.charCodeAt(at))
      if (classes[unit] === 0) classes[unit] = width++
    }
  }
  classes[0x2d] = classes[0x20] ?? 0
  classes[0x0a] = classes[0x20] ?? 0

  const capacity = literals.reduce((sum, literal) => sum + literal.length, 1)
  const next = new Int32Array(capacity * width)
  const ends = new Int32Array(capacity).fill(-1)
  let states = 1
  literals.forEach((literal, number) => {
    let state = 0
    for (let at = 0; at < literal.length; at++) {
      const slot = state * width + (classes[literal.charCodeAt(at)] ?? 0)
      let child = next[slot] ?? 0
      if (child === 0) {
        child = states++
        next[slot] = child
      }
      state = child
    }
    ends[state] = number
  })

  // Breadth first: a state's fallback is done before its children are reached.
  const fallback = new Int32Array(states)
  /** The nearest state on the way of fallbacks that ends a literal; 0 when none does. */
  const report = new Int32Array(states)
  const queue = new Int32Array(states)
  let head = 0
  let tail = 0
  for (let unitClass = 0; unitClass < width; unitClass++) {
    const child = next[unitClass] ?? 0
    if (child !== 0) queue[tail++] = child
  }
  while (head < tail) {
    const state = queue[head++] ?? 0
    const back = fallback[state] ?? 0
    report[state] = (ends[state] ?? -1) >= 0 ? state : (report[back] ?? 0)
    for (let unitClass = 0; unitClass < width; unitClass++) {
      const slot = state * width + unitClass
      const child = next[slot] ?? 0
      const along = next[back * width + unitClass] ?? 0
      if (child === 0) next[slot] = along
      else {
        fallback[child] = along
        queue[tail++] = child
      }
    }
  }

  function scan(text: string, found: (literal: number, end: number) => void): void {
    let state = 0
    for (let at = 0; at < text.length; at++) {
      state = next[state * width + (classes[text.charCodeAt(at)] ?? 0)] ?? 0
      for (let hit = report[state] ?? 0; hit !== 0; hit = report[fallback[hit] ?? 0] ?? 0) found(ends[hit] ?? 0, at + 1)
    }
  }

  return { scan, literals: literals.length }
}
