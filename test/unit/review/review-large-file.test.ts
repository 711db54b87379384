import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fail, ok } from '../../../src-main/contract/result.ts'
import type { FileReview, FileTask, ReviewedMessage, ShowTask } from '../../../src-main/review/job.ts'
import { reviewCourse } from '../../../src-main/review/review-course.ts'
import { reviewLargeFile } from '../../../src-main/review/review-large-file.ts'
import { showSource, showText } from '../../../src-main/review/show-message.ts'
import { aFinding, aMessage } from '../../support/report-parts.ts'

let folder = ''
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'clausebench-review-large-')))
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const envelope = 'From news@acme.example Fri Nov 20 10:00:00 2026'
const mails = ['one', 'two', 'three'].map((word) => `From: news@acme.example\nSubject: ${word}\n\nBody ${word}\n`)
const box = mails.map((mail) => `${envelope}\n${mail}\n`).join('')

function taskOf(name: string, content: string): FileTask {
  const path = join(folder, name)
  writeFileSync(path, content)
  const defaults = { campaign: null, client: null, channel: null, kind: null, sendAt: null }
  const packs = { ids: [], folders: [], asOf: '2026-11-23' }
  // Neither reading nor showing a message looks at packs.
  const settings = { packs, asOf: '2026-11-23', region: [] } as unknown as FileTask['settings']
  return { path, input: name, named: true, defaults, settings }
}

async function reviewed(task: FileTask, judge: Parameters<typeof reviewLargeFile>[2]): Promise<FileReview> {
  const course = reviewCourse()
  await reviewLargeFile(task, course, judge, () => undefined)
  return course.rest()
}

describe('reviewLargeFile', () => {
  it('judges message by message and remembers where each stands', async () => {
    const task = taskOf('big.mbox', box)
    const review = await reviewed(task, async (message, ordinal) =>
      Promise.resolve(ok<ReviewedMessage>({ report: aMessage({ id: message.id }), name: message.id, ordinal })),
    )
    expect(review.inputs).toMatchObject([{ path: 'big.mbox', status: 'reviewed', bytes: box.length }])
    expect(
      review.messages.map(({ name, ordinal, place }) => [name, ordinal, box.slice(place?.start, place?.end)]),
    ).toEqual(mails.map((mail, index) => [`big.mbox#${String(index + 1)}`, index, `${envelope}\n${mail}\n`]))
  })

  it('keeps the others when one could not be judged', async () => {
    const review = await reviewed(taskOf('fault.mbox', box), async (message, ordinal) =>
      Promise.resolve(
        ordinal === 1
          ? fail('internal', 'a fault')
          : ok<ReviewedMessage>({ report: aMessage({ id: message.id }), name: '', ordinal }),
      ),
    )
    expect(review.inputs).toMatchObject([{ status: 'partial', problem: { code: 'internal' } }])
    expect(review.messages).toHaveLength(2)
  })

  it('leaves other files in folders alone', async () => {
    const review = await reviewed({ ...taskOf('film', 'nothing to read'), named: false }, async () =>
      Promise.resolve(fail('internal', 'never asked')),
    )
    expect(review).toMatchObject({ inputs: [{ status: 'ignored', problem: { code: 'unknown-kind' } }], messages: [] })
  })
})

describe('a message of a large file', () => {
  it('is shown from its own bytes, with its marks', async () => {
    const task = taskOf('show.mbox', box)
    const review = await reviewed(task, async (message, ordinal) =>
      Promise.resolve(ok<ReviewedMessage>({ report: aMessage({ id: message.id }), name: '', ordinal })),
    )
    const second = review.messages[1]
    if (second?.place === undefined) throw new Error('no place')
    const start = box.indexOf('Body two')
    const finding = aFinding({ span: { start: 0, end: 8 }, source: { start, end: start + 8 } })
    const show: ShowTask = {
      file: task,
      sha256: '',
      input: task.input,
      ordinal: 1,
      findings: [finding],
      place: second.place,
    }
    const source = await showSource(show)
    if (!source.ok) throw new Error(source.problem.message)
    const [mark] = source.value.marks
    expect(source.value.text.slice(mark?.span.start, mark?.span.end)).toBe('Body two')
    const text = await showText(show)
    expect(text.ok && text.value.sections.some((section) => JSON.stringify(section).includes('Body two'))).toBe(true)
    writeFileSync(task.path, box.replace('Body two', 'Body 2wo'))
    expect(await showText(show)).toMatchObject({ ok: false, problem: { code: 'changed-on-disk' } })
  })
})
