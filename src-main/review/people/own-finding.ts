import { createHash } from 'node:crypto'
import type { Args } from '../../contract/operation-schemas.ts'
import { fail, ok, type Result } from '../../contract/result.ts'
import type { Act } from '../../store/acts.ts'
import { showTask } from '../message-views.ts'
import type { ReviewPool } from '../pool.ts'
import type { SeenMessage } from './seen-messages.ts'

const maxTitleUnits = 80

/** A person's own finding: on what was selected in the Text view, or on the whole message. */
export async function ownFindingAct(
  { clause, severity, note, place }: Args<'review.find'>,
  seen: SeenMessage,
  pool: Pick<ReviewPool, 'locate'>,
): Promise<Result<Act & { readonly kind: 'finding' }>> {
  const words = note.trim()
  if (words === '') return fail('bad-request', 'Say what is wrong.')
  const [line = ''] = words.split('\n')
  const title = line.length > maxTitleUnits ? `${line.slice(0, maxTitleUnits - 1)}…` : line
  const about = [clause, words]
  const common = { clauses: [clause], severity, title, note: words }
  if (place === null) {
    const fingerprint = createHash('sha256')
      .update(`clausebench-own/1\0${about.join('\0')}\0message`)
      .digest('hex')
    return ok({
      kind: 'finding',
      fingerprint,
      finding: { ...common, part: 'message', span: null, source: null, excerpt: '' },
    })
  }
  const located = await pool.locate({ ...showTask(seen.open), ...place, about })
  if (!located.ok) return located
  const { part, span, source, excerpt, fingerprint } = located.value
  return ok({ kind: 'finding', fingerprint, finding: { ...common, part, span, source, excerpt } })
}
