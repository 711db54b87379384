import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stepsPerUnit } from './cost.ts'
import { longestShort, runsLinear, type PatternEngine } from './pattern.ts'

/** What is known of a pattern: an engine that runs it safely, or none. */
export type PatternVerdict = PatternEngine | 'unsafe'

/** Keeps verdicts; they depend on the source alone. */
export interface VerdictCache {
  readonly get: (source: string) => PatternVerdict | undefined
  /** `proven`: worth keeping between starts. */
  readonly set: (source: string, verdict: PatternVerdict, proven: boolean) => void
  /** Writes new ones where the cache has a folder. Never fails: a cache that cannot be written is only slower. */
  readonly save: () => Promise<void>
  /** Whether no pattern was refused for want of time alone. */
  readonly settled: () => boolean
}

/** How long the proof of one pattern may take. */
export interface ProofTimeouts {
  readonly timeoutMs: number
  /** A pattern that the linear engine runs as well is worth less of a wait. */
  readonly timeoutWithLinearMs: number
  /** Also what no proof was found for in that time is kept. */
  readonly keepsUnproven?: boolean
}

const whileLoading: ProofTimeouts = { timeoutMs: 4_000, timeoutWithLinearMs: 800 }
/** For shipped packs, whose verdicts are shipped too. */
export const beforeRelease: ProofTimeouts = {
  timeoutMs: 60_000,
  timeoutWithLinearMs: 60_000,
  keepsUnproven: true,
}

/**
 * Which engine may run a pattern. `unsafe`: it may take exponential or quadratic time and the linear engine cannot run
 * it. May take seconds for a pattern that is not in the cache.
 */
export async function judgePattern(
  source: string,
  cache: VerdictCache,
  timeouts = whileLoading,
): Promise<PatternVerdict> {
  const plain = plainVerdict(source)
  if (plain !== null) return plain
  const known = cache.get(source)
  if (known !== undefined) return known
  const { verdict, proven } = await prove(source, timeouts)
  // What ran out of time says how busy the machine was, and is no answer for the next start.
  cache.set(source, verdict, proven || timeouts.keepsUnproven === true)
  return verdict
}

/** A megabyte takes some seconds at the worst. */
const maxSteps = 2_000
/** Less than the text of a link or a subject is not worth two engines. */
const minShortUnits = 100

/** What can be read off a pattern; null: it needs a proof. */
export function plainVerdict(source: string): PatternEngine | null {
  if (stepsPerUnit(source, Infinity) <= maxSteps) return 'native'
  return longestShort(source) >= minShortUnits && runsLinear(source) ? 'short' : null
}

async function prove(
  source: string,
  timeouts: ProofTimeouts,
): Promise<{ readonly verdict: PatternVerdict; readonly proven: boolean }> {
  const linear = runsLinear(source)
  // The package's main entry starts helper processes; this one is the checker alone.
  const recheck = await import('recheck/lib/browser.js')
  const checkSync = recheck.checkSync ?? recheck.default.checkSync
  const { status } = checkSync(source, 'iu', {
    timeout: linear ? timeouts.timeoutWithLinearMs : timeouts.timeoutMs,
    attackTimeout: 300,
    incubationTimeout: 200,
    randomSeed: 0,
  })
  if (status === 'safe') return { verdict: 'native', proven: true }
  return { verdict: linear ? 'linear' : 'unsafe', proven: status === 'vulnerable' }
}

const cacheName = 'pattern-verdicts.json'

/** Reads the verdicts kept in the folders, of which the first, when there is one, is written to. */
export async function openVerdictCache(
  writable: string | null,
  readable: readonly string[] = [],
): Promise<VerdictCache> {
  const known = new Map<string, PatternVerdict>()
  for (const folder of writable === null ? readable : [...readable, writable]) {
    for (const [hash, verdict] of await readVerdicts(join(folder, cacheName))) known.set(hash, verdict)
  }
  const unproven = new Set<string>()
  let changed = false
  return {
    get: (source) => known.get(hashOf(source)),
    set(source, verdict, proven) {
      const hash = hashOf(source)
      known.set(hash, verdict)
      if (proven) changed = true
      else unproven.add(hash)
    },
    settled: () => [...unproven].every((hash) => known.get(hash) !== 'unsafe'),
    async save() {
      if (!changed || writable === null) return
      const verdicts = Object.fromEntries(
        [...known].filter(([hash]) => !unproven.has(hash)).sort(([a], [b]) => (a < b ? -1 : 1)),
      )
      const file = join(writable, cacheName)
      const temporary = `${file}.${process.pid}.${Math.floor(performance.now() * 1000)}`
      try {
        await mkdir(writable, { recursive: true })
        await writeFile(temporary, `${JSON.stringify(verdicts, null, 1)}\n`, { mode: 0o600 })
        await rename(temporary, file)
        changed = false
      } catch {
        // Said above: only slower.
      }
    },
  }
}

async function readVerdicts(file: string): Promise<[string, PatternVerdict][]> {
  try {
    const stored: unknown = JSON.parse(await readFile(file, 'utf8'))
    if (typeof stored !== 'object' || stored === null) return []
    return Object.entries(stored).filter((entry): entry is [string, PatternVerdict] => isVerdict(entry[1]))
  } catch {
    return []
  }
}

function isVerdict(value: unknown): value is PatternVerdict {
  return value === 'native' || value === 'short' || value === 'linear' || value === 'unsafe'
}

function hashOf(source: string): string {
  return createHash('sha256').update(`2\0${source}`).digest('hex')
}
