import { createHash } from 'node:crypto'
import type { ReportMessage } from '../contract/report.ts'

/**
 * Makes message ids unique in a report (`formats.md` §2): drafts that share an id become `input#id`, and where that is shared too, `:2`
 * and so on follow, as for parts. Ids that come from the input's path stay. Same messages, same ids, in any number of workers.
 */
export function settleIds(messages: readonly ReportMessage[]): ReportMessage[] {
  const uses = new Map<string, number>()
  for (const { id } of messages) uses.set(id, (uses.get(id) ?? 0) + 1)
  const taken = new Set(
    messages.filter((message) => isFromPath(message) || uses.get(message.id) === 1).map(({ id }) => id),
  )
  const seenPaths = new Set<string>()
  return messages.map((message) => {
    if (uses.get(message.id) === 1) return message
    if (isFromPath(message) && !seenPaths.has(message.id)) {
      seenPaths.add(message.id)
      return message
    }
    const id = free(isFromPath(message) ? message.id : `${message.input}#${message.id}`, taken)
    taken.add(id)
    return renameMessage(message, id)
  })
}

function isFromPath({ id, input }: ReportMessage): boolean {
  return id === input || (id.startsWith(`${input}#`) && /^\d+$/.test(id.slice(input.length + 1)))
}

function free(id: string, taken: ReadonlySet<string>): string {
  let candidate = id
  for (let n = 2; taken.has(candidate); n++) candidate = `${id}:${n}`
  return candidate
}

/** What a message's findings take from its id follows: references to itself, and groups, which would else be those of its namesake. */
export function renameMessage(message: ReportMessage, id: string): ReportMessage {
  const findings = message.findings.map((finding) => ({
    ...finding,
    group: createHash('sha256').update(`${finding.group}\0${id}`).digest('hex').slice(0, finding.group.length),
    related: finding.related.map((related) => (related.id === message.id ? { ...related, id } : related)),
  }))
  return { ...message, id, findings }
}
