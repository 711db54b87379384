import { readFileSync } from 'node:fs'
import type { FileTask, LinkTask, RenderTask, ShowTask } from '../../src-main/review/job.ts'
import { telling } from '../../src-main/review/telling.ts'
import { aFinding, aMessage } from './report-parts.ts'
import { aClause, aPolicy } from './policy.ts'

/**
 * A review worker for tests of what stands around it: every line of a file is a message with that id and one finding.
 * A file that says `never` is never done.
 */

const entry = {
  id: 'klaviyo-aup',
  version: '1',
  basis: 'primary',
  rules: 1,
  sha256: '',
  note: null,
  problems: [],
} as const

export const describePacks = telling(() => {
  return { ok: true, value: { entries: [entry], problems: [], policies: [aPolicy([aClause({ id: 'C3.9' })])] } }
})

export const judgingRules = telling(() => {
  return { ok: false, problem: { code: 'no-pack', message: 'These lines are judged by no rules.' } }
})

export const reviewFile = telling((task: FileTask) => {
  const ids = readFileSync(task.path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
  // A worker with nothing left to do but wait would end.
  if (ids[0] === 'never') return new Promise(() => setInterval(() => undefined, 1_000))
  return {
    inputs: [{ path: task.input, status: 'reviewed', bytes: 1, sha256: 'ab' }],
    messages: ids.map((id, ordinal) => ({
      ordinal,
      name: id,
      report: aMessage({ id, input: task.input, verdict: 'to-review', findings: [aFinding({ group: id })] }),
    })),
  }
})

export const showRendered = telling((task: RenderTask) => {
  return {
    ok: true,
    value: {
      html: `${task.ordinal} ${task.theme}`,
      blocked: { images: 0, styles: 0, active: 0 },
      hasDark: false,
      marked: [1],
    },
  }
})

export const showText = telling((task: ShowTask) => {
  return { ok: false, problem: { code: 'changed-on-disk', message: task.sha256 } }
})

export const showSource = telling((task: ShowTask) => {
  return { ok: false, problem: { code: 'changed-on-disk', message: task.sha256 } }
})

export const inspectLink = telling(({ link }: LinkTask) => {
  return { ok: true, value: { href: `https://acme.example/${link}`, host: 'acme.example', opens: link === 1 } }
})

export const reviewedBytes = telling((task: ShowTask) => {
  return { ok: true, value: new Uint8Array(readFileSync(task.file.path)) }
})
