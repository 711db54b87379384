import type { RedlineChange } from '../../contract/library-operations.ts'
import type { PolicyDiff, PolicyDiffPart, PolicyDocument } from '../../contract/policy-document.ts'

/** The changes with the ids that their clauses have in the stored versions. */
export function redlineChanges(diff: PolicyDiff, older: PolicyDocument, newer: PolicyDocument): RedlineChange[] {
  return diff.changes.map(({ kind, old, new: news, words, duty, moved }) => ({
    kind,
    old: old.map((part) => placeOf(part, older)),
    new: news.map((part) => placeOf(part, newer)),
    words,
    duty,
    ...(moved === true ? { moved } : {}),
  }))
}

function placeOf({ clause, heading, span }: PolicyDiffPart, document: PolicyDocument): RedlineChange['old'][number] {
  const found = document.clauses.find((one) => one.parent === null && one.span.start === span.start)
  return { number: clause, heading, clause: found?.id ?? null }
}

/** A version to be read and compared line by line: headings and clauses in their order. */
export function wholeText({ title, clauses }: PolicyDocument): string {
  const lines: string[] = title === null ? [] : [title]
  let section = ''
  for (const clause of clauses) {
    if (clause.parent !== null) continue
    if (clause.section !== section) lines.push('', clause.section)
    section = clause.section
    lines.push(`${clause.number}  ${clause.text}`)
  }
  return `${lines.join('\n')}\n`
}
