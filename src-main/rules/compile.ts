import { createHash } from 'node:crypto'
import type { Look } from '../views/view.ts'
import type { RowCheck } from './audience/row-check.ts'
import { kinds, lookingKinds, type CheckOptions } from './kinds/kinds.ts'
import type { Build, Evaluate } from './kinds/kind.ts'
import type { LoadedPacks, PackResources } from './load-packs.ts'
import { once } from './lens/lens.ts'
import { stretchMemo, type StretchMemo } from './long-text/stretches.ts'
import type { Rule } from './pack.ts'
import { requiredPieces } from './patterns/required-pieces.ts'
import { compilePattern, type CompiledPattern } from './patterns/pattern.ts'
import type { SeriesCheck } from './series/series-check.ts'
import {
  besides,
  phraseIndex,
  phraseIndexBuilder,
  type PhraseEntry,
  type PhraseIndex,
  type PhraseIndexBuilder,
  type PhraseIndexData,
  type PhraseRole,
  type PhraseSet,
} from './phrases/phrase-index.ts'

/** Rules ready to run; made once for thousands of messages. */
export interface CompiledRules {
  readonly loaded: LoadedPacks
  readonly rules: readonly CompiledRule[]
  readonly byId: ReadonlyMap<string, CompiledRule>
  /** All phrases of all rules. */
  readonly index: PhraseIndex
  /** What phrases are looked for in. */
  readonly looks: ReadonlySet<Look>
  /** Header fields that they are looked for in where not in all, in lower case. */
  readonly fields: ReadonlySet<string>
  /** What was found in stretches of long texts, for the next version of a text. */
  readonly longTexts: StretchMemo
}

export interface CompiledRule {
  readonly rule: Rule
  readonly evaluate: Evaluate
  /** What is asked of each row of a list; null: nothing. */
  readonly rows: RowCheck | null
  /** What is asked of messages together; null: nothing. */
  readonly series: SeriesCheck | null
}

/** Where kinds without `look` of their own look for phrases. */
const alwaysScanned: readonly Look[] = [
  'subject',
  'title',
  'preheader',
  'text',
  'html',
  'hidden',
  'link-text',
  'link-href',
]

/** Phrases as compiled before: the sets by what rules ask for. */
export interface CompiledPhrases {
  readonly sets: ReadonlyMap<string, PhraseSet>
  readonly index: PhraseIndexData
}

export function compileRules(loaded: LoadedPacks): CompiledRules {
  return compileWithPhrases(loaded).rules
}

/** The rules, and their phrases in a form that can be kept. */
export function compileWithPhrases(loaded: LoadedPacks): {
  readonly rules: CompiledRules
  readonly phrases: CompiledPhrases
} {
  const builder = phraseIndexBuilder()
  const sets = new Map<string, PhraseSet>()
  const setOf = (key: string, add: () => PhraseSet): PhraseSet => {
    const set = sets.get(key) ?? add()
    sets.set(key, set)
    return set
  }
  const compiled = compileAll(loaded, phrasesFrom(builder, setOf))
  const index = builder.build()
  return { rules: { ...compiled, index: phraseIndex(index) }, phrases: { sets, index } }
}

/** The same with phrases that were compiled before; what they lack is compiled now, and stands beside them. */
export function compileOnto(loaded: LoadedPacks, before: CompiledPhrases): CompiledRules {
  const builder = phraseIndexBuilder()
  const added = new Map<string, PhraseSet>()
  const firstAdded = Math.max(-1, ...before.sets.values()) + 1
  const setOf = (key: string, add: () => PhraseSet): PhraseSet => {
    const set = before.sets.get(key) ?? added.get(key) ?? firstAdded + add()
    if (!before.sets.has(key)) added.set(key, set)
    return set
  }
  const compiled = compileAll(loaded, phrasesFrom(builder, setOf))
  const index = phraseIndex(before.index)
  return {
    ...compiled,
    index: added.size === 0 ? index : besides(index, phraseIndex(builder.build()), firstAdded),
  }
}

function phrasesFrom(
  builder: PhraseIndexBuilder,
  setOf: (key: string, add: () => PhraseSet) => PhraseSet,
): PhraseSource {
  return {
    phrases: (key, entries, role) => setOf(key, () => builder.add(entries(), role)),
    pieces: (key, pieces) => setOf(key, () => builder.addPieces(pieces)),
  }
}

/** Where rules get their sets of phrases from; the key says all that a set depends on. */
interface PhraseSource {
  readonly phrases: (key: string, entries: () => readonly PhraseEntry[], role: PhraseRole) => PhraseSet
  readonly pieces: (key: string, pieces: readonly string[]) => PhraseSet
}

function compileAll(loaded: LoadedPacks, phrases: PhraseSource): Omit<CompiledRules, 'index'> {
  const patterns = new Map<string, CompiledPattern>()
  const looks = new Set<Look>(alwaysScanned)
  const fields = new Set<string>()
  const rules: CompiledRule[] = []
  for (const pack of loaded.packs) {
    const resources = loaded.resources.get(pack.id)
    if (resources === undefined) continue
    const build = buildOf(pack.id, resources, loaded, phrases, patterns)
    for (const rule of pack.rules) {
      const kind = kinds.get(rule.check.kind)
      if (kind === undefined) continue
      if (lookingKinds.has(kind.name)) rule.look.forEach((look) => looks.add(look))
      // Most header rules ask for fields and patterns alone, and headers are long.
      for (const field of kind.refers(rule.check as CheckOptions).fields ?? []) fields.add(field.toLowerCase())
      // Its check was read by this kind's schema when the pack was loaded.
      const checked = rule as Rule<CheckOptions>
      rules.push({
        rule,
        evaluate: kind.compile(checked, build),
        rows: kind.rows?.(checked, build) ?? null,
        series: kind.series?.(checked) ?? null,
      })
    }
  }
  const byId = new Map(rules.map((compiled) => [compiled.rule.id, compiled]))
  if (fields.has('from')) looks.add('from')
  return { loaded, rules, byId, looks, fields, longTexts: stretchMemo() }
}

function keyOf(asked: unknown): string {
  return createHash('sha256').update(JSON.stringify(asked)).digest('base64url').slice(0, 22)
}

function buildOf(
  pack: string,
  resources: PackResources,
  loaded: LoadedPacks,
  phrases: PhraseSource,
  patterns: Map<string, CompiledPattern>,
): Build {
  return {
    phrases: (any, words, role = 'sought') =>
      phrases.phrases(keyOf([pack, any, words, role]), () => resources.phrases.entries(any, words), role),
    pattern(source) {
      const known = patterns.get(source)
      if (known !== undefined) return known
      // Made when a text is first searched for it: most texts hold nothing that most patterns ask for.
      const made = once(() => compilePattern(source, loaded.patterns.get(source) ?? 'linear'))
      const compiled: CompiledPattern = {
        findAll: (...search) => made().findAll(...search),
        isLocal: () => made().isLocal(),
      }
      patterns.set(source, compiled)
      return compiled
    },
    pieces(source) {
      const pieces = requiredPieces(source)
      return pieces === null ? null : phrases.pieces(keyOf(pieces), pieces)
    },
    values: (name) => resources.values.get(name) ?? [],
    written: (words) => resources.words.get(words)?.map(({ written }) => written) ?? [],
  }
}
