import type { Finding } from '../../contract/report.ts'
import type { Utf16Span } from '../../contract/span.ts'
import type { TextView, Views } from '../../views/view.ts'
import type { MarkWords } from './mark-words.ts'
import { markSpan, type MarkSpan } from './mark-set.ts'

/** Where the findings of one HTML part are shown. */
export interface MarkPlaces {
  /** On text that the reader sees. */
  readonly inText: readonly MarkSpan[]
  /** Whether some reader sees text of that place. */
  readonly isSeen: (span: Utf16Span) => boolean
  /** On whole images, by where they begin. */
  readonly onImages: ReadonlyMap<number, readonly MarkSpan[]>
  /** In boxes put in for what is not seen, in the order of their places. */
  readonly boxes: readonly HiddenBox[]
}

export interface HiddenBox {
  /** Where the box goes: an offset in the markup. */
  readonly at: number
  readonly label: string
  /** The hidden text; null for a finding on something that is no text. */
  readonly view: TextView | null
  readonly marks: readonly MarkSpan[]
}

/** Decides for each finding of `part` (or of its links and images) whether it marks seen text, a picture, or a box of its own. */
export function placeMarks(views: Views, part: string, findings: readonly Finding[], words: MarkWords): MarkPlaces {
  const own = views.texts.filter((view) => view.source?.part === part)
  const seen = own.filter((view) => view.look === 'html').slice(0, 1)
  const unseen = own.filter((view) => isUnseen(view, seen))
  const inText: MarkSpan[] = []
  const onImages = new Map<number, MarkSpan[]>()
  const boxes = new Map<TextView, { box: HiddenBox; marks: MarkSpan[] }>()
  const places: HiddenBox[] = []
  const touches = (view: TextView, span: Utf16Span): boolean => view.toPart.fromOrigin(span) !== null

  function place(finding: Finding, span: Utf16Span): void {
    const mark = markSpan(finding, span)
    if (seen.some((view) => touches(view, span))) {
      inText.push(mark)
      return
    }
    const view = unseen.find((one) => touches(one, span))
    if (view === undefined) {
      places.push({ at: span.start, label: labelOfPlace(views, part, span, words), view: null, marks: [mark] })
      return
    }
    const known = boxes.get(view)
    if (known !== undefined) known.marks.push(mark)
    else {
      const marks = [mark]
      const at = view.toPart.toOrigin({ start: 0, end: 1 }).start
      boxes.set(view, { box: { at, label: labelOfView(view, words), view, marks }, marks })
    }
  }

  for (const finding of findings) {
    if (finding.span === null) continue
    const { span } = finding
    const image = views.images.find((one) => finding.part === `image:${String(one.number)}` && one.source.part === part)
    const link = views.links.find((one) => finding.part === `link:${String(one.number)}` && one.source.part === part)
    if (image !== undefined) {
      if (image.visible && !image.trackingPixel) {
        const marks = onImages.get(image.span.start)
        if (marks === undefined) onImages.set(image.span.start, [markSpan(finding, image.span)])
        else marks.push(markSpan(finding, image.span))
      } else place(finding, span)
    } else if (link !== undefined) {
      const inside = seen.some((view) => touches(view, span))
      place(finding, inside ? span : link.visible ? link.span : span)
      if (!inside || coversImage(views, span)) addImages(finding, inside ? span : link.span)
    } else if (finding.part === part) {
      place(finding, span)
      addImages(finding, span)
    }
  }

  function addImages(finding: Finding, span: Utf16Span): void {
    for (const image of views.images) {
      if (image.source.part !== part || !image.visible || image.trackingPixel) continue
      if (image.span.start < span.start || image.span.end > span.end) continue
      const marks = onImages.get(image.span.start) ?? []
      onImages.set(image.span.start, [...marks, markSpan(finding, span)])
    }
  }

  const pictured = new Set([...onImages.values()].flat().map((mark) => mark.number))
  return {
    inText,
    isSeen: (span) => seen.some((view) => touches(view, span)),
    onImages,
    boxes: [...[...boxes.values()].map(({ box }) => box), ...places.filter((box) => !isPictured(box, pictured))].sort(
      (a, b) => a.at - b.at,
    ),
  }
}

/** A link of nothing but a picture is marked on the picture. */
function isPictured(box: HiddenBox, pictured: ReadonlySet<number>): boolean {
  return box.marks.every((mark) => pictured.has(mark.number))
}

function coversImage(views: Views, span: Utf16Span): boolean {
  return views.images.some((image) => image.span.start >= span.start && image.span.end <= span.end)
}

function isUnseen(view: TextView, seen: readonly TextView[]): boolean {
  if (view.look === 'html') return !seen.includes(view)
  return view.look === 'hidden' || view.look === 'preheader' || view.look === 'title'
}

function labelOfView(view: TextView, words: MarkWords): string {
  switch (view.look) {
    case 'preheader':
      return words.preheader
    case 'title':
      return words.title
    case 'html':
      return words.outlook
    default:
      return view.hiddenBy === 'comment'
        ? words.comment
        : words.hidden.replace('{by}', (view.hiddenBy ?? '').replaceAll('-', ' '))
  }
}

function labelOfPlace(views: Views, part: string, span: Utf16Span, words: MarkWords): string {
  const acting = views.active.find(
    (one) => one.source.part === part && one.span.start < span.end && one.span.end > span.start,
  )
  // A name out of the mail holds nothing that a replacement would take for its own.
  return acting === undefined
    ? words.notShown
    : words.removed.replace('{what}', () => acting.attribute ?? acting.element)
}
