import { attributeOf, childrenOf, isElement, isText, type MarkupElement, type MarkupParent } from '../views/markup.ts'
import type { Furniture } from './block.ts'

const byName: Readonly<Record<string, Furniture>> = {
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
  textarea: 'form',
  head: 'navigation',
}

/** Letters of each element's text, scripts left out. */
export type TextSizes = ReadonlyMap<MarkupParent, number>

/** Elements in one another that are looked at. */
const maxDepth = 500

/** null: elements lie in one another too deep. */
export function textSizes(root: MarkupParent): TextSizes | null {
  const sizes = new Map<MarkupParent, number>()
  let deepest = 0
  const measure = (parent: MarkupParent, depth: number): number => {
    let size = 0
    deepest = Math.max(deepest, depth)
    if (depth <= maxDepth) {
      for (const child of childrenOf(parent)) {
        if (isText(child)) size += child.value.trim().length
        else if (isElement(child) && byName[child.tagName] !== 'script') size += measure(child, depth + 1)
      }
    }
    sizes.set(parent, size)
    return size
  }
  measure(root, 0)
  return deepest > maxDepth ? null : sizes
}

/** An element that holds more of the page than this is no furniture of it, whatever it is called. */
const mostOfPage = 0.6
/** What a page folds away may be its text; what it hides for good is short. */
const foldedText = 200

/** Why what stands in an element is no part of the document; null: it may be. */
export function furnitureOf(element: MarkupElement, sizes: TextSizes, pageSize: number): Furniture | null {
  const why = namedFurniture(element, sizes.get(element) ?? 0)
  if (why === null || why === 'script') return why
  return (sizes.get(element) ?? 0) > pageSize * mostOfPage ? null : why
}

/** Signs that link to the heading they stand behind. */
const permalink = /^[¶#§🔗⚓]$/u
/** What opens on a click is text all the same. */
const folds = /(?:^|[\s_-])(?:accordion|collaps\w*|panel|tab-?pane\w*|toggle|expand\w*|faq\w*|answer|disclosure)/

function namedFurniture(element: MarkupElement, size: number): Furniture | null {
  if (element.tagName === 'a' && size <= 2 && permalink.test(ownText(element))) return 'icon'
  const named = byName[element.tagName]
  if (named !== undefined) return named
  const role = attributeOf(element, 'role')?.toLowerCase() ?? ''
  if (role === 'navigation' || role === 'banner' || role === 'search' || role === 'menu') return 'navigation'
  if (role === 'contentinfo') return 'footer'
  if (role === 'dialog' || role === 'alertdialog') return 'cookie notice'
  const names = `${attributeOf(element, 'class') ?? ''} ${attributeOf(element, 'id') ?? ''}`.toLowerCase()
  if (
    /\b(?:cookie|consent|onetrust|gdpr|cky|didomi|usercentrics)[\w-]*(?:banner|bar|notice|popup|modal|sdk)?\b/.test(
      names,
    )
  )
    return 'cookie notice'
  const isHidden =
    attributeOf(element, 'hidden') !== null ||
    attributeOf(element, 'aria-hidden') === 'true' ||
    /display\s*:\s*none|visibility\s*:\s*hidden/i.test(attributeOf(element, 'style') ?? '')
  const isFolded =
    folds.test(names) || role === 'tabpanel' || role === 'region' || attributeOf(element, 'aria-labelledby') !== null
  if (isHidden && !(isFolded && size > 0) && size < foldedText)
    return size === 0 || element.tagName === 'i' ? 'icon' : 'hidden text'
  if (/(?:^|[\s_-])(?:toc|table-of-contents|tableofcontents)(?:$|[\s_-])/.test(names)) return 'table of contents'
  if (
    /(?:^|[\s_-])(?:breadcrumbs?|navbar|navigation|site-nav|main-nav|mega-?menu|menu|skip-link|skip-to-content|sidebar|share|social|related|pagination|newsletter|subscribe|sign-?up|cta|promo|feedback|comments|votes|recommended|survey|announcement(?:-bar)?|chat(?:bot|-widget)?|notification-bar)(?:$|[\s_-])/.test(
      names,
    )
  )
    return 'navigation'
  if (/(?:^|[\s_-])(?:footer|site-footer|page-footer|global-footer)(?:$|[\s_-])/.test(names)) return 'footer'
  if (element.tagName === 'header' && !holdsTitle(element)) return 'navigation'
  return null
}

function ownText(element: MarkupElement): string {
  return childrenOf(element)
    .map((child) => (isText(child) ? child.value : ''))
    .join('')
    .trim()
}

/** An article's own header holds its title; a page's header its menus. */
function holdsTitle(element: MarkupParent): boolean {
  return childrenOf(element).some((child) => isElement(child) && (child.tagName === 'h1' || holdsTitle(child)))
}
