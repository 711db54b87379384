import type { NotCheckedCode } from '../contract/codes.ts'
import type { NotChecked } from '../contract/report.ts'
import type { Views } from '../views/view.ts'
import type { CompiledRules } from './compile.ts'
import { isWrittenFor, undetermined } from './language.ts'
import { isImageOnly } from './image-only.ts'
import type { RuleGap } from './kinds/kind.ts'
import { lookingKinds } from './kinds/kinds.ts'
import type { LoadedPacks } from './load-packs.ts'
import type { Rule } from './pack.ts'

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
  const order = clauseOrder(rules.loaded)
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
  if (otherLanguage.length > 0) {
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
  }
  if (isImageOnly(views)) {
    add(topClauses(applying.filter(looksAtText), order), {
      code: 'image-only',
      reason: 'what the message says stands in pictures',
      material: true,
    })
  }
  const rankOf = (clause: string): number => order.get(clause)?.rank ?? Infinity
  return [...entries.values()].sort(
    (a, b) => rankOf(a.clause) - rankOf(b.clause) || compare(a.code, b.code) || compare(a.reason, b.reason),
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Of each full clause id the one at its top, and its place in the order of the loaded policies. */
type ClauseOrder = ReadonlyMap<string, { readonly top: string; readonly rank: number }>

// Of packs that thousands of messages are judged by.
const orders = new WeakMap<LoadedPacks, ClauseOrder>()

function clauseOrder(loaded: LoadedPacks): ClauseOrder {
  const known = orders.get(loaded) ?? orderOf(loaded)
  orders.set(loaded, known)
  return known
}

function orderOf({ packs }: LoadedPacks): ClauseOrder {
  const parents = new Map<string, string | null>(
    packs.flatMap(({ policy, clauses }) =>
      clauses.map(({ id, parent }) => [`${policy}:${id}`, parent === null ? null : `${policy}:${parent}`] as const),
    ),
  )
  const topOf = (clause: string): string => {
    let top = clause
    for (let parent = parents.get(top); parent !== undefined && parent !== null; parent = parents.get(top)) top = parent
    return top
  }
  return new Map(Array.from(parents.keys(), (clause, rank) => [clause, { top: topOf(clause), rank }]))
}

function topClauses(rules: readonly Rule[], order: ClauseOrder): Set<string> {
  return new Set(rules.flatMap(({ clauses }) => clauses.map((clause) => order.get(clause)?.top ?? clause)))
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
