/** In the order in which they are counted and read; the same as the contract's, in plain words of the page. */
export const changeKinds = ['added', 'removed', 'reworded', 'moved', 'split', 'merged', 'cosmetic'] as const
export type ChangeKind = (typeof changeKinds)[number]
