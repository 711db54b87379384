import { inject, onBeforeUnmount, provide, type InjectionKey } from 'vue'

/** A view that scrolls, as two of them side by side need it. All in pixels of its content. */
export interface ScrollPort {
  readonly top: () => number
  /** The furthest that it can be scrolled. */
  readonly range: () => number
  readonly scrollTo: (top: number) => void
  /** Where the first mark of each finding stands. */
  readonly anchors: () => ReadonlyMap<number, number>
}

/** A place in two views that is the same thing. */
interface Pair {
  readonly from: number
  readonly to: number
}

/**
 * Where the other view is to be scrolled so that both show the same: marks that both have are laid beside each other, and
 * between two of them the way is shared out evenly. Marks that stand in another order in the other view are left out.
 */
export function linkedTop(from: ScrollPort, to: ScrollPort): number {
  const top = from.top()
  const range = from.range()
  const other = to.range()
  if (range <= 0 || other <= 0) return 0
  const pairs = pairsOf(from.anchors(), to.anchors(), range, other)
  const next = pairs.findIndex((pair) => pair.from > top)
  const end = pairs[next === -1 ? pairs.length - 1 : next] ?? { from: range, to: other }
  const start = pairs[(next === -1 ? pairs.length : next + 1) - 2] ?? { from: 0, to: 0 }
  const share = end.from === start.from ? 0 : (top - start.from) / (end.from - start.from)
  return Math.round(Math.min(other, Math.max(0, start.to + share * (end.to - start.to))))
}

/** From beginning to end, both rising. */
function pairsOf(
  from: ReadonlyMap<number, number>,
  to: ReadonlyMap<number, number>,
  range: number,
  other: number,
): readonly Pair[] {
  const shared = [...from]
    .flatMap(([number, top]): Pair[] => {
      const there = to.get(number)
      return there === undefined ? [] : [{ from: Math.min(top, range), to: Math.min(there, other) }]
    })
    .sort((a, b) => a.from - b.from)
  const rising: Pair[] = [{ from: 0, to: 0 }]
  for (const pair of shared) {
    const last = rising[rising.length - 1]
    if (last !== undefined && pair.from > last.from && pair.to >= last.to && pair.from < range) rising.push(pair)
  }
  return [...rising, { from: range, to: other }]
}

export interface ScrollLink {
  readonly add: (port: ScrollPort) => () => void
  /** A person scrolled this one: the others go along. */
  readonly scrolled: (port: ScrollPort) => void
}

export function createScrollLink(isOn: () => boolean): ScrollLink {
  const ports = new Set<ScrollPort>()
  /** Where a port was put by the other: its own event must not send that one back. */
  const put = new WeakMap<ScrollPort, number>()
  const tolerancePx = 2

  return {
    add(port) {
      ports.add(port)
      return () => void ports.delete(port)
    },
    scrolled(port) {
      const expected = put.get(port)
      put.delete(port)
      if (!isOn() || (expected !== undefined && Math.abs(expected - port.top()) <= tolerancePx)) return
      for (const other of ports) {
        if (other === port || other.range() <= 0) continue
        const top = linkedTop(port, other)
        if (Math.abs(other.top() - top) <= tolerancePx) continue
        put.set(other, top)
        other.scrollTo(top)
      }
    },
  }
}

const linkKey: InjectionKey<ScrollLink> = Symbol('scroll-link')

export function provideScrollLink(isOn: () => boolean): void {
  provide(linkKey, createScrollLink(isOn))
}

/** Joins a view to the other; what it returns is to be called when a person has scrolled it. */
export function useScrollLink(port: ScrollPort): () => void {
  const link = inject(linkKey, null)
  if (link === null) return () => undefined
  onBeforeUnmount(link.add(port))
  return () => link.scrolled(port)
}
