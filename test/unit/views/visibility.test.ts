import { describe, expect, it } from 'vitest'
import { textsOf, viewsOfHtml } from './message.ts'

/** What is hidden and why, in a mail whose first words are seen. */
function hidden(html: string): [string, string | undefined][] {
  return viewsOfHtml(`<p>first</p>${html}`)
    .texts.filter((view) => view.look === 'hidden')
    .map(({ text, hiddenBy }) => [text, hiddenBy])
}

describe('styles that were computed before', () => {
  const rows = (...cells: readonly string[]): string =>
    `<table>${cells.map((one) => `<tr>${one}</tr>`).join('')}</table>`
  const cell = (inner: string): string => `<td style="color:#222;background:#fff">${inner}</td>`

  it('are those of their own element', () => {
    const faint = '<p style="opacity:.15"><b style="opacity:.6">x</b></p>'
    expect(hidden(rows(cell(faint), cell('seen'), cell(faint)))).toEqual([
      ['x', 'opacity'],
      ['x', 'opacity'],
    ])
    // The same style, another name: only one of them is small.
    expect(hidden('<p style="font-size:.13em">x</p><h1 style="color:#222">s</h1><p style="color:#222">t</p>')).toEqual(
      [],
    )
    const tiny = '<p style="font-size:2px">x</p>'
    expect(hidden(`${tiny}<p style="font-size:3px">seen</p>${tiny}`)).toEqual([
      ['x', 'font-size'],
      ['x', 'font-size'],
    ])
  })

  it('hide by the ground of the table that they are in, not of one before', () => {
    const row = '<td style="padding:1px"><i style="color:#fff">x</i></td>'
    const table = (ground: string): string => `<table bgcolor="${ground}"><tr>${row}</tr></table>`
    expect(hidden(`${table('#000000')}${table('#ffffff')}${table('#000000')}${table('#ffffff')}`)).toEqual([
      ['x', 'contrast'],
      ['x', 'contrast'],
    ])
    // One ground is changed below, where the ink is that of before.
    const inner = '<div style="color:#eee"><u style="background:#333">seen</u><s style="background:#eee">x</s></div>'
    expect(hidden(`${inner}${inner}`).map(([text]) => text)).toEqual(['x', 'x'])
  })

  it('take links, and elements with attributes of old HTML, for themselves', () => {
    const link = '<a href="https://a.example/" style="padding:0">s</a><a style="padding:0">s</a>'
    expect(hidden(`<div style="background:#0000ee">${link}${link}</div>`).map(([text]) => text)).toEqual(['s', 's'])
    expect(hidden('<font style="margin:0" color="#fff">x</font><font style="margin:0">s</font>')).toEqual([
      ['x', 'contrast'],
    ])
  })
})

