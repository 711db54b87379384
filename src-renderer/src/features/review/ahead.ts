import { defineStore } from 'pinia'
import { useClient } from '../../api/client.ts'
import type { Answer, Args } from '../../../../src-main/contract/operation-schemas.ts'
import type { Result } from '../../../../src-main/contract/result.ts'

type Operation = 'message.get' | 'message.rendered'
type Asked<O extends Operation> = Promise<Result<Answer<O>>>

/** Of each kind; a rendered message may have some megabytes. */
const maxAhead = 4

/**
 * Answers that are asked for before they are needed: of a message as soon as it is chosen, and of those beside it in the list while a
 * person reads. What is taken is not kept: asking again asks anew. What people or another judgement changed is forgotten.
 */
export const useAhead = defineStore('ahead', () => {
  const client = useClient()
  const asked: { readonly [O in Operation]: Map<string, Asked<O>> } = {
    'message.get': new Map(),
    'message.rendered': new Map(),
  }

  function begin<O extends Operation>(operation: O, args: Args<O>): void {
    // Each operation has the map of its own answers.
    const known = asked[operation] as Map<string, Asked<O>>
    const key = JSON.stringify(args)
    if (known.has(key)) return
    known.set(key, client.call(operation, args))
    for (const oldest of known.keys()) if (known.size > maxAhead) known.delete(oldest)
  }

  function take<O extends Operation>(operation: O, args: Args<O>): Asked<O> {
    const known = asked[operation] as Map<string, Asked<O>>
    const key = JSON.stringify(args)
    const answer = known.get(key) ?? client.call(operation, args)
    known.delete(key)
    return answer
  }

  function forget(): void {
    for (const known of Object.values(asked)) known.clear()
  }
  client.on('review.changed', forget)
  client.on('campaign.messages', forget)
  client.onConnection(forget)

  return { begin, take }
})
