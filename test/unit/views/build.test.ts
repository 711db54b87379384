import { describe, expect, it } from 'vitest'
import { buildViews } from '../../../src-main/views/build.ts'
import type { Look } from '../../../src-main/views/view.ts'
import { attachmentOf, markupOf, messageOf, textPart, textsOf, viewOf, viewsOfHtml } from './message.ts'

describe('what a reader sees of HTML', () => {
  it.each<[string, string, string]>([
    ['inline elements join', 'fr<b>ee</b> <i>sp</i>in<!-- x -->s', 'free spins'],
    ['blocks stand apart', '<p>one</p><div>two</div>three', 'one\ntwo\nthree'],
    ['cells stand apart', '<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>', 'a\nb\nc'],
    ['lists', '<ul><li>a<li>b</ul>c', 'a\nb\nc'],
    ['line breaks', 'a<br>b<br><br>c<br><br><br><br>d', 'a\nb\n\nc\n\nd'],
    ['white space collapses', '  a \n\t b\f\r\nc  <p>  d  </p>  ', 'a b c\nd'],
    ['no-break spaces stay', 'a&nbsp;&nbsp; b\u00a0', 'a\u00a0\u00a0 b\u00a0'],
    ['a written-out blank collapses too', 'a&#32;&#32; b', 'a b'],
    ['entities', '&lt;a&gt; &amp;amp; &copy &#8364; &#x1F600; &notit; &NotEqualTilde;', '<a> &amp; © € 😀 ¬it; ≂̸'],
    ['windows-1252 numbers', '&#146;&#150;', '\u2019\u2013'],
    ['preformatted', '<pre>\n  a\n   b </pre>c', '  a\n   b \nc'],
    ['white-space: pre-wrap', '<span style="white-space:pre-wrap">a  b</span>', 'a  b'],
    ['a block by its style', 'a<span style="display:block">b</span>c', 'a\nb\nc'],
    ['an inline div', 'a<div style="display:inline">b</div>c', 'abc'],
    ['a picture keeps words apart', 'a<img src=x alt=no width=9>b', 'a b'],
    ['a pixel does not', 'fr<img src=x width=1 height=1>ee', 'free'],
    ['soft hyphens and zero widths stay', 'vi&shy;ag\u200bra', 'vi\u00adag\u200bra'],
    [
      'scripts, styles and frames are no text',
      'a<script>b</script><style>c{}</style><iframe>d</iframe><xmp>e</xmp>',
      'a\ne',
    ],
    ['noscript is what clients show', 'a<noscript>b</noscript>', 'ab'],
    ['text that fell out of a table', '<table>stray<tr><td>in</td></tr></table>', 'stray\nin'],
    [
      'labels of buttons',
      '<form>Mail <input name=e value=you><input type=submit value="Sign up"></form>',
      'Mail Sign up',
    ],
    ['a closed details can be opened', '<details><summary>More</summary>terms</details>', 'More\nterms'],
    ['svg text', '<svg><title>no</title><text>yes</text></svg>', 'yes'],
    ['nothing', '', ''],
    ['only a head', '<head><title>t</title></head>', ''],
  ])('%s', (_, html, text) => {
    expect(textsOf(viewsOfHtml(html), 'html')[0]).toBe(text)
  })

  it.each<[string, string, string, string]>([
    ['across tags', '<p>fr<b>ee</b> spins</p>', 'free', 'fr<b>ee'],
    ['to the last character, not past its tag', '<p>fr<b>ee</b> spins</p>', 'ee spins', 'ee</b> spins'],
    ['an entity as a whole', 'Tom &amp; Co', '& C', '&amp; C'],
    ['two units from one reference', 'x&#x1F600;y', '😀', '&#x1F600;'],
    ['over a line end', 'one\r\ntwo', 'one two', 'one\r\ntwo'],
    ['a collapsed run from its first blank', 'one   two', 'e t', 'e   t'],
    ['a block break has no place', '<p>one</p><p>two</p>', '\n', ''],
    ['over blocks', '<p>one</p><p>two</p>', 'one\ntwo', 'one</p><p>two'],
    ['after what the parser dropped', '<table>\n<td>stray</table>', 'stray', 'stray'],
    ['in pre after its first line end', '<pre>\nabc</pre>', 'abc', 'abc'],
    ['raw line ends in pre', '<pre>a\r\nb</pre>', 'a\nb', 'a\r\nb'],
    ['a button label', '<input type=submit value="Sign &amp; go">', 'Sign &', 'Sign &amp;'],
    ['CDATA in svg', '<svg><text><![CDATA[a<b]]></text></svg>', 'a<b', '<![CDATA[a<b]]>'],
  ])('places: %s', (_, html, words, markup) => {
    expect(markupOf(viewOf(viewsOfHtml(html), 'html'), words)).toBe(markup)
  })
})

