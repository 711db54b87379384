import { describe, expect, it } from 'vitest'
import { readInput } from '../../../../src-main/intake/read.ts'
import { judge } from '../../../../src-main/rules/judge.ts'
import { buildViews } from '../../../../src-main/views/build.ts'
import { asOf, compiled, rule } from '../pack-fixture.ts'

/** One word hidden in a whole mail: found, and its place right to the byte. */
const rules = await compiled(
  rule(
    '{ kind: phrases, any: [casino, free spins], lenses: [folded, deobfuscated] }',
    'severity: error\n  look: [subject, from, preheader, text, html, image-alt, link-text]',
  ),
)
const defaults = { campaign: null, client: null, channel: null, kind: null, sendAt: null }

interface Found {
  readonly part: string
  readonly certainty: string
  readonly bytes: string
}

function found(head: string, body: string | Uint8Array): readonly Found[] {
  const bytes = Buffer.concat([Buffer.from(`${head.replace(/\n/g, '\r\n')}\r\n\r\n`), Buffer.from(body)])
  const outcome = readInput(bytes, { input: 'a.eml', named: true, defaults })
  const message = 'messages' in outcome ? outcome.messages[0] : undefined
  if (message === undefined) throw new Error('not read')
  return judge(rules, buildViews(message), { asOf, region: [] }).findings.map(({ part, certainty, source }) => ({
    part,
    certainty,
    bytes: source === null ? '' : bytes.subarray(source.start, source.end).toString('latin1'),
  }))
}

const markup = (html: string): readonly Found[] =>
  found(
    'Subject: Hi\nContent-Type: text/html; charset=utf-8',
    `<html><body><p>Come to our ${html} tonight.</p></body></html>`,
  )
const plain = (text: string): readonly Found[] =>
  found('Subject: Hi\nContent-Type: text/plain; charset=utf-8', `Come to our ${text} now.`)
const inUtf8 = (text: string): string => Buffer.from(text).toString('latin1')

describe('by transfer encodings and charsets', () => {
  it.each<[string, string, string | Uint8Array, string]>([
    [
      'a soft line break',
      'text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable',
      'our ca=\r\nsino now',
      'ca=\r\nsino',
    ],
    [
      'escaped letters',
      'text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable',
      '<p>our ca=73=69no</p>',
      'ca=73=69no',
    ],
    [
      'an escaped entity over a soft line break',
      'text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable',
      '<p>our c&#=\r\n97;sino</p>',
      'c&#=\r\n97;sino',
    ],
    // Base64 maps to whole quanta: at most two more bytes at either side.
    [
      'base64',
      'text/plain; charset=utf-8\nContent-Transfer-Encoding: base64',
      Buffer.from('our casino').toString('base64'),
      'IGNhc2lubw==',
    ],
    [
      'base64 over lines',
      'text/plain; charset=utf-8\nContent-Transfer-Encoding: base64',
      'b3VyIGNh\r\nc2lubw==',
      'IGNh\r\nc2lubw==',
    ],
    ['UTF-16', 'text/plain; charset=utf-16le', Buffer.from('our casino', 'utf16le'), 'c\0a\0s\0i\0n\0o\0'],
    ['UTF-7', 'text/plain; charset=utf-7', 'our +AGMAYQBz-ino', '+AGMAYQBz-ino'],
    [
      'Cyrillic letters of a code page',
      'text/plain; charset=windows-1251',
      Buffer.from('our c\xe0s\xedino'.replace('\xed', ''), 'latin1'),
      'c\xe0sino',
    ],
    ['flowed lines', 'text/plain; charset=utf-8; format=flowed; delsp=yes', 'our cas \r\nino now', 'cas \r\nino'],
  ])('%s', (_, type, body, bytes) => {
    expect(found(`Subject: Hi\nContent-Type: ${type}`, body).map((one) => one.bytes)).toEqual([bytes])
  })

  it.each([
    ['encoded words', '=?utf-8?Q?cas?= =?utf-8?B?aW5v?=', 'cas?= =?utf-8?B?aW5v'],
    ['encoded words over lines', 'our =?utf-8?Q?ca=73?=\n =?utf-8?Q?ino?= now', 'ca=73?=\r\n =?utf-8?Q?ino'],
    ['two charsets', '=?iso-8859-1?Q?cas?= =?utf-16be?B?AGkAbgBv?=', 'cas?= =?utf-16be?B?AGkAbgBv'],
    ['folding', 'our free\n spins now', 'free\r\n spins'],
  ])('%s in the subject', (_, subject, bytes) => {
    expect(found(`Subject: ${subject}\nContent-Type: text/plain`, 'x')).toEqual([
      { part: 'subject', certainty: 'likely', bytes },
    ])
  })
})

