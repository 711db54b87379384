import { z } from 'zod'
import type { TextPart } from '../../intake/message.ts'
import { stepCertainty } from '../certainty.ts'
import { readSender, registrable, type Sender } from '../../views/sender.ts'
import { hostDisguises, nameDisguises, type Disguise } from '../identity/disguise.ts'
import { lookalikeOf, type Brand } from '../identity/lookalike.ts'
import { fold } from '../lens/fold.ts'
import type { Rule } from '../pack.ts'
import type { Scene } from '../scene.ts'
import { countsAt, type DatedValue, type When } from '../values.ts'
import { domainSchema, fileNameSchema } from './context-schema.ts'
import { firstDomain } from './header.ts'
import type { Build, Evaluate, Hit, Kind } from './kind.ts'

const finds = [
  'name-address',
  'brand-name',
  'lookalike',
  'disguised',
  'reply-to',
  'return-path',
  'sender',
  'free-mail',
  'self-addressed',
  'authentication',
  'unaligned',
] as const
type Find = (typeof finds)[number]

const brandSchema = z.strictObject({
  name: z.string().min(2).max(80),
  domains: z.array(domainSchema).min(1).max(100),
})

const schema = z
  .strictObject({
    kind: z.literal('identity'),
    find: z.array(z.enum(finds)).min(1).meta({
      description:
        'name-address: the name shows another address or domain; brand-name: the name is a brand, the domain is not its; lookalike: the domain looks like a brand’s; disguised: look-alike letters, several scripts in a word or turned-round text in a name or address of From, Sender or Reply-To; reply-to, return-path, sender: another domain than From’s; free-mail: from a free mailbox; self-addressed: From is To; authentication: a server noted that SPF, DKIM or DMARC failed; unaligned: neither a signature nor Return-Path is at From’s domain',
    }),
    brands: z
      .union([z.strictObject({ values: fileNameSchema }), z.array(brandSchema).min(1).max(500)])
      .optional()
      .meta({ description: 'Names with their domains; in a values file an entry is “Name = domain, domain”' }),
    'trusted-servers': z
      .array(domainSchema)
      .min(1)
      .max(50)
      .optional()
      .meta({ description: 'Whose Authentication-Results count; the topmost field when left out' }),
  })
  .refine(
    (check) => !check.find.some((find) => find === 'brand-name' || find === 'lookalike') || check.brands !== undefined,
    'brand-name and lookalike need brands',
  )
export type IdentityOptions = z.infer<typeof schema>

const freeMailValues = 'free-mail-domains'

/** Who the message says it is from, and whether its fields agree. */
export const identityKind: Kind<IdentityOptions> = {
  name: 'identity',
  schema,
  refers: ({ find, brands }) => ({
    values: [
      ...(brands !== undefined && !('length' in brands) ? [{ value: brands.values, path: ['brands', 'values'] }] : []),
      ...(find.some((one) => one === 'free-mail' || one === 'reply-to')
        ? [{ value: freeMailValues, path: ['find'] }]
        : []),
    ],
  }),
  compile,
  explain: ({ find }) => `Looks at who the message says it is from: ${find.join(', ')}.`,
}

interface Compiled {
  readonly rule: Rule<IdentityOptions>
  readonly brandsOn: (when: When) => readonly Brand[]
  readonly freeMail: readonly DatedValue[]
}

interface Suspicion {
  /** In the text of `from`; null: all of it. */
  readonly range: { readonly start: number; readonly end: number } | null
  readonly why: string
  readonly steps: number
}

function compile(rule: Rule<IdentityOptions>, build: Build): Evaluate {
  const compiled: Compiled = {
    rule,
    brandsOn: brandsOf(rule.check.brands, build),
    freeMail: build.values(freeMailValues),
  }
  return (scene) => {
    const source = scene.views.message.texts.find(({ kind }) => kind === 'from')
    if (source === undefined) return []
    const sender = readSender(source.text)
    return rule.check.find.flatMap((find) => {
      if (find === 'disguised') return disguisedMailboxes(rule, scene)
      const suspicion = suspect(find, sender, scene, compiled)
      return suspicion === null ? [] : [hitOf(rule, source, suspicion)]
    })
  }
}

