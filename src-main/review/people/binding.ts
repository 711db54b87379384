import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { BindingPart } from '../../contract/review-words.ts'
import type { Binding } from '../../store/acts.ts'
import type { OpenMessage } from '../open-campaigns.ts'

/** What a sign-off is bound to, as it is now. Of recipients only hash and size: their rows stay where they are. */
export async function bindingOf(message: OpenMessage): Promise<Binding> {
  const { task, report, content, sha256 } = message
  const settings = task.defaults.settings
  const lists = [
    ...(settings?.audience ?? []),
    ...(settings?.exclude ?? []),
    ...(task.settings.audience == null ? [] : [task.settings.audience]),
  ]
  const recipients = await Promise.all(
    lists.map(async ({ input, path, columns, as }) => {
      // A list in the archive of the message is part of that archive.
      const facts = path === null ? { sha256, bytes: 0, lines: 0 } : await fileFacts(path)
      return { name: input, ...facts, sha256: hash(JSON.stringify([facts.sha256, columns, as])) }
    }),
  )
  const manifest =
    settings === undefined
      ? null
      : hash(
          JSON.stringify([
            report.client,
            settings.consent,
            settings.region,
            settings.sender,
            settings.providerAdds,
            settings.allow,
            settings.series,
          ]),
        )
  return {
    message: content,
    recipients,
    schedule: JSON.stringify([report.sendAt, settings?.timezone ?? null, settings?.localTime ?? null]),
    manifest,
  }
}

/** What is not what was signed. */
export function bindingChanges(signed: Binding, now: Binding): BindingPart[] {
  const changes: BindingPart[] = []
  if (signed.message !== now.message) changes.push('message')
  if (listOf(signed) !== listOf(now)) changes.push('recipients')
  if (signed.schedule !== now.schedule) changes.push('schedule')
  if (signed.manifest !== now.manifest) changes.push('manifest')
  return changes
}

function listOf({ recipients }: Binding): string {
  return recipients
    .map(({ name, sha256 }) => `${name} ${sha256}`)
    .toSorted()
    .join('\n')
}

interface FileFacts {
  readonly sha256: string
  readonly bytes: number
  readonly lines: number
}

/** Read as a stream: a list of recipients may be larger than memory. A list that is gone is another list. */
async function fileFacts(path: string): Promise<FileFacts> {
  const digest = createHash('sha256')
  let bytes = 0
  let lines = 0
  try {
    // Without an encoding a stream yields buffers.
    for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
      digest.update(piece)
      bytes += piece.length
      for (let at = piece.indexOf(0x0a); at >= 0; at = piece.indexOf(0x0a, at + 1)) lines++
    }
  } catch {
    return { sha256: 'gone', bytes: 0, lines: 0 }
  }
  return { sha256: digest.digest('hex'), bytes, lines }
}

function hash(value: string): string {
  return createHash('sha256').update(value).digest('hex')
}
