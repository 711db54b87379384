import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reportSchema, type Report } from '../../../src-main/contract/report.ts'
import { fail, ok } from '../../../src-main/contract/result.ts'
import { check, type CheckPorts } from '../../../src-main/review/check.ts'
import type { FileReview, FileTask, PackDescription } from '../../../src-main/review/job.ts'
import { aClause, aPolicy } from '../../support/policy.ts'
import { aFinding, aMessage } from '../../support/report-parts.ts'

let folder = ''
const names = Array.from({ length: 150 }, (_, index) => `${String(index).padStart(3, '0')}.eml`)

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'clausebench-check-'))
  mkdirSync(join(folder, 'spring'))
  for (const name of names) writeFileSync(join(folder, 'spring', name), name)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const packs: PackDescription = {
  entries: [{ id: 'klaviyo-aup', version: '1', basis: 'primary', rules: 1, sha256: '', note: null, problems: [] }],
  problems: [],
  policies: [aPolicy([aClause({ id: 'C3.9', attest: ['Licensed?'] })])],
}

function reviewOf(task: FileTask): FileReview {
  const findings = basename(task.path) === '000.eml' ? [aFinding()] : []
  return {
    inputs: [{ path: task.input, status: 'reviewed', bytes: 1, sha256: '' }],
    messages: [{ name: '', ordinal: 0, report: aMessage({ id: task.input, input: task.input, findings }) }],
  }
}

/** Tasks end in a wild order, the first last. */
function ports(given: Partial<CheckPorts['pool']> = {}): CheckPorts {
  const reviewFile = (task: FileTask): Promise<FileReview> =>
    new Promise((resolve) => setTimeout(() => resolve(reviewOf(task)), basename(task.path) === '000.eml' ? 30 : 0))
  return {
    pool: {
      reviewFile,
      describePacks: () => Promise.resolve(ok(packs)),
      judgeSeries: () => Promise.resolve(ok([])),
      ...given,
    },
    version: '0.1.0',
    now: () => new Date('2026-11-23T09:30:00.123Z'),
  }
}

const settings = { packs: { shipped: '', own: [], named: [], asOf: '2026-11-23' }, asOf: '2026-11-23', region: [] }

async function report(paths: readonly string[], given: CheckPorts = ports(), explain = false): Promise<Report> {
  const result = await check({ paths, settings, explain }, given)
  if (!result.ok) throw new Error(result.problem.message)
  return reportSchema.parse(result.value)
}

describe('check', () => {
  it('has inputs and messages in the order of the files, whichever is done first', async () => {
    const { inputs, messages } = await report([join(folder, 'spring')])
    const paths = names.map((name) => join(folder, 'spring', name))
    expect(inputs.map(({ path }) => path)).toEqual(paths)
    expect(messages.map(({ id }) => id)).toEqual(paths)
  })

  it('fills every field of the report', async () => {
    const { summary, attestations, ...rest } = await report([join(folder, 'spring', '000.eml')])
    expect(rest).toMatchObject({
      schema: 'clausebench-report/1',
      tool: { name: 'clausebench', version: '0.1.0' },
      reviewedAt: '2026-11-23T09:30:00Z',
      asOf: '2026-11-23',
      packs: packs.entries,
    })
    expect(summary).toMatchObject({ messages: 1, groups: 1, byClause: { 'klaviyo-aup:C3.9': 1 } })
    expect(attestations).toMatchObject([{ question: 'Licensed?', messages: 'all', status: 'open' }])
  })

  it('reviews a file once that is named twice, by itself and by its folder', async () => {
    const file = join(folder, 'spring', '000.eml')
    expect((await report([file, file])).messages).toHaveLength(1)
    expect((await report([file, join(folder, 'spring')])).messages).toHaveLength(names.length)
  })

  it.each([
    [false, []],
    [true, ['matched “free spins”']],
  ])('keeps the steps that led to a finding: %s', async (explain, expected) => {
    const { messages } = await report([join(folder, 'spring', '000.eml')], ports(), explain)
    expect(messages[0]?.findings[0]?.explain).toEqual(expected)
  })

  it('counts what it has done and found', async () => {
    const seen: number[] = []
    const counting = { ...ports(), onProgress: ({ done }: { readonly done: number }) => void seen.push(done) }
    await report([join(folder, 'spring')], counting)
    expect(seen).toEqual(names.map((_, index) => index + 1))
  })

  it('fails where there are no packs', async () => {
    const none = ports({ describePacks: () => Promise.resolve(fail('no-pack', 'No pack there.')) })
    expect(await check({ paths: [folder], settings, explain: false }, none)).toMatchObject({
      problem: { code: 'no-pack' },
    })
  })
})
