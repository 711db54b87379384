import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { limits } from '../../../src-main/intake/limits.ts'
import { mboxSplitter } from '../../../src-main/intake/mbox-split.ts'
import { damaged } from '../../support/damage.ts'
import { messagesOf, partOf, read, sourceOf } from '../../support/mail/read-one.ts'

const envelope = 'From news@acme.example Fri Nov 20 10:00:00 2026'

function mail(subject: string, ...body: string[]): string {
  return ['From: news@acme.example', `Subject: ${subject}`, '', ...body].join('\n')
}

describe('mbox', () => {
  const box = [
    envelope,
    mail('one', 'From here on', '>From the start', '>>From twice', 'a>From inside', ''),
    envelope,
    mail('two', 'body', '', 'From my desk it is no envelope', ''),
    'From - Fri Nov 20 10:00:00 2026',
    mail('three', 'last'),
  ].join('\n')

  it('splits at envelope lines and numbers the messages', () => {
    const messages = messagesOf(read(box, 'box'))
    expect(messages.map(({ id, input }) => [id, input])).toEqual([
      ['box#1', 'box'],
      ['box#2', 'box'],
      ['box#3', 'box'],
    ])
    expect(messages.map((message) => partOf(message, 'text').text)).toEqual([
      'From here on\nFrom the start\n>From twice\na>From inside\n',
      'body\n\nFrom my desk it is no envelope\n',
      'last',
    ])
  })

  it('maps unquoted lines to the file', () => {
    const [first, second] = messagesOf(read(box, 'box'))
    if (first === undefined || second === undefined) throw new Error('no messages')
    const text = partOf(first, 'text')
    expect(sourceOf(box, text, 13, 27)).toBe('From the start')
    expect(sourceOf(box, text, 28, 39)).toBe('>From twice')
    expect(sourceOf(box, text, 10, 17)).toBe('on\n>From')
    expect(sourceOf(box, partOf(second, 'subject'), 0, 3)).toBe('two')
    const [header] = first.headers
    expect(box.slice(header?.range.start, header?.range.end)).toBe('From: news@acme.example')
  })

  it.each([
    ['a single mail behind an envelope line', `${envelope}\n${mail('one', 'x')}`, 'x.eml', ['x.eml']],
    ['a mailbox of one mail', `${envelope}\n${mail('one', 'x')}`, 'x.mbox', ['x.mbox']],
    [
      'a mail that quotes an envelope line without an empty line',
      `${envelope}\n${mail('one', 'x', envelope, 'From: y')}`,
      'x',
      ['x'],
    ],
    [
      'CRLF',
      `${envelope}\n${mail('1', 'x', '')}\n${envelope}\n${mail('2', 'y')}`.replaceAll('\n', '\r\n'),
      'x.mbox',
      ['x.mbox#1', 'x.mbox#2'],
    ],
  ])('%s', (_, bytes, name, ids) => {
    expect(messagesOf(read(bytes, name)).map(({ id }) => id)).toEqual(ids)
  })
})

function bodies(box: string): string[] {
  return messagesOf(read(box, 'box.mbox')).map((message) => partOf(message, 'text').text)
}

