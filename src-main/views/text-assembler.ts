import { spanMapBuilder, type SpanMap } from '../intake/span-map.ts'
import type { CharacterRun } from './character-map.ts'

export interface AssembledText {
  readonly text: string
  readonly map: SpanMap<'utf16', 'utf16'>
}

/**
 * Puts a view's text together from pieces of markup as a client lays it out: white space collapses to one space, and goes
 * at the start and end of lines; blocks and `<br>` become line breaks with an empty origin (CSS Text 3, section 4).
 */
export interface TextAssembler {
  readonly add: (value: string, runs: readonly CharacterRun[], preserveSpace: boolean) => void
  /** The next text stands in another block. */
  readonly block: () => void
  /** `<br>`: two in a row leave an empty line. */
  readonly lineBreak: () => void
  /** Something that is no text but keeps words apart: a picture. */
  readonly gap: () => void
  readonly isEmpty: () => boolean
  readonly build: () => AssembledText
}

const maxLineBreaks = 2

export function textAssembler(): TextAssembler {
  const pieces: string[] = []
  const map = spanMapBuilder<'utf16', 'utf16'>()
  let lastEnd = 0
  let forcedBreaks = 0
  let blockBreak = false
  let space: { readonly start: number; readonly end: number } | null = null

  function separate(): void {
    const breaks = Math.min(maxLineBreaks, Math.max(forcedBreaks, blockBreak ? 1 : 0))
    if (map.length() > 0 && breaks > 0) {
      pieces.push('\n'.repeat(breaks))
      map.atomic(breaks, lastEnd, lastEnd)
    } else if (map.length() > 0 && space !== null) {
      pieces.push(' ')
      if (space.end - space.start === 1) map.linear(1, space.start)
      else map.atomic(1, space.start, space.end)
    }
    forcedBreaks = 0
    blockBreak = false
    space = null
  }

  function linear(text: string, start: number): void {
    if (text === '') return
    separate()
    pieces.push(text)
    map.linear(text.length, start)
    lastEnd = start + text.length
  }

  function atomic(text: string, start: number, end: number): void {
    separate()
    pieces.push(text)
    map.atomic(text.length, start, end)
    lastEnd = end
  }

  function collapse(value: string, from: number, to: number, start: number): void {
    let at = from
    while (at < to) {
      if (isSpace(value.charCodeAt(at))) {
        space ??= { start: start + at - from, end: start + at - from + 1 }
        at++
        continue
      }
      const word = at
      // a single blank between words is what it says: whole lines go in one piece
      while (at < to && !(isSpace(value.charCodeAt(at)) && !isSingleBlank(value, at, to))) at++
      linear(value.slice(word, at), start + word - from)
    }
  }

  return {
    add(value, runs, preserveSpace) {
      let at = 0
      for (const run of runs) {
        const end = at + run.count
        if (run.linear) {
          if (preserveSpace) linear(value.slice(at, end), run.start)
          else collapse(value, at, end, run.start)
        } else {
          const text = value.slice(at, end)
          if (!preserveSpace && text.length === 1 && isSpace(text.charCodeAt(0))) {
            space ??= { start: run.start, end: run.end }
          } else atomic(text, run.start, run.end)
        }
        at = end
      }
    },
    block() {
      blockBreak = true
    },
    lineBreak() {
      forcedBreaks++
    },
    gap() {
      space ??= { start: lastEnd, end: lastEnd }
    },
    isEmpty: () => map.length() === 0,
    build: () => ({ text: pieces.join(''), map: map.build() }),
  }
}

/** White space that CSS collapses; a no-break space is none. */
function isSpace(unit: number): boolean {
  return unit === 0x20 || unit === 0x0a || unit === 0x09 || unit === 0x0c || unit === 0x0d
}

function isSingleBlank(value: string, at: number, end: number): boolean {
  return value.charCodeAt(at) === 0x20 && at + 1 < end && !isSpace(value.charCodeAt(at + 1))
}