describe('looks', () => {
  const html =
    '<html><head><title>Spring &amp; sale</title></head><body>' +
    '<div style="display:none">Ends&nbsp;soon &zwnj;&nbsp;&zwnj;</div>' +
    '<p>Hi <a href="https://a.example/?x=1&amp;y=2">go <b>now</b><img src="i.png" alt="Big &quot;sale&quot;"></a></p></body></html>'

  it.each<[Look, string, string, string, string]>([
    ['title', 'html', 'Spring & sale', 'Spring &', 'Spring &amp;'],
    ['preheader', 'html', 'Ends\u00a0soon \u200c\u00a0\u200c', 'soon', 'soon'],
    ['html', 'html', 'Hi go now', 'go now', 'go <b>now'],
    ['image-alt', 'image:1', 'Big "sale"', '"sale"', '&quot;sale&quot;'],
    ['link-text', 'link:1', 'go now Big "sale"', 'now Big', 'now</b><img src="i.png" alt="Big'],
    ['link-href', 'link:1', 'https://a.example/?x=1&y=2', '&y', '&amp;y'],
  ])('%s', (look, part, text, words, markup) => {
    const view = viewOf(viewsOfHtml(html), look)
    expect(view.part).toBe(part)
    expect(view.text).toBe(text)
    expect(markupOf(view, words)).toBe(markup)
  })

  it('reads the fields of a draft whole', () => {
    const texts = [
      textPart('subject', 'S'),
      textPart('from', 'F'),
      textPart('preheader', 'P'),
      textPart('title', 'T'),
      textPart('text', 'B'),
    ]
    const views = buildViews(messageOf({ texts }))
    expect(views.texts.map(({ look, part, text }) => [look, part, text])).toEqual([
      ['subject', 'subject', 'S'],
      ['from', 'from', 'F'],
      ['preheader', 'preheader', 'P'],
      ['title', 'title', 'T'],
      ['text', 'text', 'B'],
    ])
    expect(views.visibleLength).toBe(1)
  })

  it('numbers headers of one name', () => {
    const header = (name: string, value: string, start: number) => ({
      name,
      value,
      raw: value,
      range: { start, end: start + 10 },
      toSource: () => ({ start, end: start + 1 }),
    })
    const views = buildViews(
      messageOf({ headers: [header('Received', 'a', 0), header('X-A', 'b', 10), header('received', 'c', 20)] }),
    )
    expect(views.texts.map(({ part, text }) => [part, text])).toEqual([
      ['header:Received', 'a'],
      ['header:X-A', 'b'],
      ['header:received:2', 'c'],
    ])
    expect(views.texts[2]?.source?.toSource?.({ start: 0, end: 1 })).toEqual({ start: 20, end: 21 })
  })

  it('reads attached texts', () => {
    const attachments = [
      attachmentOf('terms.txt', 'No refunds', 'text/plain'),
      attachmentOf('page.html', '<p>a</p><p style="display:none">b</p>', 'text/html'),
      attachmentOf('x.bin', 'MZ\0\0', 'application/octet-stream'),
      attachmentOf(null, 'caf\u00e9', 'text/csv'),
    ]
    const views = buildViews(messageOf({ attachments }))
    expect(views.texts.map(({ look, part, text }) => [look, part, text])).toEqual([
      ['attachment-name', 'attachment:terms.txt', 'terms.txt'],
      ['attachment-text', 'attachment:terms.txt', 'No refunds'],
      ['attachment-name', 'attachment:page.html', 'page.html'],
      ['attachment-text', 'attachment:page.html', 'a'],
      ['attachment-name', 'attachment:x.bin', 'x.bin'],
      ['attachment-text', 'attachment:1', 'café'],
    ])
  })

  it('counts what is seen in all bodies', () => {
    const views = buildViews(
      messageOf({ texts: [textPart('text', 'a b'), textPart('html', '<p>c &zwnj;d</p><i hidden>e</i>')] }),
    )
    expect(views.visibleLength).toBe(4)
  })
})

