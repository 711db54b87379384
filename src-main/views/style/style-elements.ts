import { childrenOf, isElement, type MarkupElement, type MarkupNode, type MarkupParent } from '../markup.ts'

/** All elements of one name, in the order of the document; templates are not looked into. */
export function collectElements(root: MarkupParent, tagName: string): MarkupElement[] {
  const found: MarkupElement[] = []
  const waiting: MarkupNode[] = [...childrenOf(root)].reverse()
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (!isElement(node)) continue
    if (node.tagName === tagName) found.push(node)
    if (node.tagName === 'template') continue
    const children = childrenOf(node)
    for (let at = children.length - 1; at >= 0; at--) {
      const child = children[at]
      if (child !== undefined) waiting.push(child)
    }
  }
  return found
}
