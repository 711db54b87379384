import { generate, type Block, type CssNode, type Rule, type StyleSheet } from 'css-tree'
import { attributeOf, childrenOf, isText, type MarkupElement } from '../markup.ts'
import { parseCss, withinStack } from './css.ts'
import { declarationsOf, type Declaration } from './declarations.ts'
import { allSurroundings, mediaMatches } from './media.ts'
import { classesOf, compileSelector, idOf, matches, type CompiledSelector, type MatchContext } from './selector.ts'
import { isSupported } from './supports.ts'

/** One selector of a rule of a `<style>` element. */
interface StyleRule {
  readonly selector: CompiledSelector
  readonly order: number
  readonly declarations: readonly Declaration[]
  /** What `@media` asks for, of all that stand around the rule. */
  readonly media: readonly (CssNode | null)[]
  /** Of cascade layers, in the order in which they are first named; rules outside of them come last. */
  readonly layer: number
}

/** Where the reading of a style sheet is. */
interface Within {
  readonly media: readonly (CssNode | null)[]
  readonly layer: string | null
  readonly parents: readonly CompiledSelector[] | null
  readonly depth: number
}

interface Collected {
  readonly rules: StyleRule[]
  readonly layers: Map<string, number>
  readonly quirks: boolean
}

const unlayered = Number.MAX_SAFE_INTEGER
const maxNesting = 20

/** The rules that apply in one place of reading, found by what their last compound asks for. */
export interface RuleIndex {
  readonly size: number
  readonly any: readonly StyleRule[]
  readonly byTag: ReadonlyMap<string, readonly StyleRule[]>
  readonly byClass: ReadonlyMap<string, readonly StyleRule[]>
  readonly byId: ReadonlyMap<string, readonly StyleRule[]>
}

/** Indexes for the places of reading that differ, a mail pane first. Empty stylesheets give one empty index. */
export function readStylesheets(elements: readonly MarkupElement[], quirks: boolean): RuleIndex[] {
  const collected: Collected = { rules: [], layers: new Map(), quirks }
  for (const element of elements) {
    const type = attributeOf(element, 'type')?.trim().toLowerCase() ?? ''
    if (type !== '' && type !== 'text/css') continue
    const css = childrenOf(element)
      .map((node) => (isText(node) ? node.value : ''))
      .join('')
    const sheet = parseCss(css, { parseValue: false })
    const written = attributeOf(element, 'media')
    const media = written === null ? [] : [parseCss(written, { context: 'mediaQueryList' })]
    if (sheet?.type !== 'StyleSheet') continue
    withinStack(() => collect(sheet, { media, layer: null, parents: null, depth: 0 }, collected), undefined)
  }
  const { rules } = collected
  const seen = new Set<string>()
  const indexes: RuleIndex[] = []
  for (const where of allSurroundings) {
    const active = rules.map((rule) => rule.media.every((query) => mediaMatches(query, where)))
    const key = active.map((on) => (on ? '1' : '0')).join('')
    if (seen.has(key)) continue
    seen.add(key)
    indexes.push(indexRules(rules.filter((_, at) => active[at])))
  }
  return indexes
}

function collect(sheet: StyleSheet | Block, within: Within, collected: Collected): void {
  sheet.children.forEach((node) => {
    if (node.type === 'Rule') collectRule(node, within, collected)
    else if (node.type === 'Atrule') {
      const prelude = node.prelude === null ? '' : generate(node.prelude).trim().toLowerCase()
      const { block } = node
      switch (node.name.toLowerCase()) {
        case 'media': {
          if (block !== null) collect(block, { ...within, media: [...within.media, node.prelude] }, collected)
          return
        }
        case 'supports': {
          if (block !== null && isSupported(prelude)) collect(block, within, collected)
          return
        }
        case 'layer': {
          for (const name of prelude.split(',')) {
            const layer = `${within.layer ?? ''}.${name.trim() || String(collected.layers.size)}`
            if (!collected.layers.has(layer)) collected.layers.set(layer, collected.layers.size)
            if (block !== null) collect(block, { ...within, layer }, collected)
          }
        }
      }
    }
  })
}

