/** What the review screen can be set to, and a session remembers. Without zod: the page takes these words. */

export const viewNames = ['rendered', 'phone', 'text', 'source', 'headers', 'files', 'recipients', 'schedule'] as const
export const messageSorts = ['order', 'gravest', 'newest', 'oldest', 'name', 'from'] as const
export const messageGroupings = ['campaign', 'client', 'verdict', 'channel', 'clause', 'none'] as const

export type ViewName = (typeof viewNames)[number]
export type MessageSort = (typeof messageSorts)[number]
export type MessageGrouping = (typeof messageGroupings)[number]
