import { describe, expect, it } from 'vitest'
import { readInput } from '../../../../src-main/intake/read.ts'
import { judge } from '../../../../src-main/rules/judge.ts'
import { buildViews } from '../../../../src-main/views/build.ts'
import { asOf, compiled, rule } from '../pack-fixture.ts'

const rules = await compiled(rule('{ kind: phrases, any: [casino], lenses: [folded, deobfuscated] }'))
const defaults = { campaign: null, client: null, channel: null, kind: null, sendAt: null }

/** What is marked of a mail's HTML, by the bytes of the file, and how sure. */
function found(
  html: string,
): { readonly bytes: string; readonly certainty: string; readonly explain: readonly string[] }[] {
  const mail = `From: a@acme.example\r\nSubject: Hi\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body><p>Hello, come to our ${html} tonight.</p></body></html>`
  const bytes = new TextEncoder().encode(mail)
  const outcome = readInput(bytes, { input: 'a.eml', named: true, defaults })
  const message = 'messages' in outcome ? outcome.messages[0] : undefined
  if (message === undefined) throw new Error('not read')
  return judge(rules, buildViews(message), { asOf, region: [] }).findings.map(({ source, certainty, explain }) => ({
    bytes: source === null ? '' : new TextDecoder().decode(bytes.slice(source.start, source.end)),
    certainty,
    explain,
  }))
}

describe('one word in every way to hide it', () => {
  it.each([
    ['tags', 'ca<b>si</b>no'],
    ['comments', 'ca<!-- x -->sino'],
    ['entities', '&#99;&#x61;s&#105;no'],
    ['an entity without its end', 'c&#97sino'],
    ['a soft hyphen', 'ca&shy;sino'],
    ['a break opportunity', 'ca<wbr>sino'],
    ['hidden letters between', 'ca<span style="display:none">xyz</span>sino'],
    ['letters of no size between', 'ca<span style="font-size:0">xyz</span>sino'],
    ['direction marks', 'ca\u200esino'],
    ['a joiner', 'ca\u034fsino'],
    ['a variation selector', 'c\ufe0fasino'],
    ['circles', 'ⓒⓐⓢⓘⓝⓞ'],
    ['small capitals', 'ᴄᴀꜱɪɴᴏ'],
    ['strokes over letters', 'c\u0336a\u0336s\u0336i\u0336n\u0336o'],
    ['accents', 'çàšîñö'],
    ['superscripts', 'ᶜᵃˢⁱⁿᵒ'],
  ])('%s', (_, hidden) => {
    expect(found(hidden).map(({ bytes }) => bytes)).toEqual([hidden])
  })

  it.each([
    ['no width', 'ca\u200bsino'],
    ['a filler', 'ca\u3164sino'],
    ['tag characters', 'ca\u{e0061}sino'],
    ['an invisible sign', 'ca\u2062sino'],
    ['Cyrillic letters', 'саsіnо'],
    ['Greek letters', 'cαsinο'],
    ['wide letters', 'ｃａｓｉｎｏ'],
    ['mathematical letters', '𝐜𝐚𝐬𝐢𝐧𝐨'],
    ['boxes', '🄲🄰🅂🄸🄽🄾'],
    ['black boxes', '🅲🅰🆂🅸🅽🅾'],
    ['flags', '🇨🇦🇸🇮🇳🇴'],
    ['digits', 'c4s1n0'],
    ['signs', 'c@$!no'],
    ['spaces', 'c a s i n o'],
    ['more spaces', 'c  a  s  i  n  o'],
    ['spaces that do not break', 'c\u00a0a\u00a0s\u00a0i\u00a0n\u00a0o'],
    ['stops', 'c.a.s.i.n.o'],
    ['hyphens', 'c-a-s-i-n-o'],
    ['slashes', 'c/a/s/i/n/o'],
    ['a sign inside', 'ca*sino'],
    ['a bar inside', 'ca|sino'],
    ['stretched letters', 'casiiinooo'],
    ['doubled letters', 'ccaassiinnoo'],
  ])('%s: surer, and said why', (_, hidden) => {
    const [first, ...rest] = found(hidden)
    expect(rest).toEqual([])
    expect(first?.bytes).toBe(hidden)
    expect(first?.certainty).toBe('certain')
    expect(first?.explain).toContain('written in a disguised way')
  })

  it('turned round', () => {
    expect(found('\u202eonisac\u202c').map(({ bytes }) => bytes)).toEqual(['onisac'])
  })

  it.each([
    '<span class="casino">x</span>',
    '<!-- casino -->',
    '<script>casino</script>',
    '<style>.casino{}</style>',
    '<img src="casino.png">',
    'casinos',
    'occasion',
    'ca sino',
    'c a s t',
    'soooo ca',
    'aaaaaaaa',
    '🇨🇦🇸🇮',
    'c.a.s.',
  ])('silent in %s', (innocent) => {
    expect(found(innocent)).toEqual([])
  })
})
