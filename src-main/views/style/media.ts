import type { CssNode } from 'css-tree'

/** Where a reader may read: what one of them shows counts as visible. */
export interface Surroundings {
  readonly widthPx: number
  readonly dark: boolean
}

/** A mail pane, a wide window, a phone, a dark screen. */
export const allSurroundings: readonly Surroundings[] = [
  { widthPx: 800, dark: false },
  { widthPx: 1200, dark: false },
  { widthPx: 375, dark: false },
  { widthPx: 800, dark: true },
]

/** Media Queries 4 on a css-tree `MediaQueryList`; what is not known is false. */
export function mediaMatches(list: CssNode | null, where: Surroundings): boolean {
  if (list === null) return true
  if (list.type === 'AtrulePrelude') {
    const first = list.children.first
    return first === null || mediaMatches(first, where)
  }
  if (list.type !== 'MediaQueryList') return false
  return list.children.isEmpty || list.children.some((query) => queryMatches(query, where))
}

function queryMatches(query: CssNode, where: Surroundings): boolean {
  if (query.type !== 'MediaQuery') return false
  const type = query.mediaType?.toLowerCase() ?? 'all'
  const condition = query.condition === null ? true : conditionMatches(query.condition, where)
  // what is not known makes the whole query false, `not` or not
  if (condition === null) return false
  const holds = (type === 'all' || type === 'screen') && condition
  return query.modifier?.toLowerCase() === 'not' ? !holds : holds
}

/** null: something in it is not known. */
function conditionMatches(condition: CssNode, where: Surroundings): boolean | null {
  switch (condition.type) {
    case 'Condition': {
      const parts = condition.children.toArray()
      const words = parts.map((part) => (part.type === 'Identifier' ? part.name.toLowerCase() : ''))
      const terms = parts.filter((part) => part.type !== 'Identifier').map((part) => conditionMatches(part, where))
      if (words.includes('not')) return terms.length !== 1 || terms[0] == null ? null : !terms[0]
      if (words.includes('or')) return terms.includes(true) ? true : terms.includes(null) ? null : false
      return terms.includes(false) ? false : terms.includes(null) ? null : true
    }
    case 'Feature':
      return featureMatches(condition.name.toLowerCase(), condition.value, where)
    case 'FeatureRange':
      return (
        rangeMatches(condition.left, condition.leftComparison, condition.middle, where) &&
        (condition.right === null ||
          condition.rightComparison === null ||
          rangeMatches(condition.middle, condition.rightComparison, condition.right, where))
      )
    default:
      return null
  }
}

function featureMatches(name: string, value: CssNode | null, where: Surroundings): boolean | null {
  const word = value?.type === 'Identifier' ? value.name.toLowerCase() : null
  switch (name) {
    case 'width':
    case 'device-width':
      return value === null || pixels(value) === where.widthPx
    case 'min-width':
    case 'min-device-width':
      return (pixels(value) ?? Infinity) <= where.widthPx
    case 'max-width':
    case 'max-device-width':
      return (pixels(value) ?? -Infinity) >= where.widthPx
    case 'prefers-color-scheme':
      return word === (where.dark ? 'dark' : 'light')
    case 'orientation':
      return word === (where.widthPx < 600 ? 'portrait' : 'landscape')
    case 'prefers-reduced-motion':
      return word === 'no-preference'
    case 'color':
    case 'min-color':
      return true
    // asked for to reach WebKit and Blink alone, which is where most readers are
    case '-webkit-min-device-pixel-ratio':
    case 'min-device-pixel-ratio':
      return value?.type === 'Number' && Number(value.value) <= 2
    case 'hover':
    case 'any-hover':
      return word === null || word === 'hover'
    case 'pointer':
    case 'any-pointer':
      return word === null || word === 'fine'
    case 'min-height':
    case 'min-device-height':
      return (pixels(value) ?? Infinity) <= heightPx
    case 'max-height':
    case 'max-device-height':
      return (pixels(value) ?? -Infinity) >= heightPx
    case 'min-resolution':
    case 'max-resolution':
    case 'resolution':
    case 'forced-colors':
    case 'prefers-contrast':
    case 'inverted-colors':
    case 'monochrome':
    case 'grid':
    case 'scripting':
    case 'display-mode':
      return word === 'none' || word === 'no-preference' || word === 'browser'
    default:
      return null
  }
}

const heightPx = 900

function rangeMatches(left: CssNode, comparison: string, right: CssNode, where: Surroundings): boolean {
  const a = widthOr(left, where)
  const b = widthOr(right, where)
  if (a === null || b === null) return false
  switch (comparison) {
    case '<':
      return a < b
    case '<=':
      return a <= b
    case '>':
      return a > b
    case '>=':
      return a >= b
    default:
      return a === b
  }
}

function widthOr(node: CssNode, where: Surroundings): number | null {
  return node.type === 'Identifier' && node.name.toLowerCase() === 'width' ? where.widthPx : pixels(node)
}

function pixels(node: CssNode | null): number | null {
  if (node?.type === 'Number') return Number(node.value)
  if (node?.type !== 'Dimension') return null
  const factor = { px: 1, em: 16, rem: 16, pt: 4 / 3, in: 96, cm: 37.8 }[node.unit.toLowerCase()]
  return factor === undefined ? null : Number(node.value) * factor
}
