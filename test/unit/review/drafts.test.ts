import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { CampaignId, FileToken, MessageId } from '../../../src-main/contract/operation-schemas.ts'
import { fail, ok } from '../../../src-main/contract/result.ts'
import { createDrafts, type DraftPorts } from '../../../src-main/review/drafts.ts'
import type { OpenCampaign, OpenMessage } from '../../../src-main/review/open-campaigns.ts'
import { aFinding, aMessage } from '../../support/report-parts.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clausebench-drafts-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

// Brands of the contract: ids here are as good as any.
const campaign = 'spring' as CampaignId
const idOf = (name: string): MessageId => name as MessageId

function message(id: string, input: string, file: string): [MessageId, OpenMessage] {
  // Of an open message drafts ask for no more.
  const open = {
    report: aMessage({ id, input }),
    task: { path: `/gone/${file}`, input: file },
  } as unknown as OpenMessage
  return [idOf(id), open]
}

const messages = new Map([
  message('news.txt', 'news.txt', 'news.txt'),
  message('two.mbox#1', 'two.mbox', 'two.mbox'),
  message('two.mbox#2', 'two.mbox', 'two.mbox'),
  message('all.zip/a.txt', 'all.zip/a.txt', 'all.zip'),
])

function drafts(seen: string[] = [], granted: string[] = [], keeps = true) {
  const ports: DraftPorts = {
    campaigns: { get: () => ({ messages }) as unknown as OpenCampaign },
    pool: {
      reviewFile({ path, input }) {
        seen.push(path, readFileSync(path, 'utf8'))
        const report = aMessage({ id: input, input, verdict: 'errors', findings: [aFinding({ severity: 'error' })] })
        return Promise.resolve({
          inputs: [{ path: input, status: 'reviewed', bytes: 1, sha256: 'ab' }],
          messages: [{ report, name: 'x', ordinal: 0 }],
        })
      },
      showSource: ({ sha256 }) =>
        Promise.resolve(
          ok({
            text: sha256,
            shownAs: 'utf-8',
            omittedBytes: 0,
            marks: [{ number: 1, severity: 'error', span: { start: 0, end: 3 } }],
          }),
        ),
    },
    grants: {
      grant(paths) {
        granted.push(...paths)
        return 'a'.repeat(43) as FileToken
      },
    },
    keep: () => Promise.resolve(keeps ? ok(true) : fail('store-unavailable', 'no room')),
    dataDir: folder,
  }
  return createDrafts(ports)
}

it('judges what is typed under the file’s own name, and keeps nothing of it', async () => {
  const seen: string[] = []
  const checked = await drafts(seen).check({ campaign, message: idOf('news.txt'), draft: 'Free spins' })
  expect(checked).toMatchObject({
    ok: true,
    value: { verdict: 'errors', counts: { error: 1 }, marks: [{ number: 1, span: { start: 0, end: 3 } }] },
  })
  const [path = '', text] = seen
  expect([basename(path), text]).toEqual(['news.txt', 'Free spins'])
  expect(existsSync(path)).toBe(false)
  expect(readdirSync(join(folder, 'drafts'))).toEqual([])
})

it('saves a file of its own', async () => {
  const granted: string[] = []
  const saved = await drafts([], granted).save({ campaign, message: idOf('news.txt'), draft: 'Spins' })
  expect(saved.ok).toBe(true)
  expect(granted.map((path) => [basename(path), readFileSync(path, 'utf8')])).toEqual([['news.txt', 'Spins']])
})

it('saves nothing when the text that it was made of cannot be kept', async () => {
  const granted: string[] = []
  const saved = await drafts([], granted, false).save({ campaign, message: idOf('news.txt'), draft: 'Spins' })
  expect([saved.ok, granted]).toEqual([false, []])
  expect(existsSync(join(folder, 'drafts'))).toBe(false)
})

it.each(['two.mbox#1', 'all.zip/a.txt'])('changes no file that holds more: %s', async (id) => {
  const seen: string[] = []
  const checked = await drafts(seen).check({ campaign, message: idOf(id), draft: 'x' })
  expect(checked).toMatchObject({ ok: false, problem: { code: 'not-available-here' } })
  expect(seen).toEqual([])
})
