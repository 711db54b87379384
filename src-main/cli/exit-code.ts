import type { Report } from '../contract/report.ts'
import type { CheckOptions } from './check-options.ts'

/** What the exit code says (`formats.md` §1). */
export const exitCodes = { fine: 0, findings: 1, wrongCall: 2, unreadable: 3 } as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** `formats.md` §1: an unreadable input wins over findings; without anything to review the call was wrong. */
export function exitCode(report: Report, options: Pick<CheckOptions, 'failOn' | 'requireComplete'>): ExitCode {
  if (report.inputs.some(({ status }) => status === 'unreadable')) return exitCodes.unreadable
  if (report.messages.length === 0) return exitCodes.wrongCall
  if (options.failOn === 'never') return exitCodes.fine
  const fails = report.messages.some(({ findings, notChecked }) => {
    const found = findings.some(
      ({ severity }) => severity === 'error' || (severity === 'warning' && options.failOn === 'warning'),
    )
    return found || (options.requireComplete && notChecked.some(({ material }) => material))
  })
  return fails ? exitCodes.findings : exitCodes.fine
}
