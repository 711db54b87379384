import { createHash } from 'node:crypto'
import type { CompiledRules } from './compile.ts'
import { kinds, type CheckOptions } from './kinds/kinds.ts'
import type { Rule } from './pack.ts'
import type { PackResources } from './load-packs.ts'

/**
 * Names each rule by all that decides what it finds: its check with the words and values that it draws on, and where it looks. Its wording, its
 * examples and its pack's version do not. Two with the same hash find the same in the same message.
 */
export function ruleHashes({ loaded, rules }: CompiledRules): ReadonlyMap<string, string> {
  const lists = new Map([...loaded.resources].map(([pack, resources]) => [pack, listHashes(resources)]))
  const hashes = new Map(
    rules.map(({ rule }) => [rule.id, digest([ownPart(rule), lists.get(rule.pack.id)?.(rule) ?? null])]),
  )
  // A rule over others finds something else when one of them does.
  return new Map(
    rules.map(({ rule }) => {
      const named = refersTo(rule).rules ?? []
      const own = hashes.get(rule.id) ?? ''
      return [rule.id, named.length === 0 ? own : digest([own, named.map(({ value }) => hashes.get(value) ?? null)])]
    }),
  )
}

function ownPart({ check, look, channels, languages, regions, severity, certainty, clauses }: Rule): unknown {
  return [check, look, channels, languages, regions, severity, certainty, clauses]
}

function refersTo(rule: Rule): ReturnType<NonNullable<ReturnType<typeof kinds.get>>['refers']> {
  // Its check was read by this kind's schema when the pack was loaded.
  return kinds.get(rule.check.kind)?.refers(rule.check as CheckOptions) ?? {}
}

/** Of the word lists and values that a rule names; of all words of its pack where a phrase names a class of them. */
function listHashes({ words, values }: PackResources): (rule: Rule) => unknown {
  let all: string | null = null
  return (rule) => {
    const { words: named = [], values: dated = [], phrases = [] } = refersTo(rule)
    const classes = phrases.some(({ value }) => value.includes('@'))
    if (classes) all ??= digest([...words])
    return [
      named.map(({ value }) => [value, words.get(value) ?? null]),
      dated.map(({ value }) => [value, values.get(value) ?? null]),
      classes ? all : null,
    ]
  }
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22)
}
