import { describe, expect, it } from 'vitest'
import { readTable } from '../../../src-main/intake/table-rows.ts'
import { messagesOf, partOf, read, sourceOf } from '../../support/mail/read-one.ts'
import { inputsOf, messagesIn } from '../../support/read-inputs.ts'
import { workbookOf } from '../../support/workbook.ts'

function told(content: string | Buffer, name: string) {
  return messagesOf(read(content, name)).map(({ channel, texts }) => [
    channel,
    ...texts.map((one) => [one.part, one.text]),
  ])
}

describe('drafts whose columns go by other names', () => {
  it.each<[string, string, unknown[]]>([
    ['another name', 'ID,Channel,Message\n1,SMS,hi', ['sms', ['text', 'hi']]],
    ['German', 'Kanal;Betreff;Nachricht\nE-Mail;Hallo;Welt', ['email', ['subject', 'Hallo'], ['text', 'Welt']]],
    [
      'a program’s',
      'subject_line,preview_text,html_body\nS,P,<p>x</p>',
      ['email', ['subject', 'S'], ['preheader', 'P'], ['html', '<p>x</p>']],
    ],
    ['markup in a message', 'channel,content\nemail,<p>x</p>', ['email', ['html', '<p>x</p>']]],
    ['beside a text, each is read', 'channel,text,message\nsms,a,b', ['sms', ['text', 'a'], ['text:2', 'b']]],
  ])('%s', (_, csv, expected) => {
    expect(told(csv, 'd.csv')).toEqual([expected])
  })

  it.each([
    ['Text message', 'sms'],
    ['SMS message', 'sms'],
    ['Web Push', 'push'],
    ['push_notification', 'push'],
    ['MMS', 'mms'],
  ])('the channel %s is %s', (named, channel) => {
    expect(told(`channel,text\n${named},x`, 'd.csv')).toEqual([[channel, ['text', 'x']]])
  })

  it('is a draft though its sender is an address', () => {
    expect(told('message,from_email\nhi,a@b.example', 'd.csv')).toEqual([
      ['email', ['from', 'a@b.example'], ['text', 'hi']],
    ])
  })

  it('leaves what persons wrote in a list of them', () => {
    const [list] = messagesOf(read('email,name,message\na@r.example,A,please call me', 'forms.csv'))
    expect([list?.channel, list?.recipients === undefined]).toEqual([null, false])
  })
})

describe('messages that a program wraps', () => {
  const text = [['text', 'x']]
  it.each<[string, string, unknown[]]>([
    [
      'a list in an object',
      '{"messages":[{"channel":"sms","text":"x"},{"channel":"push","text":"x"}]}',
      [
        ['sms', ...text],
        ['push', ...text],
      ],
    ],
    [
      'one in an object, with its sender',
      '{"key":"k","message":{"html":"<p>x</p>","from_email":"a@b.example","from_name":"A","to":[{"email":"r@r.example"}]}}',
      [['email', ['from', 'A <a@b.example>'], ['html', '<p>x</p>']]],
    ],
    [
      'bodies of several types, a sender of two values',
      '{"from":{"email":"a@b.example"},"subject":"S","content":[{"type":"text/plain","value":"x"},{"type":"text/html","value":"<p>x</p>"}]}',
      [['email', ['subject', 'S'], ['from', 'a@b.example'], ['text', 'x'], ['html', '<p>x</p>']]],
    ],
    ['settings', '{"type":"regular","settings":{"subject_line":"S"}}', [['email', ['subject', 'S']]]],
    [
      'settings with an address for answers',
      '{"settings":{"subject_line":"S","from_name":"A","reply_to":"a@b.example"},"recipients":{"list_id":"x"}}',
      [['email', ['subject', 'S'], ['from', 'A']]],
    ],
  ])('%s', (_, json, expected) => {
    expect(told(json, 'd.json')).toEqual(expected)
  })

  it('leads back to where they stand', () => {
    const json = '{"messages":[{"channel":"sms","text":"a\\u0062c"}]}'
    const [message] = messagesOf(read(json, 'd.json'))
    if (message === undefined) throw new Error('no message')
    expect(sourceOf(json, partOf(message, 'text'), 1, 3)).toBe('\\u0062c')
  })

  it.each([
    [
      'properties of persons',
      '{"members":[{"email":"a@r.example","properties":{"message":"x"}},{"email":"b@r.example"}]}',
    ],
    ['what lies too deep', '{"a":{"b":{"c":{"d":{"text":"x"}}}}}'],
  ])('leaves %s', (_, json) => {
    expect(read(json, 'd.json')).toMatchObject({ status: 'unreadable', problem: { code: 'unknown-kind' } })
  })
})

describe('a list of recipients without names of columns', () => {
  it.each([
    ['a@r.example,Mara,OR\nb@r.example,Tim,CA\n', 2],
    ['a@r.example\n', 1],
  ])('counts its first row, and no address becomes a name: %j', async (csv, count) => {
    const [list] = messagesOf(read(csv, 'list.csv'))
    if (list?.recipients === undefined) throw new Error('no list')
    const rows: [number, string | undefined][] = []
    let names: readonly string[] = []
    await readTable(
      list.recipients,
      (columns) => (names = columns.names),
      (row, number) => void rows.push([number, row[0]]),
    )
    expect(rows[0]).toEqual([1, 'a@r.example'])
    expect(rows).toHaveLength(count)
    expect(names[0]).toBe('column 1')
  })
})

describe('a workbook with a title above its columns', () => {
  it('is read from the names of its columns on', async () => {
    const rows = [
      ['Spring plan', null],
      [null, null],
      ['as of', 'Monday'],
      ['channel', 'text'],
      ['sms', 'hi'],
    ]
    const messages = messagesIn(await inputsOf(await workbookOf(rows), 'plan.xlsx'))
    expect(messages.map(({ channel, texts }) => [channel, texts.map(({ text }) => text)])).toEqual([['sms', ['hi']]])
  })
})

describe('a mail that an editor saved anew', () => {
  const mail = 'From: a@b.example\r\nSubject: Grüße\r\nTo: r@r.example\r\n\r\nHallo Übersee\r\n'
  it.each([
    ['behind a byte order mark', Buffer.from(`\ufeff${mail}`), 'utf8'],
    ['in UTF-16', Buffer.from(`\ufeff${mail}`, 'utf16le'), 'utf16le'],
  ] as const)('%s', (_, bytes, encoding) => {
    for (const name of ['a.eml', 'a.txt']) {
      const [message] = messagesOf(read(bytes, name))
      if (message === undefined) throw new Error('no message')
      expect(message.texts.map(({ part, text }) => [part, text.trim()])).toEqual([
        ['subject', 'Grüße'],
        ['from', 'a@b.example'],
        ['text', 'Hallo Übersee'],
      ])
      const body = partOf(message, 'text')
      const at = body.text.indexOf('Übersee')
      const place = body.toSource?.({ start: at, end: at + 7 })
      expect(bytes.subarray(place?.start, place?.end).toString(encoding)).toBe('Übersee')
    }
  })

  it('and a mailbox', () => {
    const box = `\ufeffFrom a@b.example Fri Nov 20 10:00:00 2026\n${mail}\nFrom a@b.example Fri Nov 20 10:00:00 2026\n${mail}`
    expect(messagesOf(read(Buffer.from(box), 'a.mbox'))).toHaveLength(2)
  })
})
