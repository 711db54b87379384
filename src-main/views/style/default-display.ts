import { attributeOf, type MarkupElement } from '../markup.ts'

/** `table`: tables, rows, cells and their groups, which break the text and grow with it. */
export type Display = 'none' | 'inline' | 'inline-block' | 'block' | 'table'

const blocks = new Set(
  (
    'address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form ' +
    'frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup option p plaintext pre search ' +
    'section summary ul xmp'
  ).split(' '),
)

const tableParts = new Set(['table', 'tr', 'td', 'th', 'tbody', 'thead', 'tfoot', 'caption'])

const unseen = new Set(['datalist', 'rp', 'template', 'area', 'param', 'col', 'colgroup'])

/** Elements whose content no client shows and no reader could: their text is not looked at as text at all. */
export const neverShown: ReadonlySet<string> = new Set([
  'script',
  'style',
  'title',
  'meta',
  'link',
  'base',
  'iframe',
  'noembed',
  'noframes',
  'xml',
  'metadata',
  'desc',
  'annotation',
  'annotation-xml',
  'defs',
])

const words = new Map<string, Display>([
  ['none', 'none'],
  ['inline', 'inline'],
  ['contents', 'inline'],
  ['inline-block', 'inline-block'],
  ['inline-flex', 'inline-block'],
  ['inline-table', 'inline-block'],
  ['block', 'block'],
  ['flex', 'block'],
  ['grid', 'block'],
  ['list-item', 'block'],
  ['flow-root', 'block'],
  ['table', 'table'],
  ['table-row', 'table'],
  ['table-cell', 'table'],
  ['table-row-group', 'table'],
  ['table-header-group', 'table'],
  ['table-footer-group', 'table'],
  ['table-caption', 'table'],
])

/** What is declared, else the HTML standard's style sheet (its section “Rendering”). */
export function displayOf(element: MarkupElement, declared: string | undefined, parent: Display): Display {
  if (declared === 'inherit') return parent
  const known = declared === undefined ? undefined : words.get(declared)
  if (known !== undefined) return known
  if (declared === 'initial' || declared === 'unset') return 'inline'
  const { tagName } = element
  if (unseen.has(tagName)) return 'none'
  if (attributeOf(element, 'hidden') !== null) return 'none'
  if (tagName === 'dialog') return attributeOf(element, 'open') === null ? 'none' : 'block'
  if (blocks.has(tagName)) return 'block'
  return tableParts.has(tagName) ? 'table' : 'inline'
}
