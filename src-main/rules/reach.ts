import type { Rule } from './pack.ts'
import { lies } from './values.ts'

/**
 * Whether a rule for some places is meant for recipients in these: `somebody`, `nobody`, or `unknown`, where their places are not
 * known, or not closely enough (`US` may be Washington, as long as no state is named).
 */
export function reach(
  { regions }: Pick<Rule, 'regions'>,
  places: readonly string[],
): 'somebody' | 'nobody' | 'unknown' {
  if (regions === null) return 'somebody'
  if (places.length === 0) return 'unknown'
  if (regions.some((own) => places.some((place) => lies(place, own)))) return 'somebody'
  const mayBe = regions.some((own) =>
    places.some((place) => lies(own, place) && !places.some((closer) => closer !== place && lies(closer, place))),
  )
  return mayBe ? 'unknown' : 'nobody'
}