describe('cut in two', () => {
  it.each(['cas.ino', 'cas,ino', 'cas_ino', 'casi…no', 'cas(ino', 'cas"ino', 'cas🎲ino', 'cas/ino', 'ca*sino'])(
    '%s, surely',
    (cut) => {
      expect(plain(cut)).toEqual([{ part: 'text', certainty: 'certain', bytes: inUtf8(cut) }])
    },
  )

  it.each(['cas-ino', 'casi-no', 'casi-\r\nno'])('%j, which a habit of writing may do', (cut) => {
    expect(plain(cut)).toEqual([{ part: 'text', certainty: 'likely', bytes: cut }])
  })

  it('inside a phrase', () => {
    expect(plain('fr.ee spins')).toEqual([])
    expect(plain('free sp.ins').map(({ bytes }) => bytes)).toEqual(['free sp.ins'])
  })

  it.each([
    ['letters', 'c</td><td>a</td><td>s</td><td>i</td><td>n</td><td>o'],
    ['pieces', 'ca</td><td>si</td><td>no'],
    ['halves', 'cas</td><td>ino'],
  ])('over cells: %s', (_, cells) => {
    const table = `</p><table><tr><td>Our own</td><td>${cells}</td></tr></table><p>`
    expect(markup(table)).toEqual([{ part: 'html', certainty: 'certain', bytes: cells }])
  })

  it('over cells beside other short ones', () => {
    const table = '</p><table><tr><td>New</td><td>cas</td><td>ino</td><td>bar</td></tr></table><p>'
    expect(markup(table).map(({ bytes }) => bytes)).toEqual(['cas</td><td>ino'])
  })

  it.each([
    ['line breaks', 'c<br>a<br>s<br>i<br>n<br>o'],
    ['blocks', 'c</div><div>a</div><div>s</div><div>i</div><div>n</div><div>o'],
  ])('over %s', (_, written) => {
    expect(markup(written).map(({ bytes }) => bytes)).toEqual([written])
  })

  it('over lines of a text', () => {
    expect(plain('\r\nc\r\na\r\ns\r\ni\r\nn\r\no\r\n').map(({ bytes }) => bytes)).toEqual([
      'c\r\na\r\ns\r\ni\r\nn\r\no',
    ])
  })
})

describe('set apart', () => {
  it.each([
    'c🎲a🎲s🎲i🎲n🎲o',
    'c..a..s..i..n..o',
    'c.a-s_i n*o',
    'c(a)s[i]n{o',
    'c a s-i-n o',
    'ｃ　ａ　ｓ　ｉ　ｎ　ｏ',
  ])('%s', (written) => {
    expect(plain(written)).toEqual([{ part: 'text', certainty: 'certain', bytes: inUtf8(written) }])
  })
})

describe('turned', () => {
  it.each([
    ['an element', '<bdo dir="rtl">onisac</bdo>'],
    ['an element around others', '<bdo dir=RTL><b>onisac</b></bdo>'],
    ['a style', '<span style="unicode-bidi: bidi-override; direction: rtl">onisac</span>'],
    ['a character', '&#8238;onisac&#8236;'],
  ])('round by %s', (_, written) => {
    expect(markup(written)).toEqual([{ part: 'html', certainty: 'certain', bytes: 'onisac' }])
  })

  it('upside down', () => {
    expect(plain('ouᴉsɐɔ').map(({ bytes }) => bytes)).toEqual([inUtf8('ouᴉsɐɔ')])
  })

  it.each([
    '<bdo dir="ltr">onisac</bdo>',
    '<span dir="rtl">onisac</span>',
    '<span style="direction: rtl">onisac</span>',
    '<bdo dir="rtl"><bdo dir="ltr">onisac</bdo></bdo>',
  ])('not in %s', (written) => {
    expect(markup(written)).toEqual([])
  })
})

describe('silent in', () => {
  it.each([
    '<span class="casino" id="casino" data-x="casino">x</span>',
    '<a href="https://acme.example/casino">x</a>',
    '<!-- casino --><style>.casino{}</style><script>var casino</script>',
    '<template>casino</template>',
    'casinos, occasion, cas, ino',
    'cas.inos',
    'me@cas.ino',
    'https://acme.example/cas-ino',
    'cas-ino2',
    'a cas. Ino is',
    'cas ino',
    'Men</td><td>Kids</td><td>New',
    'c a s',
    '&amp;#99;asino',
    'sɐɔ ouᴉ',
  ])('%s', (innocent) => {
    expect(markup(innocent)).toEqual([])
  })
})
