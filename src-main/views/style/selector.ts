import { ident, type CssNode, type Selector } from 'css-tree'
import { attributeOf, isElement, type MarkupElement, type MarkupNode } from '../markup.ts'

/** Selectors of the kinds mail uses. What is not among them makes the whole selector match nothing. */
export interface CompiledSelector {
  /** From the element itself outwards. */
  readonly compounds: readonly Compound[]
  /** `combinators[i]` stands between `compounds[i]` and `compounds[i + 1]`. */
  readonly combinators: readonly Combinator[]
  readonly specificity: number
}

type Combinator = ' ' | '>' | '+' | '~'

export interface Compound {
  /** Lower case; null: any. */
  readonly tag: string | null
  readonly ids: readonly string[]
  readonly classes: readonly string[]
  readonly tests: readonly ((element: MarkupElement) => boolean)[]
}

/** What matching needs beside the tree; one for each stylesheet of a message. */
export interface MatchContext {
  /** Counts comparisons down: a stylesheet made to be slow loses its say instead of stopping the review. */
  left: number
  readonly previous: WeakMap<MarkupElement, MarkupElement | null>
}

export function matchContext(comparisons: number): MatchContext {
  return { left: comparisons, previous: new WeakMap() }
}

const maxCompounds = 40

export function compileSelector(selector: Selector): CompiledSelector | null {
  const compounds: MutableCompound[] = [emptyCompound()]
  const combinators: Combinator[] = []
  let specificity = 0
  for (const node of selector.children.toArray()) {
    if (node.type === 'Combinator') {
      if (node.name !== ' ' && node.name !== '>' && node.name !== '+' && node.name !== '~') return null
      combinators.unshift(node.name)
      compounds.unshift(emptyCompound())
      continue
    }
    const compound = compounds[0]
    const weight = compound === undefined ? null : addSimple(compound, node)
    if (weight === null) return null
    specificity += weight
  }
  return compounds.length > maxCompounds ? null : { compounds, combinators, specificity }
}

interface MutableCompound extends Compound {
  tag: string | null
  readonly ids: string[]
  readonly classes: string[]
  readonly tests: ((element: MarkupElement) => boolean)[]
}

function emptyCompound(): MutableCompound {
  return { tag: null, ids: [], classes: [], tests: [] }
}

const idWeight = 1_000_000
const classWeight = 1_000

/** Adds a simple selector; its specificity, or null when it is of a kind that mail does not use. */
function addSimple(compound: MutableCompound, node: CssNode): number | null {
  switch (node.type) {
    case 'TypeSelector': {
      const name = ident.decode(node.name).toLowerCase()
      if (name === '*') return 0
      if (name.includes('|')) return null
      compound.tag = name.replaceAll('\\', '')
      return 1
    }
    case 'IdSelector':
      compound.ids.push(ident.decode(node.name))
      return idWeight
    case 'ClassSelector':
      compound.classes.push(ident.decode(node.name))
      return classWeight
    case 'AttributeSelector': {
      const value =
        node.value === null ? null : node.value.type === 'Identifier' ? ident.decode(node.value.name) : node.value.value
      compound.tests.push(
        attributeTest(
          ident.decode(node.name.name).toLowerCase(),
          node.matcher,
          value,
          node.flags?.toLowerCase() === 'i',
        ),
      )
      return classWeight
    }
    case 'PseudoClassSelector': {
      const test = pseudoClass(node.name.toLowerCase(), node.children?.toArray() ?? [])
      if (test === null) return null
      compound.tests.push(test.matches)
      return test.weight
    }
    default:
      return null
  }
}

function attributeTest(
  name: string,
  matcher: string | null,
  wanted: string | null,
  blind: boolean,
): (element: MarkupElement) => boolean {
  const fold = (text: string): string => (blind || name === 'type' || name === 'align' ? text.toLowerCase() : text)
  const want = fold(wanted ?? '')
  return (element) => {
    const raw = attributeOf(element, name)
    if (raw === null) return false
    const value = fold(raw)
    switch (matcher) {
      case null:
        return true
      case '=':
        return value === want
      case '~=':
        return want !== '' && value.split(/[\t\n\f\r ]+/).includes(want)
      case '|=':
        return value === want || value.startsWith(`${want}-`)
      case '^=':
        return want !== '' && value.startsWith(want)
      case '$=':
        return want !== '' && value.endsWith(want)
      case '*=':
        return want !== '' && value.includes(want)
      default:
        return false
    }
  }
}

