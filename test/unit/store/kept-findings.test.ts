import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { newSnapshotId } from '../../../src-main/store/snapshot-id.ts'
import { openWorkspace, type Workspace } from '../../../src-main/store/workspace.ts'
import { aFinding, aMessage } from '../../support/report-parts.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clausebench-kept-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const at = (day: number): string => `2026-11-${String(day)}T10:00:00.000Z`
const key = (place: string) => ({ place, reportId: place, name: `Message ${place}`, campaign: 'spring', client: null })
const gambling = aFinding({ severity: 'error', group: 'g1' })
const pills = aFinding({ clauses: ['klaviyo-aup:C3.8'], group: 'g2' })

function keep(workspace: Workspace, place: string, content: string, day: number, findings = [gambling]): void {
  const report = JSON.stringify(aMessage({ id: place, sendAt: '2026-05-04T09:00', date: '2026-01-01', findings }))
  workspace.keep({ message: key(place), content, bytes: Buffer.from(content), report }, at(day))
}

it('what is kept under a clause: of the last text of each message, with its last sign-off', async () => {
  const opened = await openWorkspace(join(folder, 'w.sqlite'))
  if (!opened.ok) throw new Error(opened.problem.message)
  const workspace = opened.value
  keep(workspace, 'a', 'a1', 10, [gambling, pills])
  keep(workspace, 'b', 'b1', 11, [gambling])
  keep(workspace, 'b', 'b2', 12, [pills])
  keep(workspace, 'c', 'c1', 13, [])
  expect(workspace.kept.under(['klaviyo-aup:C3.9'])).toEqual([
    {
      place: 'a',
      message: 'Message a',
      campaign: 'spring',
      client: null,
      sent: '2026-05-04T09:00',
      at: at(10),
      signed: null,
      findings: [{ severity: 'error', clauses: ['klaviyo-aup:C3.9'], group: 'g1' }],
    },
  ])
  expect(workspace.kept.under(['klaviyo-aup:C3', 'klaviyo-aup:C3.8']).map(({ place }) => place)).toEqual(['a', 'b'])

  const binding = { message: 'a1', recipients: [], schedule: '', manifest: null }
  for (const day of [14, 15]) {
    const id = newSnapshotId()
    const signed = { message: key('a'), content: 'a1', document: '{}', id }
    workspace.sign(signed, { kind: 'sign-off', snapshot: id, binding }, `Mara ${String(day)}`, at(day))
  }
  expect(workspace.kept.under(['klaviyo-aup:C3.9'])[0]?.signed).toMatchObject({ by: 'Mara 15', at: at(15) })
  workspace.close()
})
