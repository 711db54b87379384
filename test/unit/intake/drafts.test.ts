import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Message } from '../../../src-main/intake/message.ts'
import { messagesOf, partOf, read, readOne, sourceOf } from '../../support/mail/read-one.ts'

function shape(message: Message) {
  return { id: message.id, channel: message.channel, texts: message.texts.map((part) => [part.part, part.text]) }
}

describe('CSV drafts', () => {
  const csv = [
    'id,Channel,Subject,Body,Send At,Region,note',
    'a,email,Spring,"Hello ""you"", all",2026-03-01T09:00:00,US,',
    'b,sms,,Text STOP to end,,,kept',
    ',,,,,,',
    ',push,,Tap,,,',
  ].join('\r\n')

  it('makes a message of each row with a text', () => {
    const messages = messagesOf(read(csv, 'drafts.csv'))
    expect(messages.map(shape)).toEqual([
      {
        id: 'a',
        channel: 'email',
        texts: [
          ['subject', 'Spring'],
          ['text', 'Hello "you", all'],
        ],
      },
      { id: 'b', channel: 'sms', texts: [['text', 'Text STOP to end']] },
      { id: 'drafts.csv#4', channel: 'push', texts: [['text', 'Tap']] },
    ])
    expect(messages[0]).toMatchObject({ form: 'draft', sendAt: '2026-03-01T09:00:00' })
    expect([...(messages[0]?.fields ?? [])]).toEqual([['region', 'US']])
    expect([...(messages[1]?.fields ?? [])]).toEqual([['note', 'kept']])
  })

  it('maps cells, a doubled quote to one of its two', () => {
    const [first] = messagesOf(read(csv, 'drafts.csv'))
    if (first === undefined) throw new Error('no message')
    const text = partOf(first, 'text')
    expect(sourceOf(csv, text, 0, 5)).toBe('Hello')
    expect(sourceOf(csv, text, 6, 7)).toBe('"')
    expect(sourceOf(csv, text, 6, 11)).toBe('""you"')
    expect(sourceOf(csv, partOf(first, 'subject'), 0, 6)).toBe('Spring')
  })

  it.each([
    ['semicolons', 'channel;text\nsms;"a;b"', 'a;b', 'a;b'],
    ['tabs', 'channel\ttext\nsms\ta,b', 'a,b', 'a,b'],
    ['bars', 'channel|text\nsms|a,b', 'a,b', 'a,b'],
    ['a line that names the delimiter', 'sep=|\r\nchannel|text\r\nsms|a;b', 'a;b', 'a;b'],
    ['one after a byte order mark', '\xef\xbb\xbfsep=;\nchannel;text\nsms;a,b', 'a,b', 'a,b'],
    ['commas in a header of tabs', 'channel, if any, or none\ttext\nsms\ta', 'a', 'a'],
    ['one column', 'text\na;b', 'a;b', 'a;b'],
    ['a byte order mark', '\xef\xbb\xbfchannel,text\nsms,caf\xc3\xa9', 'café', 'caf\xc3\xa9'],
    ['windows-1252', 'channel,text\nsms,caf\xe9\x85', 'café…', 'caf\xe9\x85'],
    ['several lines in a cell', 'channel,text\nsms,"a\r\nb"', 'a\r\nb', 'a\r\nb'],
    ['lone quotes', 'channel,text\nsms,5" tall', '5" tall', '5" tall'],
    ['text after a closing quote', 'channel,text\nsms,"a""b" x', '"a"b" x', '"a""b" x'],
    ['CR only', 'channel,text\rsms,x', 'x', 'x'],
    ['mixed line ends', 'channel,text\r\n\nsms,x\n', 'x', 'x'],
  ])('reads %s', (_, bytes, text, cell) => {
    const part = partOf(readOne(bytes, 'a.csv'), 'text')
    expect(part.text).toBe(text)
    expect(sourceOf(bytes, part, 0, text.length)).toBe(cell)
  })

  it('reads UTF-16 as spreadsheets write it', () => {
    const bytes = Buffer.from('\uFEFFchannel\ttext\nsms\tcafé 😀', 'utf16le')
    const part = partOf(readOne(bytes, 'a.csv'), 'text')
    expect(part.text).toBe('café 😀')
    expect(Buffer.from(sourceOf(bytes, part, 3, 7), 'latin1').toString('utf16le')).toBe('é 😀')
  })

  const cell = fc.string({
    unit: fc.constantFrom('a', 'é', '😀', ',', '"', '\n', '\r\n', ' ', '€'),
    minLength: 1,
    maxLength: 20,
  })

  it('maps every character of every cell', () => {
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 6 }), fc.boolean(), (cells, hasMark) => {
        const rows = cells.map((text) => `sms,"${text.replaceAll('"', '""')}",x`)
        const bytes = Buffer.from(`${hasMark ? '\uFEFF' : ''}channel,text,note\r\n${rows.join('\r\n')}\r\n`)
        const messages = messagesOf(read(bytes, 'a.csv'))
        expect(messages.map((message) => partOf(message, 'text').text)).toEqual(cells)
        for (const message of messages) {
          const part = partOf(message, 'text')
          let offset = 0
          for (const character of part.text) {
            const source = Buffer.from(sourceOf(bytes, part, offset, offset + character.length), 'latin1').toString()
            expect(source).toBe(character)
            offset += character.length
          }
        }
      }),
    )
  })

  it('keeps the rows before a damaged one', () => {
    const outcome = read('channel,text\nsms,one\nsms,"two\nsms,three', 'a.csv')
    expect(outcome).toMatchObject({ status: 'partial', problem: { code: 'bad-csv', line: 3 } })
    expect(messagesOf(outcome).map((message) => partOf(message, 'text').text)).toEqual(['one'])
  })

  it.each([
    ['another table', 'x,y\n1,2', 'unreadable', 'unknown-kind'],
    ['no rows', 'channel,text\n', 'unreadable', 'empty'],
  ])('%s', (_, bytes, status, code) => {
    expect(read(bytes, 'a.csv')).toMatchObject({ status, problem: { code } })
  })
})

