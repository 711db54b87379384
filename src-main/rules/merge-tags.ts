import { columnKey } from '../intake/audience-columns.ts'
import { mergeTagsIn, type MergeTag } from '../views/merge-tags.ts'

/** The first merge tag of one of the names (lower case), as it is written. */
export function findMergeTag(text: string, names: ReadonlySet<string>): string | null {
  const found = mergeTagsIn(text).find(({ name, kind }) => kind === 'value' && names.has(name.toLowerCase()))
  return found === undefined ? null : text.slice(found.span.start, found.span.end)
}

/** A text as three readers get it. */
export interface FilledText {
  readonly shortest: string
  readonly typical: string
  readonly longest: string
  /** Tags that nothing was known to stand for; they stand as they are. */
  readonly unknown: readonly MergeTag[]
}

/**
 * The text with its merge tags filled from the values of a list (`AudienceFacts.samples`: by column, the shortest, a typical
 * and the longest). An empty field shows the tag's own fallback, so the shortest may be that. Logic is left out.
 */
export function fillMergeTags(text: string, samples: ReadonlyMap<string, readonly string[]>): FilledText {
  const byKey = new Map([...samples].map(([column, values]) => [fieldKey(column), values]))
  const filled = ['', '', '']
  const unknown: MergeTag[] = []
  let position = 0
  const put = (values: readonly string[]): void => {
    for (const [reader, before] of filled.entries()) filled[reader] = before + (values[reader] ?? values[0] ?? '')
  }
  for (const tag of mergeTagsIn(text)) {
    put([text.slice(position, tag.span.start)])
    position = tag.span.end
    if (tag.kind !== 'value') continue
    const values = byKey.get(fieldKey(tag.name))
    if (values !== undefined) {
      const [shortest = '', typical = shortest, longest = typical] = values
      const { fallback } = tag
      put([
        fallback !== null && fallback.length < shortest.length ? fallback : shortest,
        typical,
        fallback !== null && fallback.length > longest.length ? fallback : longest,
      ])
    } else if (tag.fallback !== null) put([tag.fallback])
    else {
      unknown.push(tag)
      put([text.slice(tag.span.start, tag.span.end)])
    }
  }
  put([text.slice(position)])
  const [shortest = '', typical = '', longest = ''] = filled
  return { shortest, typical, longest, unknown }
}

/** `person.first_name`, `FNAME`, `First Name` and `FirstName` are one field. */
function fieldKey(name: string): string {
  const last = columnKey(name.replace(/^.*\./, ''))
  const key = last.replaceAll('_', '')
  return aliases.get(key) ?? key
}

const aliases: ReadonlyMap<string, string> = new Map([
  ['fname', 'firstname'],
  ['givenname', 'firstname'],
  ['lname', 'lastname'],
  ['surname', 'lastname'],
  ['emailaddress', 'email'],
  ['phone', 'phonenumber'],
])
