import type { DocumentText } from './document-message.ts'
import type { PageStart, PartLink, UnseenBy } from './message.ts'
import type { Box } from './pdf-matrix.ts'
import { holds } from './pdf-matrix.ts'
import type { Glyph } from './pdf-page.ts'

export interface PdfLink {
  readonly href: string
  readonly box: Box
}

/** Puts characters together to lines and words, page after page, what readers do not see apart from what they do. */
export interface PdfTexts {
  /** `page`: its number, from 1. Returns where what readers see came to stand in their text. */
  readonly addPage: (glyphs: readonly Glyph[], links: readonly PdfLink[], page: number) => readonly PlacedGlyph[]
  /** A note on a page. */
  readonly addNote: (text: string) => void
  readonly build: () => readonly DocumentText[]
}

interface Stretch {
  readonly pieces: string[]
  length: number
  last: Glyph | null
  readonly links: PartLink[]
}

/** Where a character of the text came to stand. */
export interface PlacedGlyph {
  readonly glyph: Glyph
  readonly start: number
  readonly end: number
}

export function pdfTexts(): PdfTexts {
  const stretches = new Map<UnseenBy | null, Stretch>()
  const pages: PageStart[] = []

  function stretchOf(by: UnseenBy | null): Stretch {
    let stretch = stretches.get(by)
    if (stretch === undefined) stretches.set(by, (stretch = { pieces: [], length: 0, last: null, links: [] }))
    return stretch
  }

  function put(stretch: Stretch, text: string): void {
    stretch.pieces.push(text)
    stretch.length += text.length
  }

  function addGlyph(glyph: Glyph): PlacedGlyph | null {
    const stretch = stretchOf(glyph.unseenBy)
    const { last } = stretch
    stretch.last = glyph
    const text = plain(glyph.text)
    if (last !== null) {
      const between = gapBetween(last, glyph)
      if (between !== '' && !/\s$/.test(stretch.pieces.at(-1) ?? ' ') && (between === '\n' || !/^\s/.test(text))) {
        put(stretch, between)
      }
    }
    const start = stretch.length
    put(stretch, text)
    return glyph.unseenBy === null ? { glyph, start, end: stretch.length } : null
  }

  return {
    addPage(glyphs, links, page) {
      if (page > 1) pages.push({ page, at: stretchOf(null).length })
      const placed: PlacedGlyph[] = []
      for (const glyph of asSpoken([...withoutRepeats(glyphs)])) {
        const one = addGlyph(glyph)
        if (one !== null) placed.push(one)
      }
      const seen = stretchOf(null)
      const found = links.map((link) => ({ href: link.href, span: spanIn(link.box, placed, seen.length) }))
      for (const link of found.sort((a, b) => a.span.start - b.span.start)) {
        const before = seen.links[seen.links.length - 1]
        if (before === undefined || before.span.end <= link.span.start) seen.links.push(link)
        else if (before.href !== link.href) seen.links.push({ href: link.href, span: emptyAt(before.span.end) })
      }
      for (const stretch of stretches.values()) {
        if (stretch.last === null) continue
        put(stretch, '\n')
        stretch.last = null
      }
      return placed
    },
    addNote(text) {
      put(stretchOf('comment'), `${text.replace(/\r\n?/g, '\n')}\n`)
    },
    build: () =>
      [...stretches.entries()]
        .sort(([a], [b]) => Number(a !== null) - Number(b !== null))
        .map(([by, { pieces, links }]) => ({
          text: pieces.join(''),
          unseenBy: by,
          links,
          pages: by === null ? pages : [],
        })),
  }
}

function emptyAt(at: number): PartLink['span'] {
  return { start: at, end: at }
}

/** The first unbroken stretch of text in a link's box; an empty one at the end of the page where it lies over a picture. */
function spanIn(box: Box, placed: readonly PlacedGlyph[], end: number): PartLink['span'] {
  let start: number | null = null
  let last = end
  for (const { glyph, start: from, end: to } of placed) {
    const [x, y] = middleOf(glyph)
    if (holds(box, x, y)) {
      if (glyph.text.trim() === '' && start === null) continue
      start ??= from
      if (glyph.text.trim() !== '') last = to
    } else if (start !== null && glyph.text.trim() !== '') break
  }
  return start === null ? emptyAt(end) : { start, end: last }
}

function middleOf({ start, end, size }: Glyph): readonly [number, number] {
  const [dx, dy] = directionOf(start, end)
  return [(start[0] + end[0]) / 2 - dy * size * 0.25, (start[1] + end[1]) / 2 + dx * size * 0.25]
}