describe('hidden text', () => {
  it.each<[string, string, string]>([
    ['display:none', '<p style="display:none">x</p>', 'display-none'],
    ['important wins', '<p style="display:none!important;display:block">x</p>', 'display-none'],
    ['escaped property', '<p style="d\\69 splay:none">x</p>', 'display-none'],
    ['inside', '<div style="display:none"><p style="display:block">x</p></div>', 'display-none'],
    ['hidden attribute', '<p hidden>x</p>', 'hidden-attribute'],
    ['visibility', '<p style="visibility:hidden">x</p>', 'visibility'],
    ['opacity', '<p style="opacity:0.05">x</p>', 'opacity'],
    ['opacities multiply', '<div style="opacity:.3"><p style="opacity:30%">x</p></div>', 'opacity'],
    ['font-size 0', '<p style="font-size:0">x</p>', 'font-size'],
    ['font-size 1px', '<p style="font-size:1px">x</p>', 'font-size'],
    ['font-size 1pt', '<p style="font-size:1pt">x</p>', 'font-size'],
    ['font-size in em', '<p style="font-size:.1em">x</p>', 'font-size'],
    ['font shorthand', '<p style="font:0/0 a">x</p>', 'font-size'],
    ['max-height 0', '<div style="max-height:0;overflow:hidden">x</div>', 'zero-box'],
    ['height 1px', '<div style="height:1px;overflow:hidden">x</div>', 'zero-box'],
    ['width 0', '<div style="width:0;overflow:hidden">x</div>', 'zero-box'],
    ['absolute inline with no height', '<span style="position:absolute;height:0;overflow:hidden">x</span>', 'zero-box'],
    ['off screen', '<p style="position:absolute;left:-9999px">x</p>', 'off-screen'],
    ['text-indent', '<p style="text-indent:-9999px">x</p>', 'off-screen'],
    ['margin', '<p style="margin-left:-5000px">x</p>', 'off-screen'],
    ['clip', '<p style="position:absolute;clip:rect(0,0,0,0)">x</p>', 'clip'],
    ['clip-path', '<p style="clip-path:inset(50%)">x</p>', 'clip'],
    ['transparent', '<p style="color:transparent">x</p>', 'transparent'],
    ['no alpha', '<p style="color:rgba(0,0,0,0.02)">x</p>', 'transparent'],
    ['white on the paper', '<p style="color:#fff">x</p>', 'contrast'],
    ['nearly white', '<font color="#fefefe">x</font>', 'contrast'],
    [
      'as the cell behind',
      '<table bgcolor="#336699"><tr><td><font color="336699">x</font></td></tr></table>',
      'contrast',
    ],
    ['in oklch', '<p style="background:oklch(0.5 0.1 200);color:oklch(0.5 0.1 200)">x</p>', 'contrast'],
    ['mixed', '<p style="color:color-mix(in srgb, white 99%, black)">x</p>', 'contrast'],
    ['mixed by its share', '<p style="color:color-mix(in oklab, 100% white, rgb(0 0 0))">x</p>', 'contrast'],
    ['mixed to next to nothing', '<p style="color:color-mix(in srgb, black 3%, transparent)">x</p>', 'transparent'],
    ['an open dialog’s own ground', '<dialog open><p style="color:white">x</p></dialog>', 'contrast'],
    ['by class', '<style>.h{display:none}</style><p class="a h">x</p>', 'display-none'],
    [
      'by descendant',
      '<style>#t td > b.k{display:none}</style><table id=t><td><b class=k>x</b></table>',
      'display-none',
    ],
    ['by attribute', '<style>p[data-h^=y]{display:none}</style><p data-h=yes>x</p>', 'display-none'],
    ['by place', '<style>div>i:first-child{display:none}</style><div><i>x</i></div>', 'display-none'],
    ['by sibling', '<style>u+i{display:none}</style><u></u><i>x</i>', 'display-none'],
    ['by :not', '<style>i:not(.k){display:none}</style><i>x</i>', 'display-none'],
    ['in @media screen', '<style>@media screen{.h{display:none}}</style><i class=h>x</i>', 'display-none'],
    [
      'a sheet with a media attribute',
      '<style media="screen">.h{display:none}</style><i class=h>x</i>',
      'display-none',
    ],
    ['a sheet inside a comment', '<style><!-- .h{display:none} --></style><i class=h>x</i>', 'display-none'],
    ['an invalid value after it', '<p style="display:none;display:bogus">x</p>', 'display-none'],
    ['filter', '<p style="filter:opacity(0)">x</p>', 'opacity'],
    ['a calculation', '<p style="font-size:calc(1px * 0)">x</p>', 'font-size'],
    ['lines of no height, cut off', '<div style="line-height:0;overflow:hidden">x</div>', 'zero-box'],
    ['by logical size', '<div style="max-block-size:0;overflow:hidden">x</div>', 'zero-box'],
    ['nothing to scroll in', '<div style="height:0;overflow:auto">x</div>', 'zero-box'],
    ['floated', '<span style="float:left;height:0;overflow:hidden">x</span>', 'zero-box'],
    ['flex item', '<div style="display:flex"><span style="width:0;overflow:hidden">x</span></div>', 'zero-box'],
    ['scaled away', '<p style="transform:scale(0)">x</p>', 'zero-box'],
    ['turned away', '<p style="transform:rotateX(90deg)">x</p>', 'zero-box'],
    ['moved away', '<p style="transform:translateX(-9999px)">x</p>', 'off-screen'],
    ['far to the right', '<p style="position:absolute;left:9999px">x</p>', 'off-screen'],
    ['inset', '<p style="position:absolute;inset:-9999px auto auto 0">x</p>', 'off-screen'],
    ['margin shorthand', '<p style="margin:0 0 0 -5000px">x</p>', 'off-screen'],
    ['indent cut off', '<p style="text-indent:100%;white-space:nowrap;overflow:hidden">x</p>', 'off-screen'],
    ['cut from one side', '<p style="clip-path:inset(0 100% 0 0)">x</p>', 'clip'],
    ['cut to a point', '<p style="clip-path:polygon(0 0, 0 0, 0 0)">x</p>', 'clip'],
    [
      'fill over colour',
      '<p style="-webkit-text-fill-color:transparent"><b style="color:red">x</b></p>',
      'transparent',
    ],
    ['links of the body', '<body link="#ffffff"><a href="http://a.example/">x</a>', 'contrast'],
    ['a colour with a quote too many', "<font color='#ffffff\"'>x</font>", 'contrast'],
    ['by nth-child', '<style>i:nth-child(2n){display:none}</style><div><u></u><i>x</i></div>', 'display-none'],
    ['by :is', '<style>:is(b, i){display:none}</style><i>x</i>', 'display-none'],
    ['by :has', '<style>div:has(u) i{display:none}</style><div><u></u><i>x</i></div>', 'display-none'],
    ['nested', '<style>.h { color: red; i { display: none } }</style><div class=h><i>x</i></div>', 'display-none'],
    ['nested with &', '<style>.h { &.k { display: none } }</style><p class="h k">x</p>', 'display-none'],
    ['in a layer', '<style>@layer a{.h{display:none}}</style><i class=h>x</i>', 'display-none'],
    ['by a variable', '<style>:root{--d:none}.h{display:var(--d)}</style><i class=h>x</i>', 'display-none'],
    ['where supported', '<style>@supports (display:grid){.h{display:none}}</style><i class=h>x</i>', 'display-none'],
    ['comment', '<!-- x -->', 'comment'],
    ['keywords for machines', '<meta name="keywords" content="x">', 'meta'],
    ['the title of a link preview', '<meta property="og:title" content="x">', 'meta'],
    ['words for catalogues', '<meta itemprop="Name" content="x">', 'meta'],
    ['what nobody reads in a condition', '<!--[if !mso]>x<![endif]-->', 'comment'],
    ['template', '<template>x</template>', 'display-none'],
    ['closed dialog', '<dialog>x</dialog>', 'display-none'],
  ])('%s', (_, html, reason) => {
    expect(hidden(html)).toEqual([['x', reason]])
  })

  it.each<[string, string]>([
    ['plain', '<p>x</p>'],
    ['visible again', '<div style="visibility:hidden"><b style="visibility:visible">x</b></div>'],
    ['font size taken back', '<td style="font-size:0"><div style="font-size:14px">x</div></td>'],
    ['colour taken back', '<div style="color:#fff"><b style="color:#000">x</b></div>'],
    ['white on dark', '<div style="background:#000;color:#fff">x</div>'],
    ['white on a picture', '<div style="background:#fff url(p.jpg);color:#fff">x</div>'],
    ['white on a background attribute', '<table background=p.jpg><td style="color:#fff">x</table>'],
    ['white on a gradient', '<div style="background-image:linear-gradient(#000,#111);color:#fff">x</div>'],
    ['white on something unknown', '<div style="background:var(--x);color:#fff">x</div>'],
    ['an unknown colour', '<p style="color:var(--x)">x</p>'],
    ['white with a shadow', '<p style="color:#fff;text-shadow:0 0 2px #000">x</p>'],
    ['white, lifted over something', '<p style="color:#fff;margin-top:-80px">x</p>'],
    ['no height without overflow', '<div style="height:0">x</div>'],
    ['no height on inline text', '<span style="max-height:0;overflow:hidden">x</span>'],
    ['no height on a cell', '<table><tr><td style="height:1px;overflow:hidden">x</table>'],
    ['line-height 0', '<p style="line-height:0">x</p>'],
    ['small but legible', '<p style="font-size:8px">x</p>'],
    ['grey fine print', '<p style="color:#bbb">x</p>'],
    ['indent taken back', '<div style="text-indent:-9999px"><p style="text-indent:0">x</p></div>'],
    ['only in print', '<style>@media print{.h{display:none}}</style><p class=h>x</p>'],
    ['only on phones', '<style>@media (max-width:600px){.h{display:none}}</style><p class=h>x</p>'],
    [
      'shown on phones',
      '<style>.h{display:none}@media only screen and (max-width:480px){.h{display:block!important}}</style><p class=h>x</p>',
    ],
    [
      'shown in the dark',
      '<style>.h{display:none}@media (prefers-color-scheme:dark){.h{display:block}}</style><p class=h>x</p>',
    ],
    ['more specific', '<style>p.h{display:block}.h{display:none}</style><p class=h>x</p>'],
    ['later', '<style>.h{display:none}.h{display:block}</style><p class=h>x</p>'],
    ['inline over sheet', '<style>.h{display:none}</style><p class=h style="display:block">x</p>'],
    [
      'a selector that nobody knows',
      '<style>p:nowhere(b){display:none}p::first-line{display:none}</style><p><b>x</b></p>',
    ],
    ['hover', '<style>p:hover{display:none}</style><p>x</p>'],
    ['a list with an unknown selector', '<style>.h,p:nowhere{display:none}</style><p class=h>x</p>'],
    ['an unknown condition', '<style>@media not all and (bogus){.h{display:none}}</style><p class=h>x</p>'],
    ['not supported', '<style>@supports (display:bogus){.h{display:none}}</style><p class=h>x</p>'],
    ['outside of layers', '<style>.h{display:block}@layer a{p.h{display:none}}</style><p class=h>x</p>'],
    ['a variable that is not set', '<style>.h{display:var(--nowhere)}</style><p class=h>x</p>'],
    ['a least height', '<div style="max-height:0;min-height:30px;overflow:hidden">x</div>'],
    ['padding to look into', '<div style="height:0;padding:20px 0;overflow:hidden">x</div>'],
    ['a table with no height', '<table style="max-height:0;overflow:hidden"><tr><td>x</td></tr></table>'],
    ['a mark', '<p style="color:#fff"><mark>x</mark></p>'],
    ['a button', '<p style="color:#fff"><button>x</button></p>'],
    ['a table without a type around it', '<font color="#ffffff"><table><tr><td>x</td></tr></table></font>'],
    ['moved a little', '<p style="transform:translateX(4px)">x</p>'],
    ['mso-hide for all others', '<p style="mso-hide:all">x</p>'],
    ['around what all but Outlook read', '<!--[if !mso]><!-- --><p>x</p><!--<![endif]-->'],
    ['revealed condition', '<![if !mso]><p>x</p><![endif]>'],
    ['a filler alone', 'x<p style="display:none">&nbsp;&zwnj;&#847;</p>'],
    ['an empty comment', 'x<!-- ---- -->'.replace('----', '')],
  ])('not: %s', (_, html) => {
    expect(hidden(html)).toEqual([])
    expect(textsOf(viewsOfHtml(html), 'html').join('')).toBe('x')
  })

  it('is one block for one cause', () => {
    expect(hidden('<div style="display:none">a <b>b</b><p>c</p></div>d<i hidden>e</i>')).toEqual([
      ['a b\nc', 'display-none'],
      ['e', 'hidden-attribute'],
    ])
  })

  it('reads markup for Outlook as its own', () => {
    const views = viewsOfHtml(
      '<p>all</p><!--[if (gte mso 9)|(IE)]><table><tr><td>Out<b>look</b></td></tr></table><p style="mso-hide:all">no</p><![endif]-->',
    )
    expect(textsOf(views, 'html')).toEqual(['all', 'Outlook'])
    expect(views.texts.filter((view) => view.look === 'hidden').map(({ text, hiddenBy }) => [text, hiddenBy])).toEqual([
      ['no', 'mso-hide'],
    ])
  })
})

