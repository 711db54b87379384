import type { Answer } from '../../contract/operation-schemas.ts'
import { reportMessageSchema, type Finding, type ReportMessage } from '../../contract/report.ts'
import { fail, ok, type Result } from '../../contract/result.ts'
import type { Binding } from '../../store/acts.ts'
import type { Store } from '../../store/store-calls.ts'
import type { ReviewPool } from '../pool.ts'
import { showTask } from '../message-views.ts'
import { bindingOf } from './binding.ts'
import { partKind } from './decided.ts'
import type { SeenMessage } from './seen-messages.ts'

type Compared = Answer<'message.compare'>

/** An older text of a message, as it was acted on, beside what it is now. */
export async function compareWithOlder(
  seen: SeenMessage,
  content: string,
  store: Pick<Store, 'revision' | 'revisions'>,
  pool: Pick<ReviewPool, 'compare'>,
): Promise<Result<Compared>> {
  const [kept, listed] = await Promise.all([store.revision(seen.key.place, content), store.revisions(seen.key.place)])
  if (!kept.ok) return kept
  if (!listed.ok) return listed
  const at = listed.value.find((revision) => revision.content === content)?.at
  if (kept.value === null || at === undefined) return fail('not-found', 'This older text is not kept.')
  const old = reportMessageSchema.parse(JSON.parse(kept.value.report))
  const texts =
    kept.value.bytes === null
      ? ok({ texts: [], facts: [] })
      : await pool.compare({ ...showTask(seen.open), old: kept.value.bytes })
  if (!texts.ok) return texts
  return ok({
    old: { at, message: old },
    findings: comparedFindings(old.findings, seen.open.report.findings),
    texts: texts.value.texts,
    facts: [...facts(old, seen.open.report), ...(await sendingFacts(seen, content)), ...texts.value.facts],
  })
}

/** Still there, new, fixed; reworded where rule, clauses and kind of part are the same and only the words are others. */
export function comparedFindings(old: readonly Finding[], now: readonly Finding[]): Compared['findings'] {
  const before = leads(old)
  const after = leads(now)
  const gone = [...before.values()].filter(({ fingerprint }) => !after.has(fingerprint))
  const rows: Compared['findings'] = []
  for (const finding of after.values()) {
    const same = before.get(finding.fingerprint)
    const at = same === undefined ? gone.findIndex((other) => kindOf(other) === kindOf(finding)) : -1
    const reworded = at === -1 ? undefined : gone.splice(at, 1)[0]
    rows.push({
      change: same !== undefined ? 'still' : reworded !== undefined ? 'reworded' : 'new',
      severity: finding.severity,
      clauses: finding.clauses,
      title: finding.title,
      old: same?.excerpt ?? reworded?.excerpt ?? null,
      new: finding.excerpt,
    })
  }
  for (const { severity, clauses, title, excerpt } of gone)
    rows.push({ change: 'fixed', severity, clauses, title, old: excerpt, new: null })
  return rows
}

/** The first of each fingerprint. */
function leads(findings: readonly Finding[]): Map<string, Finding> {
  const first = new Map<string, Finding>()
  for (const finding of findings) if (!first.has(finding.fingerprint)) first.set(finding.fingerprint, finding)
  return first
}

function kindOf({ rule, clauses, part }: Finding): string {
  return JSON.stringify([rule, clauses, partKind(part)])
}

/** Recipients and time of sending, where the older text was signed and so is known by them. */
async function sendingFacts(seen: SeenMessage, content: string): Promise<Compared['facts']> {
  const signed = seen.record.signOffs.findLast((one) => one.content === content)
  if (signed === undefined) return []
  const now = await bindingOf(seen.open)
  const rows: Compared['facts'] = []
  const before = new Map(signed.binding.recipients.map((list) => [list.name, list]))
  const after = new Map(now.recipients.map((list) => [list.name, list]))
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const was = before.get(name)
    const is = after.get(name)
    if (was?.sha256 !== is?.sha256) rows.push({ name: 'recipients', old: listWords(was), new: listWords(is) })
  }
  return rows
}

/** Its name and how many lines its file has: rows are never told. */
function listWords(list: Binding['recipients'][number] | undefined): string {
  return list === undefined ? '' : `${list.name} (${list.lines})`
}

function facts(old: ReportMessage, now: ReportMessage): Compared['facts'] {
  const rows = [
    { name: 'subject', old: old.subject ?? '', new: now.subject ?? '' },
    { name: 'from', old: old.from ?? '', new: now.from ?? '' },
    { name: 'schedule', old: old.sendAt ?? '', new: now.sendAt ?? '' },
  ]
  return rows.filter((row) => row.old !== row.new)
}
