import type { Answer } from '../../../../src-main/contract/operation-schemas.ts'

type Page = Answer<'clauses.page'> | null
type Imported = Answer<'library.clause'>['imported']

/** A clause as it is pasted elsewhere; where its own words are not known, it says whose words these are. */
export function clauseText(page: Page, imported: Imported, ownWords: string, link: string): string {
  const head = page === null ? (imported?.number ?? '') : `${page.number} ${page.heading}`
  const words =
    imported === null ? [page?.summary ?? '', `(${ownWords})`] : [`“${imported.text}” (${imported.version})`]
  return [head, ...words, link].filter(Boolean).join('\n')
}
