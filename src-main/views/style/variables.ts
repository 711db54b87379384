import { isValidValue } from './valid-value.ts'

/** Custom properties as an element has them (CSS Variables 1): its own, then those of what is around it. */
export interface Variables {
  readonly own: ReadonlyMap<string, string>
  readonly around: Variables | null
  readonly depth: number
}

/** Deeper ones have no say: each look-up goes through all of them. */
const maxDepth = 32
const maxReplacements = 16
const maxLength = 2_000

export function withOwnVariables(
  declared: ReadonlyMap<string, string> | null,
  around: Variables | null,
): Variables | null {
  if (declared === null || (around?.depth ?? 0) >= maxDepth) return around
  let own: Map<string, string> | null = null
  for (const [name, value] of declared) if (name.startsWith('--')) (own ??= new Map()).set(name, value)
  return own === null ? around : { own, around, depth: (around?.depth ?? 0) + 1 }
}

/** Declarations with `var()` written out; one that cannot be is as if it had not been made. */
export function withoutVariables(
  declared: ReadonlyMap<string, string> | null,
  variables: Variables | null,
  quirks: boolean,
): ReadonlyMap<string, string> | null {
  if (declared === null) return null
  let changed: Map<string, string> | null = null
  for (const [property, value] of declared) {
    if (!value.includes('var(') || property.startsWith('--')) continue
    changed ??= new Map(declared)
    const written = replaced(value, variables)
    if (written !== null && isValidValue(property, written, quirks)) changed.set(property, written)
    else changed.delete(property)
  }
  return changed ?? declared
}

function replaced(value: string, variables: Variables | null): string | null {
  let text = value
  for (let count = 0; count < maxReplacements; count++) {
    const reference = /var\(\s*(--[^\s,)]+)\s*(?:,\s*([^()]*(?:\([^()]*\)[^()]*)*))?\)/.exec(text)
    if (reference === null) return text.includes('var(') ? null : text.trim()
    const [whole, name = '', fallback] = reference
    const known = valueOf(name, variables) ?? fallback
    if (known === undefined) return null
    text = text.slice(0, reference.index) + known + text.slice(reference.index + whole.length)
    if (text.length > maxLength) return null
  }
  return null
}

function valueOf(name: string, variables: Variables | null): string | undefined {
  for (let at = variables; at !== null; at = at.around) {
    const value = at.own.get(name)
    if (value !== undefined) return value === 'initial' ? undefined : value
  }
  return undefined
}
