import type { CssNode } from 'css-tree'

/** Where a reader may read: what one of them shows counts as visible. */
export interface Surroundings {
  readonly widthPx: number
  readonly dark: boolean
  /** Whether `@supports` holds. */
  readonly supports: boolean
}

/** Desktop, phone, dark desktop, and a client without the features that `@supports` asks for. */
export const allSurroundings: readonly Surroundings[] = [
  { widthPx: 1200, dark: false, supports: true },
  { widthPx: 375, dark: false, supports: true },
  { widthPx: 1200, dark: true, supports: true },
  { widthPx: 1200, dark: false, supports: false },
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
  const holds =
    (type === 'all' || type === 'screen') && (query.condition === null || conditionMatches(query.condition, where))
  return query.modifier?.toLowerCase() === 'not' ? !holds : holds
}

function conditionMatches(condition: CssNode, where: Surroundings): boolean {
  switch (condition.type) {
    case 'Condition': {
      const parts = condition.children.toArray()
      const words = parts.map((part) => (part.type === 'Identifier' ? part.name.toLowerCase() : ''))
      const terms = parts.filter((part) => part.type !== 'Identifier').map((part) => conditionMatches(part, where))
      if (words.includes('not')) return terms.length === 1 && terms[0] === false
      return words.includes('or') ? terms.some(Boolean) : terms.every(Boolean)
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
      return false
  }
}

function featureMatches(name: string, value: CssNode | null, where: Surroundings): boolean {
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
    default:
      return false
  }
}

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