/** In names and addresses of all fields that a reader is shown. */
function disguisedMailboxes(rule: Rule, scene: Scene): Hit[] {
  return scene.views.identity().mailboxes.flatMap((mailbox) => {
    if (mailbox.role === 'return-path') return []
    const suspicions = [disguisedName(mailbox), disguisedAddress(mailbox)]
    return suspicions.flatMap((one) => (one === null ? [] : [hitOf(rule, mailbox.source, one)]))
  })
}

function disguisedName({ name, nameRange }: Sender): Suspicion | null {
  const how = nameDisguises(name)[0]
  return how === undefined
    ? null
    : { range: nameRange, why: toldDisguise[how](name), steps: how === 'confusable' ? -1 : 0 }
}

/** Code alone is no disguise: every host beyond ASCII is written so in a header. */
function disguisedAddress({ address, addressRange, hostUnicode }: Sender): Suspicion | null {
  if (address === null || hostUnicode === null) return null
  const local = address.slice(0, address.lastIndexOf('@'))
  const how =
    hostDisguises(address.slice(address.lastIndexOf('@') + 1), hostUnicode).find((one) => one !== 'punycode') ??
    nameDisguises(local)[0]
  return how === undefined ? null : { range: addressRange, why: toldDisguise[how](`${local}@${hostUnicode}`), steps: 0 }
}

const toldDisguise: Record<Disguise, (shown: string) => string> = {
  punycode: (shown) => `“${shown}” is written in code`,
  'mixed-script': (shown) => `“${shown}” mixes letters of several scripts in one word`,
  confusable: (shown) => `“${shown}” is written with letters that look Latin`,
  'turned-round': () => 'signs in it turn the order of its letters round',
}

function suspect(find: Exclude<Find, 'disguised'>, sender: Sender, scene: Scene, compiled: Compiled): Suspicion | null {
  switch (find) {
    case 'name-address':
      return nameAddress(sender)
    case 'brand-name':
      return brandName(sender, compiled.brandsOn(scene))
    case 'lookalike': {
      const found = sender.domain === null ? null : lookalikeOf(sender.domain, compiled.brandsOn(scene))
      return found === null ? null : { range: sender.addressRange, ...found }
    }
    case 'reply-to':
      return replyTo(sender, scene, compiled)
    case 'return-path':
      return otherDomain(sender, scene, 'Return-Path')
    case 'sender':
      return otherDomain(sender, scene, 'Sender')
    case 'unaligned':
      return unaligned(sender, scene)
    case 'free-mail':
      return sender.domain !== null && isFreeMail(sender.domain, compiled, scene)
        ? { range: sender.addressRange, why: `${sender.domain} gives mailboxes to anyone`, steps: 0 }
        : null
    case 'self-addressed': {
      const to = headerText(scene, 'To')
      const isSame = sender.address !== null && to !== null && readSender(to).address === sender.address
      return isSame ? { range: sender.addressRange, why: 'sender and recipient are the same address', steps: 0 } : null
    }
    case 'authentication':
      return failedAuthentication(scene, compiled.rule.check['trusted-servers'])
  }
}

function nameAddress({ shownDomain, nameRange, domain }: Sender): Suspicion | null {
  if (shownDomain === null || domain === null || shownDomain === domain) return null
  return { range: nameRange, why: `the name shows ${shownDomain}, the address is at ${domain}`, steps: 0 }
}

function brandName({ name, nameRange, domain }: Sender, brands: readonly Brand[]): Suspicion | null {
  if (domain === null || name === '') return null
  const folded = ` ${fold(name, 'soft')
    .text.replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `
  const brand = brands.find((one) => folded.includes(` ${one.folded} `))
  if (brand === undefined || brand.domains.has(domain)) return null
  const isWhole = folded.trim() === brand.folded
  return {
    range: nameRange,
    why: `the name says ${brand.name}, the address is at ${domain}`,
    // “Acme via Payments” may be a partner; the bare name claims to be the brand.
    steps: isWhole ? 0 : -1,
  }
}

function replyTo(sender: Sender, scene: Scene, compiled: Compiled): Suspicion | null {
  const other = otherDomain(sender, scene, 'Reply-To')
  if (other === null || sender.domain === null) return null
  const to = firstDomain(headerText(scene, 'Reply-To') ?? undefined)
  const isFree = to !== null && isFreeMail(to, compiled, scene) && !isFreeMail(sender.domain, compiled, scene)
  return isFree ? { ...other, why: `${other.why}, where anyone has a mailbox`, steps: 0 } : other
}

