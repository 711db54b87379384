import { generate, ident, type CssNode, type Declaration as DeclarationNode } from 'css-tree'
import { parseCss } from './css.ts'

/** A declaration that bears on what a reader sees; shorthands are taken apart. */
export interface Declaration {
  readonly property: string
  /** Lower case, without comments. */
  readonly value: string
  readonly important: boolean
}

const bearing = new Set([
  'display',
  'visibility',
  'opacity',
  'font-size',
  'color',
  'background-color',
  'background-image',
  'overflow-x',
  'overflow-y',
  'height',
  'max-height',
  'width',
  'max-width',
  'position',
  'left',
  'top',
  'right',
  'bottom',
  'margin-left',
  'margin-top',
  'text-indent',
  'clip',
  'clip-path',
  'white-space',
  'text-shadow',
  'mso-hide',
  '-webkit-text-fill-color',
])

/** The declarations of a `style` attribute. */
export function parseInlineStyle(css: string): Declaration[] {
  const list = parseCss(css, { context: 'declarationList', parseValue: false })
  return list === null ? [] : declarationsOf(list)
}

/** The declarations of a block or declaration list that css-tree parsed without its values. */
export function declarationsOf(block: CssNode): Declaration[] {
  if (block.type !== 'Block' && block.type !== 'DeclarationList') return []
  const declarations: Declaration[] = []
  block.children.forEach((node) => {
    if (node.type === 'Declaration') declarations.push(...expand(node))
  })
  return declarations
}

/** Longer values are pictures written out. */
const maxValueLength = 2000

function longBackground(important: boolean): Declaration[] {
  return [{ property: 'background-image', value: 'some', important }]
}

function expand(node: DeclarationNode): Declaration[] {
  const property = ident.decode(node.property).toLowerCase()
  const important = node.important !== false
  const value = (node.value.type === 'Raw' ? node.value.value : generate(node.value))
    .replace(/\/\*[^]*?(?:\*\/|$)/g, ' ')
    .trim()
    .toLowerCase()
  if (value.length > maxValueLength) return property.startsWith('background') ? longBackground(important) : []
  const made = (name: string, text: string): Declaration => ({ property: name, value: text, important })
  switch (property) {
    case 'background':
      return [made('background-color', backgroundColour(value)), made('background-image', backgroundImage(value))]
    case 'font': {
      const size = /(?:^|\s)([\d.]+(?:[a-z]+|%)?|(?:xx?-)?(?:small|large)|medium|smaller|larger)(?=\s*\/|\s)/.exec(
        value,
      )
      return size?.[1] === undefined ? [] : [made('font-size', size[1])]
    }
    case 'overflow': {
      const [x = '', y = x] = value.split(/\s+/)
      return [made('overflow-x', x), made('overflow-y', y)]
    }
    default:
      return bearing.has(property) ? [made(property, value)] : []
  }
}

function backgroundImage(value: string): string {
  return /url\(|gradient\(|image|var\(|paint\(|element\(/.test(value) ? 'some' : 'none'
}

/** The colour among the words of `background`; what it does not know it leaves to the reader of colours. */
function backgroundColour(value: string): string {
  const colours = words(value).filter((word) => !isPosition(word) && !/^(?:url|[a-z-]*gradient|image-set)\(/.test(word))
  return colours.join(' ') || 'transparent'
}

/** Cut at blanks, commas and slashes outside of brackets. */
function words(value: string): string[] {
  return value.match(/(?:[^\s,/()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))+/g) ?? []
}

const positionWords = new Set(
  (
    'none no-repeat repeat-x repeat-y repeat round space fixed scroll local center top bottom left right cover contain auto ' +
    'border-box padding-box content-box'
  ).split(' '),
)

function isPosition(word: string): boolean {
  return positionWords.has(word) || /^[+-]?[\d.]+(?:%|[a-z]+)?$/.test(word)
}
