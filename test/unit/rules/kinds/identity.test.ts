import { describe, expect, it } from 'vitest'
import { readSender } from '../../../../src-main/views/sender.ts'
import { compiled, judged, marks, rule } from '../pack-fixture.ts'

const values = { 'values/free-mail-domains.yaml': 'title: Free\nsource: Their sites\nvalues: [mailbox.example]\n' }
const acme = 'brands: [{ name: Acme Bank, domains: [acmebank.com, acme-bank.co.uk] }]'

async function certainties(
  find: string,
  from: string,
  headers: readonly (readonly [string, string])[] = [],
): Promise<string[]> {
  const rules = await compiled(rule(`{ kind: identity, find: [${find}], ${acme} }`), values)
  return judged(rules, { from, headers: [['From', from], ...headers] }).findings.map(({ certainty }) => certainty)
}

describe('readSender', () => {
  it.each([
    ['"Acme News" <news@mail.acme.co.uk>', 'Acme News', 'news@mail.acme.co.uk', 'acme.co.uk', null],
    ['news@acme.com', '', 'news@acme.com', 'acme.com', null],
    ['Acme', 'Acme', null, null, null],
    ['service@paypal.com <x@evil.net>', 'service@paypal.com', 'x@evil.net', 'evil.net', 'paypal.com'],
    ['www.acme.com team <x@acme.com>', 'www.acme.com team', 'x@acme.com', 'acme.com', 'acme.com'],
    ['St.Petersburg Tours <x@tours.com>', 'St.Petersburg Tours', 'x@tours.com', 'tours.com', null],
    ['', '', null, null, null],
    ['28849', '28849', null, null, null],
  ])('%s', (text, name, address, domain, shownDomain) => {
    expect(readSender(text)).toMatchObject({ name, address, domain, shownDomain })
  })
})

describe('identity', () => {
  it.each<[string, string, string[]]>([
    ['name-address', 'service@paypal.com <x@evil.net>', ['certain']],
    ['name-address', 'acme.com <x@mail.acme.com>', []],
    ['name-address', 'Acme News <x@acme.com>', []],
    ['brand-name', 'Acme Bank <x@evil.net>', ['certain']],
    ['brand-name', 'ACME-BANK <x@evil.net>', ['certain']],
    ['brand-name', 'Асme Bank <x@evil.net>', ['certain']],
    ['brand-name', 'Acme Bank via Post <x@post.net>', ['likely']],
    ['brand-name', 'Acme Bank <x@news.acmebank.com>', []],
    ['brand-name', 'Acme Bankers <x@evil.net>', []],
    ['lookalike', 'x <x@acmebank.net>', ['likely']],
    ['lookalike', 'x <x@acrnebank.com>', ['certain']],
    ['lookalike', 'x <x@acmebamk.com>', ['certain']],
    ['lookalike', 'x <x@acm3bank.com>', ['certain']],
    ['lookalike', 'x <x@xn--cmebank-1fg.com>', ['certain']],
    ['lookalike', 'x <x@acmebank-secure.com>', ['likely']],
    ['lookalike', 'x <x@acmebank.com>', []],
    ['lookalike', 'x <x@bakery.com>', []],
    ['disguised', 'Аcme <x@acme.com>', ['certain']],
    ['disguised', 'Расе Shop <x@acme.com>', ['likely']],
    ['disguised', 'Роса <x@rosa.com>', []],
    ['disguised', 'Müller & Söhne <x@xn--mller-kva.com>', []],
    ['disguised', 'Acme <x@xn--pypal-4ve.com>', ['certain']],
    ['disguised', 'Acme <аcme@acme.com>', ['certain']],
    ['disguised', 'Acme \u202emoc.emca <x@acme.com>', ['certain']],
    ['free-mail', 'Acme <acme@mailbox.example>', ['certain']],
    ['free-mail', 'Acme <acme@acme.com>', []],
  ])('%s of %s', async (find, from, expected) => {
    expect(await certainties(find, from)).toEqual(expected)
  })

  it.each<[string, readonly [string, string], string[]]>([
    ['reply-to', ['Reply-To', 'acme@mailbox.example'], ['certain']],
    ['reply-to', ['Reply-To', 'help@desk.net'], ['possible']],
    ['reply-to', ['Reply-To', 'help@sub.acme.com'], []],
    ['return-path', ['Return-Path', '<b@bounces.net>'], ['possible']],
    ['sender', ['Sender', 'Post <post@mailer.net>'], ['possible']],
    ['unaligned', ['DKIM-Signature', 'v=1; a=rsa-sha256; d=mailer.net; s=a'], ['possible']],
    ['unaligned', ['DKIM-Signature', 'v=1; a=rsa-sha256; d=news.acme.com; s=a'], []],
    ['unaligned', ['X-Mailer', 'none'], []],
    ['disguised', ['Reply-To', 'Аcme <x@acme.com>'], ['certain']],
    ['self-addressed', ['To', 'Acme <ACME@acme.com>'], ['certain']],
    ['self-addressed', ['To', 'Kim <kim@acme.com>'], []],
    ['authentication', ['Authentication-Results', 'mx.acme.com; spf=fail; dkim=pass'], ['likely']],
    ['authentication', ['Authentication-Results', 'mx.acme.com; dmarc=fail (p=none)'], ['certain']],
    ['authentication', ['Authentication-Results', 'mx.acme.com; spf=pass; dkim=none'], []],
  ])('%s with %s', async (find, header, expected) => {
    expect(await certainties(find, 'Acme <acme@acme.com>', [header])).toEqual(expected)
  })

  it('reads Authentication-Results of trusted servers alone', async () => {
    const check = '{ kind: identity, find: [authentication], trusted-servers: [acme.com] }'
    const fake = ['Authentication-Results', 'evil.net; dmarc=fail'] as const
    const own = ['Authentication-Results', 'mx.acme.com; dmarc=fail'] as const
    const count = async (...headers: (readonly [string, string])[]): Promise<number> =>
      judged(await compiled(rule(check), values), { from: 'a@b.com', headers }).findings.length
    expect([await count(fake), await count(fake, own)]).toEqual([0, 1])
  })

  it('marks the name, or the address', async () => {
    const rules = await compiled(rule(`{ kind: identity, find: [brand-name, free-mail], ${acme} }`), values)
    expect(marks(rules, { from: '"Acme Bank" <x@mailbox.example>' })).toEqual(['Acme Bank', 'x@mailbox.example'])
  })

  it('asks for brands where it needs them', async () => {
    await expect(compiled(rule('{ kind: identity, find: [lookalike] }'), values)).rejects.toThrow('need brands')
  })
})
