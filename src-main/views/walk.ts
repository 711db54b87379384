import {
  childrenOf,
  isComment,
  isElement,
  isText,
  type MarkupComment,
  type MarkupElement,
  type MarkupNode,
  type MarkupParent,
  type MarkupText,
} from './markup.ts'
import { initialStyle, type ComputedStyle, type StyleOptions } from './style/computed-style.ts'
import { parseInlineStyle, type Declaration } from './style/declarations.ts'
import { neverShown } from './style/default-display.ts'
import type { MatchContext } from './style/selector.ts'
import { styleMemory } from './style/style-memory.ts'
import { cascadeMemory, type RuleIndex } from './style/stylesheet.ts'

export interface Visitor {
  readonly enter: (element: MarkupElement, style: ComputedStyle, declared: ReadonlyMap<string, string> | null) => void
  readonly leave: (element: MarkupElement, style: ComputedStyle) => void
  readonly text: (node: MarkupText, style: ComputedStyle) => void
  readonly comment: (node: MarkupComment) => void
}

export interface WalkOptions extends StyleOptions {
  readonly rules: RuleIndex
  readonly context: MatchContext
}

interface Frame {
  readonly element: MarkupElement | null
  readonly style: ComputedStyle
  readonly children: readonly MarkupNode[]
  next: number
}

/**
 * Visits a tree in the order of the document with the style of each element. Without recursion: mail nests as deep as it
 * likes. Content that no client shows (scripts, frames' fallbacks) is entered and left, never looked into.
 */
export function walkStyled(root: MarkupParent, options: WalkOptions, visitor: Visitor): void {
  const inlineStyles = new Map<string, readonly Declaration[]>()
  const cascaded = cascadeMemory(options.rules, options.context)
  const styleOf = styleMemory(options)
  const stack: Frame[] = [{ element: null, style: initialStyle, children: childrenOf(root), next: 0 }]
  for (let frame = stack[stack.length - 1]; frame !== undefined; frame = stack[stack.length - 1]) {
    const node = frame.children[frame.next++]
    if (node === undefined) {
      stack.pop()
      if (frame.element !== null) visitor.leave(frame.element, frame.style)
    } else if (isText(node)) visitor.text(node, frame.style)
    else if (isComment(node)) visitor.comment(node)
    else if (isElement(node)) {
      const declared = cascaded(node, inlineStyleOf(node, inlineStyles, options.quirks))
      const style = styleOf(node, declared, frame.style)
      visitor.enter(node, style, declared)
      if (neverShown.has(node.tagName)) visitor.leave(node, style)
      else stack.push({ element: node, style, children: childrenOf(node), next: 0 })
    }
  }
}

const noDeclarations: readonly Declaration[] = []

function inlineStyleOf(
  element: MarkupElement,
  known: Map<string, readonly Declaration[]>,
  quirks: boolean,
): readonly Declaration[] {
  for (const { name, value } of element.attrs) {
    if (name !== 'style') continue
    let declarations = known.get(value)
    if (declarations === undefined) {
      declarations = parseInlineStyle(value, quirks)
      known.set(value, declarations)
    }
    return declarations
  }
  return noDeclarations
}
