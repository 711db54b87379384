/** Words of reviews that stand for one of a few values. Without zod: pages name them too. */

export const outcomeKinds = ['signed-off', 'changes-asked', 'held', 'sent'] as const
export const bindingParts = ['message', 'recipients', 'schedule', 'manifest'] as const
export const attestationScopes = ['message', 'audience', 'campaign', 'client'] as const

export type BindingPart = (typeof bindingParts)[number]
