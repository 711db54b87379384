import { html } from 'parse5'
import type { MarkupElement } from '../../views/markup.ts'

/** Elements of a mail that come into the output under their own name. */
export const keptElements: ReadonlySet<string> = new Set(
  (
    'a abbr acronym address article aside b bdi big blockquote br caption center cite code col colgroup dd del dfn dir div dl dt em ' +
    'figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i ins kbd li main nav nobr ol p pre q rp rt ruby s samp section ' +
    'small span strike strong sub sup table tbody td tfoot th thead time tr tt u ul var wbr'
  ).split(' '),
)

/** Elements that come in under another name, so that what they hold stays where and as it was. */
export const renamedElements: ReadonlyMap<string, string> = new Map([
  ['form', 'div'],
  ['fieldset', 'div'],
  ['legend', 'div'],
  ['details', 'div'],
  ['summary', 'div'],
  ['dialog', 'div'],
  ['option', 'div'],
  ['optgroup', 'div'],
  ['hgroup', 'div'],
  ['menu', 'div'],
  ['search', 'div'],
  ['listing', 'pre'],
  ['xmp', 'pre'],
  ['plaintext', 'pre'],
])

/** Elements that go with all they hold. */
export const droppedElements: ReadonlySet<string> = new Set([
  'script',
  'style',
  'title',
  'meta',
  'link',
  'base',
  'iframe',
  'frame',
  'noembed',
  'noframes',
  'template',
  'embed',
  'param',
  'datalist',
  'input',
  'canvas',
  'source',
  'track',
  'area',
  'bgsound',
  'keygen',
  'portal',
  'xml',
  'metadata',
  'desc',
  'annotation',
  'annotation-xml',
  'defs',
])

/** Elements whose removal the reader is told of. */
export const activeElements: ReadonlySet<string> = new Set([
  'script',
  'iframe',
  'frame',
  'object',
  'embed',
  'applet',
  'form',
  'input',
  'select',
  'textarea',
  'button',
  'svg',
  'math',
  'audio',
  'video',
  'base',
  'portal',
  'canvas',
  'template',
])

type Check = (value: string) => string | null

const matching =
  (pattern: RegExp): Check =>
  (value) =>
    pattern.test(value.trim()) ? value.trim().toLowerCase() : null
const size = matching(/^\d{1,4}(?:\.\d{1,3})?%?$/)
const count = matching(/^\d{1,3}$/)
const colour = matching(/^#?[0-9a-z]{1,30}$/i)
const align = matching(/^(?:left|right|center|justify|middle|top|bottom|baseline|char|absmiddle)$/i)

/** Attributes of a mail that come into the output, with what their values may be; names and places that fetch are not among them. */
export const keptAttributes: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['align', align],
  ['valign', align],
  ['bgcolor', colour],
  ['color', colour],
  ['bordercolor', colour],
  ['border', size],
  ['cellpadding', size],
  ['cellspacing', size],
  ['colspan', count],
  ['rowspan', count],
  ['span', count],
  ['start', matching(/^-?\d{1,6}$/)],
  ['value', matching(/^-?\d{1,6}$/)],
  ['type', matching(/^(?:[1aAiI]|disc|circle|square)$/)],
  ['width', size],
  ['height', size],
  ['hspace', size],
  ['vspace', size],
  ['size', matching(/^[+-]?\d{1,2}$/)],
  ['face', (value) => (/^[\w\s,'"-]{1,200}$/.test(value) ? value : null)],
  ['nowrap', () => ''],
  ['noshade', () => ''],
  ['hidden', () => ''],
  ['dir', matching(/^(?:ltr|rtl|auto)$/i)],
  ['lang', matching(/^[a-z]{2,3}(?:-[a-z0-9]{1,8}){0,4}$/i)],
  ['role', matching(/^(?:presentation|none)$/i)],
  ['scope', matching(/^(?:row|col|rowgroup|colgroup)$/i)],
  ['clear', matching(/^(?:left|right|all|none)$/i)],
  ['class', (value) => (/^[\w\s-]{1,1000}$/.test(value) ? value : null)],
])

/** Ids of a mail get this in front, so that none passes for a mark's. */
export const idPrefix = 'mail-'

export function prefixedId(id: string): string | null {
  return /^[\w-]{1,200}$/.test(id) ? `${idPrefix}${id}` : null
}

/** What the output may hold, whoever put it there. */
export const outputElements: ReadonlySet<string> = new Set([
  ...keptElements,
  'html',
  'head',
  'meta',
  'title',
  'style',
  'body',
  'img',
  'mark',
])

export const outputAttributes: ReadonlySet<string> = new Set([
  ...keptAttributes.keys(),
  'id',
  'style',
  'alt',
  'src',
  'tabindex',
  'aria-label',
  'http-equiv',
  'content',
  'charset',
  'name',
  'data-link',
  'data-finding',
  'data-severity',
  'data-show',
  'data-part',
  'data-theme',
])

export function isAllowedInOutput(node: MarkupElement): boolean {
  return (
    node.namespaceURI === html.NS.HTML &&
    outputElements.has(node.tagName) &&
    node.attrs.every(({ name, value }) => outputAttributes.has(name) && (name !== 'src' || isInlineImage(value)))
  )
}

export function isInlineImage(address: string): boolean {
  return /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+={0,2}$/.test(address)
}
