import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ImpactQuestion } from '../../src-main/policy/impact.ts'
import { newSnapshotId } from '../../src-main/store/snapshot-id.ts'
import { createStoreActions } from '../../src-main/store/store-actions.ts'
import { openWorkspace } from '../../src-main/store/workspace.ts'

/**
 * What another version of a policy means for 10,000 signed reviews in two workspaces: `node test/bench/impact.ts`. Ends with 1 when a question
 * takes longer than it may.
 */

const reviews = 10_000
const rules = 450
const mayTakeMs = 2_000
const at = '2026-11-23T10:00:00.000Z'

const folder = mkdtempSync(join(tmpdir(), 'clausebench-impact-'))
try {
  await fill(join(folder, 'workspaces', 'w-a.sqlite'), 0, reviews / 2)
  await fill(join(folder, 'workspaces', 'w-b.sqlite'), reviews / 2, reviews)
  const actions = createStoreActions(join(folder, 'workspaces'))
  const times: number[] = []
  for (let run = 0; run < 3; run++) {
    const startMs = performance.now()
    const impact = await actions.impact(question())
    const tookMs = performance.now() - startMs
    if (!impact.ok) throw new Error(impact.problem.message)
    const { signed, fails, fallsAway, unclear, unjudged } = impact.value
    times.push(tookMs)
    console.log(
      `${signed} signed: ${fails.length} would fail, ${fallsAway.length} lose a finding, ${unclear.length} clauses unclear ` +
        `(${unclear.reduce((sum, one) => sum + one.reviews.length, 0)} messages), ${unjudged.length} unjudged: ${tookMs.toFixed(0)} ms`,
    )
  }
  await actions.close()
  if (Math.max(...times) > mayTakeMs) {
    console.error(`more than ${mayTakeMs} ms`)
    process.exitCode = 1
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** Every review has three findings, every tenth one of a rule that only the newer version has. */
async function fill(file: string, from: number, to: number): Promise<void> {
  const workspace = await openWorkspace(file)
  if (!workspace.ok) throw new Error(workspace.problem.message)
  const { judged, sign, keepContent, close } = workspace.value
  const set = ruleSet()
  for (let review = from; review < to; review++) {
    const content = `content-${String(review)}`
    const message = {
      place: `place-${String(review)}`,
      reportId: `spring/${String(review)}.eml`,
      name: `Message ${String(review)}`,
      campaign: 'spring',
      client: null,
    }
    const id = newSnapshotId()
    keepContent(content, new Uint8Array([1]))
    const binding = { message: content, recipients: [], schedule: '', manifest: null }
    sign({ message, content, document: '{}', id }, { kind: 'sign-off', snapshot: id, binding }, 'Mara', at)
    judged.keepSigned(id, ['house@1'], set)
    const own = [0, 1, 2].map((at) => finding((review * 3 + at) % rules, `f${String(review)}-${String(at)}`))
    judged.keep(
      [{ content, findings: review % 10 === 0 ? [...own, finding(rules, `n${String(review)}`)] : own }],
      set,
      at,
    )
    if (review % 10 === 0) judged.keep([{ content, findings: [finding(rules, `n${String(review)}`)] }], newerSet(), at)
  }
  close()
}

function finding(rule: number, fingerprint: string) {
  return {
    rule: `house/r${String(rule)}`,
    fingerprint,
    severity: 'warning' as const,
    clauses: [`house:C${String(rule % 40)}`],
    title: 'A rule',
    excerpt: 'what was found, with some words around it',
  }
}

function ruleSet(): readonly (readonly [string, string])[] {
  return Array.from({ length: rules }, (_, rule) => [`house/r${String(rule)}`, `sha${String(rule)}`] as const)
}

function newerSet(): readonly (readonly [string, string])[] {
  return [...ruleSet(), [`house/r${String(rules)}`, 'new'] as const]
}

function question(): ImpactQuestion {
  const clause = (number: number): string => `house:C${String(number)}`
  return {
    policy: 'house',
    pack: 'house',
    older: '1',
    newer: '2',
    steps: [
      ...[1, 2, 3].map((number) => ({
        kind: 'reworded' as const,
        from: [clause(number)],
        to: [clause(number)],
        note: null,
      })),
      { kind: 'removed', from: [clause(4)], to: [], note: null },
    ],
    rules: newerSet().map(([id, sha256], at) => ({
      id,
      title: 'A rule',
      sha256,
      clauses: [clause(at % 40)],
      written: at === rules,
    })),
    confirmed: [],
  }
}
