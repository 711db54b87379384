import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FileReview, FileTask, LostPlace, ReviewNews } from '../../../src-main/review/job.ts'
import { joinReviews } from '../../../src-main/review/review-course.ts'
import { reviewFile } from '../../../src-main/review/review-file.ts'
import { zipOf } from '../../support/zip.ts'

let folder = ''
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'clausebench-course-')))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const mail = (subject: string): string => `From: Acme <news@acme.example>\nSubject: ${subject}\n\nHello ${subject}\n`
const box = ['one', 'two', 'three']
  .map((subject) => `From news@acme.example Fri Nov 20 10:00:00 2026\n${mail(subject)}\n`)
  .join('')
const archive = zipOf({
  'a.eml': mail('a'),
  'b.mbox': box,
  'c.zip': zipOf({ 'd.eml': mail('d'), 'e.sms.txt': 'Hello there' }),
  'f.eml': mail('f'),
})

function taskOf(name: string, bytes: string | Uint8Array): FileTask {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  const packs = { shipped: join(folder, 'none'), own: [], named: [], asOf: '2026-11-23' }
  const defaults = { campaign: null, client: null, channel: null, kind: null, sendAt: null }
  return { path, input: name, named: true, defaults, settings: { packs, asOf: '2026-11-23', region: [] } }
}

/** Each time as many news as come until `dies`, then a worker that goes on behind that place. */
async function throughLosses(task: FileTask, dies: readonly number[]): Promise<FileReview> {
  const told: FileReview[] = []
  const lost: LostPlace[] = []
  for (const until of [...dies, Infinity]) {
    const news: ReviewNews[] = []
    const rest = await reviewFile({ ...task, lost }, undefined, (one) => void news.push(one))
    const last = news[until]
    told.push(...news.slice(0, until + 1))
    if (last === undefined) {
      told.push(rest)
      break
    }
    lost.push({ ...last.place, problem: { code: 'timed-out', message: 'It took too long.' } })
  }
  return joinReviews(task.input, told, lost)
}

const shown = ({ inputs, messages }: FileReview): unknown => ({
  inputs: inputs.map(({ path, status }) => `${path} ${status}`),
  subjects: messages.map(({ report }) => report.subject ?? report.id),
})

describe('a review that loses its worker', () => {
  it('tells all that it finds, once, in order', async () => {
    const task = taskOf('whole.zip', archive)
    const alone = await reviewFile(task)
    expect(shown(await throughLosses(task, []))).toEqual(shown(alone))
    expect(shown(alone)).toMatchObject({
      subjects: ['a', 'one', 'two', 'three', 'd', 'whole.zip/c.zip/e.sms.txt', 'f'],
    })
  })

  // What is told in order: the archive; a.eml, its mail; b.mbox, its three; c.zip; d.eml, its mail; e.sms.txt, its text; f.eml, its mail.
  it.each<[string, readonly number[], readonly string[], readonly string[]]>([
    ['a member', [1], ['a.zip partial', 'a.zip/a.eml unreadable'], ['one', 'two', 'three', 'd', 'e', 'f']],
    ['a mail of a mailbox', [5], ['a.zip partial', 'a.zip/b.mbox partial'], ['a', 'one', 'three', 'd', 'e', 'f']],
    ['its last mail', [6], ['a.zip partial', 'a.zip/b.mbox partial'], ['a', 'one', 'two', 'd', 'e', 'f']],
    [
      'a member of an inner archive',
      [8],
      ['a.zip partial', 'a.zip/c.zip partial', 'a.zip/c.zip/d.eml unreadable'],
      ['a', 'one', 'two', 'three', 'e', 'f'],
    ],
    [
      'two members',
      [1, 1],
      ['a.zip partial', 'a.zip/a.eml unreadable', 'a.zip/b.mbox partial'],
      ['two', 'three', 'd', 'e', 'f'],
    ],
  ])('loses only %s', async (_what, dies, inputs, subjects) => {
    const review = await throughLosses(taskOf('a.zip', archive), dies)
    const touched = review.inputs.filter(({ status }) => status !== 'reviewed')
    expect(touched.map(({ path, status }) => `${path} ${status}`)).toEqual(inputs)
    expect(review.messages.map(({ report }) => report.subject ?? 'e')).toEqual(subjects)
    expect(new Set(review.inputs.map(({ path }) => path)).size).toBe(review.inputs.length)
  })
})
