/**
 * A long text as stretches that are looked at one by one, so that of an edited text only what the edit touches is looked at anew. Where
 * a text is cut depends on the words there, not on how far they are from its beginning: what is put in shifts no other cut.
 */
export interface Stretch {
  /** The units that are this stretch's own: what begins there is its to find. */
  readonly start: number
  readonly end: number
  /** Its own units with some before and behind them, which belong to its neighbours. */
  readonly window: string
  /** Where the window begins in the text; `start - windowStart` units are before its own. */
  readonly windowStart: number
  /** What was found in it, by who looked; stays while texts hold such a stretch. */
  readonly kept: Map<object, unknown>
}

/** The stretches of a text; null: it is short, and looked at as a whole. */
export type StretchesOf = (text: string) => readonly Stretch[] | null

/** Texts up to this are not cut. */
const shortUnits = 24_000
const leastUnits = 6_000
const mostUnits = 20_000
/** At the least, up to the next word: what is found reaches no further. */
const leadUnits = 400
export const tailUnits = 1_000

interface Kept {
  readonly own: readonly [start: number, end: number]
  readonly kept: Map<object, unknown>
}

/** Stretches of the message that is looked at and of the one before that had long texts. */
export interface StretchMemo {
  readonly of: StretchesOf
  /** Another message, with texts of so many units. */
  readonly begin: (lengths: readonly number[]) => void
}

export function stretchMemo(): StretchMemo {
  let now = new Map<string, Kept>()
  let before = new Map<string, Kept>()

  function keptOf(window: string, own: readonly [number, number]): Map<object, unknown> {
    const known = now.get(window) ?? before.get(window)
    if (known?.own[0] === own[0] && known.own[1] === own[1]) {
      now.set(window, known)
      return known.kept
    }
    const made = { own, kept: new Map<object, unknown>() }
    now.set(window, made)
    return made.kept
  }

  return {
    begin(lengths) {
      if (now.size === 0 || lengths.every((length) => length <= shortUnits)) return
      before = now
      now = new Map()
    },
    of(text) {
      if (text.length <= shortUnits) return null
      const starts = cutsOf(text)
      return starts.map((start, at) => {
        const end = starts[at + 1] ?? text.length
        const windowStart = start === 0 ? 0 : wordStart(text, start - leadUnits)
        const window = text.slice(windowStart, end === text.length ? end : wordStart(text, end + tailUnits))
        const kept = keptOf(window, [start - windowStart, end - windowStart])
        return { start, end, window, windowStart, kept }
      })
    },
  }
}

/** Calls at most once for each stretch that looks the same. */
export function keptIn<T>({ kept }: Stretch, by: object, make: () => T): T {
  const known = kept.get(by)
  // Only this function puts in what `by` makes.
  if (known !== undefined) return known as T
  const made = make()
  kept.set(by, made)
  return made
}

/** Where stretches begin, the first at 0; at the beginning of a word. */
function cutsOf(text: string): readonly number[] {
  const cuts = [0]
  for (let from = 0; text.length - from > mostUnits;) {
    const cut = cutBehind(text, from)
    if (cut >= text.length) break
    cuts.push(cut)
    from = cut
  }
  return cuts
}

/** The first line whose first letters say so, else a word, else anywhere. */
function cutBehind(text: string, from: number): number {
  const last = from + mostUnits
  for (let at = text.indexOf('\n', from + leastUnits); at >= 0 && at < last; at = text.indexOf('\n', at + 1)) {
    if (isPlainWordStart(text, at + 1) && isChosen(text, at + 1, 4)) return at + 1
  }
  for (let at = text.indexOf(' ', from + leastUnits); at >= 0 && at < last; at = text.indexOf(' ', at + 1)) {
    if (isPlainWordStart(text, at + 1) && isChosen(text, at + 1, 256)) return at + 1
  }
  return wordStart(text, last)
}

function isPlainWordStart(text: string, at: number): boolean {
  const unit = text.charCodeAt(at) | 0x20
  return unit >= 0x61 && unit <= 0x7a && text.charCodeAt(at) < 0x80
}

const hashedUnits = 24

function isChosen(text: string, at: number, oneIn: number): boolean {
  let hash = 0x811c9dc5
  for (let unit = at; unit < at + hashedUnits; unit++) hash = Math.imul(hash ^ text.charCodeAt(unit), 0x01000193)
  return ((hash >>> 0) ^ (hash >>> 15)) % oneIn === 0
}

/** The next place where white space ends and a letter of ASCII begins a word; far off, the place itself. */
function wordStart(text: string, from: number): number {
  if (from <= 0) return 0
  for (let at = from; at < Math.min(text.length, from + leastUnits); at++) {
    const before = text.charCodeAt(at - 1)
    if ((before === 0x20 || before === 0x0a) && isPlainWordStart(text, at)) return at
  }
  return from >= text.length ? text.length : wholeCharacter(text, from)
}

function wholeCharacter(text: string, at: number): number {
  return (text.charCodeAt(at) & 0xfc00) === 0xdc00 ? at - 1 : at
}
