import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { FileTask } from '../../../src-main/review/job.ts'
import { createReviewPool, type PoolOptions, type ReviewPool } from '../../../src-main/review/pool.ts'

const workerFile = join(import.meta.dirname, '../../support/pool-worker.ts')

function task(input: string): FileTask {
  const settings = { packs: { shipped: '', own: [], named: [], asOf: '2026-11-23' }, asOf: '2026-11-23', region: [] }
  const defaults = { campaign: null, client: null, channel: null, kind: null, sendAt: null }
  return { path: `/${input}`, input, named: true, defaults, settings }
}

let pool: ReviewPool | null = null
afterEach(async () => pool?.close())

function start(options: Partial<PoolOptions> = {}): ReviewPool {
  pool = createReviewPool({ workerFile, jobs: 2, budgetMs: 10_000, ...options })
  return pool
}

async function codes(inputs: readonly string[], options: Partial<PoolOptions> = {}): Promise<string[]> {
  const { reviewFile } = start(options)
  const reviews = await Promise.all(inputs.map((input) => reviewFile(task(input))))
  return reviews
    .flatMap((review) => review.inputs)
    .map(({ path, status, problem }) => `${path} ${problem?.code ?? status}`)
}

describe('createReviewPool', () => {
  it('answers every task with its own review', async () => {
    const inputs = Array.from({ length: 50 }, (_, index) => `${index}.eml`)
    expect(await codes(inputs)).toEqual(inputs.map((input) => `${input} reviewed`))
  })

  it('ends a task past its budget and goes on', async () => {
    expect(await codes(['a', 'endless', 'b', 'c'], { budgetMs: 300 })).toEqual([
      'a reviewed',
      'endless timed-out',
      'b reviewed',
      'c reviewed',
    ])
  })

  it.each(['exit', 'throw'])('loses only the task that brings its worker down: %s', async (input) => {
    expect(await codes(['a', input, 'b'], { jobs: 1 })).toEqual(['a reviewed', `${input} worker-crashed`, 'b reviewed'])
  })

  it('loses only the member of an archive that brings its worker down', async () => {
    const { inputs } = await start({ jobs: 1 }).reviewFile(task('archive'))
    expect(inputs.map(({ path, status }) => [path, status])).toEqual([
      ['archive', 'partial'],
      ['archive/a', 'reviewed'],
      ['archive/b', 'unreadable'],
      ['archive/c', 'reviewed'],
    ])
    expect(inputs[0]?.problem?.message).toContain('archive/b')
  })

  it('loses nothing that a worker told right before its answer', async () => {
    const { reviewFile } = start()
    const reviews = await Promise.all(Array.from({ length: 20 }, () => reviewFile(task('thousand'))))
    expect(reviews.map(({ inputs }) => inputs.length)).toEqual(Array.from({ length: 20 }, () => 1000))
  })

  it('loses only the task that needs too much memory', async () => {
    expect(await codes(['greedy', 'b'], { jobs: 1, heapMb: 32 })).toEqual(['greedy worker-crashed', 'b reviewed'])
  })

  it('does not count waiting for a worker as time of the task', async () => {
    expect(await codes(['endless', 'endless', 'b'], { jobs: 1, budgetMs: 300 })).toEqual([
      'endless timed-out',
      'endless timed-out',
      'b reviewed',
    ])
  })

  it('says nothing of what an exception said', async () => {
    const review = await start().reviewFile(task('throw'))
    expect(JSON.stringify(review)).not.toContain('message text')
  })

  it('shows a message before files that wait to be reviewed', async () => {
    const { reviewFile, showSource } = start({ jobs: 1, budgetMs: 400 })
    const order: string[] = []
    const waiting = ['endless', 'x', 'y'].map((input) => reviewFile(task(input)).then(() => order.push(input)))
    const shown = showSource({ file: task('m'), sha256: '', input: 'm', ordinal: 0, findings: [] }).then(() =>
      order.push('shown'),
    )
    await Promise.all([...waiting, shown])
    expect(order).toEqual(['endless', 'shown', 'x', 'y'])
  })

  it('fails what waits when it closes, and everything after', async () => {
    const opened = start({ jobs: 1 })
    const waiting = ['endless', 'b'].map((input) => opened.reviewFile(task(input)))
    await opened.close()
    const after = await opened.reviewFile(task('c'))
    const problems = [...(await Promise.all(waiting)), after].map(({ inputs }) => inputs[0]?.problem?.code)
    expect(problems).toEqual(['cancelled', 'cancelled', 'cancelled'])
  })

  it('fails every task when no worker can start', async () => {
    expect(await codes(['a', 'b', 'c'], { workerFile: '/nowhere/worker.ts' })).toEqual([
      'a worker-crashed',
      'b worker-crashed',
      'c worker-crashed',
    ])
  })
})
