import { html as ns, parse, type DefaultTreeAdapterTypes } from 'parse5'
import { describe, expect, it } from 'vitest'
import { annotate } from '../../src-main/report/annotated.ts'
import { outputAttributes, outputElements } from '../../src-main/report/annotated/allow-list.ts'
import { framePolicy } from '../../src-main/report/annotated/document.ts'
import { hostileMails } from '../support/hostile-mail.ts'
import { findingAt } from '../unit/report/finding.ts'
import { viewsOfHtml } from '../unit/views/message.ts'

type Element = DefaultTreeAdapterTypes.Element
type ChildNode = DefaultTreeAdapterTypes.ChildNode

const origin = 'http://canary.example:8123'
const mails = hostileMails(origin)

/** Every element and other node of the document as a browser would read it. */
function nodesOf(html: string, scriptingEnabled: boolean): ChildNode[] {
  const found: ChildNode[] = []
  const waiting: ChildNode[] = [...parse(html, { scriptingEnabled }).childNodes]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    found.push(node)
    if ('content' in node) waiting.push(...node.content.childNodes)
    if ('childNodes' in node) waiting.push(...node.childNodes)
  }
  return found
}

function isElement(node: ChildNode): node is Element {
  return 'tagName' in node
}

/** All that the document could fetch, run or lead to; empty when it is safe. */
function offences(html: string): string[] {
  const found: string[] = []
  for (const scriptingEnabled of [true, false]) {
    for (const node of nodesOf(html, scriptingEnabled)) {
      if (node.nodeName === '#comment') found.push('a comment')
      if (!isElement(node)) continue
      if (node.namespaceURI !== ns.NS.HTML) found.push(`foreign <${node.tagName}>`)
      if (!outputElements.has(node.tagName)) found.push(`<${node.tagName}>`)
      for (const { name, value } of node.attrs) {
        if (!outputAttributes.has(name)) found.push(`${node.tagName}[${name}]`)
        if (
          /^on|^(?:href|action|formaction|target|ping|srcset|background|poster|cite|longdesc|usemap|data|xlink:href|srcdoc|form)$/.test(
            name,
          )
        ) {
          found.push(`${node.tagName}[${name}] may never be there`)
        }
        if (name === 'src' && !/^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+$/.test(value))
          found.push(`src ${value}`)
        if (name === 'style') found.push(...cssOffences(value))
        if (name === 'http-equiv' && value !== 'Content-Security-Policy') found.push(`meta ${value}`)
        if (name === 'content' && value !== framePolicy && value !== 'no-referrer') found.push(`content ${value}`)
      }
      if (node.tagName === 'style') {
        found.push(...cssOffences(node.childNodes.map((child) => ('value' in child ? child.value : '')).join('')))
      }
    }
  }
  return found
}

