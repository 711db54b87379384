import { childrenOf, isElement, isText, type MarkupNode } from '../../views/markup.ts'
import { isAllowedInOutput } from './allow-list.ts'

/** The document that is shown: made anew, never a changed copy of the mail's own tree. */
export type OutputNode = OutputElement | OutputText

export interface OutputElement {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: OutputNode[]
}

export interface OutputText {
  readonly text: string
}

export function element(
  name: string,
  attributes: Readonly<Record<string, string>> = {},
  children: OutputNode[] = [],
): OutputElement {
  return { name, attributes: new Map(Object.entries(attributes)), children }
}

const voidElements = new Set(['br', 'col', 'hr', 'img', 'meta', 'wbr'])

/**
 * HTML standard, serialising; what a second reading would change (CR, leading line feeds of `pre`) is written so that it does not.
 * Of a tree that was read from markup, what is not on the list (nothing should be) is left out.
 */
export function serialise(roots: readonly (OutputNode | MarkupNode)[]): string {
  let out = ''
  const waiting: (OutputNode | MarkupNode | string)[] = [...roots].reverse()
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (typeof node === 'string') {
      out += node
      continue
    }
    const text = textOf(node)
    if (text !== null) {
      out += escapeText(text)
      continue
    }
    let name: string
    let children: readonly (OutputNode | MarkupNode)[]
    if ('children' in node) {
      name = node.name
      children = node.children
      out += `<${name}`
      for (const [attribute, value] of node.attributes) out += ` ${attribute}="${escapeAttribute(value)}"`
    } else if ('nodeName' in node && isElement(node) && isAllowedInOutput(node)) {
      name = node.tagName
      children = childrenOf(node)
      out += `<${name}`
      for (const attribute of node.attrs) out += ` ${attribute.name}="${escapeAttribute(attribute.value)}"`
    } else continue
    out += '>'
    if (voidElements.has(name)) continue
    const first = children[0]
    const firstText = first === undefined ? null : textOf(first)
    if (name === 'style') {
      // its text is raw: the filter of styles leaves no `<` in it
      for (const child of children) out += (textOf(child) ?? '').replaceAll('<', '\\3c ')
      out += '</style>'
      continue
    }
    if (name === 'pre' && firstText?.startsWith('\n') === true) out += '\n'
    waiting.push(`</${name}>`)
    for (let at = children.length - 1; at >= 0; at--) {
      const child = children[at]
      if (child !== undefined) waiting.push(child)
    }
  }
  return out
}

function textOf(node: OutputNode | MarkupNode): string | null {
  if ('text' in node) return node.text
  return 'nodeName' in node && isText(node) ? node.value : null
}

const specialInText = /[&<>\u00a0\r\0]/
const specialInAttribute = /[&<>"\u00a0\r\n\t\0]/

function escapeText(text: string): string {
  if (!specialInText.test(text)) return text
  return text.replace(/[&<>\u00a0\r]/g, (character) => references.get(character) ?? '').replaceAll('\0', '\uFFFD')
}

function escapeAttribute(text: string): string {
  if (!specialInAttribute.test(text)) return text
  return text
    .replace(/[&<>"\u00a0\r\n\t]/g, (character) => references.get(character) ?? `&#${String(character.charCodeAt(0))};`)
    .replaceAll('\0', '\uFFFD')
}

const references = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ['\u00a0', '&nbsp;'],
  ['\r', '&#13;'],
])
