import { ident, type CssNode, type Selector } from 'css-tree'
import { attributeOf, isElement, isText, type MarkupElement, type MarkupNode, type MarkupParent } from '../markup.ts'

/** Selectors of the kinds mail uses. One that a browser does not know makes it leave out the whole rule. */
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
  readonly tests: readonly Test[]
}

type Test = (element: MarkupElement, context: MatchContext) => boolean

/** What matching needs beside the tree; one for each stylesheet of a message. */
export interface MatchContext {
  /** Counts comparisons down: a stylesheet made to be slow loses its say instead of stopping the review. */
  left: number
  readonly places: WeakMap<MarkupElement, Place>
  /** Without a document type, names of classes and ids are told apart without case (Quirks Mode). */
  readonly quirks: boolean
}

/** Where an element stands among its siblings; from 1. */
interface Place {
  readonly previous: MarkupElement | null
  readonly index: number
  readonly fromEnd: number
  readonly ofType: number
  readonly ofTypeFromEnd: number
}

export function matchContext(comparisons: number, quirks: boolean): MatchContext {
  return { left: comparisons, places: new WeakMap(), quirks }
}

const maxCompounds = 40

/** What stands around a selector. */
export interface SelectorScope {
  readonly quirks: boolean
  /** The rule that it is nested in (CSS Nesting). */
  readonly parents: readonly CompiledSelector[] | null
}

/** Null: no browser knows it. */
export function compileSelector(selector: Selector, scope: SelectorScope): CompiledSelector | null {
  const compounds: MutableCompound[] = [emptyCompound()]
  const combinators: Combinator[] = []
  let specificity = 0
  const nodes = selector.children.toArray()
  if (scope.parents !== null && !nodes.some((node) => node.type === 'NestingSelector')) {
    specificity += addParents(compounds[0], scope.parents)
    if (nodes[0]?.type !== 'Combinator') {
      combinators.unshift(' ')
      compounds.unshift(emptyCompound())
    }
  }
  for (const node of nodes) {
    if (node.type === 'Combinator') {
      if (node.name !== ' ' && node.name !== '>' && node.name !== '+' && node.name !== '~') return null
      combinators.unshift(node.name)
      compounds.unshift(emptyCompound())
      continue
    }
    const compound = compounds[0]
    if (node.type === 'NestingSelector') {
      specificity += addParents(compound, scope.parents ?? [])
      continue
    }
    const weight = compound === undefined ? null : addSimple(compound, node, scope)
    if (weight === null) return null
    specificity += weight
  }
  if (compounds.length > maxCompounds) return { compounds: [never], combinators: [], specificity: 0 }
  return { compounds, combinators, specificity }
}

const never: Compound = { tag: null, ids: [], classes: [], tests: [() => false] }

function addParents(compound: MutableCompound | undefined, parents: readonly CompiledSelector[]): number {
  compound?.tests.push((element, context) => parents.some((one) => matches(one, element, context)))
  return Math.max(0, ...parents.map((one) => one.specificity))
}

interface MutableCompound extends Compound {
  tag: string | null
  readonly ids: string[]
  readonly classes: string[]
  readonly tests: Test[]
}

function emptyCompound(): MutableCompound {
  return { tag: null, ids: [], classes: [], tests: [] }
}

const idWeight = 1_000_000
const classWeight = 1_000

/** Adds a simple selector; its specificity, or null when no browser knows it. */
function addSimple(compound: MutableCompound, node: CssNode, scope: SelectorScope): number | null {
  const fold = (name: string): string => (scope.quirks ? name.toLowerCase() : name)
  switch (node.type) {
    case 'TypeSelector': {
      const name = ident.decode(node.name).toLowerCase()
      if (name === '*') return 0
      if (name.includes('|')) return null
      compound.tag = name.replaceAll('\\', '')
      return 1
    }
    case 'IdSelector':
      compound.ids.push(fold(ident.decode(node.name)))
      return idWeight
    case 'ClassSelector':
      compound.classes.push(fold(ident.decode(node.name)))
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
      const test = pseudoClass(node.name.toLowerCase(), node.children?.toArray() ?? [], scope)
      if (test === null) return null
      compound.tests.push(test.matches)
      return test.weight
    }
    case 'PseudoElementSelector': {
      if (!isPseudoElement(node.name.toLowerCase())) return null
      // a part of an element, or what a style sheet makes beside its text
      compound.tests.push(() => false)
      return 1
    }
    default:
      return null
  }
}

