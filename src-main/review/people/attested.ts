import type { Attestation } from '../../contract/report.ts'
import type { MessageReview } from '../../contract/review-operations.ts'
import type { KeptAttestation, MessageKey } from '../../store/workspace.ts'
import { openAttestations } from '../attestations.ts'
import type { PolicyDescription } from '../job.ts'
import type { OpenMessage } from '../open-campaigns.ts'
import { scopeKey } from './identity.ts'

type Answered = MessageReview['attestations'][number]

/** The narrowest answer counts: what was said of this message before what was said of its client. */
const narrowestFirst = ['message', 'audience', 'campaign', 'client'] as const

/** What is to be attested for a message, with the answers that hold for it today. */
export function attested(
  message: OpenMessage,
  key: MessageKey,
  answers: readonly KeptAttestation[],
  policies: readonly PolicyDescription[],
  today: string,
): Answered[] {
  return questionsOf(message, policies).map((question) => {
    const answer = narrowestFirst
      .flatMap((scope) => {
        const whom = scopeKey(scope, message, key)
        return answers.filter((one) => one.attestation === question.id && one.scope === scope && one.scopeKey === whom)
      })
      .find(({ expires }) => expires === null || expires >= today)
    if (answer === undefined || answer.answer === 'open') return { ...question, answeredFor: null }
    return {
      ...question,
      scope: answer.scope,
      status: answer.answer,
      answer: answer.note === '' ? null : answer.note,
      by: answer.by,
      at: answer.at,
      expires: answer.expires,
      evidence: answer.evidence.map(({ name }) => name),
      answeredFor: answer.scope,
    }
  })
}

function questionsOf({ report, task }: OpenMessage, policies: readonly PolicyDescription[]): Attestation[] {
  const region = task.settings.region.length > 0 ? task.settings.region : (task.defaults.settings?.region ?? [])
  return openAttestations([report], policies, region)
}
