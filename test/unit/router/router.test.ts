import { describe, expect, test } from 'vitest'
import { fail, ok } from '../../../src-main/contract/result.ts'
import { createRouter, isValidEvent } from '../../../src-main/router.ts'
import { sampleHandlers } from '../../support/sample-handlers.ts'

const secret = 'the words of a mail in /home/someone/mail.eml'

describe('what a page learns of a bug', () => {
  const outcomes: readonly (readonly [string, () => Promise<ReturnType<typeof ok>>])[] = [
    ['a handler that throws', () => Promise.reject(new Error(secret))],
    ['a handler that throws something else', () => rejectWith(secret)],
    ['an answer with an extra key', () => Promise.resolve(ok({ token: null, path: secret }))],
    ['an answer without a key', () => Promise.resolve(ok({}))],
    ['an answer of another type', () => Promise.resolve(ok({ token: 7 }))],
  ]
  test.each(outcomes)('%s', async (_what, answer) => {
    const { handlers } = sampleHandlers({ 'app.initial': answer })
    const bugs: unknown[] = []
    const router = createRouter(handlers, (operation) => bugs.push(operation))
    const result = await router.call('app.initial', {})
    expect(result).toMatchObject({ ok: false, problem: { code: 'internal' } })
    expect(JSON.stringify(result)).not.toContain('mail.eml')
    expect(bugs).toEqual(['app.initial'])
  })

  test('a problem with more than a problem has', async () => {
    const problem = { code: 'not-found', message: 'Gone.', stack: secret } as const
    const { handlers } = sampleHandlers({ 'app.initial': () => Promise.resolve({ ok: false, problem }) })
    expect(await createRouter(handlers).call('app.initial', {})).toMatchObject({ problem: { code: 'internal' } })
  })
})

test('an expected failure is passed on with its place', async () => {
  const failure = fail('bad-yaml', 'A key is missing.', { file: 'campaign.yaml', line: 3, column: 1 })
  const { handlers } = sampleHandlers({ 'app.initial': () => Promise.resolve(failure) })
  expect(await createRouter(handlers).call('app.initial', {})).toEqual(failure)
})

test('what is refused is told without repeating it', async () => {
  const { handlers } = sampleHandlers()
  const result = await createRouter(handlers).call('recents.grant', { id: secret.repeat(3) })
  expect(result).toEqual(
    fail('bad-request', 'recents.grant: the arguments are not what this operation takes (id: too_big).'),
  )
})

test.each([
  ['what is no plain data', new Map([['id', 'x']]), 'not-plain'],
  ['a function', { id: () => 'x' }, 'not-plain'],
  ['a big integer', { id: 1n }, 'not-plain'],
  ['a cycle', cyclic(), 'too-deep'],
  ['a list too long', { id: Array.from({ length: 5000 }, () => 1) }, 'too-large'],
  ['a key too long', { ['k'.repeat(70_000)]: 1 }, 'too-large'],
])('%s is refused before any schema looks at it', async (_what, args, fault) => {
  const { handlers, calls } = sampleHandlers()
  const result = await createRouter(handlers).call('recents.grant', args)
  expect(result).toMatchObject({
    problem: { code: 'bad-request', message: expect.stringContaining(`(${fault})`) as unknown },
  })
  expect(calls).toEqual([])
})

test('an event fits the contract or is not sent', () => {
  expect(isValidEvent('campaign.messages', { campaign: 'c', messages: [] })).toBe(true)
  expect(isValidEvent('campaign.messages', { campaign: 'c', messages: [], path: '/home' })).toBe(false)
  expect(isValidEvent('campaign.inputs', { campaign: 'c' })).toBe(false)
})

function cyclic(): object {
  const value: { id?: object } = {}
  value.id = value
  return value
}

/** What no code of ours does, and a library might. */
function rejectWith(reason: unknown): Promise<never> {
  return new Promise((_resolve, reject) => {
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
    reject(reason)
  })
}
