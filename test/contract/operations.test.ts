import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { operationSchemas } from '../../src-main/contract/operation-schemas.ts'
import { operationNames } from '../../src-main/contract/operations.ts'
import { fail, ok } from '../../src-main/contract/result.ts'
import { operationSamples } from '../support/operation-samples.ts'
import { sampleHandlers } from '../support/sample-handlers.ts'
import { electronIpc, loopback, type TestTransport } from '../support/transports.ts'

vi.mock('electron', () => ({ ipcMain: {} }))

/** Arguments for which null says something: nobody, nowhere, no more. */
const mayBeNull: ReadonlySet<string> = new Set([
  'review.decide decision',
  'review.comment group',
  'review.find place',
  'review.outcome outcome',
  'attestation.answer expires',
  'attestation.answer evidence',
  'feedback.make message',
  'rules.check document',
  'rules.hits document',
  'rules.save document',
  'rules.off reason',
  'impact.rereview at',
  'library.preview policy',
  'library.match to',
  'library.correct to',
  'library.search policy',
  'library.clause version',
  'library.lineage version',
  'library.note version',
  'library.watch version',
  'report.make message',
  'revision.suggest on',
  'revision.set place',
])

const { handlers, calls } = sampleHandlers()
let transports: readonly TestTransport[] = []

beforeAll(async () => {
  transports = [await loopback(handlers, '/nowhere'), electronIpc(handlers)]
})
afterAll(() => Promise.all(transports.map((transport) => transport.close())))
beforeEach(() => void calls.splice(0))

/** Both answers, which must be the same. */
async function both(operation: unknown, args: unknown): Promise<unknown> {
  const answers: unknown[] = []
  for (const transport of transports) answers.push(await transport.call(operation, args))
  expect(answers).toHaveLength(2)
  expect(answers[0]).toEqual(answers[1])
  return answers[0]
}

describe('every operation, over loopback HTTP and over Electron IPC', () => {
  test.each(operationNames)('%s: sample fits the contract', (operation) => {
    const sample = operationSamples[operation]
    expect(operationSchemas[operation].args.parse(sample.args)).toEqual(sample.args)
    expect(operationSchemas[operation].result.parse(sample.answer)).toEqual(sample.answer)
  })

  test.each(operationNames)('%s: arguments arrive, the answer comes back', async (operation) => {
    const sample = operationSamples[operation]
    expect(await both(operation, sample.args)).toEqual(ok(sample.answer))
    expect(calls).toEqual([
      { operation, args: sample.args },
      { operation, args: sample.args },
    ])
  })

  test.each(operationNames)('%s: an extra key is refused before the handler', async (operation) => {
    const answer = await both(operation, { ...operationSamples[operation].args, extra: 1 })
    expect(answer).toMatchObject({ ok: false, problem: { code: 'bad-request' } })
    expect(calls).toEqual([])
  })

  test.each(operationNames)('%s: every missing or wrong argument is refused before the handler', async (operation) => {
    const { args } = operationSamples[operation]
    const required = Object.keys(args).filter(
      (key) => !operationSchemas[operation].args.safeParse(without(args, key)).success,
    )
    const spoilt: unknown[] = [null, [], 'text', 7]
    for (const key of required) spoilt.push(without(args, key))
    for (const key of Object.keys(args)) {
      spoilt.push({ ...args, [key]: { not: 'this' } })
      if (!mayBeNull.has(`${operation} ${key}`)) spoilt.push({ ...args, [key]: null })
    }
    for (const wrong of spoilt) {
      expect(await both(operation, wrong)).toMatchObject({ ok: false, problem: { code: 'bad-request' } })
    }
    expect(calls).toEqual([])
  })

  test.each([
    ['__proto__'],
    ['constructor'],
    ['toString'],
    [''],
    ['campaign'],
    ['app.info '],
    [null],
    [7],
    [['app.info']],
  ])('there is no operation %j', async (operation) => {
    expect(await both(operation, {})).toEqual(fail('unknown-operation', 'There is no such operation.'))
    expect(calls).toEqual([])
  })
})

test('a prototype key deep in the arguments is refused', async () => {
  const args: unknown = JSON.parse('{"panes":{"list":1,"__proto__":2}}')
  expect(await both('settings.set', args)).toMatchObject({ ok: false, problem: { code: 'bad-request' } })
  expect(calls).toEqual([])
})

test('a payload beyond the limits is refused', async () => {
  const long = 'x'.repeat(70_000)
  expect(await both('clauses.page', { clause: long })).toMatchObject({ ok: false, problem: { code: 'bad-request' } })
  const many = Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`k${index}`, index]))
  expect(await both('settings.set', { panes: many })).toMatchObject({ ok: false, problem: { code: 'bad-request' } })
  expect(calls).toEqual([])
})

function without(value: object, key: string): object {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key))
}