function cssOffences(css: string): string[] {
  const bad =
    /url|src\s*\(|image-set|@import|@font-face|@namespace|@charset|expression|behaviou?r|-moz-binding|javascript|\/\/|\\|<|fixed|var\(--(?!soft|line|ink|paper)/i
  const match = bad.exec(css)
  return match === null ? [] : [`css ${css.slice(Math.max(0, match.index - 20), match.index + 40)}`]
}

describe('a hostile mail, shown', () => {
  it.each(mails)('$name leads nowhere', ({ html }) => {
    const views = viewsOfHtml(html)
    const shown = annotate(
      views,
      [findingAt(1, 'html', { start: html.indexOf('Mail '), end: html.indexOf('Mail ') + 4 })],
      { theme: 'light' },
    )
    expect(offences(shown.html)).toEqual([])
    // not even as text inside an attribute or a style
    for (const node of nodesOf(shown.html, false)) {
      if (!isElement(node)) continue
      expect(
        node.attrs.filter(
          ({ name, value }) => name !== 'alt' && name !== 'aria-label' && value.includes('canary.example'),
        ),
      ).toEqual([])
    }
    expect(shown.marked).toEqual([1])
  })

  it.each(mails)('$name reads the same a second time', ({ html }) => {
    const shown = annotate(viewsOfHtml(html), [], { theme: 'light' }).html
    const tree = (text: string): unknown => shape(parse(text, { scriptingEnabled: false }))
    const again = annotate(viewsOfHtml(shown), [], { theme: 'light' }).html
    // one reading gives the tree that was written; serialising it and reading again changes nothing
    expect(tree(rewrite(shown))).toEqual(tree(shown))
    expect(offences(again)).toEqual([])
  })

  it('has its own policy before all else', () => {
    const { html } = annotate(viewsOfHtml('<p>x'), [], { theme: 'light' })
    const head = nodesOf(html, false).find((node) => node.nodeName === 'head')
    const first = head && 'childNodes' in head ? head.childNodes[0] : undefined
    expect(
      first && isElement(first) ? Object.fromEntries(first.attrs.map(({ name, value }) => [name, value])) : null,
    ).toEqual({
      'http-equiv': 'Content-Security-Policy',
      content:
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; form-action 'none'; base-uri 'none'",
    })
  })

  it('covers every way in a mail of its own', () => {
    expect(new Set(mails.map(({ name }) => name)).size).toBe(mails.length)
    expect(mails.length).toBeGreaterThanOrEqual(100)
  })

  it('finds what the oracle of this file is for', () => {
    expect(offences('<p onclick=x><a href=x>')).not.toEqual([])
    expect(offences('<style>p{background:url(x)}</style>')).not.toEqual([])
    expect(offences('<svg></svg>')).not.toEqual([])
    expect(offences('<!-- x -->')).not.toEqual([])
  })
})

describe('what was blocked is counted', () => {
  it.each([
    ['img', { images: 1, styles: 0, active: 0 }],
    ['css-background', { images: 0, styles: 1, active: 0 }],
    ['css-import', { images: 0, styles: 1, active: 0 }],
    ['css-font', { images: 0, styles: 1, active: 0 }],
    ['css-escape', { images: 0, styles: 2, active: 0 }],
    ['css-position-fixed', { images: 0, styles: 1, active: 0 }],
    ['link-stylesheet', { images: 0, styles: 1, active: 0 }],
    ['script', { images: 0, styles: 0, active: 1 }],
    ['iframe', { images: 0, styles: 0, active: 1 }],
    ['meta-refresh', { images: 0, styles: 0, active: 1 }],
    ['anchor-javascript', { images: 0, styles: 0, active: 1 }],
    ['body-background', { images: 2, styles: 0, active: 0 }],
    ['bidi-override', { images: 0, styles: 0, active: 0 }],
  ])('%s', (name, expected) => {
    const mail = mails.find((one) => one.name === name)
    expect(annotate(viewsOfHtml(mail?.html ?? ''), [], { theme: 'light' }).blocked).toEqual(expected)
  })
})

/** A tree without what a serialiser cannot tell apart. */
function shape(node: { readonly nodeName: string }): unknown {
  const waiting = [node]
  const flat: unknown[] = []
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const anyNode = next as Partial<Element> & { value?: string } // a parse5 node of any kind
    flat.push([next.nodeName, anyNode.value ?? '', anyNode.attrs ?? [], anyNode.childNodes?.length ?? 0])
    if (anyNode.childNodes !== undefined) waiting.push(...[...anyNode.childNodes].reverse())
  }
  return flat
}

/** The document written again from its own reading, by hand, knowing nothing of the code under test. */
function rewrite(html: string): string {
  const out: string[] = ['<!DOCTYPE html>']
  const waiting: (ChildNode | string)[] = [...parse(html, { scriptingEnabled: false }).childNodes].reverse()
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (typeof node === 'string') out.push(node)
    else if ('value' in node) {
      const raw = node.parentNode?.nodeName === 'style'
      out.push(raw ? node.value : node.value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\r', '&#13;'))
    } else if (isElement(node)) {
      const attributes = node.attrs.map(
        ({ name, value }) => ` ${name}="${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`,
      )
      out.push(`<${node.tagName}${attributes.join('')}>`)
      if (['br', 'col', 'hr', 'img', 'meta', 'wbr'].includes(node.tagName)) continue
      if (node.tagName === 'pre') out.push('\n')
      waiting.push(`</${node.tagName}>`, ...[...node.childNodes].reverse())
    }
  }
  return out.join('')
}
