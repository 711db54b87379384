import { describe, expect, it } from 'vitest'
import type { ReadOutcome } from '../../../src-main/intake/read.ts'
import { readInput } from '../../../src-main/intake/read.ts'
import { readTable } from '../../../src-main/intake/table-rows.ts'
import { noDefaults } from '../../support/mail/read-one.ts'

const bytesOf = (value: unknown): Buffer => Buffer.from(JSON.stringify(value, null, 1))

function read(bytes: Buffer, input = 'export.json'): ReadOutcome {
  return readInput(bytes, { input, named: true, defaults: noDefaults })
}

const campaign = {
  type: 'campaign',
  id: 'C1',
  attributes: {
    name: 'Spring jugs',
    status: 'Draft',
    audiences: { included: ['L1', 'L2'], excluded: ['L9'] },
    send_strategy: { method: 'static', options_static: { datetime: '2026-03-01T09:00:00+00:00', is_local: true } },
  },
}
const template = {
  type: 'template',
  id: 'T1',
  attributes: { name: 'Jugs', html: '<p>Jugs “half” price</p>', text: 'Jugs' },
}
const email = {
  type: 'campaign-message',
  id: 'M1',
  attributes: {
    channel: 'email',
    content: {
      subject: 'Half price',
      preview_text: 'Only jugs',
      from_email: 'news@acme.example',
      from_label: 'Acme',
      reply_to_email: 'help@acme.example',
    },
  },
  relationships: {
    campaign: { data: { type: 'campaign', id: 'C1' } },
    template: { data: { type: 'template', id: 'T1' } },
  },
}
const sms = {
  type: 'campaign-message',
  id: 'M2',
  attributes: {
    definition: {
      channel: 'sms',
      content: { body: 'Acme: jugs. STOP to end', media_url: 'https://acme.example/j.png' },
    },
    send_times: [{ datetime: '2026-03-02T20:30:00+00:00', is_local: false }],
  },
}

describe('an export of a provider’s API', () => {
  it('gives the messages of a campaign with its schedule, its audiences and their templates', () => {
    const outcome = read(bytesOf({ data: campaign, included: [email, template] }))
    if (!('messages' in outcome)) throw new Error(outcome.problem.message)
    const [message, ...others] = outcome.messages
    expect(others).toEqual([])
    expect(message).toMatchObject({
      id: 'M1',
      channel: 'email',
      campaign: 'Spring jugs',
      sendAt: '2026-03-01T09:00:00+00:00',
    })
    expect(message?.texts.map(({ part, text }) => [part, text])).toEqual([
      ['subject', 'Half price'],
      ['from', 'Acme <news@acme.example>'],
      ['preheader', 'Only jugs'],
      ['text', 'Jugs'],
      ['html', '<p>Jugs “half” price</p>'],
    ])
    expect(Object.fromEntries(message?.fields ?? [])).toEqual({
      local_time: 'true',
      reply_to: 'help@acme.example',
      audience_included: expect.stringContaining('L2') as unknown,
      audience_excluded: expect.stringContaining('L9') as unknown,
      status: 'Draft',
      template_name: 'Jugs',
    })
  })

  it('keeps the place of every text', () => {
    const bytes = bytesOf({ data: campaign, included: [email, template] })
    const outcome = read(bytes)
    const texts = 'messages' in outcome ? (outcome.messages[0]?.texts ?? []) : []
    for (const { kind, text, toSource } of texts) {
      const span = toSource?.({ start: 0, end: text.length }) ?? { start: 0, end: 0 }
      if (kind !== 'from') expect(bytes.subarray(span.start, span.end).toString()).toBe(text)
    }
    expect(texts).toHaveLength(5)
  })

  it.each([
    ['a message alone', { data: [sms] }, [['M2', 'sms', '2026-03-02T20:30:00+00:00', ['Acme: jugs. STOP to end']]]],
    [
      'a list of answers',
      [{ data: campaign, included: [email] }, { data: sms }],
      [
        ['M1', 'email', '2026-03-01T09:00:00+00:00', ['Half price', 'Acme <news@acme.example>', 'Only jugs']],
        ['M2', 'sms', '2026-03-02T20:30:00+00:00', ['Acme: jugs. STOP to end']],
      ],
    ],
    ['a template alone', { data: template }, [['T1', 'email', null, ['Jugs', '<p>Jugs “half” price</p>']]]],
  ])('reads %s', (_, value, expected) => {
    const outcome = read(bytesOf(value))
    const messages = 'messages' in outcome ? outcome.messages : []
    expect(
      messages.map(({ id, channel, sendAt, texts }) => [id, channel, sendAt, texts.map(({ text }) => text)]),
    ).toEqual(expected)
  })

  it('gives profiles as a list of recipients', async () => {
    const profile = {
      type: 'profile',
      id: 'P1',
      attributes: {
        email: 'a@reader.example',
        phone_number: '+12125550147',
        location: { region: 'New York', country: 'United States', zip: '10027', timezone: 'America/New_York' },
        properties: { 'Birth Date': '2015-01-02', vip: true },
        subscriptions: {
          email: {
            marketing: {
              consent: 'NEVER_SUBSCRIBED',
              consent_timestamp: null,
              suppression: [{ reason: 'HARD_BOUNCE' }],
            },
          },
          sms: { marketing: { consent: 'SUBSCRIBED' } },
        },
      },
    }
    const outcome = read(bytesOf({ data: [profile] }), 'profiles.json')
    const table = 'messages' in outcome ? outcome.messages[0]?.recipients : undefined
    const found: Record<string, string> = {}
    let names: readonly string[] = []
    if (table !== undefined) {
      await readTable(
        table,
        (columns) => (names = columns.fields.map((field, column) => field ?? columns.names[column] ?? '')),
        (row) => row.forEach((cell, column) => (found[names[column] ?? ''] = cell)),
      )
    }
    expect(found).toMatchObject({
      email: 'a@reader.example',
      phone: '+12125550147',
      state: 'New York',
      zip: '10027',
      timezone: 'America/New_York',
      email_consent: 'NEVER_SUBSCRIBED',
      email_consent_at: '',
      sms_consent: 'SUBSCRIBED',
      suppressed: 'TRUE',
      birth_date: '2015-01-02',
      vip: 'true',
    })
  })

  it('says what a campaign without its messages lacks', () => {
    expect(read(bytesOf({ data: campaign }))).toMatchObject({
      status: 'unreadable',
      problem: { code: 'empty', message: expect.stringMatching(/include=campaign-messages/) as unknown },
    })
  })

  it('leaves drafts that only look a little like it', () => {
    expect(read(bytesOf({ data: 'x', type: 'campaign', channel: 'sms', text: 'Hello' }))).toMatchObject({
      status: 'reviewed',
      messages: [{ channel: 'sms' }],
    })
  })
})
