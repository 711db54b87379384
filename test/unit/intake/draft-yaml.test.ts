import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { messagesOf, partOf, read, readOne, sourceOf } from '../../support/mail/read-one.ts'

/** The source bytes of a stretch of the one draft's text, as UTF-8. */
function sources(yaml: string, stretches: readonly string[]): readonly string[] {
  const bytes = Buffer.from(yaml)
  const part = partOf(readOne(bytes, 'd.yaml'), 'text')
  return stretches.map((stretch) => {
    const at = part.text.indexOf(stretch)
    expect(at).toBeGreaterThanOrEqual(0)
    return Buffer.from(sourceOf(bytes, part, at, at + stretch.length), 'latin1').toString()
  })
}

describe('YAML drafts', () => {
  it.each([
    ['a mapping', 'channel: sms\ntext: one', ['one']],
    ['a list', '- { channel: sms, text: one }\n- channel: sms\n  text: two\n', ['one', 'two']],
    ['documents', '---\nchannel: sms\ntext: one\n---\n- channel: sms\n  text: two\n', ['one', 'two']],
    ['fields that look like those of a mail', 'subject: Hello\nfrom: a@b.example\ntext: one\n', ['one']],
    ['an alias', '- { channel: sms, text: &t one }\n- { channel: sms, text: *t }\n', ['one', 'one']],
    ['JSON', '[{"channel":"sms","text":"one"}]', ['one']],
  ])('reads %s', (_, yaml, texts) => {
    const messages = messagesOf(read(Buffer.from(yaml), 'd.yml'))
    expect(messages.map((message) => partOf(message, 'text').text)).toEqual(texts)
  })

  it('keeps other fields as they are written, and none for null', () => {
    const message = readOne('text: x\ncount: 0x1F\ntags: [a, b]\nnone: ~\nsend_at: 2026-03-01T09:00:00\n', 'd.yaml')
    expect([...message.fields]).toEqual([
      ['count', '0x1F'],
      ['tags', '[a, b]'],
    ])
    expect(message.sendAt).toBe('2026-03-01T09:00:00')
  })

  it.each([
    ['plain', 'text: Buy now é 😀\n', ['Buy', 'é', '😀', 'é 😀'], ['Buy', 'é', '😀', 'é 😀']],
    ['plain over lines', 'text: Buy\n  now\n\n  here\n', ['y n', '\nh', 'now'], ['y\n  n', '\n\n  h', 'now']],
    ['single quotes', "text: 'it''s\n  so'\n", ["t's", 's s'], ["t''s", 's\n  s']],
    [
      'double quotes',
      'text: "a\\u00e9\\"b\\\n  c\\x21"\n',
      ['é', '"', 'bc', '!'],
      ['\\u00e9', '\\"', 'b\\\n  c', '\\x21'],
    ],
    ['a literal block', 'text: |\n  one\n    two\nchannel: sms\n', ['one', '  two'], ['one', '  two']],
    ['a folded block', 'text: >-\n  one\n  two\n\n  three\n', ['e t', 'three'], ['e\n  t', 'three']],
    ['CRLF', 'text: |\r\n  one\r\n  two\r\n', ['one', 'two'], ['one', 'two']],
    ['a byte order mark', '\uFEFFtext: one', ['one'], ['one']],
  ])('maps %s', (_, yaml, stretches, expected) => {
    expect(sources(yaml, stretches)).toEqual(expected)
  })

  const text = fc
    .string({
      unit: fc.constantFrom('a', 'b', ' ', '\n', '"', "'", '\\', 'é', '😀', ':', '#', '\t', '-'),
      maxLength: 60,
    })
    .filter((made) => made.trim() !== '')
  const style = fc.constantFrom(
    'PLAIN' as const,
    'QUOTE_SINGLE' as const,
    'QUOTE_DOUBLE' as const,
    'BLOCK_LITERAL' as const,
    'BLOCK_FOLDED' as const,
  )

  it('maps every visible character of any text in any style', () => {
    fc.assert(
      fc.property(text, style, fc.constantFrom(0, 20), (value, defaultStringType, lineWidth) => {
        const yaml = stringify({ channel: 'sms', text: value }, { defaultStringType, lineWidth, minContentWidth: 0 })
        const bytes = Buffer.from(yaml)
        const part = partOf(readOne(bytes, 'd.yaml'), 'text')
        expect(part.text).toBe((parse(yaml) as { text: string }).text)
        let last = 0
        let offset = 0
        for (const character of part.text) {
          const source = Buffer.from(sourceOf(bytes, part, offset, offset + character.length), 'latin1').toString()
          if (/[ab:#é😀-]/u.test(character)) expect([character, `\\u${character.charCodeAt(0)}`]).toContain(source)
          if (character === '"' || character === "'" || character === '\\')
            expect(source.endsWith(character)).toBe(true)
          const start = part.toSource?.({ start: offset, end: offset + character.length }).start ?? 0
          expect(start).toBeGreaterThanOrEqual(last)
          last = start
          offset += character.length
        }
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    ['not YAML', 'text: "open', 'unreadable', 'bad-yaml'],
    ['settings', 'jobs:\n  build: 1\n', 'unreadable', 'unknown-kind'],
    ['nothing', '# only a comment\n', 'unreadable', 'unknown-kind'],
    ['a draft without a text', 'channel: sms\n', 'unreadable', 'empty'],
    ['more than 1 MB', `text: ${'x'.repeat(1024 * 1024)}`, 'unreadable', 'too-large'],
    ['brackets without end', '['.repeat(100_000), 'unreadable', 'bad-yaml'],
    ['dashes without end', '- '.repeat(100_000), 'unreadable', 'bad-yaml'],
    ['nested keys', Array.from({ length: 1400 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'), 'unreadable'],
    ['a manifest', 'schema: clausebench-campaign/1\n', 'unreadable', 'unknown-kind', 'campaign.yaml'],
  ])('%s', (_, yaml, status, code = expect.any(String) as string, name = 'd.yaml') => {
    const startMs = performance.now()
    expect(read(yaml, name)).toMatchObject({ status, problem: { code } })
    expect(performance.now() - startMs).toBeLessThan(2000)
  })

  it('says where YAML ends to be YAML', () => {
    expect(read('text: a\nb: [1, 2\nc: d\n', 'd.yaml')).toMatchObject({ problem: { code: 'bad-yaml', line: 3 } })
  })

  it('reads no more than 16 MB of text that aliases repeat', () => {
    const yaml = `- text: &t ${'x'.repeat(900_000)}\n${'- text: *t\n'.repeat(100)}`
    const outcome = read(yaml, 'd.yaml')
    expect(outcome).toMatchObject({ status: 'partial', problem: { code: 'too-large' } })
    expect(messagesOf(outcome)).toHaveLength(18)
  })

  it('does not multiply a thousand laughs', () => {
    const levels = 'abcdefghij'.split('').map((name, depth, all) => {
      const before = all[depth - 1]
      return `${name}: &${name} [${Array.from({ length: 9 }, () => (before === undefined ? 'lol' : `*${before}`)).join(',')}]`
    })
    const startMs = performance.now()
    const message = readOne(`text: *j\n${levels.join('\n')}\ntitle: x`.replace('text: *j\n', 'text: x\n'), 'd.yaml')
    expect(message.fields.get('j')).toBe('[*i,*i,*i,*i,*i,*i,*i,*i,*i]')
    expect(performance.now() - startMs).toBeLessThan(2000)
  })
})
