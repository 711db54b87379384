import { describe, expect, it } from 'vitest'
import type { Attachment } from '../../../src-main/intake/message.ts'
import { annotate, type AnnotatedMessage } from '../../../src-main/report/annotated.ts'
import { buildViews } from '../../../src-main/views/build.ts'
import { attachmentOf, messageOf, textPart, viewsOfHtml } from '../views/message.ts'
import { findingAt } from './finding.ts'

type Place = readonly [part: string, from: string, to?: string]

function spanOf(text: string, [, from, to = from]: Place): { start: number; end: number } {
  const start = text.indexOf(from)
  const end = text.indexOf(to, start) + to.length
  if (start < 0 || end < start) throw new Error(`“${from}” … “${to}” is not there`)
  return { start, end }
}

function annotated(html: string, places: readonly Place[]): AnnotatedMessage {
  const findings = places.map((place, at) =>
    findingAt(at + 1, place[0], spanOf(html, place), at % 2 === 0 ? 'error' : 'warning'),
  )
  return annotate(viewsOfHtml(html), findings, { theme: 'light' })
}

function bodyOf({ html }: AnnotatedMessage): string {
  return (/<body[^>]*>([^]*)<\/body>/.exec(html)?.[1] ?? '').trim()
}

const mark = (number: number, content: string, first = true): string =>
  `<mark data-finding="${String(number)}" data-severity="${number % 2 === 1 ? 'error' : 'warning'}"${first ? ` id="mark-${String(number)}"` : ''}>${content}</mark>`
const box = (label: string, content: string): string =>
  `<span data-show="hidden"><span data-show="label">${label}</span> ${content}</span>`

