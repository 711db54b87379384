import {
  attributeOf,
  childrenOf,
  isElement,
  isText,
  parseMarkup,
  type MarkupElement,
  type MarkupNode,
  type MarkupParent,
  type MarkupText,
} from '../views/markup.ts'
import { blockText, type Block, type BlockText, type Furniture } from './block.ts'

const headings: ReadonlySet<string> = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6'])
/** Elements that stand on lines of their own. */
const blockElements: ReadonlySet<string> = new Set(
  (
    'address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form ' +
    'header hgroup html li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul'
  ).split(' '),
)
const unread: Readonly<Record<string, Furniture>> = {
  script: 'script',
  style: 'script',
  template: 'script',
  noscript: 'script',
  svg: 'icon',
  nav: 'navigation',
  footer: 'footer',
  aside: 'navigation',
  dialog: 'cookie notice',
  form: 'form',
  button: 'form',
  select: 'form',
  head: 'navigation',
}

/** Blocks of a saved web page. What the page itself calls navigation, footer, dialog or form is marked as furniture. */
export function htmlBlocks(markup: string): { readonly blocks: Block[]; readonly title: string | null } {
  const blocks: Block[] = []
  let title: string | null = null
  let current: { readonly text: BlockText; start: number; end: number } | null = null
  let style: { readonly kind: Block['kind']; readonly level: number } = { kind: 'paragraph', level: 0 }
  let furniture: Furniture | null = null
  let strong = 0

  function flush(): void {
    if (current !== null && !current.text.isEmpty()) {
      blocks.push({ ...style, ...current.text.build(), span: { start: current.start, end: current.end }, furniture })
    }
    current = null
  }

  function visit(node: MarkupNode, listDepth: number): void {
    if (isText(node)) addText(node)
    else if (isElement(node)) visitElement(node, listDepth)
  }

  function visitAll(parent: MarkupParent, listDepth: number): void {
    for (const child of childrenOf(parent)) visit(child, listDepth)
  }

  function visitElement(element: MarkupElement, listDepth: number): void {
    const name = element.tagName
    if (name === 'title' && title === null) title = textOf(element).trim() || null
    const why = furnitureOf(element)
    if (why === 'script' || why === 'icon') return
    if (name === 'br') {
      const place = placeOf(element)
      current?.text.add(' ', () => place)
      return
    }
    if (name === 'a') {
      const href = attributeOf(element, 'href')
      if (href !== null) ensure(placeOf(element)).openLink(href)
      visitAll(element, listDepth)
      if (href !== null) current?.text.closeLink()
      return
    }
    const isBlock = headings.has(name) || blockElements.has(name) || why !== null
    if (!isBlock) {
      const isBold = name === 'b' || name === 'strong'
      if (isBold) strong++
      visitAll(element, listDepth)
      if (isBold) strong--
      return
    }
    const outside = { style, furniture }
    flush()
    furniture = furniture ?? why
    const depth = listDepth + (name === 'ul' || name === 'ol' || name === 'menu' ? 1 : 0)
    if (headings.has(name)) style = { kind: 'heading', level: Number(name.slice(1)) }
    else if (name === 'li') style = { kind: 'item', level: Math.max(1, depth) }
    else if (style.kind === 'heading') style = { kind: 'paragraph', level: 0 }
    visitAll(element, depth)
    flush()
    style = outside.style
    furniture = outside.furniture
  }

  function ensure({ start, end }: Place): BlockText {
    current ??= { text: blockText(), start, end: start }
    current.end = Math.max(current.end, end)
    return current.text
  }

  function addText(node: MarkupText): void {
    if (node.value.trim() === '' && current === null) return
    const place = placeOf(node)
    const text = ensure(place)
    const { value, pieces } = node
    let at = 0
    for (let run = 0; run < pieces.length; run += 3) {
      const [length = 0, start = 0, end = 0] = pieces.slice(run, run + 3)
      const isLiteral = length === end - start
      text.add(
        value.slice(at, at + length),
        (index) => (isLiteral ? { start: start + index, end: start + index + 1 } : { start, end }),
        strong > 0,
      )
      at += length
    }
  }

  visitAll(parseMarkup(markup).root, 0)
  flush()
  return { blocks, title }
}

interface Place {
  readonly start: number
  readonly end: number
}

function placeOf(node: {
  readonly sourceCodeLocation?: { startOffset: number; endOffset: number } | null | undefined
}): Place {
  const location = node.sourceCodeLocation
  return location ? { start: location.startOffset, end: location.endOffset } : { start: 0, end: 0 }
}

function furnitureOf(element: MarkupElement): Furniture | null {
  const byName = unread[element.tagName]
  if (byName !== undefined) return byName
  const role = attributeOf(element, 'role')?.toLowerCase() ?? ''
  if (role === 'navigation' || role === 'banner' || role === 'search') return 'navigation'
  if (role === 'contentinfo') return 'footer'
  if (role === 'dialog' || role === 'alertdialog') return 'cookie notice'
  if (attributeOf(element, 'hidden') !== null || attributeOf(element, 'aria-hidden') === 'true') return 'icon'
  const names = `${attributeOf(element, 'class') ?? ''} ${attributeOf(element, 'id') ?? ''}`.toLowerCase()
  if (/\b(?:cookie|consent|onetrust|gdpr)[\w-]*(?:banner|bar|notice|popup|modal|sdk)?\b/.test(names))
    return 'cookie notice'
  if (
    /(?:^|[\s_-])(?:breadcrumbs?|navbar|site-nav|main-nav|menu|skip-link|skip-to-content|sidebar|toc)(?:$|[\s_-])/.test(
      names,
    )
  )
    return 'navigation'
  if (/(?:^|[\s_-])(?:site-footer|page-footer|global-footer)(?:$|[\s_-])/.test(names)) return 'footer'
  if (element.tagName === 'header' && !holdsTitle(element)) return 'navigation'
  return null
}

/** An article's own header holds its title; a page's header its menus. */
function holdsTitle(element: MarkupParent): boolean {
  return childrenOf(element).some((child) => isElement(child) && (child.tagName === 'h1' || holdsTitle(child)))
}

function textOf(parent: MarkupParent): string {
  return childrenOf(parent)
    .map((child) => (isText(child) ? child.value : isElement(child) ? textOf(child) : ''))
    .join('')
}
