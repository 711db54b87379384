import { find, generate, ident, walk, type CssNode, type Declaration, type Rule, type Selector } from 'css-tree'
import { parseCss, withinStack } from '../../views/style/css.ts'
import { idPrefix, prefixedId } from './allow-list.ts'

/**
 * A mail's CSS, made anew from what is on the lists below. Nothing in the outcome fetches, runs, or draws text; it holds no
 * `<`, no `\` and no `@` but its own `@media`.
 */
export interface FilteredStyle {
  readonly css: string
  /** Declarations and at-rules left out because they would have fetched or run something. */
  readonly blocked: number
}

/** Which of a mail's styles for light and dark mode hold. The frame itself must not ask the system. */
export interface ColourScheme {
  readonly dark: boolean
  /** Set when a style for dark mode is met. */
  hasDark: boolean
}

const always = '(min-width:0)'
const never = '(max-width:0)'

function settleScheme(query: string, scheme: ColourScheme): string {
  return query.replace(/\(\s*prefers-color-scheme\s*(?::\s*(light|dark)\s*)?\)/gi, (_, asked?: string) => {
    if (asked?.toLowerCase() === 'dark') scheme.hasDark = true
    return asked === undefined || (asked.toLowerCase() === 'dark') === scheme.dark ? always : never
  })
}

const properties = new Set(
  (
    'align-content align-items align-self background background-color background-clip background-origin background-position ' +
    'background-repeat background-size border border-bottom border-bottom-color border-bottom-left-radius border-bottom-right-radius ' +
    'border-bottom-style border-bottom-width border-collapse border-color border-left border-left-color border-left-style ' +
    'border-left-width border-radius border-right border-right-color border-right-style border-right-width border-spacing border-style ' +
    'border-top border-top-color border-top-left-radius border-top-right-radius border-top-style border-top-width border-width bottom ' +
    'box-shadow box-sizing caption-side clear clip clip-path color column-count column-gap columns direction display empty-cells flex ' +
    'flex-basis flex-direction flex-flow flex-grow flex-shrink flex-wrap float font font-family font-size font-stretch font-style ' +
    'font-variant font-weight gap grid-gap grid-template-columns height hyphens justify-content left letter-spacing line-height ' +
    'list-style list-style-position list-style-type margin margin-bottom margin-left margin-right margin-top max-height max-width ' +
    'min-height min-width opacity order outline overflow overflow-wrap overflow-x overflow-y padding padding-bottom padding-left ' +
    'padding-right padding-top position right row-gap table-layout text-align text-decoration text-decoration-color ' +
    'text-decoration-line text-indent text-overflow text-shadow text-transform top transform vertical-align visibility white-space ' +
    'width word-break word-spacing word-wrap z-index'
  ).split(' '),
)

const functions = new Set(
  (
    'rgb rgba hsl hsla hwb lab lch oklab oklch color calc min max clamp rect inset circle ellipse linear-gradient radial-gradient ' +
    'repeating-linear-gradient repeating-radial-gradient conic-gradient -webkit-linear-gradient translate translatex translatey scale ' +
    'scalex scaley rotate skew matrix repeat minmax'
  ).split(' '),
)

const pseudoClasses = new Set(
  'first-child last-child only-child nth-child nth-last-child first-of-type last-of-type nth-of-type not hover link visited root empty'.split(
    ' ',
  ),
)

