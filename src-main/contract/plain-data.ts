export interface PlainDataLimits {
  /** Keys, values and list items together. */
  readonly maxNodes: number
  /** UTF-16 units of all keys and strings together. */
  readonly maxUnits: number
  readonly maxDepth: number
}

export type PlainDataFault = 'too-large' | 'too-deep' | 'prototype-key' | 'not-plain'

const prototypeKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * Looks at a value from outside (a call of the page, a settings file) before any schema does: it must be what JSON can
 * say, within limits, and name no key that reaches a prototype. Null when it is. A cycle ends as `too-deep` or
 * `too-large`.
 */
export function plainDataFault(value: unknown, limits: PlainDataLimits): PlainDataFault | null {
  let nodes = 0
  let units = 0
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value, depth: 0 }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    nodes += 1
    if (nodes > limits.maxNodes) return 'too-large'
    if (next.depth > limits.maxDepth) return 'too-deep'
    const current = next.value
    const depth = next.depth + 1
    switch (typeof current) {
      case 'string':
        units += current.length
        if (units > limits.maxUnits) return 'too-large'
        break
      case 'number':
      case 'boolean':
      case 'undefined':
        break
      case 'object':
        if (current === null) break
        if (Array.isArray(current)) {
          if (current.length > limits.maxNodes) return 'too-large'
          for (const item of current) open.push({ value: item, depth })
          break
        }
        if (!isPlainObject(current)) return 'not-plain'
        for (const [key, item] of Object.entries(current)) {
          if (prototypeKeys.has(key)) return 'prototype-key'
          units += key.length
          if (units > limits.maxUnits) return 'too-large'
          open.push({ value: item, depth })
        }
        break
      default:
        return 'not-plain'
    }
  }
  return null
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  // A clone from another context has that context's Object.prototype: one without a prototype of its own.
  return prototype === null || (typeof prototype === 'object' && Object.getPrototypeOf(prototype) === null)
}
