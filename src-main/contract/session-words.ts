/** What the review screen can be set to, and a session remembers. Without zod: the page takes these words. */

export const viewNames = ['rendered', 'text', 'source', 'headers', 'files', 'recipients', 'schedule'] as const
export const messageSorts = [
  'order',
  'gravest',
  'newest',
  'oldest',
  'name',
  'from',
  'channel',
  'clause',
  'rule',
  'decision',
  'waiting',
] as const
export const messageGroupings = ['campaign', 'client', 'verdict', 'channel', 'clause', 'none'] as const

/** Of the second view: `auto`, the source beside the rendered message where there is room. */
export const secondViews = [...viewNames, 'auto'] as const

export type SecondView = (typeof secondViews)[number]
export type ViewName = (typeof viewNames)[number]
export type MessageSort = (typeof messageSorts)[number]
export type MessageGrouping = (typeof messageGroupings)[number]