/** Other domains are usual (a help desk, a mailing service): by itself such a difference is information. */
function otherDomain(sender: Sender, scene: Scene, field: string): Suspicion | null {
  const other = firstDomain(headerText(scene, field) ?? undefined)
  if (other === null || sender.domain === null || other === sender.domain) return null
  return { range: sender.addressRange, why: `From is at ${sender.domain}, ${field} at ${other}`, steps: -2 }
}

/** RFC 7489 §3.1: one of them is to share the domain that can be registered. Without either there is nothing to compare. */
function unaligned(sender: Sender, scene: Scene): Suspicion | null {
  if (sender.domain === null) return null
  const { authentication, mailboxes } = scene.views.identity()
  const signers = authentication.flatMap(({ method, result, domain }) =>
    method === 'dkim' && result === 'signed' && domain !== null ? [registrable(domain)] : [],
  )
  const bounces = mailboxes.flatMap(({ role, domain }) => (role === 'return-path' && domain !== null ? [domain] : []))
  const known = new Set([...signers, ...bounces])
  if (known.size === 0 || known.has(sender.domain)) return null
  return {
    range: sender.addressRange,
    why: `From is at ${sender.domain}, signed or sent by ${[...known].join(', ')}`,
    steps: -2,
  }
}

const failures: ReadonlySet<string> = new Set(['fail', 'permerror'])
const judgedMethods: ReadonlySet<string> = new Set(['spf', 'dkim', 'dmarc'])

/** RFC 8601. Any relay may write such a field; the topmost is the receiver's own. */
function failedAuthentication(scene: Scene, trusted: readonly string[] | undefined): Suspicion | null {
  const notes = scene.views.identity().authentication.filter(({ field, server }) => {
    if (!/^authentication-results$/i.test(field)) return false
    return trusted === undefined || trusted.some((one) => server === one || server?.endsWith(`.${one}`) === true)
  })
  const field = notes[0]?.part
  const methods = new Set(
    notes
      .filter(({ part, method, result }) => part === field && judgedMethods.has(method) && failures.has(result))
      .map(({ method }) => method.toUpperCase()),
  )
  if (methods.size === 0) return null
  // A forwarded mail fails SPF or DKIM; DMARC fails when both do.
  return {
    range: null,
    why: `the receiving server noted: ${[...methods].join(', ')} failed`,
    steps: methods.has('DMARC') ? 0 : -1,
  }
}

function headerText(scene: Scene, name: string): string | null {
  return scene.views.headers.find((header) => header.name.toLowerCase() === name.toLowerCase())?.value ?? null
}

function isFreeMail(domain: string, { freeMail }: Compiled, when: When): boolean {
  return freeMail.some((value) => value.value === domain && countsAt(value, when))
}

function brandsOf(brands: IdentityOptions['brands'], build: Build): (when: When) => readonly Brand[] {
  if (brands === undefined) return () => []
  if ('length' in brands) {
    const own = brands.map(({ name, domains }) => brandOf(name, domains))
    return () => own
  }
  const dated = build.values(brands.values).map((value) => {
    const [name = '', domains = ''] = value.value.split('=')
    return {
      value,
      brand: brandOf(
        name.trim(),
        domains.split(/[\s,]+/).filter((domain) => domain !== ''),
      ),
    }
  })
  return (when) => dated.flatMap(({ value, brand }) => (countsAt(value, when) ? [brand] : []))
}

function brandOf(name: string, domains: readonly string[]): Brand {
  const folded = fold(name, 'soft')
    .text.replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  return { name, folded, domains: new Set(domains.map((domain) => domain.toLowerCase())) }
}

function hitOf(
  rule: Rule,
  source: Pick<TextPart, 'part' | 'text' | 'toSource'>,
  { range, why, steps }: Suspicion,
): Hit {
  const span = range ?? { start: 0, end: source.text.length }
  const match = source.text.slice(span.start, span.end)
  return {
    part: source.part,
    source,
    span,
    certainty: stepCertainty(rule.certainty, steps),
    match,
    normalised: { match: fold(match, 'soft').text, sentence: fold(source.text, 'soft').text },
    around: { text: source.text, ...span },
    explain: [why],
  }
}
