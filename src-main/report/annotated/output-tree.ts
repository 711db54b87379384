import { childrenOf, isElement, isText, type MarkupElement, type MarkupParent } from '../../views/markup.ts'
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

/** HTML standard, serialising; what a second reading would change (CR, leading line feeds of `pre`) is written so that it does not. */
export function serialise(roots: readonly OutputNode[]): string {
  const out: string[] = []
  const waiting: (OutputNode | string)[] = [...roots].reverse()
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (typeof node === 'string') out.push(node)
    else if ('text' in node) out.push(escapeText(node.text))
    else {
      out.push('<', node.name)
      for (const [name, value] of node.attributes) out.push(' ', name, '="', escapeAttribute(value), '"')
      out.push('>')
      if (voidElements.has(node.name)) continue
      if (node.name === 'style') {
        // its text is raw: the filter of styles leaves no `<` in it
        for (const child of node.children) if ('text' in child) out.push(child.text.replaceAll('<', '\\3c '))
        out.push('</style>')
        continue
      }
      const first = node.children[0]
      if (node.name === 'pre' && first !== undefined && 'text' in first && first.text.startsWith('\n')) out.push('\n')
      waiting.push(`</${node.name}>`)
      for (let at = node.children.length - 1; at >= 0; at--) {
        const child = node.children[at]
        if (child !== undefined) waiting.push(child)
      }
    }
  }
  return out.join('')
}

function escapeText(text: string): string {
  return text.replace(/[&<>\u00a0\r]/g, (character) => references.get(character) ?? '').replaceAll('\0', '\uFFFD')
}

function escapeAttribute(text: string): string {
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

/** The output as a browser will read it back; what is not on the list (nothing should be) is left out. */
export function fromMarkup(root: MarkupParent): OutputNode[] {
  const top: OutputNode[] = []
  const waiting: { readonly children: MarkupParent; readonly into: OutputNode[] }[] = [{ children: root, into: top }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const node of childrenOf(next.children)) {
      if (isText(node)) next.into.push({ text: node.value })
      else if (isElement(node) && isAllowedInOutput(node)) {
        const made: OutputElement = { name: node.tagName, attributes: attributesOf(node), children: [] }
        next.into.push(made)
        waiting.push({ children: node, into: made.children })
      }
    }
  }
  return top
}

function attributesOf(node: MarkupElement): ReadonlyMap<string, string> {
  return new Map(node.attrs.map(({ name, value }) => [name, value]))
}
