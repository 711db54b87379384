import type { CssNode } from 'css-tree'
import { attributeOf, childrenOf, isText, type MarkupElement } from '../markup.ts'
import { parseCss, withinStack } from './css.ts'
import { declarationsOf, type Declaration } from './declarations.ts'
import { allSurroundings, mediaMatches, type Surroundings } from './media.ts'
import { classesOf, compileSelector, matches, type CompiledSelector, type MatchContext } from './selector.ts'

/** One selector of a rule of a `<style>` element. */
interface StyleRule {
  readonly selector: CompiledSelector
  readonly order: number
  readonly declarations: readonly Declaration[]
  readonly conditions: readonly Condition[]
}

type Condition = { readonly kind: 'media'; readonly query: CssNode | null } | { readonly kind: 'supports' }

/** The rules that apply in one place of reading, found by what their last compound asks for. */
export interface RuleIndex {
  readonly size: number
  readonly any: readonly StyleRule[]
  readonly byTag: ReadonlyMap<string, readonly StyleRule[]>
  readonly byClass: ReadonlyMap<string, readonly StyleRule[]>
  readonly byId: ReadonlyMap<string, readonly StyleRule[]>
}

/** Indexes for the places of reading that differ, the desktop first. Empty stylesheets give one empty index. */
export function readStylesheets(elements: readonly MarkupElement[]): RuleIndex[] {
  const rules: StyleRule[] = []
  for (const element of elements) {
    const type = attributeOf(element, 'type')?.trim().toLowerCase() ?? ''
    if (type !== '' && type !== 'text/css') continue
    const css = childrenOf(element)
      .map((node) => (isText(node) ? node.value : ''))
      .join('')
    const sheet = parseCss(css, { parseValue: false })
    const media = attributeOf(element, 'media')
    const conditions: Condition[] =
      media === null ? [] : [{ kind: 'media', query: parseCss(media, { context: 'mediaQueryList' }) }]
    if (sheet !== null) withinStack(() => collect(sheet, conditions, rules), undefined)
  }
  const seen = new Set<string>()
  const indexes: RuleIndex[] = []
  for (const where of allSurroundings) {
    const active = rules.map((rule) => rule.conditions.every((condition) => holds(condition, where)))
    const key = active.map((on) => (on ? '1' : '0')).join('')
    if (seen.has(key)) continue
    seen.add(key)
    indexes.push(indexRules(rules.filter((_, at) => active[at])))
  }
  return indexes
}

function collect(sheet: CssNode, outer: readonly Condition[], rules: StyleRule[]): void {
  if (sheet.type !== 'StyleSheet' && sheet.type !== 'Block') return
  sheet.children.forEach((node) => {
    if (node.type === 'Rule') {
      const declarations = declarationsOf(node.block)
      if (declarations.length === 0 || node.prelude.type !== 'SelectorList') return
      node.prelude.children.forEach((part) => {
        const selector = part.type === 'Selector' ? compileSelector(part) : null
        if (selector !== null) rules.push({ selector, order: rules.length, declarations, conditions: outer })
      })
    } else if (node.type === 'Atrule' && node.block !== null) {
      switch (node.name.toLowerCase()) {
        case 'media': {
          collect(node.block, [...outer, { kind: 'media', query: node.prelude }], rules)
          return
        }
        case 'supports': {
          collect(node.block, [...outer, { kind: 'supports' }], rules)
          return
        }
        case 'layer': {
          collect(node.block, outer, rules)
          return
        }
      }
    }
  })
}

function holds(condition: Condition, where: Surroundings): boolean {
  return condition.kind === 'supports' ? where.supports : mediaMatches(condition.query, where)
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

/** What stylesheet and `style` attribute declare for an element, the winner for each property; null when nothing. */
export function cascade(
  element: MarkupElement,
  index: RuleIndex,
  inline: readonly Declaration[],
  context: MatchContext,
): ReadonlyMap<string, string> | null {
  const hits: StyleRule[] = []
  const take = (rules: readonly StyleRule[]): void => {
    for (const rule of rules) if (matches(rule.selector, element, context)) hits.push(rule)
  }
  if (index.size > 0) {
    take(index.any)
    take(index.byTag.get(element.tagName) ?? none)
    for (const name of classesOf(element)) take(index.byClass.get(name) ?? none)
    const id = attributeOf(element, 'id')
    if (id !== null) take(index.byId.get(id) ?? none)
  }
  if (hits.length === 0 && inline.length === 0) return null
  hits.sort((a, b) => a.selector.specificity - b.selector.specificity || a.order - b.order)
  const values = new Map<string, string>()
  const apply = (declarations: readonly Declaration[], important: boolean): void => {
    for (const one of declarations) if (one.important === important) values.set(one.property, one.value)
  }
  for (const rule of hits) apply(rule.declarations, false)
  apply(inline, false)
  for (const rule of hits) apply(rule.declarations, true)
  apply(inline, true)
  return values
}
