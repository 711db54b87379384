import {
  defaultTreeAdapter,
  html,
  Parser,
  type DefaultTreeAdapterTypes,
  type Token,
  type TreeAdapter,
  type TreeAdapterTypeMap,
} from 'parse5'

/**
 * HTML as a mail client reads it (HTML standard, parsing), each text node with the places its characters came from.
 * Limits are counts, never times, so that the same bytes always give the same tree.
 */

export type MarkupElement = DefaultTreeAdapterTypes.Element
export type MarkupComment = DefaultTreeAdapterTypes.CommentNode
export type MarkupParent = DefaultTreeAdapterTypes.ParentNode
export type MarkupDocument = DefaultTreeAdapterTypes.Document
export type MarkupFragment = DefaultTreeAdapterTypes.DocumentFragment

export interface MarkupText extends DefaultTreeAdapterTypes.TextNode {
  /** `length, start, end` for each run of characters that went into the node: `length` units of `value` from `[start, end)`. */
  readonly pieces: number[]
}

export type MarkupNode = MarkupElement | MarkupComment | MarkupText | DefaultTreeAdapterTypes.DocumentType

type MarkupTree = TreeAdapterTypeMap<
  MarkupNode | MarkupParent,
  MarkupParent,
  MarkupNode,
  MarkupDocument,
  MarkupFragment,
  MarkupElement,
  MarkupComment,
  MarkupText,
  DefaultTreeAdapterTypes.Template,
  DefaultTreeAdapterTypes.DocumentType
>

export interface ParsedMarkup {
  readonly root: MarkupDocument
  /** Set when the markup makes more elements than anyone reads: what follows is not in the tree. */
  readonly truncated: boolean
}

/** Some 8 MB of real mail; also what `<p><font…>` bombs are stopped by. */
const maxElements = 400_000

class TooManyElements extends Error {}

/**
 * Parses a decoded HTML body. Never throws on any input; scripting counts as off, as in mail clients. `places: false` saves
 * time where nobody asks where things came from.
 */
export function parseMarkup(markup: string, { places = true }: { readonly places?: boolean } = {}): ParsedMarkup {
  const parser = new MarkupParser({
    scriptingEnabled: false,
    sourceCodeLocationInfo: places,
    treeAdapter: markupTree(maxElements),
  })
  try {
    parser.tokenizer.write(markup, true)
    return { root: parser.document, truncated: false }
  } catch (error) {
    if (!(error instanceof TooManyElements)) throw error
    return { root: parser.document, truncated: true }
  }
}

/** Has no document type, or one of long ago: browsers then read its styles by other rules (Quirks Mode standard). */
export function isQuirky(document: MarkupDocument): boolean {
  return document.mode === html.DOCUMENT_MODE.QUIRKS
}

export function isElement(node: MarkupNode | MarkupParent): node is MarkupElement {
  return 'tagName' in node
}

export function isText(node: MarkupNode): node is MarkupText {
  return node.nodeName === '#text'
}

export function isComment(node: MarkupNode): node is MarkupComment {
  return node.nodeName === '#comment'
}

/** An element's children; a template's are kept apart by the standard. */
export function childrenOf(node: MarkupParent): readonly MarkupNode[] {
  const children = 'content' in node ? node.content.childNodes : node.childNodes
  // every text node was made by `markupTree`, which gives it its pieces
  return children as readonly MarkupNode[]
}

export function attributeOf(element: MarkupElement, name: string): string | null {
  for (const attribute of element.attrs) if (attribute.name === name) return attribute.value
  return null
}

/** The parser tells a text node's whole range only; dropped tags lie inside it, so each run is noted as it is put in. */
class MarkupParser extends Parser<MarkupTree> {
  override _insertCharacters(token: Token.CharacterToken): void {
    super._insertCharacters(token)
    if (token.location === null) return
    const { startOffset, endOffset } = token.location
    const pieces = lastText(this.treeAdapter)?.pieces
    if (pieces === undefined) return
    // between words and white space the tokenizer may set its border into a character reference: what touches is one run
    const last = pieces.length - 3
    if (last >= 0 && pieces[last + 2] === startOffset) {
      pieces[last] = (pieces[last] ?? 0) + token.chars.length
      pieces[last + 2] = endOffset
    } else pieces.push(token.chars.length, startOffset, endOffset)
  }
}

interface MarkupTreeAdapter extends TreeAdapter<MarkupTree> {
  readonly lastText: () => MarkupText | null
}

function lastText(adapter: TreeAdapter<MarkupTree>): MarkupText | null {
  return 'lastText' in adapter ? (adapter as MarkupTreeAdapter).lastText() : null // only `markupTree` has this member
}

/** Elements that the parser opens again after a block that closed over them. */
const formatting = new Set('a b big code em font i nobr s small strike strong tt u'.split(' '))

function markupTree(limit: number): MarkupTreeAdapter {
  let made = 0
  let last: MarkupText | null = null
  const firstOfTag = new Map<readonly Token.Attribute[], MarkupElement>()
  // the default adapter treats every node by its shape; a text node with one more field is fine for it
  const base = defaultTreeAdapter as unknown as TreeAdapter<MarkupTree>

  function createTextNode(value: string): MarkupText {
    return { nodeName: '#text', value, parentNode: null, pieces: [] }
  }

  return {
    ...base,
    lastText: () => last,
    createElement(tagName, namespaceURI, attributes) {
      if (++made > limit) throw new TooManyElements()
      const element = base.createElement(tagName, namespaceURI, attributes)
      // closing `<a><p></a>` makes a second element of the same tag: it has the same place
      if (attributes.length === 0 || !formatting.has(tagName)) return element
      const original = firstOfTag.get(attributes)
      if (original === undefined) firstOfTag.set(attributes, element)
      else if (original.sourceCodeLocation) element.sourceCodeLocation = original.sourceCodeLocation
      return element
    },
    createTextNode,
    // a text node's places are its pieces
    setNodeSourceCodeLocation(node, location) {
      if (node.nodeName !== '#text') base.setNodeSourceCodeLocation(node, location)
    },
    insertText(parent, text) {
      const previous = parent.childNodes[parent.childNodes.length - 1] as MarkupNode | undefined // see childrenOf
      if (previous !== undefined && isText(previous)) {
        previous.value += text
        last = previous
      } else {
        last = createTextNode(text)
        base.appendChild(parent, last)
      }
    },
    insertTextBefore(parent, text, reference) {
      const siblings = parent.childNodes
      const previous = siblings[siblings.lastIndexOf(reference) - 1] as MarkupNode | undefined // see childrenOf
      if (previous !== undefined && isText(previous)) {
        previous.value += text
        last = previous
      } else {
        last = createTextNode(text)
        base.insertBefore(parent, last, reference)
      }
    },
  }
}