describe('links', () => {
  it.each<[string, string, readonly (readonly [string, string, boolean])[]]>([
    ['text and pictures', '<a href=u>a<img alt=b src=c></a>', [['u', 'a b', true]]],
    ['a picture without words', '<a href=u><img src=c></a>', [['u', '', true]]],
    ['a pixel', '<a href=u><img src=c width=1 height=1></a>', [['u', '', false]]],
    ['hidden', '<a href=u style="display:none">x</a>', [['u', 'x', false]]],
    ['hidden words in a seen link', '<a href=u>a<span style="font-size:0">b</span></a>', [['u', 'a', true]]],
    ['empty', '<a href=""></a>', [['', '', false]]],
    ['an anchor is none', '<a name=x>a</a>', []],
    ['one tag, several elements', '<a href=u>x<div>y</div>z</a>', [['u', 'x\ny\nz', true]]],
    ['split by the parser', '<a href=u><p>x</a>y</p>', [['u', 'x', true]]],
    [
      'in a link that was left open',
      '<a href=u>a<pre><a href=v>b</a>c</pre>',
      [
        ['u', 'a', true],
        ['v', 'b', true],
      ],
    ],
    ['a map', '<map><area href=u alt=x></map>', [['u', '', true]]],
    ['a form', '<form action=u>x</form>', [['u', '', true]]],
    [
      'two',
      '<a href=u>x</a><a href=v>y</a>',
      [
        ['u', 'x', true],
        ['v', 'y', true],
      ],
    ],
    [
      'for Outlook',
      '<!--[if mso]><v:roundrect href=u>x</v:roundrect><![endif]--><a href=v>y</a>',
      [
        ['u', 'x', true],
        ['v', 'y', true],
      ],
    ],
    ['bare addresses beside markup are none', 'https://a.example', []],
  ])('%s', (_, html, links) => {
    expect(viewsOfHtml(html).links.map(({ href, text, visible }) => [href, text, visible])).toEqual(links)
  })

  it('has the places of address and content', () => {
    const html = '<p>a <a class=x href = "u&amp;v" >text</a></p><a href=w>open'
    const cut = (span: { start: number; end: number }): string => html.slice(span.start, span.end)
    expect(viewsOfHtml(html).links.map(({ number, span, hrefSpan }) => [number, cut(span), cut(hrefSpan)])).toEqual([
      [1, '<a class=x href = "u&amp;v" >text', 'u&amp;v'],
      [2, '<a href=w>open', 'w'],
    ])
  })

  it('takes bare addresses of a message of text alone', () => {
    const text = 'See https://a.example/x. Or www.b.example!'
    const alone = buildViews(messageOf({ texts: [textPart('text', text)] }))
    expect(alone.links.map(({ href, text: shown, element, span }) => [href, shown, element, span])).toEqual([
      ['https://a.example/x', 'https://a.example/x', 'bare', { start: 4, end: 23 }],
      ['http://www.b.example', 'www.b.example', 'bare', { start: 28, end: 41 }],
    ])
    const both = buildViews(messageOf({ texts: [textPart('text', text), textPart('html', '<p>x')] }))
    expect(both.links).toEqual([])
  })

  it('numbers through several parts', () => {
    const texts = [
      textPart('html', '<a href=a>1</a><img src=x alt=i>'),
      textPart('html', '<a href=b>2</a><img src=y alt=j>', 'html:2'),
    ]
    const views = buildViews(messageOf({ texts }))
    expect(views.links.map(({ number, source }) => [number, source.part])).toEqual([
      [1, 'html'],
      [2, 'html:2'],
    ])
    expect(textsOf(views, 'image-alt')).toEqual(['i', 'j'])
    expect(views.texts.filter((view) => view.look === 'image-alt').map(({ part }) => part)).toEqual([
      'image:1',
      'image:2',
    ])
  })
})

