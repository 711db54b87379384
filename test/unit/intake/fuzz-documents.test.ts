import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { damaged } from '../../support/damage.ts'
import { inputsOf } from '../../support/read-inputs.ts'
import { workbookOf } from '../../support/workbook.ts'
import { zipOf } from '../../support/zip.ts'

/** One well-formed file of each format that is read as a whole, to be damaged. */
const seeds: readonly (readonly [name: string, bytes: () => Promise<Buffer> | Buffer])[] = [
  [
    'files.zip',
    () =>
      zipOf({
        'campaign.yaml': 'schema: clausebench-campaign/1\nname: x\n',
        'a/launch.eml': 'From: a@b.example\nSubject: x\n\nbody\n',
        'in.zip': zipOf({ 'note.sms.txt': 'Hello' }),
      }),
  ],
  [
    'plan.xlsx',
    () =>
      workbookOf([
        ['id', 'channel', 'text', 'send_at'],
        ['a', 'sms', 'Sale', new Date(Date.UTC(2026, 2, 1))],
      ]),
  ],
]

async function holds(bytes: Buffer, name: string): Promise<void> {
  const reads = await inputsOf(bytes, name)
  expect(reads.length).toBeGreaterThan(0)
  for (const { outcome, bytes: own } of reads) {
    if (!('messages' in outcome)) {
      expect(outcome.problem.message).not.toBe('')
      continue
    }
    expect(outcome.status === 'partial').toBe(outcome.problem !== null)
    for (const { texts } of outcome.messages) {
      for (const { text, toSource } of texts) {
        const span = toSource?.({ start: 0, end: text.length })
        if (span !== undefined) expect(span.end).toBeLessThanOrEqual(own?.length ?? 0)
      }
    }
  }
}

describe('damaged documents and archives', () => {
  it.each(seeds)(
    '%s: never throws, ends in time',
    async (name, make) => {
      await fc.assert(
        fc.asyncProperty(damaged(await make()), (bytes) => holds(bytes, name)),
        { numRuns: 200 },
      )
    },
    60_000,
  )
})
