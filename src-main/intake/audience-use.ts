import type { AudienceColumns } from './audience-columns.ts'
import type { AudienceField } from './audience-field.ts'
import type { AudienceUse } from './campaign-settings.ts'

const exportFields: readonly AudienceField[] = [
  'added',
  'ip',
  'latitude',
  'longitude',
  'last_engaged',
  'title',
  'source',
]

/**
 * What a table that nothing names is: a provider's export of profiles has columns that no one needs for sending, and says
 * so in its name; a list of those who get a message has few.
 */
export function audienceUse(input: string, columns: AudienceColumns): AudienceUse {
  const name = input.slice(input.lastIndexOf('/') + 1).toLowerCase()
  if (/send|audience|recipient|segment|texts|blast|mailing|verteiler/.test(name)) return 'send-list'
  if (/profile|export|contact|people|members|customers|kunden|subscribers/.test(name)) return 'profile-export'
  const signs = exportFields.filter((field) => columns.indexOf(field) >= 0).length
  return signs >= 3 ? 'profile-export' : 'send-list'
}
