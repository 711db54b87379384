/** Text nodes by what Chromium does with them and what the view says. */
export interface Tally {
  /** Hidden by Chromium. */
  hidden: number
  /** … and not shown by the view. */
  found: number
  /** Shown by Chromium. */
  shown: number
  /** … and not shown by the view. */
  wronglyHidden: number
}

export function newTally(): Tally {
  return { hidden: 0, found: 0, shown: 0, wronglyHidden: 0 }
}

export function addTo(all: Tally, more: Tally): void {
  all.hidden += more.hidden
  all.found += more.found
  all.shown += more.shown
  all.wronglyHidden += more.wronglyHidden
}