describe('what writers of mailboxes do with lines that begin with From', () => {
  /** With a length: `mboxcl`; `From ` stands unquoted in it: `mboxcl2`. */
  function counted(subject: string, body: string, length = Buffer.byteLength(body)): string {
    return `From: news@acme.example\nSubject: ${subject}\nContent-Length: ${String(length)}\n\n${body}`
  }
  const inner = `${envelope}\nSubject: no mail of its own`

  it.each([
    ['mboxo, mboxrd: quoted', [mail('1', '>From us', '>>From them', '> From', '')], ['From us\n>From them\n> From\n']],
    ['mboxcl: quoted and counted', [counted('1', '>From us\n')], ['From us\n']],
    [
      'mboxcl2: counted and not quoted, a whole mail inside',
      [counted('1', `see\n\n${inner}\n\n>From here\n`), mail('2', 'next', '')],
      [`see\n\n${inner}\n\n>From here\n`, 'next\n'],
    ],
    [
      'a length that is too short',
      [counted('1', 'one\n\ntwo\n', 3), mail('2', 'next', '')],
      ['one\n\ntwo\n', 'next\n'],
    ],
    ['a length that is too long', [counted('1', 'one\n', 4000), mail('2', 'next', '')], ['one\n', 'next\n']],
    ['a length at the end', [mail('1', 'x', ''), counted('2', `a\n\n${inner}\n`)], ['x\n', `a\n\n${inner}\n`]],
    [
      'no empty line before an envelope line that a length points at',
      [counted('1', 'one'), mail('2', 'x')],
      ['one', 'x'],
    ],
  ])('%s', (_, mails, expected) => {
    expect(bodies(mails.map((one) => `${envelope}\n${one}`).join('\n'))).toEqual(expected)
  })

  it.each([
    ['a zone', 'From a@b.example Fri Nov 20 10:00:00 +0100 2026'],
    ['a zone name', 'From a@b.example Fri Nov 20 10:00:00 CET 2026'],
    ['no seconds', 'From a@b.example Fri Nov 20 10:00 2026'],
    ['no sender', 'From  Fri Nov 20 10:00:00 2026'],
    ['an internet date', 'From a@b.example Fri, 20 Nov 2026 10:00:00 GMT'],
    ['a remote host', 'From a@b.example Fri Nov 20 10:00:00 2026 remote from uucp'],
    ['a name in quotes', 'From "A B" <a@b.example> Fri Nov 20 10:00:00 2026'],
  ])('knows an envelope line with %s', (_, line) => {
    expect(bodies([envelope, mail('1', 'x', ''), line, mail('2', 'y')].join('\n'))).toEqual(['x\n', 'y'])
  })
})

interface Cut {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** The mails of a mailbox that comes in pieces of these sizes. */
function split(box: Buffer, sizes: readonly number[]): Cut[] {
  const cuts: Cut[] = []
  const splitter = mboxSplitter(({ bytes, start, end }) => cuts.push({ start, end, text: bytes.toString('latin1') }))
  let position = 0
  for (let index = 0; position < box.length; index++) {
    const size = sizes[index % sizes.length] ?? 1
    splitter.push(box.subarray(position, position + size))
    position += size
  }
  splitter.end()
  return cuts
}

describe('a mailbox in pieces', () => {
  const box = Buffer.from(
    [
      envelope,
      mail('one', 'a', '', 'From nobody', ''),
      envelope,
      'From: x@acme.example',
      'Content-Length: 120',
      '',
      'b'.repeat(30),
      '',
      envelope,
      'Subject: inside',
      '',
      'c'.repeat(22),
      '',
      envelope,
      mail('three', 'z'.repeat(2_500), ''),
      envelope,
      mail('four', 'end'),
    ].join('\n'),
  )

  it('has the same mails, in whatever pieces', () => {
    const whole = split(box, [box.length])
    expect(whole.length).toBeGreaterThan(3)
    expect(whole.map(({ text }) => text).join('')).toBe(box.toString('latin1'))
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 6 }), (sizes) => {
        expect(split(box, sizes)).toEqual(whole)
      }),
    )
  })

  it('has the mails that reading it at once has, also when it is damaged', () => {
    fc.assert(
      fc.property(damaged(box), fc.integer({ min: 1, max: 3000 }), (bytes, size) => {
        const cuts = split(bytes, [size])
        expect(cuts.map(({ start }) => start)).toEqual(
          cuts.map(({ end }, index) => (index === 0 ? 0 : (cuts[index - 1]?.end ?? end))),
        )
        const outcome = read(bytes, 'box.mbox')
        if (!('messages' in outcome) || !bytes.toString('latin1').startsWith('From ')) return
        expect(cuts).toHaveLength(outcome.messages.length)
      }),
    )
  })

  it('holds of a mail past the limit no more than that, and finds the next', () => {
    const piece = Buffer.alloc(1024 * 1024, 'x'.repeat(63) + '\n')
    const head = Buffer.from(`${envelope}\n${mail('1', '')}`)
    const pieces = Math.ceil(limits.maxMessageBytes / piece.length) + 4
    const tail = Buffer.from(`\n${envelope}\n${mail('2', 'y')}`)
    const cuts: { readonly length: number; readonly start: number; readonly end: number }[] = []
    const splitter = mboxSplitter(({ bytes, start, end }) => cuts.push({ length: bytes.length, start, end }))
    splitter.push(head)
    for (let count = 0; count < pieces; count++) splitter.push(piece)
    splitter.push(tail)
    splitter.end()
    const second = head.length + pieces * piece.length + 1
    expect(cuts).toEqual([
      { length: limits.maxMessageBytes + 1, start: 0, end: second },
      { length: tail.length - 1, start: second, end: second + tail.length - 1 },
    ])
  })
})
