import type { AudienceColumns } from '../../intake/audience-columns.ts'

/** Addresses and numbers that get nothing, as numbers: two million of them take less room than their letters would. */
export interface ExcludeSet {
  readonly add: (row: readonly string[], columns: AudienceColumns) => void
  readonly has: (row: readonly string[], columns: AudienceColumns) => boolean
}

export function excludeSet(): ExcludeSet {
  const keys = new Set<number>()
  return {
    add(row, columns) {
      for (const key of keysOf(row, columns)) keys.add(key)
    },
    has: (row, columns) => keysOf(row, columns).some((key) => keys.has(key)),
  }
}

function keysOf(row: readonly string[], columns: AudienceColumns): readonly number[] {
  const email = row[columns.indexOf('email')]?.trim().toLowerCase() ?? ''
  const phone = row[columns.indexOf('phone')]?.replace(/\D/g, '') ?? ''
  return [...(email === '' ? [] : [hashOf(email)]), ...(phone.length < 7 ? [] : [hashOf(phone.slice(-10))])]
}

/** FNV-1a twice, 53 bits of it: one wrong match in a thousand million million. */
function hashOf(text: string): number {
  let low = 0x811c9dc5
  let high = 0x01000193
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    low = Math.imul(low ^ unit, 0x01000193)
    high = Math.imul(high ^ (unit + at), 0x5bd1e995)
  }
  return (high >>> 11) * 0x100000000 + (low >>> 0)
}