describe('marks in HTML', () => {
  it.each<[string, string, readonly Place[], string]>([
    ['none', '<p>a</p>', [], '<p>a</p>'],
    ['words', '<p>get free spins now</p>', [['html', 'free spins']], `<p>get ${mark(1, 'free spins')} now</p>`],
    [
      'split by tags',
      '<p>fr<b>ee</b> x</p>',
      [['html', 'fr', 'ee']],
      `<p>${mark(1, 'fr')}<b>${mark(1, 'ee', false)}</b> x</p>`,
    ],
    ['an entity', '<p>a &amp; b</p>', [['html', '&amp;']], `<p>a ${mark(1, '&amp;')} b</p>`],
    [
      'over a picture',
      '<p>a<img alt=x>b</p>',
      [['html', 'a<', '>b']],
      `<p>${mark(1, 'a')}${mark(1, '<span data-show="picture" role="img" aria-label="x">x</span>', false)}${mark(1, 'b', false)}</p>`,
    ],
    [
      'overlapping',
      '<p>one two three</p>',
      [
        ['html', 'one two'],
        ['html', 'two three'],
      ],
      `<p>${mark(1, 'one ')}${mark(1, mark(2, 'two'), false)}${mark(2, ' three', false)}</p>`,
    ],
    [
      'one in another',
      '<p>one two three</p>',
      [
        ['html', 'one two three'],
        ['html', 'two'],
      ],
      `<p>${mark(1, 'one ')}${mark(1, mark(2, 'two'), false)}${mark(1, ' three', false)}</p>`,
    ],
    [
      'the same twice',
      '<p>one</p>',
      [
        ['html', 'one'],
        ['html', 'one'],
      ],
      `<p>${mark(1, mark(2, 'one'))}</p>`,
    ],
    [
      'over blocks',
      '<p>one</p><p>two</p>',
      [['html', 'one', 'two']],
      `<p>${mark(1, 'one')}</p><p>${mark(1, 'two', false)}</p>`,
    ],
    [
      'words of a link',
      '<a href=u>go now</a>',
      [['link:1', 'now']],
      `<a data-link="1" role="link" tabindex="0">go ${mark(1, 'now')}</a>`,
    ],
    [
      'the address of a link',
      '<a href=u>go <b>now</b></a>',
      [['link:1', 'u']],
      `<a data-link="1" role="link" tabindex="0">${mark(1, 'go ')}<b>${mark(1, 'now', false)}</b></a>`,
    ],
    [
      'the address behind a picture',
      '<a href=u><img src=x alt=y></a>',
      [['link:1', 'u']],
      `<a data-link="1" role="link" tabindex="0">${mark(1, '<span data-show="picture" role="img" aria-label="y">y</span>')}</a>`,
    ],
    [
      'an alternative text',
      '<p><img src=x alt="free spins"></p>',
      [['image:1', 'spins']],
      `<p>${mark(1, '<span data-show="picture" role="img" aria-label="free spins">free spins</span>')}</p>`,
    ],
    [
      'an address without anything to see',
      '<p>a</p><a href=u></a>',
      [['link:1', 'u']],
      `<p>a</p>${'<span data-show="hidden">' + mark(1, '<span data-show="label">here, not shown</span>') + '</span>'}<a data-link="1" role="link" tabindex="0"></a>`,
    ],
    [
      'a button label',
      '<p><input type=submit value="Buy now"></p>',
      [['html', 'Buy']],
      `<p><span data-show="button">${mark(1, 'Buy')} now</span></p>`,
    ],
    [
      'hidden text',
      '<p>a</p><p style="display:none">big secret</p><p>b</p>',
      [['html', 'secret']],
      `<p>a</p>${box('hidden text: display none', 'big ' + mark(1, 'secret'))}<p style="display:none">big secret</p><p>b</p>`,
    ],
    [
      'hidden rows, before their table',
      '<p>a</p><table><tbody><tr style="display:none"><td>x</td></tr></tbody></table>',
      [['html', 'x']],
      `<p>a</p>${box('hidden text: display none', mark(1, 'x'))}<table><tbody><tr style="display:none"><td>x</td></tr></tbody></table>`,
    ],
    [
      'two in one hidden block',
      '<p>a</p><p hidden>one two</p>',
      [
        ['html', 'one'],
        ['html', 'two'],
      ],
      `<p>a</p>${box('hidden text: hidden attribute', `${mark(1, 'one')} ${mark(2, 'two')}`)}<p hidden="">one two</p>`,
    ],
    [
      'text of no size',
      '<p>a</p><p style="font-size:0">x</p>',
      [['html', 'x']],
      `<p>a</p><p style="font-size:0">${box('hidden text: font size', mark(1, 'x'))}x</p>`,
    ],
    [
      'a preheader',
      '<div style="display:none">peek</div><p>a</p>',
      [['html', 'peek']],
      `${box('preheader, hidden', mark(1, 'peek'))}<div style="display:none">peek</div><p>a</p>`,
    ],
    [
      'a comment',
      '<p>a<!-- the words -->b</p>',
      [['html', 'words']],
      `<p>a${box('comment', 'the ' + mark(1, 'words'))}b</p>`,
    ],
    [
      'a page title',
      '<title>the title</title><p>a</p>',
      [['html', 'title</']],
      `${box('page title', `the ${mark(1, 'title')}`)}<p>a</p>`,
    ],
    [
      'for Outlook',
      '<p>a</p><!--[if mso]><b>out</b>look<![endif]-->',
      [['html', 'out', 'look']],
      `<p>a</p>${box('only in Outlook', mark(1, 'outlook'))}`,
    ],
    [
      'a handler',
      '<p>a</p><p onclick="x()">b</p>',
      [['html', 'onclick="x()"']],
      `<p>a</p><span data-show="hidden">${mark(1, '<span data-show="label">removed: onclick</span>')}</span><p>b</p>`,
    ],
    [
      'a script',
      '<p>a</p><script>x</script>',
      [['html', '<script>']],
      `<p>a</p><span data-show="hidden">${mark(1, '<span data-show="label">removed: script</span>')}</span>`,
    ],
  ])('%s', (_, html, places, expected) => {
    const shown = annotated(html, places)
    expect(bodyOf(shown)).toBe(expected)
    expect(shown.marked).toEqual(places.map((__, at) => at + 1))
  })

  it('marks what only phones show', () => {
    const html =
      '<style>.m{display:none}@media (max-width:500px){.m{display:block!important}}</style><p>a</p><div class=m>phone</div>'
    expect(bodyOf(annotated(html, [['html', 'phone']]))).toContain(`<div class="m">${mark(1, 'phone')}</div>`)
  })

  it('has no mark for what is not in it', () => {
    const views = buildViews(messageOf({ texts: [textPart('subject', 'free'), textPart('html', '<p>a')] }))
    const findings = [
      findingAt(1, 'subject', { start: 0, end: 4 }),
      findingAt(2, 'html', null),
      findingAt(3, 'attachment:x', { start: 0, end: 1 }),
    ]
    expect(annotate(views, findings, { theme: 'light' }).marked).toEqual([])
  })
})

