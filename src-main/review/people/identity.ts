import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { relative } from 'node:path'
import type { ReportMessage } from '../../contract/report.ts'
import type { MessageKey } from '../../store/workspace.ts'
import type { OpenMessage } from '../open-campaigns.ts'

/**
 * By what a workspace knows a message again: the file it came from, its place in that file, and which of the messages there it is. The same file
 * opened alone or with its folder is the same; an upload goes by its name. Hashed: a workspace is handed on, and need not tell of folders.
 */
export function messageKey({ report, task }: OpenMessage, campaignName: string): MessageKey {
  const file = isTemporary(task.path) ? `upload:${task.input}` : task.path
  const inside = report.input.startsWith(task.input) ? report.input.slice(task.input.length) : report.input
  return {
    place: hash([file, inside, which(report)]),
    reportId: report.id,
    name: report.subject ?? report.id,
    campaign: report.campaign ?? campaignName,
    client: report.client,
  }
}

function which({ id, input }: ReportMessage): string {
  if (id === input) return ''
  return id.startsWith(input) ? id.slice(input.length) : `#${id}`
}

/** Uploads lie in folders of the program's own, which have another name each time. */
function isTemporary(path: string): boolean {
  return relative(tmpdir(), path).startsWith('clausebench-')
}

/** Whom an answer holds for. null: there is no such thing for this message. */
export function scopeKey(
  scope: 'message' | 'audience' | 'campaign' | 'client',
  message: OpenMessage,
  key: MessageKey,
): string | null {
  switch (scope) {
    case 'message':
      return key.place
    case 'audience': {
      const lists = message.task.defaults.settings?.audience ?? []
      return lists.length === 0 ? null : hash(lists.map(({ path, input }) => path ?? input))
    }
    case 'campaign':
      return hash(['campaign', key.client ?? '', key.campaign])
    case 'client':
      return clientOf(message.report)
  }
}

/** As the manifest names it, else the sender's domain. */
export function clientOf({ client, from }: ReportMessage): string | null {
  if (client !== null) return client
  return /@([^\s<>@]+)/.exec(from ?? '')?.[1]?.toLowerCase() ?? null
}

function hash(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
