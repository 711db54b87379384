import { fail, ok, type Result } from '../../contract/result.ts'
import type { ActOnMessage } from '../../store/workspace.ts'
import type { Act } from '../../store/acts.ts'
import type { Store } from '../../store/store-calls.ts'
import type { ReviewPool } from '../pool.ts'
import { showTask } from '../message-views.ts'
import type { SeenMessage } from './seen-messages.ts'

/** Larger inputs are known by their hash alone. */
const maxKeptBytes = 50 * 1024 * 1024

export function actOn({ key, open }: SeenMessage, act: Act): ActOnMessage {
  return { message: key, content: open.content, act }
}

/** Keeps the bytes and the report that a person looked at, once a text of a message. False: the bytes are not to be had any more. */
export async function keepReviewed(
  seen: SeenMessage,
  store: Store,
  pool: Pick<ReviewPool, 'reviewedBytes'>,
): Promise<Result<boolean>> {
  const { key, open } = seen
  const kept = await store.isKept(key.place, open.content)
  if (!kept.ok || kept.value) return kept
  // A list of recipients is no message: only its hash is kept.
  const bytes =
    open.report.channel === null
      ? fail('not-found', 'A list of recipients is not kept.')
      : await pool.reviewedBytes(showTask(open))
  const held = bytes.ok && bytes.value.length <= maxKeptBytes ? bytes.value : null
  const done = await store.keep({
    message: key,
    content: open.content,
    bytes: held,
    report: JSON.stringify(open.report),
  })
  return done.ok ? ok(held !== null) : done
}
