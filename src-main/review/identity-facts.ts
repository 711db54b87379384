import type { Answer } from '../contract/operation-schemas.ts'
import { hostDisguises, nameDisguises } from '../rules/identity/disguise.ts'
import type { IdentityMailbox } from '../views/identity.ts'
import { registrable } from '../views/sender.ts'
import type { Views } from '../views/view.ts'

type Facts = Answer<'message.headers'>['identity']
type Note = Facts['mailboxes'][number]['notes'][number]

/** Who the message says it is from, with what a person should look at. */
export function identityFacts(views: Views): Facts {
  const { brand, mailboxes, authentication } = views.identity()
  const own = mailboxes.find(({ role }) => role === 'from')?.domain ?? null
  return {
    brand,
    mailboxes: mailboxes.map((mailbox) => mailboxRow(mailbox, own)),
    authentication: authentication.map((note) => ({
      ...note,
      aligned: own === null || note.domain === null ? null : registrable(note.domain) === own,
    })),
  }
}

function mailboxRow(mailbox: IdentityMailbox, own: string | null): Facts['mailboxes'][number] {
  const { role, source, name, address, addressRange, hostUnicode, domain, shownDomain } = mailbox
  const host = address === null ? '' : address.slice(address.lastIndexOf('@') + 1)
  const notes = new Set<Note>([
    ...(shownDomain !== null && domain !== null && shownDomain !== domain ? (['shows-other'] as const) : []),
    ...(own !== null && domain !== null && domain !== own ? (['other-domain'] as const) : []),
    ...nameDisguises(name),
    ...(hostUnicode === null ? [] : hostDisguises(host, hostUnicode)),
    ...(address === null ? [] : nameDisguises(address.slice(0, address.lastIndexOf('@')))),
  ])
  return {
    role,
    part: source.part,
    name: name === '' ? null : name,
    address: addressRange === null ? null : source.text.slice(addressRange.start, addressRange.end),
    shownHost: hostUnicode === host ? null : hostUnicode,
    notes: [...notes],
  }
}