describe('preheader', () => {
  const of = (html: string): [string[], string[]] => [
    textsOf(viewsOfHtml(html), 'preheader'),
    textsOf(viewsOfHtml(html), 'hidden'),
  ]

  it.each<[string, string, string[], string[]]>([
    ['the first hidden block', '<div style="display:none">Peek</div><p>Hi', ['Peek'], []],
    ['after a logo', '<img src=a width=90><div style="font-size:1px;color:#fff">Peek</div><p>Hi', ['Peek'], []],
    ['not after words', '<p>Hi</p><div style="display:none">Peek</div>', [], ['Peek']],
    ['only the first', '<div hidden>Peek</div><div hidden>More</div><p>Hi', ['Peek'], ['More']],
    ['not a long one', `<div hidden>${'word '.repeat(60)}</div><p>Hi`, [], ['word '.repeat(60).trim()]],
    [
      'filler does not count',
      `<div hidden>Peek${'&zwnj;&nbsp;'.repeat(150)}</div><p>Hi`,
      [`Peek${'\u200c\u00a0'.repeat(150)}`],
      [],
    ],
    ['not a comment', '<!-- built by x --><p>Hi', [], ['built by x']],
  ])('%s', (_, html, preheaders, others) => {
    expect(of(html)).toEqual([preheaders, others])
  })
})
