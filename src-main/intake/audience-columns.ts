import type { AudienceField } from './audience-field.ts'

/** Which column of a table of recipients holds what. */
export interface AudienceColumns {
  /** As the table writes them. */
  readonly names: readonly string[]
  /** By column; null: nobody knows. */
  readonly fields: readonly (AudienceField | null)[]
  /** The first column that holds it; -1: none. */
  readonly indexOf: (field: AudienceField) => number
}

const namePatterns: readonly (readonly [AudienceField, RegExp])[] = [
  ['email_consent_at', /^(?:e_?mail_(?:marketing_)?(?:consent|opt_?in|subscri\w+)_(?:timestamp|date|time|at|on))$/],
  [
    'sms_consent_at',
    /^(?:(?:sms|text|phone|mobile)_(?:marketing_)?(?:consent|opt_?in)_(?:timestamp|date|time|at|on))$/,
  ],
  [
    'consent_at',
    /^(?:(?:consent|opt_?in|subscri\w+)_(?:timestamp|date|time|at|on)|date_(?:of_)?(?:consent|opt_?in|subscribed))$/,
  ],
  [
    'email_consent',
    /^(?:(?:accepts_)?e_?mail_(?:marketing_)?(?:consent|opt_?in|status|permission|subscri\w+)|e_?mail_marketing|accepts_(?:e_?mail_)?marketing)$/,
  ],
  [
    'sms_consent',
    /^(?:(?:accepts_)?(?:sms|text|phone|mobile)_(?:marketing_)?(?:consent|opt_?in|status|permission)|sms_marketing|accepts_sms(?:_marketing)?)$/,
  ],
  ['double_opt_in', /^(?:double_?opt_?in|doi|confirmed_opt_in)$/],
  [
    'consent',
    /^(?:(?:gdpr_|contact_|newsletter_|marketing_)?(?:consent|permission|opt_?in|opted_?in|ok|allowed)(?:_(?:status|state|given|marketing|newsletter|gdpr|value))?|subscription(?:_status)?|subscri(?:bed|ber_status)|can_(?:e_?mail|contact|market)|mailable|legal_basis|einwilligung|zustimmung|werbeeinwilligung|newsletter|consentimiento|consentement|accord|autorizacion|gdpr|rgpd|dsgvo|(?:has_|gave_|given_|valid_)?(?:consent(?:s|ed)?|permission|opt_?in|agreed|agreement)(?:_(?:to_(?:e_?mail|mail|contact|marketing|receive|texts?)|for_(?:e_?mail|marketing)|type|level|flag|basis|quality|state|result))?|(?:e_?mail|mail|contact|marketing|mailing)_(?:ok|allowed|opt_?in_(?:status|flag)|permission(?:_status)?|preference)|may_(?:we_)?(?:e_?mail|contact|mail|text)|wants_(?:news|mail|e_?mails?|newsletter)|opt_?in_(?:flag|type|yes_no|y_n)|subscrib(?:er|ed)_(?:state|flag))$/,
  ],
  [
    'suppressed',
    /^(?:(?:is_|globally_|has_)?(?:suppress(?:ed|ion)(?:_(?:status|reason|list))?|unsubscribed?|opt(?:ed)?_?out|do_not_(?:e_?mail|mail|contact|text|call)|dnc|dnd|block(?:ed|list(?:ed)?)|blacklist(?:ed)?|(?:hard_)?bounced?|complain(?:ed|t)|spam_complaint|abgemeldet|desabonne|baja))$/,
  ],
  [
    'email',
    /^(?:e_?mail|e_?mail_?address|e_?mail_?adresse|adresse_e?_?mail|courriel|correo(?:_electronico)?|mail|to|recipient|subscriber_e_?mail|contact_e_?mail|e_?mail_1)$/,
  ],
  ['phone', /^(?:(?:mobile|cell|sms|telephone|phone|tel|handy|msisdn|whatsapp)(?:_?(?:phone|number|no|nr))?)$/],
  ['first_name', /^(?:first_?name|given_?name|fname|vorname|prenom)$/],
  ['last_name', /^(?:last_?name|family_?name|surname|lname|nachname|nom)$/],
  ['name', /^(?:name|full_?name|contact(?:_name)?|customer(?:_name)?)$/],
  ['title', /^(?:title|job_?title|salutation)$/],
  ['organization', /^(?:organi[sz]ation|company(?:_name)?|employer|firma)$/],
  ['address', /^(?:address|street(?:_address)?|address_?(?:line_?)?[12])$/],
  ['city', /^(?:city|town|ort|stadt|ville)$/],
  ['state', /^(?:state|region|state_region|province|state_province|us_state|county)$/],
  ['zip', /^(?:zip|zip_?code|post_?code|postal_?code|plz)$/],
  ['country', /^(?:country|country_?(?:code|name|of_residence)|residence|land|pays|pais|paese)$/],
  ['timezone', /^(?:time_?zone|tz)$/],
  ['language', /^(?:language|locale|lang|sprache)$/],
  [
    'source',
    /^(?:source|(?:lead|list|consent|contact|data|record|profile|signup|sign_up|acquisition|import|opt_?in|address|e_?mail|subscriber|customer|original|traffic)_(?:source|origin)|(?:data|list|lead|address)_(?:provider|vendor|supplier|broker)|source_(?:file|list|system|type|url_type)|added_(?:by|from|via|through)|(?:created|entered|uploaded|imported|sourced|came|captured|gathered)_(?:by|from|via|through)|quelle_der_adresse|adressquelle|source_des_donnees|procedencia|fonte|how_(?:we_|did_we_|you_)?(?:got|get|found|find|met|know|have)(?:_(?:it|them|you|us|name|address|e_?mail|contact))?|(?:where|got|came|comes|taken|copied|bought|received|obtained)_from|(?:origine|herkunft|origen|fuente|procedencia|provenance|quelle|source)_(?:du|de|des|der|del|of|la|d)_\w{2,20}|origin|list_?name|(?:how_)?(?:acquired|obtained|collected|captured|sourced)(?:_(?:from|via|by))?|source_(?:name|of_(?:data|contact|lead)|detail)|provenance|herkunft|quelle|origen|fuente|origine)$/,
  ],
  [
    'birth_date',
    /^(?:(?:customer|user|member|contact|subscriber|profile|player|client|guest|reader|recipient)s?_)?(?:birth(?:_?da(?:te|y)|_?year)?|(?:date|year)_of_birth|dob|d_o_b|yob|b_?day|born(?:_on|_in)?|geburts(?:datum|tag|jahr)|geb_?datum|(?:fecha|ano)_(?:de_)?nac(?:imiento)?|nacimiento|cumpleanos|(?:date|annee)_(?:de_)?naissance|naissance|data_di_nascita)(?:_(?:date|iso|yyyy\w{0,8}|mm\w{0,8}|dd\w{0,8}))?$/,
  ],
  [
    'age',
    /^(?:(?:customer|user|member|contact|subscriber|profile|player|client|guest|reader|recipient)s?_)?(?:age|alter|edad|eta|years_old)(?:_(?:years?|yrs?|y|ans|anos|jahre|group|range|band|bracket|class|category|today|now|in_years))?$/,
  ],
  [
    'grade',
    /^(?:(?:school_?)?(?:grade|year|class|klasse)(?:_?(?:level|year|group))?|schulklasse|year_group|curso_escolar|curso|classe|niveau_scolaire|grade_level|year_group|school_year|schuljahr|jahrgangsstufe|klassenstufe)$/,
  ],
  ['last_purchase', /^(?:last_(?:purchase|order)(?:_date|_at|_on)?|date_of_last_(?:purchase|order))$/],
  ['last_enquiry', /^(?:last_(?:enquiry|inquiry)(?:_date|_at|_on)?|(?:enquiry|inquiry)_date)$/],
  ['last_engaged', /^(?:last_(?:open|opened|click|clicked|active|engaged|engagement|seen)(?:_date|_at|_on)?)$/],
  ['added', /^(?:date_added|added(?:_at|_on)?|created(?:_at|_on)?|profile_created(?:_on)?|signup_date)$/],
  ['ip', /^(?:ip|ip_?address)$/],
  ['latitude', /^(?:lat|latitude)$/],
  ['longitude', /^(?:lon|lng|long|longitude)$/],
]