function collectRule(node: Rule, within: Within, collected: Collected): void {
  if (node.prelude.type !== 'SelectorList') return
  const selectors: CompiledSelector[] = []
  for (const part of node.prelude.children.toArray()) {
    const scope = { quirks: collected.quirks, parents: within.parents }
    const selector = part.type === 'Selector' ? compileSelector(part, scope) : null
    // one selector that a browser does not know takes the rule with it (CSS Selectors 4, section 4.1)
    if (selector === null) return
    selectors.push(selector)
  }
  const { rules, layers } = collected
  const layer = within.layer === null ? unlayered : (layers.get(within.layer) ?? unlayered)
  const add = (block: Block): void => {
    const declarations = declarationsOf(block, collected.quirks)
    if (declarations.length === 0) return
    for (const selector of selectors) {
      rules.push({ selector, order: rules.length, declarations, media: within.media, layer })
    }
  }
  add(node.block)
  if (within.depth >= maxNesting) return
  const inner = { ...within, parents: selectors, depth: within.depth + 1 }
  const isNesting = node.block.children.some((one) => one.type === 'Rule' || one.type === 'Atrule')
  if (isNesting) collect(node.block, inner, collected)
  // nested rules that begin with the name of an element are no rules to the parser yet
  node.block.children.forEach((one) => {
    const nested = one.type === 'Raw' && one.value.includes('{') ? parseCss(one.value, { parseValue: false }) : null
    if (nested?.type === 'StyleSheet') collect(nested, inner, collected)
  })
}

function indexRules(rules: readonly StyleRule[]): RuleIndex {
  const any: StyleRule[] = []
  const byTag = new Map<string, StyleRule[]>()
  const byClass = new Map<string, StyleRule[]>()
  const byId = new Map<string, StyleRule[]>()
  const put = (map: Map<string, StyleRule[]>, key: string, rule: StyleRule): void => {
    const list = map.get(key)
    if (list === undefined) map.set(key, [rule])
    else list.push(rule)
  }
  for (const rule of rules) {
    const subject = rule.selector.compounds[0]
    if (subject === undefined) continue
    const [id] = subject.ids
    const [name] = subject.classes
    if (id !== undefined) put(byId, id, rule)
    else if (name !== undefined) put(byClass, name, rule)
    else if (subject.tag !== null) put(byTag, subject.tag, rule)
    else any.push(rule)
  }
  return { size: rules.length, any, byTag, byClass, byId }
}

const none: readonly StyleRule[] = []

/** Elements whose declarations differ more than this are looked at each time: what is kept is bounded. */
const maxKnown = 20_000

/**
 * What stylesheet and `style` attribute declare for an element, the winner for each property; null when nothing. The same
 * rules and the same attribute give the same answer: what is computed from it need not be computed again.
 */
export function cascadeMemory(
  index: RuleIndex,
  context: MatchContext,
): (element: MarkupElement, inline: readonly Declaration[]) => ReadonlyMap<string, string> | null {
  const known = new Map<readonly Declaration[], Map<string, ReadonlyMap<string, string>>>()
  let count = 0

  return (element, inline) => {
    const hits = rulesFor(element, index, context)
    if (hits.length === 0 && inline.length === 0) return null
    const key = hits.length === 0 ? '' : hits.map(({ order }) => order).join()
    const same = known.get(inline)?.get(key)
    if (same !== undefined) return same
    const values = winners(hits, inline)
    if (++count > maxKnown) return values
    const byRules = known.get(inline) ?? new Map<string, ReadonlyMap<string, string>>()
    known.set(inline, byRules.set(key, values))
    return values
  }
}

function rulesFor(element: MarkupElement, index: RuleIndex, context: MatchContext): StyleRule[] {
  const hits: StyleRule[] = []
  if (index.size === 0) return hits
  const take = (rules: readonly StyleRule[]): void => {
    for (const rule of rules) if (matches(rule.selector, element, context)) hits.push(rule)
  }
  take(index.any)
  take(index.byTag.get(element.tagName) ?? none)
  for (const name of new Set(classesOf(element, context.quirks))) take(index.byClass.get(name) ?? none)
  const id = idOf(element, context.quirks)
  if (id !== null) take(index.byId.get(id) ?? none)
  return hits
}

function winners(hits: StyleRule[], inline: readonly Declaration[]): ReadonlyMap<string, string> {
  const bySpecificity = (a: StyleRule, b: StyleRule): number =>
    a.selector.specificity - b.selector.specificity || a.order - b.order
  hits.sort((a, b) => a.layer - b.layer || bySpecificity(a, b))
  const values = new Map<string, string>()
  const apply = (declarations: readonly Declaration[], important: boolean): void => {
    for (const one of declarations) if (one.important === important) values.set(one.property, one.value)
  }
  for (const rule of hits) apply(rule.declarations, false)
  apply(inline, false)
  // what is important goes the other way round through the layers
  if (hits.some((rule) => rule.layer !== unlayered)) hits.sort((a, b) => b.layer - a.layer || bySpecificity(a, b))
  for (const rule of hits) apply(rule.declarations, true)
  apply(inline, true)
  return values
}
