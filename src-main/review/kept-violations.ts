import type { Answer } from '../contract/operation-schemas.ts'
import { fail, ok, type Result } from '../contract/result.ts'
import type { Store } from '../store/store-calls.ts'
import { byMonth, clauseAndBelow } from './clause-pages.ts'
import type { PolicyDescription } from './job.ts'
import type { OpenCampaign } from './open-campaigns.ts'
import { messageKey } from './people/identity.ts'
import { countGroups } from './summary.ts'

const maxShown = 200

/** Where a clause is violated in what the workspace keeps of messages that are not open: those are told of where they stand open. */
export async function keptViolations(
  policies: readonly PolicyDescription[],
  campaigns: readonly OpenCampaign[],
  store: Pick<Store, 'keptUnder' | 'revisedPlaces'>,
  clause: string,
): Promise<Result<Answer<'clauses.kept'>>> {
  const [asked] = policies.flatMap((policy) => {
    const clauses = clauseAndBelow(policy, clause)
    return clauses === null ? [] : [clauses]
  })
  if (asked === undefined) return fail('not-found', 'No pack has this clause.')
  const [kept, revised] = await Promise.all([store.keptUnder(asked), store.revisedPlaces()])
  if (!kept.ok) return kept
  if (!revised.ok) return revised
  const open = new Set(
    campaigns.flatMap((campaign) => {
      const { name } = campaign.summary()
      return [...campaign.messages.values()].map((message) => {
        const { place } = messageKey(message, name)
        return revised.value.get(place) ?? place
      })
    }),
  )
  const closed = kept.value
    .filter(({ place }) => !open.has(revised.value.get(place) ?? place))
    .map((message) => ({ ...message, counts: countGroups(message.findings) }))
  return ok({
    months: byMonth(closed),
    total: closed.length,
    messages: closed
      .toReversed()
      .slice(0, maxShown)
      .map(({ message, campaign, at, signed, counts }) => ({
        name: message,
        campaign,
        at,
        signed: signed === null ? null : { id: signed.snapshot, by: signed.by, at: signed.at },
        counts: { ...counts },
      })),
  })
}
