import type { UnseenBy } from './message.ts'
import type { Box, Matrix } from './pdf-matrix.ts'
import {
  boxOf,
  boxUnder,
  holds,
  identity,
  intersection,
  isUpright,
  matrixOf,
  multiplied,
  pointAt,
} from './pdf-matrix.ts'
import { isRectangle, pdfGround } from './pdf-ground.ts'
import { contrastOf, mixed } from './text-contrast.ts'

/** What a program is told to draw, one operation after the other, with its arguments. */
export interface Drawn {
  readonly name: string
  readonly values: readonly unknown[]
}

/** A character as it stands on the page; points, from the lower left. */
export interface Glyph {
  readonly text: string
  /** Where its baseline begins and ends. */
  readonly start: readonly [x: number, y: number]
  readonly end: readonly [x: number, y: number]
  /** Height of the font. */
  readonly size: number
  readonly isBold: boolean
  readonly unseenBy: UnseenBy | null
  /** Drawn with no ink over a picture: what a program recognised in it. */
  readonly isOverPicture: boolean
}

export interface PageContext {
  readonly view: Box
  /** Whether a layer (optional content group) is shown. */
  readonly isShown: (layer: unknown) => boolean
  readonly font: (id: string) => PageFont
}

export interface PageFont {
  /** Text space units of one unit of a glyph's width: 0.001, another for drawn (Type 3) fonts. */
  readonly unit: number
  readonly isVertical: boolean
  readonly isDrawn: boolean
  readonly isBold: boolean
}

export interface PageGlyphs {
  readonly glyphs: readonly Glyph[]
  readonly hasPictures: boolean
  /** Something is drawn, be it no text. */
  readonly hasDrawings: boolean
  /** Where small round or square things are drawn, as programs draw the bullets of lists. */
  readonly marks: readonly Box[]
}

interface State {
  matrix: Matrix
  clip: Box
  fill: string | null
  fillAlpha: number
  stroke: string | null
  strokeAlpha: number
  /** Of the group that is drawn as one thing, and of those around it. */
  groupAlpha: number
  mode: number
  font: PageFont
  fontSize: number
  characterSpacing: number
  wordSpacing: number
  stretch: number
  leading: number
  rise: number
}

/** Letters smaller than this, in points, are a line, not a text. */
const minSize = 2

/** Less ink than this is none. */
const minAlpha = 0.1

/** Below this no eye tells letters from paper (WCAG 2 contrast ratio). */
const minContrast = 1.2

const plainFont: PageFont = { unit: 0.001, isVertical: false, isDrawn: false, isBold: false }