describe('the shown copy', () => {
  it.each<[string, string, string]>([
    [
      'keeps tables as mail builds them',
      '<table width=600 bgcolor=#FFF cellpadding=0 role=presentation><tr><td align=Center valign=top colspan=2>a</table>',
      '<table width="600" bgcolor="#fff" cellpadding="0" role="presentation"><tbody><tr><td align="center" valign="top" colspan="2">a</td></tr></tbody></table>',
    ],
    [
      'keeps styles that only paint',
      '<p style="color: red; padding:4px 8px !important; font-family: Arial, \'Open Sans\'">a</p>',
      '<p style="color:red;padding:4px 8px!important;font-family:Arial,&quot;Open Sans&quot;">a</p>',
    ],
    [
      'drops values that it cannot check',
      '<p style="width:99999999999;color:var(--x);margin:\\31 px">a</p><td width="1e9">b',
      '<p style="width:99999999999">a</p>b',
    ],
    ['gives ids a prefix', '<p id=mark-1>a</p>', '<p id="mail-mark-1">a</p>'],
    [
      'renames what acts, keeps what it holds',
      '<form><label>a <button>b</button></label></form>',
      '<div><span>a <span>b</span></span></div>',
    ],
    ['keeps order lists', '<ol start=3 type=a><li value=7>a</ol>', '<ol start="3" type="a"><li value="7">a</li></ol>'],
    [
      'shows remote pictures as boxes of their size',
      '<img src=http://x.example/a.png width=120 height=9999 alt=Shoe>',
      '<span data-show="picture" style="width:120px;height:2000px;" role="img" aria-label="Shoe">Shoe</span>',
    ],
    [
      'shows pixels as nothing',
      '<img src=http://x.example/a.png width=1 height=1 alt=x>',
      '<span data-show="pixel" style="width:1px;height:1px;"></span>',
    ],
    [
      'says what cannot be seen',
      'a\u202eb\u200b\u200bc\u00ad',
      'a<span data-show="character">U+202E</span>b<span data-show="character">U+200B ×2</span>c<span data-show="character">U+00AD</span>',
    ],
    [
      'leaves joiners where they belong',
      '\u{1F469}\u200d\u{1F4BB} \u2764\ufe0f \u0645\u06cc\u200c\u062e',
      '\u{1F469}\u200d\u{1F4BB} \u2764\ufe0f \u0645\u06cc\u200c\u062e',
    ],
    ['shows joiners where they do not', 'pay\u200dpal', 'pay<span data-show="character">U+200D</span>pal'],
    ['keeps carriage returns apart from line ends', 'a&#13;b', 'a&#13;b'],
    ['keeps the first line end of pre', '<pre>\n\na</pre>', '<pre>\n\na</pre>'],
  ])('%s', (_, html, expected) => {
    expect(bodyOf(annotate(viewsOfHtml(html), [], { theme: 'light' }))).toBe(expected)
  })

  it('keeps the styles of the body and its sheet, in a layer below its own', () => {
    const { html } = annotate(
      viewsOfHtml(
        '<style>#a>.b,p::after{color:red;cursor:help}@media (max-width:600px){td{padding:0}}</style><body bgcolor=#eee text=333333 style="margin:0" onload=x><p>a',
      ),
      [],
      { theme: 'light' },
    )
    expect(html).toContain(
      '<style>@layer mail {\n#mail-a>.b{color:red}\n@media (max-width:600px){td{padding:0}}\n}</style>',
    )
    expect(html).toContain('<body style="background-color:#eee;color:#333333;margin:0">')
  })

  it('shows attached mail below, without its sheet', () => {
    const texts = [textPart('html', '<p>one'), textPart('html', '<style>p{color:red}</style><p>two', 'html:2')]
    const shown = annotate(buildViews(messageOf({ texts })), [findingAt(1, 'html:2', { start: 30, end: 33 })], {
      theme: 'light',
    })
    expect(bodyOf(shown)).toBe(`<p>one</p><hr><div><p>${mark(1, 'two')}</p></div>`)
    expect(shown.html).not.toContain('@layer mail {')
  })

  it('is the same for the same message', () => {
    const make = (): string =>
      annotated('<p>a <b>b</b> c</p>', [
        ['html', 'a', 'c'],
        ['html', 'b'],
      ]).html
    expect(make()).toBe(make())
  })

  it('keeps white paper for HTML in the dark', () => {
    const dark = annotate(viewsOfHtml('<p>a'), [], { theme: 'dark' }).html
    expect(dark).toBe(annotate(viewsOfHtml('<p>a'), [], { theme: 'light' }).html)
  })
})

