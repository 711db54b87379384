import type { FindingGroup } from '../review/groups.ts'

/** The next group after `from` that nobody has decided, around the end; null: there is none left. */
export function nextOpen(
  groups: readonly FindingGroup[],
  from: string,
  isOpen: (group: string) => boolean,
): FindingGroup | null {
  const at = groups.findIndex(({ id }) => id === from)
  const after = [...groups.slice(at + 1), ...groups.slice(0, Math.max(at, 0))]
  return after.find(({ id }) => isOpen(id)) ?? null
}