/** The characters of a page in the order in which they are drawn, and which of them nobody sees. */
export function pageGlyphs(operations: Iterable<Drawn>, context: PageContext): PageGlyphs {
  const glyphs: Glyph[] = []
  const ground = pdfGround()
  const saved: State[] = []
  /** Layers that are begun; false: not shown. */
  const layers: boolean[] = []
  let state = initial()
  let text: Matrix = identity
  let line: Matrix = identity
  let willClip = false
  let hasPictures = false
  let hasDrawings = false
  const marks: Box[] = []

  function initial(): State {
    return {
      matrix: identity,
      clip: context.view,
      fill: '#000000',
      fillAlpha: 1,
      stroke: '#000000',
      strokeAlpha: 1,
      groupAlpha: 1,
      mode: 0,
      font: plainFont,
      fontSize: 0,
      characterSpacing: 0,
      wordSpacing: 0,
      stretch: 1,
      leading: 0,
      rise: 0,
    }
  }

  function save(): void {
    saved.push({ ...state })
  }

  const fillAlpha = (): number => state.fillAlpha * state.groupAlpha
  const strokeAlpha = (): number => state.strokeAlpha * state.groupAlpha

  function restore(): void {
    state = saved.pop() ?? state
  }

  function paint(box: Box, colour: string | null, alpha: number, isBox: boolean, isPicture: boolean): void {
    hasDrawings = true
    if (layers.includes(false)) return
    const seen = intersection(box, state.clip)
    if (seen.right - seen.left < 1 || seen.top - seen.bottom < 1 || alpha < minAlpha) return
    if (isPicture) hasPictures = true
    ground.add({ box: seen, colour, alpha, isBox, isPicture })
  }

  function path(values: readonly unknown[]): void {
    const [operation, data, extent] = values
    const box = boxOf(extent)
    const page = box === null ? null : boxUnder(state.matrix, box)
    if (willClip) {
      willClip = false
      if (page !== null) state.clip = intersection(state.clip, page)
    }
    if (page === null || box === null) return
    const isFilled =
      operation === 22 || operation === 23 || (typeof operation === 'number' && operation >= 24 && operation <= 27)
    if (operation !== 28 && isMark(page) && !layers.includes(false) && marks.length < maxMarks) marks.push(page)
    if (isFilled) paint(page, state.fill, fillAlpha(), isUpright(state.matrix) && isRectangle(data, box), false)
    else if (operation !== 28) hasDrawings = true
  }

  function picture(): void {
    const box = boxUnder(state.matrix, { left: 0, bottom: 0, right: 1, top: 1 })
    paint(box, null, fillAlpha(), isUpright(state.matrix), true)
  }

  function moveLine(x: number, y: number): void {
    line = multiplied(line, [1, 0, 0, 1, x, y])
    text = line
  }

  function showText(items: unknown): void {
    if (!Array.isArray(items)) return
    const { font, fontSize } = state
    const first = glyphs.length
    let advance = 0
    const shown: { readonly text: string; readonly from: number; readonly to: number }[] = []
    for (const item of items as readonly unknown[]) {
      if (typeof item === 'number') {
        advance -= (item * fontSize) / 1000
        continue
      }
      const glyph = glyphOf(item)
      if (glyph === null) continue
      const from = advance
      const spacing = state.characterSpacing + (glyph.isSpace ? state.wordSpacing : 0)
      const width = font.isVertical ? Math.abs(fontSize) : glyph.width * font.unit * fontSize
      shown.push({ text: glyph.text, from, to: from + width })
      advance += width + spacing
    }
    const whole = multiplied(state.matrix, text)
    const size = Math.hypot(whole[2], whole[3]) * Math.abs(fontSize) * (font.isDrawn ? font.unit * 1000 : 1)
    const place = (along: number): readonly [number, number] =>
      font.isVertical ? pointAt(whole, 0, -along + state.rise) : pointAt(whole, along * state.stretch, state.rise)
    const reason = unseenRun(size)
    const middleOf = (from: number, to: number): readonly [number, number] => {
      const [x, y] = place((from + to) / 2)
      // Half of the height of small letters, across the line of writing.
      return [x + whole[2] * fontSize * 0.25, y + whole[3] * fontSize * 0.25]
    }
    const behind = shown.length === 0 ? null : middleOf(shown[0]?.from ?? 0, advance)
    const byPaint = reason === null && behind !== null ? unseenAgainst(behind) : null
    const overPicture = reason === 'transparent' && behind !== null && ground.hasPictureAt(behind[0], behind[1])
    for (const { text: character, from, to } of shown) {
      const middle = middleOf(from, to)
      const outside = reason === null && byPaint === null && !holds(grown(state.clip), middle[0], middle[1])
      glyphs.push({
        text: character,
        start: place(from),
        end: place(to),
        size: font.isDrawn ? Math.max(size, minSize) : size,
        unseenBy: reason ?? byPaint ?? (outside ? 'off-screen' : null),
        isBold: state.font.isBold,
        isOverPicture: overPicture,
      })
    }
    text = multiplied(text, font.isVertical ? [1, 0, 0, 1, 0, -advance] : [1, 0, 0, 1, advance * state.stretch, 0])
    if (glyphs.length > first) hasDrawings = true
  }

  function unseenRun(size: number): UnseenBy | null {
    if (layers.includes(false)) return 'display-none'
    if (state.mode === 3) return 'transparent'
    const isStroked = state.mode === 1 || state.mode === 2 || state.mode === 5 || state.mode === 6
    const isFilled = state.mode !== 1 && state.mode !== 5
    if (!(isFilled && fillAlpha() >= minAlpha) && !(isStroked && strokeAlpha() >= minAlpha)) return 'transparent'
    return size < minSize && !state.font.isDrawn ? 'font-size' : null
  }

  /** Of what may lie behind the text, paper or box, nothing sets it off. */
  function unseenAgainst([x, y]: readonly [number, number]): UnseenBy | null {
    const inks = [
      ...(state.mode === 1 || state.mode === 5 ? [] : [{ ink: state.fill, alpha: fillAlpha() }]),
      ...(state.mode === 0 || state.mode === 4 || state.mode === 7
        ? []
        : [{ ink: state.stroke, alpha: strokeAlpha() }]),
    ]
    const grounds = ground.coloursAt(x, y)
    const isSeen = inks.some(({ ink, alpha }) =>
      grounds.some((behind) => {
        const shown = ink === null || behind === null ? null : mixed(ink, behind, alpha)
        const contrast = shown === null || behind === null ? null : contrastOf(shown, behind)
        return contrast === null || contrast >= minContrast
      }),
    )
    return isSeen ? null : 'contrast'
  }

  for (const { name, values } of operations) {
    const [first, second] = values
    switch (name) {
      case 'save':
        save()
        break
      case 'restore':
        restore()
        break
      case 'transform':
        state.matrix = multiplied(state.matrix, matrixOf(values) ?? identity)
        break
      case 'paintFormXObjectBegin': {
        save()
        state.matrix = multiplied(state.matrix, matrixOf(first) ?? identity)
        const box = boxOf(second)
        if (box !== null) state.clip = intersection(state.clip, boxUnder(state.matrix, box))
        break
      }
      case 'paintFormXObjectEnd':
        restore()
        break
      case 'beginGroup':
        save()
        state.groupAlpha *= state.fillAlpha
        state.fillAlpha = state.strokeAlpha = 1
        break
      case 'endGroup':
        restore()
        break
      case 'beginAnnotation':
        save()
        state = { ...initial(), matrix: multiplied(matrixOf(values[2]) ?? identity, matrixOf(values[3]) ?? identity) }
        break
      case 'endAnnotation':
        restore()
        break
      case 'clip':
      case 'eoClip':
        willClip = true
        break
      case 'constructPath':
        path(values)
        break
      case 'shadingFill':
        paint(state.clip, null, fillAlpha(), true, false)
        break
      case 'paintImageXObject':
      case 'paintInlineImageXObject':
        picture()
        break
      case 'paintImageMaskXObject':
      case 'paintSolidColorImageMask':
      case 'paintImageMaskXObjectRepeat':
      case 'paintImageMaskXObjectGroup':
      case 'paintImageXObjectRepeat':
      case 'paintInlineImageXObjectGroup':
        hasDrawings = true
        hasPictures = true
        break
      case 'setFillRGBColor':
        state.fill = typeof first === 'string' ? first : null
        break
      case 'setFillColorN':
      case 'setFillTransparent':
        state.fill = null
        break
      case 'setStrokeRGBColor':
        state.stroke = typeof first === 'string' ? first : null
        break
      case 'setStrokeColorN':
      case 'setStrokeTransparent':
        state.stroke = null
        break
      case 'setGState':
        for (const [key, value] of pairsOf(first)) {
          if (key === 'ca' && typeof value === 'number') state.fillAlpha = value
          else if (key === 'CA' && typeof value === 'number') state.strokeAlpha = value
          else if (key === 'Font' && Array.isArray(value))
            setFont((value as readonly unknown[])[0], (value as readonly unknown[])[1])
        }
        break
      case 'beginMarkedContentProps':
        layers.push(first === 'OC' ? context.isShown(second) : true)
        break
      case 'beginMarkedContent':
        layers.push(true)
        break
      case 'endMarkedContent':
        layers.pop()
        break
      case 'beginText':
        text = line = identity
        break
      case 'setFont':
        setFont(first, second)
        break
      case 'setTextMatrix':
        text = line = matrixOf(first) ?? matrixOf(values) ?? identity
        break
      case 'moveText':
        moveLine(numberOf(first), numberOf(second))
        break
      case 'setLeadingMoveText':
        state.leading = -numberOf(second)
        moveLine(numberOf(first), numberOf(second))
        break
      case 'nextLine':
        moveLine(0, -state.leading)
        break
      case 'setLeading':
        state.leading = numberOf(first)
        break
      case 'setCharSpacing':
        state.characterSpacing = numberOf(first)
        break
      case 'setWordSpacing':
        state.wordSpacing = numberOf(first)
        break
      case 'setHScale':
        state.stretch = numberOf(first) / 100
        break
      case 'setTextRise':
        state.rise = numberOf(first)
        break
      case 'setTextRenderingMode':
        state.mode = numberOf(first)
        break
      case 'showText':
        showText(first)
        break
    }
  }

  function setFont(id: unknown, size: unknown): void {
    state.font = typeof id === 'string' ? context.font(id) : plainFont
    state.fontSize = numberOf(size)
  }

  return { glyphs, hasPictures, hasDrawings, marks }
}