interface PseudoTest {
  readonly weight: number
  readonly matches: (element: MarkupElement) => boolean
}

function pseudoClass(name: string, args: readonly CssNode[]): PseudoTest | null {
  const always = (matches: (element: MarkupElement) => boolean): PseudoTest => ({ weight: classWeight, matches })
  switch (name) {
    case 'first-child':
      return always(isFirst)
    case 'last-child':
      return always(isLast)
    case 'only-child':
      return always((element) => isFirst(element) && isLast(element))
    case 'root':
      return always((element) => element.parentNode?.nodeName === '#document')
    case 'link':
    case 'any-link':
      return always((element) => element.tagName === 'a' && attributeOf(element, 'href') !== null)
    // a reader's pointer is nowhere
    case 'hover':
    case 'active':
    case 'focus':
    case 'focus-within':
    case 'focus-visible':
    case 'visited':
    case 'checked':
    case 'target':
      return always(() => false)
    case 'not': {
      const list = args[0]
      if (list?.type !== 'SelectorList') return null
      const inner: CompiledSelector[] = []
      for (const node of list.children.toArray()) {
        const compiled = node.type === 'Selector' ? compileSelector(node) : null
        if (compiled?.compounds.length !== 1) return null
        inner.push(compiled)
      }
      return {
        weight: Math.max(0, ...inner.map((one) => one.specificity)),
        matches: (element) => inner.every((one) => !one.compounds[0] || !matchesCompound(one.compounds[0], element)),
      }
    }
    default:
      return null
  }
}

export function matches(selector: CompiledSelector, element: MarkupElement, context: MatchContext): boolean {
  return matchesFrom(selector, 0, element, context)
}

function matchesFrom(
  selector: CompiledSelector,
  index: number,
  element: MarkupElement,
  context: MatchContext,
): boolean {
  const compound = selector.compounds[index]
  if (compound === undefined || --context.left < 0 || !matchesCompound(compound, element)) return false
  if (index === selector.compounds.length - 1) return true
  switch (selector.combinators[index]) {
    case '>': {
      const parent = parentElement(element)
      return parent !== null && matchesFrom(selector, index + 1, parent, context)
    }
    case '+': {
      const previous = previousElement(element, context)
      return previous !== null && matchesFrom(selector, index + 1, previous, context)
    }
    case '~':
      for (let at = previousElement(element, context); at !== null; at = previousElement(at, context)) {
        if (context.left < 0) return false
        if (matchesFrom(selector, index + 1, at, context)) return true
      }
      return false
    default:
      for (let at = parentElement(element); at !== null; at = parentElement(at)) {
        if (context.left < 0) return false
        if (matchesFrom(selector, index + 1, at, context)) return true
      }
      return false
  }
}

function matchesCompound(compound: Compound, element: MarkupElement): boolean {
  if (compound.tag !== null && compound.tag !== element.tagName.toLowerCase()) return false
  for (const id of compound.ids) if (attributeOf(element, 'id') !== id) return false
  if (compound.classes.length > 0) {
    const classes = classesOf(element)
    for (const name of compound.classes) if (!classes.includes(name)) return false
  }
  return compound.tests.every((test) => test(element))
}

export function classesOf(element: MarkupElement): readonly string[] {
  const value = attributeOf(element, 'class')
  return value === null ? [] : value.split(/[\t\n\f\r ]+/)
}

function parentElement(element: MarkupElement): MarkupElement | null {
  const parent = element.parentNode
  return parent !== null && isElement(parent) ? parent : null
}

function isFirst(element: MarkupElement): boolean {
  for (const node of siblingsOf(element)) if (isElement(node)) return node === element
  return false
}

function isLast(element: MarkupElement): boolean {
  const siblings = siblingsOf(element)
  for (let at = siblings.length - 1; at >= 0; at--) {
    const node = siblings[at]
    if (node !== undefined && isElement(node)) return node === element
  }
  return false
}

function previousElement(element: MarkupElement, context: MatchContext): MarkupElement | null {
  const known = context.previous.get(element)
  if (known !== undefined) return known
  let previous: MarkupElement | null = null
  for (const node of siblingsOf(element)) {
    if (!isElement(node)) continue
    context.previous.set(node, previous)
    previous = node
  }
  return context.previous.get(element) ?? null
}

function siblingsOf(element: MarkupElement): readonly MarkupNode[] {
  // the parser's tree holds only its own nodes
  return (element.parentNode?.childNodes ?? []) as readonly MarkupNode[]
}
