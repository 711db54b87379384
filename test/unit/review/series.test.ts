import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fail, ok } from '../../../src-main/contract/result.ts'
import type { FileReview, FileTask, SeriesTask } from '../../../src-main/review/job.ts'
import { judgeTogether, shareNumbers, type TogetherRequest } from '../../../src-main/review/series.ts'
import { numberList } from '../../../src-main/rules/series/numbers.ts'
import type { SeriesMessage } from '../../../src-main/rules/series/series-message.ts'
import { aFinding, aMessage } from '../../support/report-parts.ts'

let folder = ''

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'clausebench-series-')))
  mkdirSync(join(folder, 'old'))
  for (const name of ['old/a.eml', 'old/b.eml', 'now.eml']) writeFileSync(join(folder, name), 'x')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function said(id: string, more: Partial<SeriesMessage> = {}): SeriesMessage {
  return {
    id,
    channel: 'email',
    campaign: null,
    client: null,
    series: null,
    sender: null,
    at: '2026-03-03',
    isDated: true,
    language: null,
    notes: {},
    recipients: null,
    history: [],
    ...more,
  }
}

const settings = { packs: { shipped: '', own: [], named: [], asOf: '2026-11-23' }, asOf: '2026-11-23', region: [] }

/** Runs with a pool that finds one thing in the first message, and keeps what it was asked. */
async function run(given: Partial<TogetherRequest>): Promise<{
  readonly result: Awaited<ReturnType<typeof judgeTogether>>
  readonly tasks: readonly FileTask[]
  readonly asked: SeriesTask | null
}> {
  const tasks: FileTask[] = []
  let asked: SeriesTask | null = null
  const result = await judgeTogether({
    messages: [aMessage({ id: 'now.eml', findings: [aFinding()], verdict: 'not-fully-checked' })],
    series: new Map([[0, said('before it was settled')]]),
    tasks: [],
    history: [],
    settings,
    pool: {
      reviewFile(task): Promise<FileReview> {
        tasks.push(task)
        const isBad = task.path.endsWith('b.eml')
        return Promise.resolve({
          inputs: [{ path: task.input, status: isBad ? 'unreadable' : 'reviewed', bytes: 1, sha256: '' }],
          messages: isBad
            ? []
            : [{ name: '', ordinal: 0, report: aMessage({ id: task.input }), series: said(task.input) }],
        })
      },
      judgeSeries(task) {
        asked = task
        return Promise.resolve(
          ok([{ at: 0, findings: [aFinding({ number: 1, severity: 'warning', part: 'series' })] }]),
        )
      },
    },
    ...given,
  })
  return { result, tasks, asked }
}

describe('judgeTogether', () => {
  it('adds what is found behind the other findings, by the ids that messages keep', async () => {
    const { result, asked } = await run({})
    expect(asked?.messages.map(({ id }) => id)).toEqual(['now.eml'])
    if (!result.ok) throw new Error(result.problem.message)
    const [message] = result.value.messages
    expect(message?.findings.map(({ number, part }) => [number, part])).toEqual([
      [1, aFinding().part],
      [2, 'series'],
    ])
    expect(message?.verdict).toBe('to-review')
  })

  it('reads earlier messages for all, does not judge them, and says which it could not read', async () => {
    const { result, tasks, asked } = await run({ history: [{ path: join(folder, 'old'), input: '../old' }] })
    expect(tasks.map(({ input, isHistory }) => [input, isHistory])).toEqual([
      ['../old/a.eml', true],
      ['../old/b.eml', true],
    ])
    expect(asked?.messages.map(({ id, earlier }) => [id, earlier])).toEqual([
      ['now.eml', undefined],
      ['../old/a.eml', ''],
    ])
    if (!result.ok) throw new Error(result.problem.message)
    expect(result.value.unread.map(({ path }) => path)).toEqual(['../old/b.eml'])
    expect(result.value.messages).toHaveLength(1)
  })

  it('keeps what a manifest names for the messages of that manifest, by a plain name', async () => {
    const place = { path: join(folder, 'old', 'a.eml'), input: 'now/../old/a.eml' }
    const { asked } = await run({ series: new Map([[0, said('x', { history: [place] })]]) })
    expect(asked?.messages.map(({ id, earlier }) => [id, earlier])).toEqual([
      ['now.eml', undefined],
      ['old/a.eml', place.path],
    ])
  })

  it('counts a file that was reviewed no second time', async () => {
    const path = join(folder, 'old', 'a.eml')
    const { tasks } = await run({ history: [{ path: join(folder, 'old'), input: 'old' }], tasks: [{ path }] })
    expect(tasks.map(({ input }) => input)).toEqual(['old/b.eml'])
  })

  it('asks nobody where no rule has noted anything', async () => {
    const { asked, tasks } = await run({ series: new Map(), history: [{ path: folder, input: 'x' }] })
    expect([asked, tasks]).toEqual([null, []])
  })

  it('fails as the pool does', async () => {
    const problem = fail('timed-out', 'too long')
    const pool = {
      reviewFile: () => Promise.reject(new Error('not asked')),
      judgeSeries: () => Promise.resolve(problem),
    }
    expect((await run({ pool })).result).toEqual(problem)
  })
})

describe('shareNumbers', () => {
  it('holds the numbers of one list once', () => {
    const share = shareNumbers()
    const withList = (identity: string): SeriesMessage =>
      said('m', { recipients: { identity, numbers: numberList([15550100199], [1]) } })
    const [a, b, c] = [share(withList('x')), share(withList('x')), share(withList('y'))]
    expect(a.recipients).toBe(b.recipients)
    expect(a.recipients).not.toBe(c.recipients)
    expect(share(said('n')).recipients).toBe(null)
  })
})
