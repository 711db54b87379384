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

  const finding = (one: Finding): Finding => ({
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
  })

  return (message) => {
    const { report } = message
    return {
      ...message,
      report: { ...report, findings: report.findings.map(finding), notChecked: list(report.notChecked) },
    }
  }
}