/** What fetches, runs or puts the page's own parts out of reach. */
const harmful =
  /url\(|image-set\(|cross-fade\(|element\(|paint\(|src\(|image\(|expression|behaviou?r|-moz-binding|javascript:|vbscript:|progid/i
const plainValue = /^[\w\s#%.,()'"!*/+-]*$/
const maxValueLength = 500

const nothing: FilteredStyle = { css: '', blocked: 0 }

/** The value of a `style` attribute. */
export function filterInlineStyle(style: string): FilteredStyle {
  const list = parseCss(style, { context: 'declarationList' })
  if (list?.type !== 'DeclarationList') return nothing
  return withinStack(() => filterDeclarations(list.children.toArray()), nothing)
}

function filterDeclarations(nodes: readonly CssNode[]): FilteredStyle {
  const kept: string[] = []
  let blocked = 0
  for (const node of nodes) {
    const harm = node.type === 'Declaration' ? isHarmful(node) : harmful.test(decoded(generate(node)))
    const css = node.type !== 'Declaration' || harm ? null : filterDeclaration(node)
    if (harm) blocked++
    if (css !== null) kept.push(css)
  }
  return { css: kept.join(';'), blocked }
}

function decoded(css: string): string {
  return css.includes('\\') ? ident.decode(css) : css
}

function isHarmful(node: Declaration): boolean {
  const property = decoded(node.property).toLowerCase()
  const value = decoded(generate(node.value))
  return harmful.test(value) || harmful.test(property) || (property === 'position' && /fixed|sticky/i.test(value))
}

/** The declaration anew; null when property or value are not on the lists. */
function filterDeclaration(node: Declaration): string | null {
  const property = decoded(node.property).toLowerCase()
  const value = generate(node.value)
  if (!properties.has(property) || value.length > maxValueLength || !plainValue.test(value)) return null
  const unknown = find(node.value, (part) => {
    if (part.type === 'Function') return !functions.has(part.name.toLowerCase())
    if (part.type === 'String') return !property.startsWith('font')
    return part.type === 'Url' || part.type === 'Raw'
  })
  if (unknown !== null) return null
  return `${property}:${value}${node.important === false ? '' : '!important'}`
}

/** The text of a `<style>` element. */
export function filterStylesheet(css: string, scheme: ColourScheme): FilteredStyle {
  const sheet = parseCss(css, {})
  if (sheet?.type !== 'StyleSheet') return nothing
  return withinStack(() => filterRules(sheet.children.toArray(), 0, scheme), nothing)
}

const maxNesting = 4

function filterRules(nodes: readonly CssNode[], nesting: number, scheme: ColourScheme): FilteredStyle {
  const kept: string[] = []
  let blocked = 0
  for (const node of nodes) {
    if (node.type === 'Rule') {
      const rule = filterRule(node)
      blocked += rule.blocked
      if (rule.css !== '') kept.push(rule.css)
    } else if (node.type === 'Atrule') {
      const name = decoded(node.name).toLowerCase()
      if (name === 'media' && node.block !== null && node.prelude !== null && nesting < maxNesting) {
        const inner = filterRules(node.block.children.toArray(), nesting + 1, scheme)
        const query = settleScheme(generate(node.prelude), scheme)
        blocked += inner.blocked
        if (inner.css !== '' && /^[\w\s():,./-]*$/.test(query)) kept.push(`@media ${query}{${inner.css}}`)
      } else if (name === 'import' || name === 'font-face' || harmful.test(decoded(generate(node)))) blocked++
    } else if (harmful.test(decoded(generate(node)))) blocked++
  }
  return { css: kept.join('\n'), blocked }
}

function filterRule(node: Rule): FilteredStyle {
  const { css, blocked } = filterDeclarations(node.block.children.toArray())
  if (css === '' || node.prelude.type !== 'SelectorList') return { css: '', blocked }
  const selectors: string[] = []
  node.prelude.children.forEach((selector) => {
    const kept = selector.type === 'Selector' ? filterSelector(selector) : null
    if (kept !== null) selectors.push(kept)
  })
  return { css: selectors.length === 0 ? '' : `${selectors.join(',')}{${css}}`, blocked }
}

function filterSelector(selector: Selector): string | null {
  if (!isPlainSelector(selector)) return null
  walk(selector, (node) => {
    if (node.type === 'IdSelector') node.name = `${idPrefix}${node.name}`
  })
  const css = generate(selector)
  return /^[\w\s.#>+~*:()[\]="'^$|-]{1,500}$/.test(css) ? css : null
}

/** Whether it picks elements of the mail only: the page's own parts are known by their attributes. */
function isPlainSelector(selector: Selector): boolean {
  const odd = find(selector, (node) => {
    if (node.type === 'IdSelector') return prefixedId(node.name) === null
    if (node.type === 'AttributeSelector') return /^(?:id|data-.*)$/i.test(node.name.name)
    if (node.type === 'PseudoClassSelector') return !pseudoClasses.has(node.name.toLowerCase())
    return node.type === 'PseudoElementSelector' || node.type === 'NestingSelector' || node.type === 'Raw'
  })
  return odd === null
}