describe('ids', () => {
  it.each([
    ['own ids', [{ id: 'x' }, { id: 'y' }], ['x', 'y']],
    ['numbers', [{}, {}], ['d.json#1', 'd.json#2']],
    ['one', [{}], ['d.json']],
    ['shared ids', [{ id: 'x' }, { id: 'y' }, { id: 'x' }], ['d.json#x', 'y', 'd.json#3']],
    ['a number as id', [{ id: 7 }, {}], ['7', 'd.json#2']],
  ])('%s', (_, drafts, ids) => {
    const json = JSON.stringify(drafts.map((draft) => ({ ...draft, channel: 'sms', text: 'x' })))
    expect(messagesOf(read(json, 'd.json')).map(({ id }) => id)).toEqual(ids)
  })
})

describe('JSON drafts', () => {
  it('reads an object, an array and lines', () => {
    expect(shape(readOne('{"channel":"push","title":"T","body":"B","link":"https://a.example"}', 'p.json'))).toEqual({
      id: 'p.json',
      channel: 'push',
      texts: [
        ['title', 'T'],
        ['text', 'B'],
      ],
    })
    const lines = '{"channel":"sms","text":"one"}\n\n{"channel":"sms","text":"two"}\n'
    expect(messagesOf(read(lines, 'l.jsonl')).map(({ id }) => id)).toEqual(['l.jsonl#1', 'l.jsonl#2'])
  })

  it('keeps what is no text as fields', () => {
    const message = readOne(
      '{"text":"x","channel":"web","count":3,"tags":["a"],"none":null,"sendAt":"2026-01-01","kind":"Marketing"}',
      'a.json',
    )
    expect([...message.fields]).toEqual([
      ['count', '3'],
      ['tags', '["a"]'],
    ])
    expect(message).toMatchObject({ channel: 'web', kind: 'marketing', sendAt: '2026-01-01' })
  })

  it('joins the sender’s name and address, each at its place', () => {
    const json = '{"from":"news@acme.example","text":"x","from_name":"Acme"}'
    const part = partOf(readOne(json, 'a.json'), 'from')
    expect(part.text).toBe('Acme <news@acme.example>')
    expect(sourceOf(json, part, 0, 4)).toBe('Acme')
    expect(sourceOf(json, part, 6, 10)).toBe('news')
    expect(sourceOf(json, part, 0, 24)).toBe('news@acme.example","text":"x","from_name":"Acme')
    expect(sourceOf(json, part, 4, 6)).toBe('')
  })

  it('says which of several drafts is damaged', () => {
    const outcome = read('channel,text\nsms,ok\n', 'a.csv')
    expect(outcome).toMatchObject({ problem: null })
    const spelt = '[{"text":"ok"},{"text":"\uFFFD"}]'
    expect(read(Buffer.from(spelt), 'a.json')).toMatchObject({ status: 'reviewed' })
    const damaged = Buffer.from(`\uFEFF${spelt.replace('\uFFFD', '\ud800')}`, 'utf16le')
    expect(read(damaged, 'a.json')).toMatchObject({
      status: 'partial',
      problem: { message: expect.stringMatching(/^Message 2 of 2: /) as string },
    })
  })

  it('takes a body of markup as HTML', () => {
    expect(
      readOne('{"channel":"email","subject":"s","body":"<p>Hi</p>"}', 'a.json').texts.map(({ part }) => part),
    ).toEqual(['subject', 'html'])
  })

  it('maps escapes', () => {
    const json = '{"channel":"sms","text":"a\\u00e9\\ud83d\\ude00\\n\\"é"}'
    const bytes = Buffer.from(json)
    const part = partOf(readOne(bytes, 'a.json'), 'text')
    expect(part.text).toBe('aé😀\n"é')
    const at = (start: number, end: number): string => sourceOf(bytes, part, start, end)
    expect([at(0, 1), at(1, 2), at(2, 4), at(4, 5), at(5, 6), at(6, 7)]).toEqual([
      'a',
      '\\u00e9',
      '\\ud83d\\ude00',
      '\\n',
      '\\"',
      '\xc3\xa9',
    ])
    expect(at(1, 4)).toBe('\\u00e9\\ud83d\\ude00')
  })

  it('maps every character of any string, escaped in any way', () => {
    const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
    const unit = fc.constantFrom('a', 'é', '😀', '"', '\\', '\n', '\t', '/', '€', '\ud800')
    fc.assert(
      fc.property(fc.array(fc.tuple(unit, fc.boolean()), { minLength: 1, maxLength: 30 }), (units) => {
        const written = units.map(([text, escape]) =>
          escape
            ? [...Array(text.length).keys()].map((i) => escaped(text[i] ?? '')).join('')
            : JSON.stringify(text).slice(1, -1),
        )
        const bytes = Buffer.from(`[{"channel":"sms","text":"${written.join('')}"},{"text":"x"}]`)
        const part = partOf(messagesOf(read(bytes, 'a.json'))[0] ?? readOne(''), 'text')
        expect(part.text).toBe(units.map(([text]) => text).join(''))
        let offset = 0
        for (const [index, [text]] of units.entries()) {
          const source = Buffer.from(sourceOf(bytes, part, offset, offset + text.length), 'latin1').toString()
          // Two lone halves that meet are one character.
          if (text !== '\ud800') expect(source).toBe(written[index])
          offset += text.length
        }
      }),
    )
  })

  it.each([
    ['{"text": }', 1, 10],
    ['{"text":"a\nb"}', 1, 11],
    ['[\n {"text":"x"},\n]', 3, 1],
    ['{"a":"\\x"}', 1, 7],
    ['{} x', 1, 4],
    ['{"a":1', 1, 7],
    ['nul', 1, 1],
  ])('%j is no JSON at %i:%i', (json, line, column) => {
    expect(read(json, 'a.json')).toMatchObject({ status: 'unreadable', problem: { code: 'bad-json', line, column } })
  })

  it('leaves out damaged lines of JSONL and says so', () => {
    const outcome = read('{"text":"a"}\n{"text":\n{"text":"b"}', 'a.jsonl')
    expect(outcome).toMatchObject({ status: 'partial', problem: { code: 'bad-json', line: 2 } })
    expect(messagesOf(outcome)).toHaveLength(2)
  })

  it('reads no deeper than the limit', () => {
    expect(read('['.repeat(100_000), 'a.json')).toMatchObject({ status: 'unreadable', problem: { code: 'bad-json' } })
  })

  it.each(['__proto__', 'constructor'])('takes a field named %s as any other', (name) => {
    const message = readOne(`{"text":"x","${name}":"y"}`, 'a.json')
    expect(message.fields.get(name)).toBe('y')
  })
})