const pseudoElements = new Set(
  (
    'before after first-line first-letter placeholder selection marker backdrop cue file-selector-button target-text ' +
    'details-content grammar-error spelling-error highlight part slotted view-transition'
  ).split(' '),
)

function isPseudoElement(name: string): boolean {
  return pseudoElements.has(name) || name.startsWith('-webkit-')
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
  readonly matches: Test
}

/** A reader's pointer is nowhere, and nothing is typed, ticked or played. */
const neverMet = new Set(
  (
    'hover active focus focus-within focus-visible visited checked target target-within fullscreen modal autofill ' +
    'indeterminate invalid user-invalid user-valid out-of-range playing paused host state current past future ' +
    'popover-open picture-in-picture buffering seeking stalled muted volume-locked before after first-line first-letter'
  ).split(' '),
)
const alwaysMet = new Set('enabled read-only optional valid in-range defined scope'.split(' '))

function pseudoClass(name: string, args: readonly CssNode[], scope: SelectorScope): PseudoTest | null {
  const always = (matches: Test): PseudoTest => ({ weight: classWeight, matches })
  if (neverMet.has(name) || name.startsWith('-webkit-')) return always(() => false)
  if (alwaysMet.has(name)) return always(() => true)
  switch (name) {
    case 'first-child':
      return always((element, context) => placeOf(element, context).index === 1)
    case 'last-child':
      return always((element, context) => placeOf(element, context).fromEnd === 1)
    case 'only-child':
      return always((element, context) => {
        const { index, fromEnd } = placeOf(element, context)
        return index === 1 && fromEnd === 1
      })
    case 'first-of-type':
      return always((element, context) => placeOf(element, context).ofType === 1)
    case 'last-of-type':
      return always((element, context) => placeOf(element, context).ofTypeFromEnd === 1)
    case 'only-of-type':
      return always((element, context) => {
        const { ofType, ofTypeFromEnd } = placeOf(element, context)
        return ofType === 1 && ofTypeFromEnd === 1
      })
    case 'nth-child':
      return nth(args, (place) => place.index)
    case 'nth-last-child':
      return nth(args, (place) => place.fromEnd)
    case 'nth-of-type':
      return nth(args, (place) => place.ofType)
    case 'nth-last-of-type':
      return nth(args, (place) => place.ofTypeFromEnd)
    case 'empty':
      return always((element) => siblingsIn(element).every((node) => !isElement(node) && !isText(node)))
    case 'root':
      return always((element) => element.parentNode?.nodeName === '#document')
    case 'link':
    case 'any-link':
      return always((element) => element.tagName === 'a' && attributeOf(element, 'href') !== null)
    case 'lang':
    case 'dir':
      return always(() => false)
    case 'is':
    case 'matches':
    case 'where':
    case 'not': {
      const inner = innerSelectors(args, scope, name !== 'not')
      if (inner === null) return null
      const some: Test = (element, context) => inner.some((one) => matches(one, element, context))
      return {
        weight: name === 'where' ? 0 : Math.max(0, ...inner.map((one) => one.specificity)),
        matches: name === 'not' ? (element, context) => !some(element, context) : some,
      }
    }
    case 'has': {
      const inner = innerSelectors(args, { ...scope, parents: null }, false)
      if (inner === null) return null
      const weight = Math.max(0, ...inner.map((one) => one.specificity))
      return { weight, matches: (element, context) => inner.some((one) => hasWithin(one, element, context)) }
    }
    default:
      return null
  }
}

/** The selectors in brackets; a forgiving list leaves out those that no browser knows. */
function innerSelectors(
  args: readonly CssNode[],
  scope: SelectorScope,
  forgiving: boolean,
): readonly CompiledSelector[] | null {
  const list = args[0]
  if (list?.type !== 'SelectorList') return forgiving ? [] : null
  const inner: CompiledSelector[] = []
  for (const node of list.children.toArray()) {
    const compiled = node.type === 'Selector' ? compileSelector(node, { ...scope, parents: null }) : null
    if (compiled !== null) inner.push(compiled)
    else if (!forgiving) return null
  }
  return inner
}

