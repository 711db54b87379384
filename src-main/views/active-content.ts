import type { TextPart } from '../intake/message.ts'
import { isActiveAddress } from './link-scheme.ts'
import { attributeOf, type MarkupElement } from './markup.ts'
import type { ActiveContent } from './view.ts'

const activeElements = new Set(['script', 'iframe', 'frame', 'frameset', 'object', 'embed', 'applet', 'form', 'portal'])
const addressAttributes = new Set([
  'href',
  'src',
  'action',
  'formaction',
  'data',
  'background',
  'poster',
  'from',
  'to',
  'values',
])

/**
 * Whether this is the first element made of its tag: the parser makes several of one that is left open. `seen` keeps where
 * tags began.
 */
export function isFirstOfTag(element: MarkupElement, seen: Set<number>): boolean {
  const start = element.sourceCodeLocation?.startOffset
  if (start === undefined || seen.has(start)) return false
  seen.add(start)
  return true
}

/** What of an element acts: itself, its event handlers, addresses that run. Places outside `[0, base)` shift by `base`. */
export function activeContentOf(element: MarkupElement, source: TextPart, base: number): ActiveContent[] {
  const location = element.sourceCodeLocation
  if (!location) return []
  const found: ActiveContent[] = []
  const tag = location.startTag ?? location
  if (activeElements.has(element.tagName) || isActiveHeadElement(element) || isPasswordField(element)) {
    found.push({
      element: element.tagName,
      attribute: null,
      source,
      span: { start: base + tag.startOffset, end: base + tag.endOffset },
    })
  }
  if (isNamedField(element)) {
    found.push({
      element: 'field',
      attribute: null,
      source,
      span: { start: base + tag.startOffset, end: base + tag.endOffset },
    })
  }
  for (const attribute of element.attrs) {
    const name = attribute.name.toLowerCase()
    if (!/^on[a-z]{3,}/.test(name) && !(addressAttributes.has(name) && isActiveAddress(attribute.value))) continue
    const place = location.attrs?.[attribute.prefix ? `${attribute.prefix}:${attribute.name}` : attribute.name] ?? tag
    found.push({
      element: element.tagName,
      attribute: name,
      source,
      span: { start: base + place.startOffset, end: base + place.endOffset },
    })
  }
  return found
}

/** A field that takes a secret acts by what it collects. */
function isPasswordField(element: MarkupElement): boolean {
  return element.tagName === 'input' && attributeOf(element, 'type')?.trim().toLowerCase() === 'password'
}

/** What readers type here is sent under this name. A password's field is known by itself. */
function isNamedField(element: MarkupElement): boolean {
  if (!/^(?:input|textarea|select)$/.test(element.tagName) || isPasswordField(element)) return false
  if (/^(?:submit|button|image|reset)$/i.test(attributeOf(element, 'type')?.trim() ?? '')) return false
  return (attributeOf(element, 'name')?.trim() ?? '') !== ''
}

function isActiveHeadElement(element: MarkupElement): boolean {
  switch (element.tagName) {
    case 'meta':
      return attributeOf(element, 'http-equiv')?.trim().toLowerCase() === 'refresh'
    case 'base':
      return attributeOf(element, 'href') !== null
    case 'link': {
      const relations = attributeOf(element, 'rel')?.toLowerCase().split(/\s+/) ?? []
      return relations.some(
        (one) => one === 'stylesheet' || one === 'import' || one === 'preload' || one === 'prefetch',
      )
    }
    default:
      return false
  }
}
