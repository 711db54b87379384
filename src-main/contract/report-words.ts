/** The words of the report that stand for one of a few values. Without zod: what only names them need not load it. */

export const channels = ['email', 'sms', 'mms', 'push', 'web'] as const
export const severities = ['error', 'warning', 'info'] as const
export const certainties = ['possible', 'likely', 'certain'] as const
export const verdicts = ['errors', 'to-review', 'not-fully-checked', 'nothing-found'] as const
export const inputStatuses = ['reviewed', 'partial', 'unreadable', 'ignored'] as const
export const decisionKinds = ['confirmed', 'false-alarm', 'accepted', 'asked'] as const

export type Channel = (typeof channels)[number]
export type Severity = (typeof severities)[number]
export type Certainty = (typeof certainties)[number]
export type Verdict = (typeof verdicts)[number]
