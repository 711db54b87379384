import { RE2JS } from 're2js'
import { linearSource } from './linear-source.ts'

/**
 * What runs a pattern: JavaScript's own engine where it was proven safe, else a linear one. `short`: JavaScript's own,
 * which is many times faster, on texts so short that it cannot take long there; the linear one on others.
 */
export type PatternEngine = 'native' | 'short' | 'linear'

/** In UTF-16 units. */
export const maxShortUnits = 4_000

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
}

const matchGroup = '(?<match>'
const linearFlags = RE2JS.CASE_INSENSITIVE | RE2JS.LOOKBEHINDS

export function compilePattern(source: string, engine: PatternEngine): CompiledPattern {
  switch (engine) {
    case 'native':
      return nativePattern(source)
    case 'linear':
      return linearPattern(source)
    case 'short': {
      const native = nativePattern(source)
      const linear = linearPattern(source)
      return {
        findAll: (text, ...rest) => (text.length <= maxShortUnits ? native : linear).findAll(text, ...rest),
      }
    }
  }
}

function nativePattern(source: string): CompiledPattern {
  const marked = source.includes(matchGroup)
  const pattern = new RegExp(source, marked ? 'dgiu' : 'giu')
  return {
    findAll(text, deadlineMs, found) {
      pattern.lastIndex = 0
      for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
        const place = marked ? match.indices?.groups?.match : ([match.index, match.index + match[0].length] as const)
        if (place && place[1] > place[0]) found({ start: place[0], end: place[1] })
        if (match[0] === '') pattern.lastIndex += (text.codePointAt(pattern.lastIndex) ?? 0) > 0xffff ? 2 : 1
        if (performance.now() > deadlineMs) return true
      }
      return false
    },
  }
}

function linearPattern(source: string): CompiledPattern {
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