describe('pictures that the mail brings along', () => {
  const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])
  const inline = (content: Uint8Array | string, contentId: string): Attachment => ({
    ...attachmentOf('a.png', content, 'image/png'),
    contentId,
  })
  const shown = (html: string, attachments: readonly Attachment[]): AnnotatedMessage =>
    annotate(buildViews(messageOf({ texts: [textPart('html', html)], attachments })), [], { theme: 'light' })

  it.each<[string, string, Attachment]>([
    ['by id', '<img src="cid:logo@x.example" alt=L>', inline(png, '<logo@x.example>')],
    [
      'without brackets, in other case, encoded',
      '<img src="CID:Logo%40x.example" alt=L>',
      inline(png, 'logo@x.example'),
    ],
  ])('%s', (_, html, attachment) => {
    const result = shown(html, [attachment])
    expect(bodyOf(result)).toBe('<img src="data:image/png;base64,iVBORw0KGgoBAgM=" alt="L">')
    expect(result.blocked.images).toBe(0)
  })

  it.each<[string, string, Attachment[]]>([
    ['unknown id', '<img src=cid:b>', [inline(png, 'a')]],
    ['no picture by its bytes', '<img src=cid:a>', [inline('<svg xmlns="x"><script/></svg>', 'a')]],
    ['too large', '<img src=cid:a>', [inline(Uint8Array.from([...png, ...new Uint8Array(4_000_000)]), 'a')]],
    ['svg as data', '<img src="data:image/svg+xml;base64,PHN2Zz4=">', []],
    ['a page as data', '<img src="data:text/html,x">', []],
    ['a false picture as data', '<img src="data:image/png;base64,PHN2Zz4=">', []],
  ])('not: %s', (_, html, attachments) => {
    const result = shown(html, attachments)
    expect(bodyOf(result)).toBe('<span data-show="picture" role="img" aria-label="Picture not loaded"></span>')
    expect(result.blocked.images).toBe(1)
  })
})

