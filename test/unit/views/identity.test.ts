import { describe, expect, it } from 'vitest'
import type { HeaderField } from '../../../src-main/intake/message.ts'
import { buildViews } from '../../../src-main/views/build.ts'
import { readSenders } from '../../../src-main/views/sender.ts'
import { messageOf, textPart } from './message.ts'

function identityOf(headers: readonly (readonly [string, string])[], from: string | null = null) {
  const fields = headers.map(([name, value]): HeaderField => ({
    name,
    value,
    raw: value,
    range: { start: 0, end: 0 },
    toSource: null,
  }))
  const texts = from === null ? [] : [textPart('from', from)]
  return buildViews(messageOf({ headers: fields, texts })).identity()
}

describe('readSenders', () => {
  it.each<[string, readonly (readonly [string, string | null])[]]>([
    ['', []],
    ['   ', []],
    [
      'Acme, Inc <a@acme.com>, b@acme.com',
      [
        ['Acme, Inc', 'a@acme.com'],
        ['', 'b@acme.com'],
      ],
    ],
    [
      '"One, Two" <a@acme.com>; Three <c@acme.com>',
      [
        ['One, Two', 'a@acme.com'],
        ['Three', 'c@acme.com'],
      ],
    ],
    [
      'Half "quoted <a@acme.com>, b@acme.com',
      [
        ['Half "quoted', 'a@acme.com'],
        ['', 'b@acme.com'],
      ],
    ],
    ['28849', [['28849', null]]],
  ])('%s', (text, expected) => {
    const senders = readSenders(text)
    expect(senders.map(({ name, address }) => [name, address])).toEqual(expected)
    for (const { address, addressRange } of senders)
      expect(addressRange === null ? null : text.slice(addressRange.start, addressRange.end)).toBe(address)
  })
})

describe('identity', () => {
  it('holds the mailboxes of all fields, in the order of their weight', () => {
    const { mailboxes, brand } = identityOf(
      [
        ['Return-Path', '<bounce@mailer.net>'],
        ['From', 'Acme <news@xn--mller-kva.com>'],
        ['Sender', 'post@acme.com'],
        ['Reply-To', 'Kim <kim@acme.com>, lee@acme.com'],
      ],
      'Acme <news@xn--mller-kva.com>',
    )
    expect(mailboxes.map(({ role, source, address }) => [role, source.part, address])).toEqual([
      ['from', 'from', 'news@xn--mller-kva.com'],
      ['sender', 'header:Sender', 'post@acme.com'],
      ['reply-to', 'header:Reply-To', 'kim@acme.com'],
      ['reply-to', 'header:Reply-To', 'lee@acme.com'],
      ['return-path', 'header:Return-Path', 'bounce@mailer.net'],
    ])
    expect(mailboxes[0]?.hostUnicode).toBe('müller.com')
    expect(brand).toEqual({ name: 'Acme', by: 'name' })
  })

  it('names the domain as brand where there is no name, and nothing without both', () => {
    expect(identityOf([], 'a@news.acme.co.uk').brand).toEqual({ name: 'acme.co.uk', by: 'domain' })
    expect(identityOf([], '28849').brand).toBeNull()
    expect(identityOf([]).mailboxes).toEqual([])
  })

  it.each<[string, string, readonly (readonly (string | null)[])[]]>([
    [
      'Authentication-Results',
      'mx.reader.example 1; spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=b@mailer.net; dkim=fail (bad (body) hash) header.d=Acme.com; dmarc=none action=none header.from=acme.com',
      [
        ['spf', 'pass', 'mailer.net', 'mx.reader.example'],
        ['dkim', 'fail', 'acme.com', 'mx.reader.example'],
        ['dmarc', 'none', 'acme.com', 'mx.reader.example'],
      ],
    ],
    ['Authentication-Results', 'spf=softfail smtp.mailfrom=acme.com', [['spf', 'softfail', 'acme.com', null]]],
    ['Authentication-Results', 'mx.reader.example; none', []],
    [
      'ARC-Authentication-Results',
      'i=2; mx.relay.example; dkim=pass header.i=@acme.com',
      [['dkim', 'pass', 'acme.com', 'mx.relay.example']],
    ],
    [
      'Received-SPF',
      'SoftFail (domain of b@mailer.net) client-ip=192.0.2.1; envelope-from="b@mailer.net"; receiver=mx.reader.example;',
      [['spf', 'softfail', 'mailer.net', 'mx.reader.example']],
    ],
    ['DKIM-Signature', 'v=1; a=rsa-sha256; d=Acme.com; s=k1; bh=x=; b=y=', [['dkim', 'signed', 'acme.com', null]]],
    ['ARC-Seal', 'i=1; a=rsa-sha256; cv=none; d=relay.example; s=a; b=z', [['arc', 'signed', 'relay.example', null]]],
    ['DKIM-Signature', 'no tags', []],
    ['X-Other', 'spf=fail', []],
  ])('notes of %s: %s', (name, value, expected) => {
    const { authentication } = identityOf([[name, value]])
    expect(authentication.map(({ method, result, domain, server }) => [method, result, domain, server])).toEqual(
      expected,
    )
  })

  it('tells the second field of a name apart, and stops at two hundred notes', () => {
    const many = Array.from(
      { length: 150 },
      () => ['Authentication-Results', 'a.example; spf=pass; dkim=pass'] as const,
    )
    const { authentication } = identityOf(many)
    expect(authentication).toHaveLength(200)
    expect(authentication[2]?.part).toBe('header:Authentication-Results:2')
  })
})