describe('images', () => {
  it.each<[string, string, boolean, boolean]>([
    ['seen', '<img src=a width=300>', true, false],
    ['a pixel by attributes', '<img src=a width=1 height=1>', true, true],
    ['a pixel by style', '<img src=a style="width:1px;height:2px">', true, true],
    ['a line is no pixel', '<img src=a width=600 height=1>', true, false],
    ['hidden', '<div style="display:none"><img src=a></div>', false, true],
    ['in text of no size', '<td style="font-size:0"><img src=a></td>', true, false],
    ['an image button', '<input type=image src=a>', true, false],
  ])('%s', (_, html, visible, trackingPixel) => {
    expect(viewsOfHtml(html).images.map((image) => [image.src, image.visible, image.trackingPixel])).toEqual([
      ['a', visible, trackingPixel],
    ])
  })
})

describe('sizes of images', () => {
  const gif = (width: number): string => Buffer.from(`GIF89a${String.fromCharCode(width)}\0\x02\0`).toString('base64')
  it.each<[string, string, readonly [number | null, number | null], object | null, boolean]>([
    ['by attributes', '<img src=a width=300 height="20px">', [300, 20], null, false],
    ['by style before attributes', '<img src=a width=300 style="width:1in">', [96, null], null, false],
    ['in per cent: not known', '<img src=a width="100%">', [null, null], null, false],
    ['of its file', `<img src="data:image/gif;base64,${gif(9)}">`, [null, null], { width: 9, height: 2 }, false],
    [
      'a pixel that the message brings along',
      `<img src="data:image/gif;base64,${gif(1)}">`,
      [null, null],
      { width: 1, height: 2 },
      false,
    ],
    [
      'a pixel stretched',
      `<img width=600 src="data:image/gif;base64,${gif(1)}">`,
      [600, null],
      { width: 1, height: 2 },
      false,
    ],
    ['a broken file', '<img src="data:image/gif;base64,AAAA">', [null, null], null, false],
  ])('%s', (_, html, [widthPx, heightPx], file, trackingPixel) => {
    expect(viewsOfHtml(html).images).toMatchObject([{ shown: { widthPx, heightPx }, file, trackingPixel }])
  })

  it('are those of an attached file that the markup names', () => {
    const logo = { ...attachmentOf('logo.gif', 'GIF89a\x05\0\x07\0', 'image/gif'), contentId: '<Logo@acme>' }
    const html = textPart('html', '<img src="cid:logo%40acme">')
    expect(buildViews(messageOf({ texts: [html], attachments: [logo] })).images).toMatchObject([
      { file: { width: 5, height: 7 } },
    ])
  })
})

