import type { Certainty } from '../../contract/report.ts'
import type { LensText } from '../lens/fold.ts'
import type { SceneText } from '../scene.ts'
import { sentenceAround } from '../text-places.ts'
import type { Hit } from './kind.ts'

interface Range {
  readonly start: number
  readonly end: number
}

/** A place where a rule has a hit already; another lens may see it again. */
export interface Seen {
  readonly text: SceneText
  readonly range: Range
}

export function isSeen(seen: readonly Seen[], text: SceneText, range: Range): boolean {
  return seen.some((one) => one.text === text && one.range.start < range.end && range.start < one.range.end)
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
  const sentence = sentenceAround(foldedText, folded)
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
