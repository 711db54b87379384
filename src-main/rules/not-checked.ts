import type { NotCheckedCode } from '../contract/codes.ts'
import type { NotChecked } from '../contract/report.ts'
import type { Views } from '../views/view.ts'
import type { CompiledRules } from './compile.ts'
import { isWrittenFor, undetermined } from './language.ts'
import { isImageOnly } from './image-only.ts'
import type { RuleGap } from './kinds/kind.ts'
import { lookingKinds } from './kinds/kinds.ts'
import type { Clause, Rule } from './pack.ts'

/** What one rule could not look at. */
export interface RuleGaps {
  readonly rule: Rule
  readonly gaps: readonly RuleGap[]
}

/** Everything that was not looked at, by the top clauses it touches, in the order of the policy. */
export function notCheckedOf(
  rules: CompiledRules,
  views: Views,
  ruleGaps: readonly RuleGaps[],
  language: string | null,
): NotChecked[] {
  const order = clauseOrder(rules)
  const entries = new Map<string, NotChecked>()
  const add = (clauses: Iterable<string>, { code, reason, material }: RuleGap): void => {
    for (const clause of clauses) entries.set(`${clause}\0${code}\0${reason}`, { clause, code, reason, material })
  }
  const { channel } = views.message
  const applying = rules.rules
    .map(({ rule }) => rule)
    .filter(({ channels }) => channel !== null && (channels === null || channels.includes(channel)))
  for (const { rule, gaps } of ruleGaps) for (const gap of gaps) add(topClauses([rule], order), gap)
  for (const gap of [...views.message.gaps, ...(views.gaps ?? [])])
    add(topClauses(touchedBy(gap.code, applying), order), gap)
  const otherLanguage = applying.filter((rule) => !isWrittenFor(rule, language))
  // A clause with rules in the message's language too is checked as well as in any other.
  const spoken = topClauses(
    applying.filter((rule) => rule.writtenFor !== null && isWrittenFor(rule, language)),
    order,
  )
  add(
    [...topClauses(otherLanguage, order)].filter((clause) => !spoken.has(clause)),
    {
      code: 'language-unknown',
      reason:
        language === undetermined || language === null
          ? 'the language of the text could not be told'
          : `the text is in a language (${language}) that the rules are not written for`,
      material: true,
    },
  )
  if (isImageOnly(views)) {
    add(topClauses(applying.filter(looksAtText), order), {
      code: 'image-only',
      reason: 'what the message says stands in pictures',
      material: true,
    })
  }
  const rank = new Map([...order.keys()].map((clause, at) => [clause, at]))
  return [...entries.values()].sort(
    (a, b) =>
      (rank.get(a.clause) ?? Infinity) - (rank.get(b.clause) ?? Infinity) ||
      compare(a.code, b.code) ||
      compare(a.reason, b.reason),
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Full clause id to its clause, in the order of the loaded policies. */
type ClauseOrder = ReadonlyMap<string, { readonly policy: string; readonly clause: Clause }>

function clauseOrder({ loaded }: CompiledRules): ClauseOrder {
  return new Map(
    loaded.packs.flatMap(({ policy, clauses }) =>
      clauses.map((clause) => [`${policy}:${clause.id}`, { policy, clause }] as const),
    ),
  )
}

function topClauses(rules: readonly Rule[], order: ClauseOrder): Set<string> {
  return new Set(rules.flatMap(({ clauses }) => clauses.map((clause) => topOf(clause, order))))
}

function topOf(clause: string, order: ClauseOrder): string {
  let top = clause
  for (let known = order.get(top); known !== undefined && known.clause.parent !== null; known = order.get(top)) {
    top = `${known.policy}:${known.clause.parent}`
  }
  return top
}

function looksAtText({ check }: Rule): boolean {
  return lookingKinds.has(check.kind)
}

function touchedBy(code: NotCheckedCode, rules: readonly Rule[]): readonly Rule[] {
  switch (code) {
    case 'attachment-unread':
    case 'attachment-encrypted': {
      const touched = rules.filter(({ check, look }) => check.kind === 'attachment' || look.includes('attachment-text'))
      return touched.length > 0 ? touched : rules
    }
    case 'no-headers':
    case 'draft':
      return rules.filter(({ check }) => check.kind === 'header')
    case 'remote-content':
      return rules.filter(({ check }) => check.kind === 'visibility')
    default:
      return rules.filter((rule) => looksAtText(rule) || rule.check.kind === 'link' || rule.check.kind === 'visibility')
  }
}
