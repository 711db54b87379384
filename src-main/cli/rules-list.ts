import { identifierTypeNames } from '../rules/identifiers/find.ts'
import { visible } from '../report/visible.ts'
import type { Rule } from '../rules/pack.ts'
import type { RulesCall } from './rules-command.ts'

/** One line a rule, in the order of the packs; as JSON an array. */
export function listRules({ format, loaded }: RulesCall): string {
  const rules = loaded.packs.flatMap((pack) => pack.rules)
  if (format === 'json') return json(rules.map(ruleEntry))
  const idWidth = Math.max(0, ...rules.map(({ id }) => id.length))
  const clauseWidth = Math.max(0, ...rules.map((rule) => shortClauses(rule).length))
  return rules
    .map(
      (rule) =>
        `${rule.severity.padEnd(7)}  ${shortClauses(rule).padEnd(clauseWidth)}  ${rule.id.padEnd(idWidth)}  ${visible(rule.title)}\n`,
    )
    .join('')
}

export function listIdentifiers(format: RulesCall['format']): string {
  return format === 'json' ? json(identifierTypeNames) : identifierTypeNames.map((name) => `${name}\n`).join('')
}

/** `C3.9 P2`: of the pack's own policy without its name. */
export function shortClauses({ clauses, pack: { policy } }: Rule): string {
  return clauses.map((clause) => (clause.startsWith(`${policy}:`) ? clause.slice(policy.length + 1) : clause)).join(' ')
}

function ruleEntry({ id, pack, clauses, title, severity, certainty, check }: Rule): object {
  return { id, pack: `${pack.id}@${pack.version}`, clauses, title, severity, certainty, kind: check.kind }
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