describe('active content', () => {
  it.each<[string, readonly (readonly [string, string | null, string])[]]>([
    ['<script src=x>y</script>', [['script', null, '<script src=x>']]],
    ['<p onclick="x()">', [['p', 'onclick', 'onclick="x()"']]],
    ['<form action=u><input></form>', [['form', null, '<form action=u>']]],
    [
      '<iframe src=u></iframe><object data=u></object><embed src=u>',
      [
        ['iframe', null, '<iframe src=u>'],
        ['object', null, '<object data=u>'],
        ['embed', null, '<embed src=u>'],
      ],
    ],
    ['<a href="java&#10;script:x">', [['a', 'href', 'href="java&#10;script:x"']]],
    [
      '<a href=" VBScript:x"><a href="data:text/html,x"><a href="data:image/png;base64,x">',
      [
        ['a', 'href', 'href=" VBScript:x"'],
        ['a', 'href', 'href="data:text/html,x"'],
      ],
    ],
    [
      '<meta http-equiv=Refresh content="0;url=x"><meta charset=utf-8>',
      [['meta', null, '<meta http-equiv=Refresh content="0;url=x">']],
    ],
    [
      '<base href=u><link rel=stylesheet href=u><link rel=icon href=u>',
      [
        ['base', null, '<base href=u>'],
        ['link', null, '<link rel=stylesheet href=u>'],
      ],
    ],
    ['<!--[if mso]><script></script><![endif]-->', [['script', null, '<script>']]],
    ['<svg><a xlink:href="javascript:x">', [['a', 'href', 'xlink:href="javascript:x"']]],
    ['<p one=1 title="onclick=x">', []],
  ])('%s', (html, expected) => {
    expect(
      viewsOfHtml(html).active.map(({ element, attribute, span }) => [
        element,
        attribute,
        html.slice(span.start, span.end),
      ]),
    ).toEqual(expected)
  })
})

describe('size', () => {
  it.each([
    ['elements in each other', '<div>'.repeat(100_000) + 'x'],
    [
      'a bomb of formatting',
      '<p>' + Array.from({ length: 3000 }, (_, i) => `<font size=${String(i)}>`).join('') + '</p><p>x'.repeat(3000),
    ],
    ['comments', '<!---->'.repeat(100_000) + 'x'],
    ['brackets in a stylesheet', `<style>${'a{'.repeat(50_000)}</style><p style="width:${'calc('.repeat(50_000)}">x`],
    ['selectors made to be slow', `<style>${'.a '.repeat(30)}b{color:red}</style>${'<i class=a>'.repeat(2000)}x`],
    ['siblings', `<style>b+i~u:last-child{color:red}</style>${'<u>x</u>'.repeat(20_000)}`],
  ])('takes %s', (_, html) => {
    const before = process.cpuUsage()
    const views = viewsOfHtml(html)
    expect(viewOf(views, 'html').text).toMatch(/^x|^$/)
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(8000)
  })

  it('says what it did not read', () => {
    expect(viewsOfHtml('<b>'.repeat(450_000)).gaps?.map(({ code, material }) => [code, material])).toEqual([
      ['past-limit', true],
    ])
    expect(viewsOfHtml('<b>').gaps).toEqual([])
  })
})

describe('more than anyone reads', () => {
  const gaps = (html: string) => viewsOfHtml(html).gaps?.map(({ code, material }) => [code, material])

  it('says that it looks at no more links, and keeps their words', () => {
    const html = Array.from({ length: 6_000 }, (_, index) => `<a href="https://h${index}.example/">word</a> `).join('')
    expect(viewsOfHtml(html).links).toHaveLength(5_000)
    expect(viewOf(viewsOfHtml(html), 'html').text.split(' ')).toHaveLength(6_000)
    expect(gaps(html)).toEqual([['past-limit', true]])
  })

  it('says that it looks at no more comments', () => {
    expect(textsOf(viewsOfHtml('<!-- a -->'.repeat(150_000)), 'hidden')).toHaveLength(2_000)
    expect(gaps('<!-- a -->'.repeat(3_000))).toEqual([['past-limit', true]])
    expect(gaps('<!-- a -->'.repeat(2_000))).toEqual([])
  })

  it('keeps the places of very many references', () => {
    const html = '&amp'.repeat(300_000)
    const views = viewsOfHtml(html)
    expect(markupOf(viewOf(views, 'html'), '&'.repeat(300_000))).toBe(html)
  })
})
