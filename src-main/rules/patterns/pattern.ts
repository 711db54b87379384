import { RE2JS } from 're2js'
import { once } from '../lens/lens.ts'
import { longestWithin, reachOf } from './cost.ts'
import { linearSource } from './linear-source.ts'

/**
 * What runs a pattern: JavaScript's own engine where it was proven safe, else a linear one. `short`: JavaScript's own,
 * which is many times faster, on as much text at a time as it cannot take long on; the linear one where texts cannot be
 * taken in pieces.
 */
export type PatternEngine = 'native' | 'short' | 'linear'

/** Some tenths of a second, at the worst. */
const maxShortSteps = 50_000_000

/** The longest text, in UTF-16 units, that JavaScript's engine may be given at once with a pattern that was not proven safe. */
export function longestShort(source: string): number {
  return longestWithin(source, maxShortSteps)
}

export interface PatternMatch {
  readonly start: number
  readonly end: number
}

export interface CompiledPattern {
  /**
   * Every match in order; of `(?<match>…)` where the pattern has it. Empty matches are skipped. Ends early with `true`
   * when `deadlineMs` (of `performance.now()`) has passed.
   */
  readonly findAll: (text: string, deadlineMs: number, found: (match: PatternMatch) => void) => boolean
  /** Whether its matches are short, and depend on no more than the text near them. */
  readonly isLocal: () => boolean
}

const maxLocalUnits = 900

const matchGroup = '(?<match>'
const linearFlags = RE2JS.CASE_INSENSITIVE | RE2JS.LOOKBEHINDS

export function compilePattern(source: string, engine: PatternEngine): CompiledPattern {
  return { findAll: engineOf(source, engine).findAll, isLocal: once(() => needsNoEdges(source, maxLocalUnits)) }
}

type Engine = Pick<CompiledPattern, 'findAll'>

function engineOf(source: string, engine: PatternEngine): Engine {
  switch (engine) {
    case 'native':
      return nativePattern(source)
    case 'linear':
      return linearPattern(source)
    case 'short': {
      const native = nativePattern(source)
      const maxUnits = longestShort(source)
      const inPieces = needsNoEdges(source) ? patternInPieces(source, maxUnits) : linearPattern(source)
      return {
        findAll: (text, ...rest) => (text.length <= maxUnits ? native : inPieces).findAll(text, ...rest),
      }
    }
  }
}

/** Whether a match depends on nothing but the text a bounded way behind its start, and the one character before it. */
function needsNoEdges(source: string, maxReach = Number.MAX_VALUE): boolean {
  return reachOf(source) <= maxReach && !/[$^]|\(\?<[=!]/.test(source.replace(/\\[^]/g, '').replace(/\[[^\]]*\]/g, ''))
}

/** Gives JavaScript's engine no more at a time than it can go through quickly, so that the deadline is kept. */
export function patternInPieces(source: string, maxUnits: number): Engine {
  const marked = source.includes(matchGroup)
  const pattern = new RegExp(source, marked ? 'dgiu' : 'giu')
  const reach = reachOf(source)
  return {
    findAll(text, deadlineMs, found) {
      for (let from = 0; from < text.length;) {
        const before = wholeCharacter(text, Math.max(0, from - 1))
        const next = Math.max(from + 2, wholeCharacter(text, from + maxUnits))
        const piece = text.slice(before, next + reach + 1)
        pattern.lastIndex = from - before
        const match = pattern.exec(piece)
        if (match === null || before + match.index >= next) from = next
        else {
          const end = match.index + match[0].length
          const place = marked ? match.indices?.groups?.match : ([match.index, end] as const)
          if (place && place[1] > place[0]) found({ start: before + place[0], end: before + place[1] })
          from = before + end + (match[0] === '' ? characterUnits(piece, end) : 0)
        }
        if (performance.now() > deadlineMs) return true
      }
      return false
    },
  }
}

/** The place, or the one before where it would part a surrogate pair. */
function wholeCharacter(text: string, at: number): number {
  const isLow = (text.charCodeAt(at) & 0xfc00) === 0xdc00
  return isLow && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800 ? at - 1 : at
}

function characterUnits(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
}

function nativePattern(source: string): Engine {
  const marked = source.includes(matchGroup)
  const pattern = new RegExp(source, marked ? 'dgiu' : 'giu')
  return {
    findAll(text, deadlineMs, found) {
      pattern.lastIndex = 0
      for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
        const place = marked ? match.indices?.groups?.match : ([match.index, match.index + match[0].length] as const)
        if (place && place[1] > place[0]) found({ start: place[0], end: place[1] })
        if (match[0] === '') pattern.lastIndex += characterUnits(text, pattern.lastIndex)
        if (performance.now() > deadlineMs) return true
      }
      return false
    },
  }
}

function linearPattern(source: string): Engine {
  const marked = source.includes(matchGroup)
  const pattern = RE2JS.compile(linearSource(source), linearFlags)
  return {
    findAll(text, deadlineMs, found) {
      const matcher = pattern.matcher(text)
      while (matcher.find()) {
        const start = marked ? matcher.start('match') : matcher.start()
        const end = marked ? matcher.end('match') : matcher.end()
        if (start >= 0 && end > start) found({ start, end })
        if (performance.now() > deadlineMs) return true
      }
      return false
    },
  }
}

/** Whether the linear engine can run it. */
export function runsLinear(source: string): boolean {
  try {
    RE2JS.compile(linearSource(source), linearFlags)
    return true
  } catch {
    return false
  }
}
