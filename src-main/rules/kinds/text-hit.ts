import type { Certainty } from '../../contract/report.ts'
import type { LensText } from '../lens/fold.ts'
import type { SceneText } from '../scene.ts'
import type { Hit } from './kind.ts'

interface Range {
  readonly start: number
  readonly end: number
}

/** Places where a rule has a hit already; another lens may see them again. */
export interface SeenPlaces {
  readonly has: (text: SceneText, range: Range) => boolean
  /** For a range that `has` did not know. */
  readonly add: (text: SceneText, range: Range) => void
}

export function seenPlaces(): SeenPlaces {
  // Of each text the ranges in order; none overlaps another, so their ends are in order too.
  const byText = new Map<SceneText, Range[]>()
  return {
    has(text, range) {
      const ranges = byText.get(text)
      if (ranges === undefined) return false
      const next = ranges[firstEndingAfter(ranges, range.start)]
      return next !== undefined && next.start < range.end
    },
    add(text, range) {
      const ranges = byText.get(text)
      if (ranges === undefined) byText.set(text, [range])
      else ranges.splice(firstEndingAfter(ranges, range.start), 0, range)
    },
  }
}

function firstEndingAfter(ranges: readonly Range[], at: number): number {
  let low = 0
  let high = ranges.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ranges[middle]?.end ?? 0) <= at) low = middle + 1
    else high = middle
  }
  return low
}

/** A range of a lens's text, in the view's own text. */
export function viewRange(lens: LensText | null, range: Range): Range {
  return lens === null ? range : lens.toView.toOrigin(range)
}

/** A range of a view's text, in its folded text; null when the folded lens shows nothing of it. */
export function foldedRange(text: SceneText, range: Range): Range | null {
  return text.lenses.folded().toView.fromOrigin(range)
}

/** A hit at a range of a text, told by its folded form. `folded` is the same range in the folded text. */
export function textHit(
  text: SceneText,
  range: Range,
  folded: Range,
  told: { readonly certainty: Certainty; readonly explain: readonly string[]; readonly secret?: boolean },
): Hit {
  const { view, lenses } = text
  const foldedText = lenses.folded().text
  const sentence = text.sentence(folded)
  return {
    part: view.part,
    source: view.source,
    span: view.source === null ? null : view.toPart.toOrigin(range),
    certainty: told.certainty,
    match: view.text.slice(range.start, range.end),
    normalised: {
      match: foldedText.slice(folded.start, folded.end),
      sentence: foldedText.slice(sentence.start, sentence.end),
    },
    around: { text: view.text, start: range.start, end: range.end },
    ...(told.secret === true ? { secret: true } : {}),
    explain: told.explain,
  }
}