/** Points. */
const smallestMark = 1.2
const largestMark = 9
const maxMarks = 5_000

function isMark({ left, bottom, right, top }: Box): boolean {
  const [width, height] = [right - left, top - bottom]
  return (
    Math.min(width, height) >= smallestMark && Math.max(width, height) <= largestMark && Math.abs(width - height) <= 1
  )
}

/** A letter may stand out of its box a little. */
function grown({ left, bottom, right, top }: Box): Box {
  return { left: left - 2, bottom: bottom - 2, right: right + 2, top: top + 2 }
}

function glyphOf(item: unknown): { readonly text: string; readonly width: number; readonly isSpace: boolean } | null {
  if (typeof item !== 'object' || item === null || !('unicode' in item) || !('width' in item)) return null
  const { unicode, width } = item
  return {
    text: typeof unicode === 'string' ? unicode : '',
    width: numberOf(width),
    isSpace: 'isSpace' in item && item.isSpace === true,
  }
}

function pairsOf(value: unknown): readonly (readonly [unknown, unknown])[] {
  if (!Array.isArray(value)) return []
  return (value as readonly unknown[]).flatMap((pair) => {
    if (!Array.isArray(pair)) return []
    const [key, item] = pair as readonly unknown[]
    return [[key, item] as const]
  })
}

function numberOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0
}
