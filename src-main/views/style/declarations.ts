import { generate, ident, type CssNode, type Declaration as DeclarationNode } from 'css-tree'
import { parseCss } from './css.ts'
import { isValidValue } from './valid-value.ts'

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
  'content-visibility',
  'opacity',
  'filter',
  'font-size',
  'line-height',
  'color',
  'background-color',
  'background-image',
  'background-clip',
  '-webkit-background-clip',
  'overflow-x',
  'overflow-y',
  'height',
  'max-height',
  'min-height',
  'width',
  'max-width',
  'min-width',
  'padding-left',
  'padding-top',
  'padding-right',
  'padding-bottom',
  'position',
  'float',
  'left',
  'top',
  'right',
  'bottom',
  'margin-left',
  'margin-top',
  'text-indent',
  'transform',
  'translate',
  'scale',
  'rotate',
  'clip',
  'clip-path',
  'white-space',
  'text-shadow',
  'mso-hide',
  '-webkit-text-fill-color',
  '-webkit-text-stroke',
  '-webkit-text-stroke-width',
])

/** Names by the direction of writing, for text that runs from left to right. */
const sameAs = new Map([
  ['block-size', 'height'],
  ['max-block-size', 'max-height'],
  ['min-block-size', 'min-height'],
  ['inline-size', 'width'],
  ['max-inline-size', 'max-width'],
  ['min-inline-size', 'min-width'],
  ['overflow-block', 'overflow-y'],
  ['overflow-inline', 'overflow-x'],
  ['inset-inline-start', 'left'],
  ['inset-inline-end', 'right'],
  ['inset-block-start', 'top'],
  ['inset-block-end', 'bottom'],
  ['margin-inline-start', 'margin-left'],
  ['margin-block-start', 'margin-top'],
  ['-webkit-transform', 'transform'],
  ['-webkit-clip-path', 'clip-path'],
  ['-webkit-opacity', 'opacity'],
  ['-webkit-filter', 'filter'],
])

/** The declarations of a `style` attribute. */
export function parseInlineStyle(css: string, quirks: boolean): Declaration[] {
  const list = parseCss(css, { context: 'declarationList', parseValue: false })
  return list === null ? [] : declarationsOf(list, quirks)
}

/** The declarations of a block or declaration list that css-tree parsed without its values. */
export function declarationsOf(block: CssNode, quirks: boolean): Declaration[] {
  if (block.type !== 'Block' && block.type !== 'DeclarationList') return []
  const declarations: Declaration[] = []
  block.children.forEach((node) => {
    if (node.type !== 'Declaration') return
    for (const one of expand(node)) {
      const isNamed = one.property.startsWith('--')
      if (isNamed || isValidValue(one.property, one.value, quirks)) declarations.push(one)
    }
  })
  return declarations
}

/** Longer values are pictures written out. */
const maxValueLength = 2000

function longBackground(important: boolean): Declaration[] {
  return [{ property: 'background-image', value: 'some', important }]
}

function expand(node: DeclarationNode): Declaration[] {
  const important = node.important !== false
  const value = (node.value.type === 'Raw' ? node.value.value : generate(node.value))
    .replace(/\/\*[^]*?(?:\*\/|$)/g, ' ')
    .trim()
    .toLowerCase()
  const written = ident.decode(node.property)
  const property = written.toLowerCase()
  if (value.length > maxValueLength) return property.startsWith('background') ? longBackground(important) : []
  const made = (name: string, text: string): Declaration => ({ property: name, value: text, important })
  // names of one's own are told apart by case
  if (written.startsWith('--')) return [made(written, value)]
  const isPending = value.includes('var(')
  switch (property) {
    case 'background':
      if (isPending) return [made('background-color', value), made('background-image', 'some')]
      return [made('background-color', backgroundColour(value)), made('background-image', backgroundImage(value))]
    case 'font': {
      const size =
        /(?:^|\s)([\d.]+(?:[a-z]+|%)?|(?:xx?-)?(?:small|large)|medium|smaller|larger)(?:\s*\/\s*([^\s,]+))?(?=\s)/.exec(
          value,
        )
      if (size?.[1] === undefined) return []
      return [made('font-size', size[1]), made('line-height', size[2] ?? 'normal')]
    }
    case 'overflow': {
      const [x = '', y = x] = value.split(/\s+/)
      return [made('overflow-x', x), made('overflow-y', y)]
    }
    case 'inset': {
      const [top = '', right = top, bottom = top, left = right] = value.split(/\s+/)
      return [made('top', top), made('right', right), made('bottom', bottom), made('left', left)]
    }
    case 'margin': {
      const [top = '', right = top, , left = right] = value.split(/\s+/)
      return [made('margin-top', top), made('margin-left', left)]
    }
    case 'padding': {
      const [top = '', right = top, bottom = top, left = right] = value.split(/\s+/)
      return [
        made('padding-top', top),
        made('padding-right', right),
        made('padding-bottom', bottom),
        made('padding-left', left),
      ]
    }
    case 'mso-hide':
      return [made(property, value)]
    default: {
      const name = sameAs.get(property) ?? property
      return bearing.has(name) ? [made(name, value)] : []
    }
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