/** How most of a column's cells look when its name says nothing. */
const contentPatterns: readonly (readonly [AudienceField, RegExp])[] = [
  ['email', /^[^\s@<>,;]{1,64}@[^\s@<>,;]{1,253}\.[a-z]{2,63}$/i],
  ['phone', /^\+\d[\d .()-]{7,18}\d$/],
  ['consent', /^(?:subscribed?|unsubscribed?|never[_ ]?subscribed|opted[_ ]?(?:in|out))$/i],
]

const minShare = 0.6

/** The first row is a person already: a list that was saved without the names of its columns. */
export function isWithoutNames(first: readonly string[]): boolean {
  return first.some((cell) => /^[^\s@<>,;]{1,64}@[^\s@<>,;]{1,253}\.[a-z]{2,63}$/i.test(cell.trim()))
}

/**
 * What the columns hold: what `corrected` says, else by their names, else by how most cells look. A field belongs to one
 * column, the first; `sample`: some of the first rows.
 */
export function recogniseColumns(
  names: readonly string[],
  sample: readonly (readonly string[])[],
  corrected: Readonly<Partial<Record<string, string>>> = {},
): AudienceColumns {
  const fields = names.map((): AudienceField | null => null)
  const taken = new Set<AudienceField>()
  const take = (column: number, field: AudienceField): void => {
    if (column < 0 || fields[column] !== null || taken.has(field)) return
    fields[column] = field
    taken.add(field)
  }
  for (const [field] of namePatterns) {
    const said = corrected[field]
    if (said === undefined) continue
    const column = names.findIndex((name) => name.trim().toLowerCase() === said.trim().toLowerCase())
    take(column, field)
    // A corrected field is in no other column, whatever its name says.
    taken.add(field)
  }
  for (const [field, pattern] of namePatterns) {
    names.forEach((name, column) => {
      if (pattern.test(columnKey(name)) && fits(field, name, column, sample)) take(column, field)
    })
  }
  for (const [field, pattern] of contentPatterns) {
    names.forEach((_, column) => {
      const cells = sample.map((row) => row[column]?.trim() ?? '').filter((cell) => cell !== '')
      if (cells.length > 0 && cells.filter((cell) => pattern.test(cell)).length >= minShare * cells.length)
        take(column, field)
    })
  }
  return { names, fields, indexOf: (field) => fields.indexOf(field) }
}

/** `State / Region`, `stateRegion` → `state_region`. */
export function columnKey(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_|_$/g, '')
}

/** A column called `sms`, `to` or `mobile` may hold consents or names; one of addresses holds addresses. */
function fits(field: AudienceField, name: string, column: number, sample: readonly (readonly string[])[]): boolean {
  if (!/^(?:mail|to|recipient|sms|mobile|cell|text|e_?mail|whatsapp)$/.test(columnKey(name))) return true
  const cells = sample.map((row) => row[column]?.trim() ?? '').filter((cell) => cell !== '')
  const looksRight = cells.filter((cell) => (field === 'email' ? cell.includes('@') : /\d{4}/.test(cell)))
  return cells.length === 0 || looksRight.length * 2 >= cells.length
}

/** A table is one of recipients when it holds their addresses or numbers. */
export function hasRecipients(columns: AudienceColumns): boolean {
  return columns.indexOf('email') >= 0 || columns.indexOf('phone') >= 0
}
