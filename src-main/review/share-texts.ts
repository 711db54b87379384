import type { Finding } from '../contract/report.ts'
import type { ReviewedMessage } from './job.ts'

/** Beyond it, texts are kept as they came. */
const maxKept = 20_000

/**
 * Findings of a rule say much the same in thousands of messages, and what comes from a worker is a copy each time: says it once,
 * which takes a third of the memory.
 */
export function shareTexts(): (message: ReviewedMessage) => ReviewedMessage {
  const texts = new Map<string, string>()
  const lists = new Map<string, unknown>()

  function text(given: string): string {
    const known = texts.get(given)
    if (known === undefined && texts.size < maxKept) texts.set(given, given)
    return known ?? given
  }

  function list<T>(given: T[]): T[] {
    if (given.length === 0) return given
    const key = JSON.stringify(given)
    // What has the same JSON is the same list of plain data.
    const known = lists.get(key) as T[] | undefined
    if (known === undefined && lists.size < maxKept) lists.set(key, given)
    return known ?? given
  }

  const finding = (one: Finding, own: (text: string) => string): Finding => ({
    ...one,
    rule: one.rule === null ? null : text(one.rule),
    pack: text(one.pack),
    clauses: list(one.clauses),
    title: text(one.title),
    message: text(one.message),
    why: text(one.why),
    fix: text(one.fix),
    sources: list(one.sources),
    explain: list(one.explain),
    group: own(one.group),
    part: own(one.part),
    excerpt: own(one.excerpt),
    related: one.related.map((other) => ({ ...other, message: text(other.message), id: own(other.id) })),
  })

  return (message) => {
    const { report } = message
    // What only this message says again and again; the others would fill what is kept.
    const said = new Map([[report.id, report.id]])
    const own = (given: string): string => {
      const known = said.get(given)
      if (known === undefined) said.set(given, given)
      return known ?? given
    }
    const findings = report.findings.map((one) => finding(one, own))
    return { ...message, report: { ...report, findings, notChecked: list(report.notChecked) } }
  }
}
