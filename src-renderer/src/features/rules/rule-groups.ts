import type { ListedRule } from '../../../../src-main/contract/rule-operations.ts'

export interface RuleGroup {
  readonly pack: string
  readonly title: string
  readonly rules: readonly ListedRule[]
}

const byNumber = new Intl.Collator('en', { numeric: true })

/** Rules by pack, own ones first, in the order of their clauses; all words of the query stand in id, title or clause. */
export function ruleGroups(
  packs: readonly { readonly id: string; readonly title: string; readonly isOwn: boolean }[],
  rules: readonly ListedRule[],
  query: string,
): readonly RuleGroup[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const kept = rules.filter(({ id, title, clauses, kind }) => {
    const text = `${id} ${title} ${clauses.join(' ')} ${kind}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
  return packs
    .toSorted((a, b) => Number(b.isOwn) - Number(a.isOwn))
    .flatMap(({ id, title }): RuleGroup[] => {
      const own = kept.filter(({ pack }) => pack === id).toSorted(byClause)
      return own.length === 0 ? [] : [{ pack: id, title, rules: own }]
    })
}

function byClause(a: ListedRule, b: ListedRule): number {
  return byNumber.compare(a.clauses[0] ?? '', b.clauses[0] ?? '') || byNumber.compare(a.id, b.id)
}

/** `klaviyo-aup:C3.9` is `C3.9` to people. */
export function clauseNumber(clause: string): string {
  return clause.slice(clause.indexOf(':') + 1)
}

/** A rule's text under an id of the own pack. */
export function asOwnText(text: string, rule: string): string {
  return text.replace(/^(\s*-?\s*id:\s*)\S+/m, `$1own/${rule.slice(rule.indexOf('/') + 1)}`)
}

/** The id of the first rule of a text; null: it has none. */
export function writtenId(text: string): string | null {
  return /^\s*-?\s*id:\s*["']?([^\s"'#]{1,200})/m.exec(text)?.[1] ?? null
}

export const templateText = `- id: own/new-rule
  clauses: [C1]
  title: What it finds, in a few words
  severity: warning
  check:
    kind: phrases
    any: ["a phrase", "{another|some other} phrase"]
    unless: [{ negated: true }, { quoted: true }]
  message: "“{match}” is what {clause} does not allow."
  why: What the clause asks for.
  fix: What to write instead.
  examples:
    violates: ["Here stands {{a phrase}} that it finds"]
    fine: ["Here stands nothing of the kind"]
`
