import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { pageWithOptions } from '../../../src-main/rules/kind-pages.ts'
import { kindNames, kinds } from '../../../src-main/rules/kinds/kinds.ts'

const pages = kindNames.map((kind) => ({
  kind,
  page: readFileSync(join(import.meta.dirname, '../../../docs/rules', `${kind}.md`), 'utf8'),
}))

function checksIn(page: string): unknown[] {
  return [...page.matchAll(/```yaml\n([^]*?)```/g)].flatMap((block) =>
    (block[1] ?? '')
      .split(/^(?=check:)/m)
      .filter((text) => text.startsWith('check:'))
      .map((text) => (parse(text) as { check: unknown }).check),
  )
}

describe.each(pages)('the page of $kind', ({ kind, page }) => {
  it('shows examples that the schema takes', () => {
    const checks = checksIn(page)
    expect(checks.length).toBeGreaterThan(0)
    for (const check of checks) expect(kinds.get(kind)?.schema.safeParse(check).error).toBe(undefined)
  })

  it('says what the kind is not for', () => {
    expect(page).toMatch(/^Not for: /m)
  })

  it('names every option of the schema', () => {
    const table = pageWithOptions('', kind)
    for (const name of table.matchAll(/^\| `([\w-]+)` \|/gm))
      expect(page).toMatch(new RegExp(`^\\| \`${name[1] ?? ''}\` `, 'm'))
  })

  it('is the same when its options are written again', () => {
    const words = (text: string): string => text.replace(/[\s|-]+/g, ' ')
    expect(words(pageWithOptions(page, kind))).toBe(words(page))
  })
})
