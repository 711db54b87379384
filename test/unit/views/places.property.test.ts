import fc from 'fast-check'
import { parseFragment } from 'parse5'
import { describe, expect, it } from 'vitest'
import { annotate } from '../../../src-main/report/annotated.ts'
import type { TextView } from '../../../src-main/views/view.ts'
import { findingAt } from '../report/finding.ts'
import { viewsOfHtml } from './message.ts'

/** Pieces of mail, well and badly written. */
const piece = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'free',
      ' ',
      '  ',
      '\n',
      '\r\n',
      '\r',
      '\t',
      'a b',
      'Ω',
      '😀',
      '\u00a0',
      '\u200b',
      '\u0000',
      '.',
      ';',
      '&',
      '<',
      '>',
      '"',
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '&amp;',
      '&amp',
      '&nbsp;',
      '&#32;',
      '&#x1F600;',
      '&#13;',
      '&copy=',
      '&notin',
      '&NotEqualTilde;',
      '&#0;',
      '&bogus;',
      '&#',
      '&lt;b&gt;',
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '<b>',
      '</b>',
      '<i>',
      '</i>',
      '<p>',
      '</p>',
      '<div>',
      '</div>',
      '<br>',
      '<table>',
      '<tr>',
      '<td>',
      '</table>',
      '<pre>\n',
      '<pre>',
      '</pre>',
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '<a href="u&amp;v">',
      '</a>',
      '<img alt="x &lt; y" src=a>',
      '<span style="display:none">',
      '<span style="font-size:0">',
      '</span>',
      '<textarea>',
      '</textarea>',
      '<ul><li>',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '<!-- c -->',
      '<!--[if mso]>out<b>look</b><![endif]-->',
      '<svg><text>',
      '<![CDATA[x&amp;]]>',
      '</svg>',
      '<title>t &amp; t</title>',
      '<script>x</script>',
      '</body>',
      '<select><option>',
      '<style>b{display:none}</style>',
      '<template>',
    ),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 8 }) },
)
const markup = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''))

function decode(source: string): string {
  const text = parseFragment(`<span>${source}</span>`).childNodes[0]
  return text !== undefined && 'childNodes' in text
    ? text.childNodes.map((node) => ('value' in node ? node.value : '')).join('')
    : ''
}

/** What is wrong with a view's places; empty when each character came from where it says. */
function faults(view: TextView): string[] {
  const source = view.source?.text ?? ''
  const found: string[] = []
  for (let at = 0; at < view.text.length; at++) {
    const unit = view.text.charAt(at)
    const { start, end } = view.toPart.toOrigin({ start: at, end: at + 1 })
    const from = source.slice(start, end)
    const right =
      from === ''
        ? unit === '\n' || unit === ' '
        : from === unit ||
          (/\s/.test(unit) && /^[\s\0]+$/.test(from)) ||
          (unit === '\uFFFD' && from === '\0') ||
          decode(from).includes(unit) ||
          (unit === ' ' && /\s/.test(decode(from))) ||
          from.includes('<![CDATA[')
    if (!right) found.push(`${JSON.stringify(unit)} from ${JSON.stringify(from)} at ${String(start)}`)
  }
  return found
}

describe('places', () => {
  it('every character of every view decodes from where it says it came', () => {
    fc.assert(
      fc.property(markup, (html) => {
        for (const view of viewsOfHtml(html).texts) expect([view.look, faults(view)]).toEqual([view.look, []])
      }),
      { numRuns: 600 },
    )
  })

  it('every place lies in the part and the map is as long as the text', () => {
    fc.assert(
      fc.property(markup, (html) => {
        for (const { text, toPart } of viewsOfHtml(html).texts) {
          expect(toPart.length).toBe(text.length)
          const whole = toPart.toOrigin({ start: 0, end: text.length })
          expect(whole.start).toBeGreaterThanOrEqual(0)
          expect(whole.end).toBeLessThanOrEqual(html.length)
        }
      }),
      { numRuns: 150 },
    )
  })

  it('a finding on any seen characters gets its mark, around the same characters', () => {
    fc.assert(
      fc.property(markup, fc.nat(), fc.nat({ max: 6 }), (html, from, length) => {
        const views = viewsOfHtml(`${html}<p>end`)
        const view = views.texts.find((one) => one.look === 'html')
        if (view === undefined) return
        const start = from % view.text.length
        const slice = { start, end: Math.min(view.text.length, start + 1 + length) }
        const span = view.toPart.toOrigin(slice)
        if (span.start === span.end) return
        const shown = annotate(views, [findingAt(1, 'html', span)], { theme: 'light' })
        expect(shown.marked).toEqual([1])
        expect(shown.html.split('id="mark-1"').length).toBe(2)
      }),
      { numRuns: 250 },
    )
  })
})