function directionOf(start: Glyph['start'], end: Glyph['end']): readonly [number, number] {
  const length = Math.hypot(end[0] - start[0], end[1] - start[1])
  return length === 0 ? [1, 0] : [(end[0] - start[0]) / length, (end[1] - start[1]) / length]
}

/** What stands between two characters, as the eye takes it: nothing, a space, or the next line. */
function gapBetween(before: Glyph, after: Glyph): '' | ' ' | '\n' {
  const [dx, dy] = directionOf(before.start, before.end)
  const x = after.start[0] - before.end[0]
  const y = after.start[1] - before.end[1]
  const along = x * dx + y * dy
  const across = Math.abs(y * dx - x * dy)
  const size = Math.max(Math.min(before.size, after.size), 0.1)
  if (across > 0.7 * size) return '\n'
  // Back to where something stands already: another line, or a letter of a script that is written the other way.
  const widths = widthOf(before) + widthOf(after)
  if (along < -(widths + size)) return '\n'
  const gap = along < 0 && rightToLeft.test(after.text) ? -along - widths : along
  return gap > 0.2 * size ? ' ' : ''
}

function widthOf({ start, end }: Glyph): number {
  return Math.hypot(end[0] - start[0], end[1] - start[1])
}

/** Letters of scripts that are written from right to left. */
const rightToLeft = /^[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/
const digit = /^[\d\u0660-\u0669\u06f0-\u06f9.,:/%]/

/**
 * Words of such scripts are drawn from left to right, in the order of the eye and not of the voice: each stretch of them on a line
 * turned round, numbers in it as they are.
 */
function asSpoken(glyphs: readonly Glyph[]): readonly Glyph[] {
  if (!glyphs.some(({ text }) => rightToLeft.test(text))) return glyphs
  const result: Glyph[] = []
  for (let at = 0; at < glyphs.length;) {
    const end = rightToLeft.test(glyphs[at]?.text ?? '') ? endOfStretch(glyphs, at) : at + 1
    const stretch = glyphs.slice(at, end)
    result.push(...(isDrawnForward(stretch) ? turned(stretch) : stretch))
    at = end
  }
  return result
}

/** After the last letter of the script on the line; what is between its words belongs to it. */
function endOfStretch(glyphs: readonly Glyph[], start: number): number {
  let end = start + 1
  for (let at = start + 1; at < glyphs.length; at++) {
    const before = glyphs[at - 1]
    const glyph = glyphs[at]
    if (before === undefined || glyph?.unseenBy !== before.unseenBy) break
    if (gapBetween(before, glyph) === '\n') break
    if (rightToLeft.test(glyph.text)) end = at + 1
    else if (/^[A-Za-z\u00c0-\u024f]/.test(glyph.text)) break
  }
  return end
}

function isDrawnForward(stretch: readonly Glyph[]): boolean {
  const [first, last] = [stretch[0], stretch[stretch.length - 1]]
  if (first === undefined || last === undefined || first === last) return false
  const [dx, dy] = directionOf(first.start, first.end)
  return (last.start[0] - first.start[0]) * dx + (last.start[1] - first.start[1]) * dy > 0
}

function turned(stretch: readonly Glyph[]): readonly Glyph[] {
  const back = [...stretch].reverse()
  for (let at = 0; at < back.length;) {
    let end = at
    while (digit.test(back[end]?.text ?? '')) end++
    if (end > at) back.splice(at, end - at, ...back.slice(at, end).reverse())
    at = end + 1
  }
  return back
}

/** Programs make letters bold by drawing them twice, a hair apart. */
function* withoutRepeats(glyphs: readonly Glyph[]): Generator<Glyph> {
  const seen = new Set<string>()
  for (const glyph of glyphs) {
    if (glyph.text.trim() !== '') {
      const step = Math.max(glyph.size * 0.12, 0.1)
      const [x, y] = glyph.start
      const key = `${glyph.text} ${glyph.unseenBy ?? ''} ${String(Math.round(x / step))} ${String(Math.round(y / step))}`
      if (seen.has(key)) continue
      seen.add(key)
    }
    yield glyph
  }
}

/** Letters as they are typed: joined ones apart, no blanks but the space, no bytes without a letter. */
function plain(text: string): string {
  return text
    .replace(/[\ufb00-\ufb06]/g, (joined) => joined.normalize('NFKC'))

    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f]/g, '')
    .replace(/[\t\r\n]/g, ' ')
}
