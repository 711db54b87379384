import type { Look } from '../views/view.ts'
import type { RowCheck } from './audience/row-check.ts'
import { kinds, lookingKinds, type CheckOptions } from './kinds/kinds.ts'
import type { Build, Evaluate } from './kinds/kind.ts'
import type { LoadedPacks, PackResources } from './load-packs.ts'
import { phraseEntries, wordClasses } from './loading/words.ts'
import type { Rule } from './pack.ts'
import { requiredPieces } from './patterns/required-pieces.ts'
import { compilePattern, type CompiledPattern } from './patterns/pattern.ts'
import type { SeriesCheck } from './series/series-check.ts'
import { phraseIndexBuilder, type PhraseIndex, type PhraseIndexBuilder } from './phrases/phrase-index.ts'

/** Rules ready to run; made once for thousands of messages. */
export interface CompiledRules {
  readonly loaded: LoadedPacks
  readonly rules: readonly CompiledRule[]
  readonly byId: ReadonlyMap<string, CompiledRule>
  /** All phrases of all rules. */
  readonly index: PhraseIndex
  /** What phrases are looked for in. */
  readonly looks: ReadonlySet<Look>
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

export function compileRules(loaded: LoadedPacks): CompiledRules {
  const phrases = phraseIndexBuilder()
  const patterns = new Map<string, CompiledPattern>()
  const looks = new Set<Look>(alwaysScanned)
  const rules: CompiledRule[] = []
  for (const pack of loaded.packs) {
    const resources = loaded.resources.get(pack.id)
    if (resources === undefined) continue
    const build = buildOf(resources, loaded, phrases, patterns)
    for (const rule of pack.rules) {
      const kind = kinds.get(rule.check.kind)
      if (kind === undefined) continue
      if (lookingKinds.has(kind.name)) rule.look.forEach((look) => looks.add(look))
      // Most header rules ask for fields and patterns alone, and headers are long.
      if (kind.name === 'header' && (kind.refers(rule.check as CheckOptions).phrases?.length ?? 0) > 0)
        looks.add('headers').add('from')
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
  return { loaded, rules, byId, index: phrases.build(), looks }
}

function buildOf(
  resources: PackResources,
  loaded: LoadedPacks,
  phrases: PhraseIndexBuilder,
  patterns: Map<string, CompiledPattern>,
): Build {
  const classes = wordClasses(resources.words)
  return {
    phrases: (any, words) => phrases.add(phraseEntries(any, words, resources.words, classes)),
    pattern(source) {
      const known = patterns.get(source)
      if (known !== undefined) return known
      const compiled = compilePattern(source, loaded.patterns.get(source) ?? 'linear')
      patterns.set(source, compiled)
      return compiled
    },
    pieces(source) {
      const pieces = requiredPieces(source)
      return pieces === null ? null : phrases.addPieces(pieces)
    },
    values: (name) => resources.values.get(name) ?? [],
    written: (words) => resources.words.get(words)?.map(({ written }) => written) ?? [],
  }
}