describe('messages of text alone', () => {
  const shown = (text: string, places: readonly Place[], theme: 'light' | 'dark' = 'light'): AnnotatedMessage =>
    annotate(
      buildViews(messageOf({ texts: [textPart('text', text)] })),
      places.map((place, at) => findingAt(at + 1, place[0], spanOf(text, place), at % 2 === 0 ? 'error' : 'warning')),
      { theme },
    )
  const text = (content: string): string => `<div data-show="text" data-part="text">${content}</div>`

  it.each<[string, string, readonly Place[], string]>([
    ['paragraphs', 'a\r\nb\r\n\r\n\r\nc & <b>', [], '<p>a\nb</p><p>c &amp; &lt;b&gt;</p>'],
    ['marks', 'get free spins', [['text', 'free']], `<p>get ${mark(1, 'free')} spins</p>`],
    [
      'over a line end',
      'a free\r\nspin',
      [['text', 'free', 'spin']],
      `<p>a ${mark(1, 'free')}${mark(1, '\nspin', false)}</p>`,
    ],
    [
      'over paragraphs',
      'one\n\ntwo',
      [['text', 'one', 'two']],
      `<p>${mark(1, 'one')}</p><p>${mark(1, 'two', false)}</p>`,
    ],
    ['links', 'see www.a.example.', [], '<p>see <a data-link="1" role="link" tabindex="0">www.a.example</a>.</p>'],
    [
      'a mark over a link',
      'see www.a.example now',
      [
        ['text', 'see', 'www'],
        ['link:1', 'www.a.example'],
      ],
      `<p>${mark(1, 'see ')}<a data-link="1" role="link" tabindex="0">${mark(1, mark(2, 'www'), false)}${mark(2, '.a.example', false)}</a> now</p>`,
    ],
    ['unseen characters', 'a\u202eb', [], '<p>a<span data-show="character">U+202E</span>b</p>'],
    ['nothing', '', [], ''],
  ])('%s', (_, content, places, expected) => {
    const result = shown(content, places)
    expect(bodyOf(result)).toBe(text(expected))
    expect(result.marked).toEqual(places.map((__, at) => at + 1))
    expect(result.blocked).toEqual({ images: 0, styles: 0, active: 0 })
  })

  it('follows the theme', () => {
    expect(shown('a', [], 'dark').html).toContain('<body data-theme="dark">')
    expect(shown('a', [], 'light').html).toContain('<body data-theme="light">')
  })

  it('shows the title of a push message', () => {
    const views = buildViews(messageOf({ texts: [textPart('title', 'Win now'), textPart('text', 'a')] }))
    const result = annotate(views, [findingAt(1, 'title', { start: 0, end: 3 })], { theme: 'light' })
    expect(bodyOf(result)).toBe(
      `<div data-show="text" data-part="title"><p>${mark(1, 'Win')} now</p></div>${text('<p>a</p>')}`,
    )
  })
})

describe('size', () => {
  it.each([
    ['a long mail', '<p style="color:red">words &amp; <b>more</b></p>'.repeat(10_000)],
    ['deep markup', '<div>'.repeat(50_000) + 'x'],
    ['nested tables', '<table><tr><td>'.repeat(3000) + 'x'],
    ['unclosed formatting', '<font color=red>'.repeat(3000) + '<p>x'.repeat(300)],
  ])('%s', (_, html) => {
    const before = process.cpuUsage()
    const result = annotate(viewsOfHtml(html), [findingAt(1, 'html', { start: html.length - 6, end: html.length })], {
      theme: 'light',
    })
    expect(result.html).toContain('data-finding="1"')
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(10_000)
  })
})

it('keeps the pages of a document apart, a mark over their border on both', () => {
  const text = 'one\nfree\nspins\n\nthree\n'
  const pages = [
    { page: 2, at: text.indexOf('spins') },
    { page: 3, at: text.indexOf('three') },
  ]
  const views = buildViews(messageOf({ texts: [{ ...textPart('text', text), pages }] }))
  const finding = findingAt(1, 'text', spanOf(text, ['text', 'free', 'spins']))
  const page = (number: number): string =>
    `<div data-show="page" role="separator" aria-label="Page ${String(number)}"></div>`
  expect(bodyOf(annotate(views, [finding], { theme: 'light' }))).toBe(
    `<div data-show="text" data-part="text"><p>one\n${mark(1, 'free\n')}</p>${page(2)}<p>${mark(1, 'spins', false)}</p>` +
      `${page(3)}<p>three\n</p></div>`,
  )
})
