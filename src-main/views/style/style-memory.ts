import { attributeOf, type MarkupElement } from '../markup.ts'
import { computeStyle, type ComputedStyle, type StyleOptions } from './computed-style.ts'

/** Attributes that styles are computed from, beside `style` and what selectors ask for. */
const telling = new Set(['hidden', 'open', 'bgcolor', 'background', 'text', 'color', 'link', 'size', 'href'])

/** Styles that differ more than this are computed each time: what is kept is bounded. */
const maxKnown = 20_000

/**
 * Computes styles for one walk, each once: elements of one name with the same declarations under the same style have the
 * same, but for the element that gave the letters their colours. Rows of a table are a thousand times the same.
 */
export function styleMemory(
  options: StyleOptions,
): (element: MarkupElement, declared: ReadonlyMap<string, string> | null, parent: ComputedStyle) => ComputedStyle {
  const known = new Map<ComputedStyle, Map<ReadonlyMap<string, string> | null, Map<string, Known>>>()
  let count = 0

  function keep(around: ComputedStyle, declared: ReadonlyMap<string, string> | null, name: string, one: Known): void {
    if (count >= maxKnown) return
    count++
    const byDeclared = known.get(around) ?? new Map<ReadonlyMap<string, string> | null, Map<string, Known>>()
    known.set(around, byDeclared)
    const byName = byDeclared.get(declared) ?? new Map<string, Known>()
    byDeclared.set(declared, byName)
    byName.set(name, one)
  }

  return (element, declared, parent) => {
    const name = nameOf(element)
    if (name === null) return computeStyle(element, declared, parent, options)
    const around = parent.sameAs ?? parent
    const one = known.get(around)?.get(declared)?.get(name)
    if (one === 'as-parent') return parent
    if (one !== undefined) {
      return { ...one.style, coloursFrom: one.hasOwnInk ? element : parent.coloursFrom, sameAs: one.style }
    }
    const style = computeStyle(element, declared, parent, options)
    if (style === parent) keep(around, declared, name, 'as-parent')
    else if (isOfAnyElement(style, parent)) {
      keep(around, declared, name, { style, hasOwnInk: style.coloursFrom === element })
    }
    return style
  }
}

type Known = 'as-parent' | { readonly style: ComputedStyle; readonly hasOwnInk: boolean }

/** The name under which elements are alike; null: this one says something of itself. */
function nameOf(element: MarkupElement): string | null {
  for (const { name } of element.attrs) {
    if (telling.has(name) && (name !== 'href' || element.tagName !== 'a')) return null
  }
  return element.tagName === 'a' && attributeOf(element, 'href') !== null ? 'a href' : element.tagName
}

/** What hides holds for its own element alone. */
function isOfAnyElement(style: ComputedStyle, parent: ComputedStyle): boolean {
  return (
    style.sealed === parent.sealed &&
    style.invisible === parent.invisible &&
    style.fontSizeFrom === parent.fontSizeFrom &&
    style.cutToLines === parent.cutToLines &&
    style.indentedBy === parent.indentedBy &&
    (style.hiding === null || style.hiding === parent.hiding)
  )
}
