import { hasRecipients, isWithoutNames, recogniseColumns } from './audience-columns.ts'
import type { AudienceField } from './audience-field.ts'
import { draftField, fieldName, isMessageField } from './draft-record.ts'
import type { ReadSource } from './read-outcome.ts'

export type TableKind = 'drafts' | 'recipients' | 'unknown'

const ofPersons: readonly AudienceField[] = [
  'email',
  'phone',
  'first_name',
  'last_name',
  'name',
  'consent',
  'email_consent',
  'sms_consent',
]

const senders: ReadonlySet<string> = new Set(['from', 'from_name', 'reply_to'])

/** Names of texts that lists of people have as well: what somebody wrote. */
const writtenByPersons: ReadonlySet<string> = new Set(
  'message content copy sms nachricht mensaje texte texto preview titel'.split(' '),
)

/**
 * By its columns: drafts have a `channel` or a text field, recipients an e-mail or phone column. Profiles have fields of
 * persons beside one called `title` or `channel`. What a manifest says of the table counts before.
 */
export function tableKind(
  names: readonly string[],
  sample: readonly (readonly string[])[],
  file: ReadSource,
): TableKind {
  if ((file.defaults.settings?.table ?? null) !== null) return 'recipients'
  const texts = names.filter((name) => isMessageField(name) && !writtenByPersons.has(fieldName(name))).map(draftField)
  const rows = isWithoutNames(names) ? [names, ...sample] : sample
  // An address that a message comes from makes no list of people.
  const own = (row: readonly string[]): readonly string[] =>
    row.filter((_, column) => !senders.has(draftField(names[column] ?? '')))
  const columns = recogniseColumns(own(names), rows.map(own))
  const persons = ofPersons.filter((field) => columns.indexOf(field) >= 0).length
  const isOfPersons = hasRecipients(columns) && (texts.length === 0 || (persons >= 2 && texts.every(isOfProfiles)))
  if (isOfPersons) return 'recipients'
  // `message` beside an address is what somebody wrote, not what is sent to all.
  return names.some(isMessageField) ? 'drafts' : 'unknown'
}

/** Names that a person's profile has as well. */
function isOfProfiles(name: string): boolean {
  return name === 'title' || name === 'channel'
}
