import { stringify } from 'yaml'
import { fail, ok, type Result } from '../contract/result.ts'
import { kinds } from '../rules/kinds/kinds.ts'
import type { Rule } from '../rules/pack.ts'
import type { RulesCall } from './rules-command.ts'

/** All of the rules named, defaults filled in: as YAML for people, as an array for programs. */
export function showRules({ format, loaded }: RulesCall, ids: readonly string[], width: number): Result<string> {
  const rules = loaded.packs.flatMap((pack) => pack.rules)
  const shown: Rule[] = []
  for (const id of ids) {
    const rule = rules.find((candidate) => candidate.id === (loaded.aliases.get(id) ?? id))
    if (!rule) return fail('not-found', `There is no rule “${id}”; clausebench rules list names them all.`)
    shown.push(rule)
  }
  if (format === 'json') return ok(`${JSON.stringify(shown, null, 2)}\n`)
  return ok(shown.map((rule) => `${looksFor(rule)}${stringify([rule], { lineWidth: width })}`).join('\n'))
}

function looksFor({ check }: Rule): string {
  const kind = kinds.get(check.kind)
  // The options were read by this kind's schema when the pack was loaded.
  return kind === undefined ? '' : `# ${kind.explain(check as Parameters<typeof kind.explain>[0])}\n`
}
