/** Which cards of a long list are built: from one place to another, the end not included. */
export interface CardWindow {
  readonly start: number
  readonly end: number
}

/** Cards built at first, and added when the edge comes near. */
export const stepOfCards = 80
/** More than this are never there at once. */
const maxCards = 3 * stepOfCards

export function firstCards(count: number): CardWindow {
  return { start: 0, end: Math.min(count, stepOfCards) }
}

/** The window with the card at `at` in it: the same when it is there already, else around it. */
export function windowAround(shown: CardWindow, at: number, count: number): CardWindow {
  if (at < 0 || (at >= shown.start && at < shown.end)) return shown
  const isNear = at >= shown.start - stepOfCards && at < shown.end + stepOfCards
  if (isNear) return at < shown.start ? grown(shown, -1, count) : grown(shown, 1, count)
  const start = Math.max(0, at - stepOfCards / 2)
  return { start, end: Math.min(count, start + stepOfCards) }
}

/** One step further up (-1) or down (1); what is far off on the other side is let go. */
export function grown({ start, end }: CardWindow, direction: 1 | -1, count: number): CardWindow {
  if (direction === 1) {
    const last = Math.min(count, end + stepOfCards)
    return { start: Math.max(start, last - maxCards), end: last }
  }
  const first = Math.max(0, start - stepOfCards)
  return { start: first, end: Math.min(end, first + maxCards) }
}