/** `:has()` for what lies in the element; what stands beside it is not looked for. */
function hasWithin(selector: CompiledSelector, element: MarkupElement, context: MatchContext): boolean {
  const waiting: MarkupNode[] = [...siblingsIn(element)]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (context.left <= 0) return false
    if (!isElement(node)) continue
    if (matches(selector, node, context)) return true
    for (const child of siblingsIn(node)) waiting.push(child)
  }
  return false
}

function nth(args: readonly CssNode[], placeIn: (place: Place) => number): PseudoTest | null {
  const [node] = args
  if (node?.type !== 'Nth' || node.selector !== null) return null
  const named = node.nth.type === 'Identifier' ? node.nth.name.toLowerCase() : null
  if (named !== null && named !== 'even' && named !== 'odd') return null
  const step = node.nth.type === 'AnPlusB' ? coefficient(node.nth.a) : 2
  const offset = node.nth.type === 'AnPlusB' ? Number(node.nth.b ?? 0) : named === 'odd' ? 1 : 0
  return {
    weight: classWeight,
    matches: (element, context) => {
      const steps = placeIn(placeOf(element, context)) - offset
      return step === 0 ? steps === 0 : steps % step === 0 && steps / step >= 0
    },
  }
}

/** Of `An+B`: `n` and `-n` are written without a number. */
function coefficient(written: string | null): number {
  if (written === null) return 0
  return written === '' || written === '+' ? 1 : written === '-' ? -1 : Number(written)
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
  if (compound === undefined || --context.left < 0 || !matchesCompound(compound, element, context)) return false
  if (index === selector.compounds.length - 1) return true
  switch (selector.combinators[index]) {
    case '>': {
      const parent = parentElement(element)
      return parent !== null && matchesFrom(selector, index + 1, parent, context)
    }
    case '+': {
      const { previous } = placeOf(element, context)
      return previous !== null && matchesFrom(selector, index + 1, previous, context)
    }
    case '~':
      for (let at = placeOf(element, context).previous; at !== null; at = placeOf(at, context).previous) {
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

function matchesCompound(compound: Compound, element: MarkupElement, context: MatchContext): boolean {
  if (compound.tag !== null && compound.tag !== element.tagName.toLowerCase()) return false
  for (const id of compound.ids) if (idOf(element, context.quirks) !== id) return false
  if (compound.classes.length > 0) {
    const classes = classesOf(element, context.quirks)
    for (const name of compound.classes) if (!classes.includes(name)) return false
  }
  return compound.tests.every((test) => test(element, context))
}

export function idOf(element: MarkupElement, quirks: boolean): string | null {
  const id = attributeOf(element, 'id')
  return quirks && id !== null ? id.toLowerCase() : id
}

export function classesOf(element: MarkupElement, quirks: boolean): readonly string[] {
  const value = attributeOf(element, 'class')
  if (value === null) return []
  return (quirks ? value.toLowerCase() : value).split(/[\t\n\f\r ]+/)
}

function parentElement(element: MarkupElement): MarkupElement | null {
  const parent = element.parentNode
  return parent !== null && isElement(parent) ? parent : null
}

const nowhere: Place = { previous: null, index: 0, fromEnd: 0, ofType: 0, ofTypeFromEnd: 0 }

/** Counted once for all children of a parent. */
function placeOf(element: MarkupElement, context: MatchContext): Place {
  const known = context.places.get(element)
  if (known !== undefined) return known
  const siblings = element.parentNode === null ? [] : siblingsIn(element.parentNode).filter(isElement)
  const totals = new Map<string, number>()
  for (const { tagName } of siblings) totals.set(tagName, (totals.get(tagName) ?? 0) + 1)
  const counts = new Map<string, number>()
  siblings.forEach((sibling, at) => {
    const ofType = (counts.get(sibling.tagName) ?? 0) + 1
    counts.set(sibling.tagName, ofType)
    context.places.set(sibling, {
      previous: siblings[at - 1] ?? null,
      index: at + 1,
      fromEnd: siblings.length - at,
      ofType,
      ofTypeFromEnd: (totals.get(sibling.tagName) ?? 0) - ofType + 1,
    })
  })
  return context.places.get(element) ?? nowhere
}

function siblingsIn(parent: MarkupParent): readonly MarkupNode[] {
  // the parser's tree holds only its own nodes
  return parent.childNodes as readonly MarkupNode[]
}
