import { describe, expect, it } from 'vitest'
import { exitCode } from '../../../src-main/cli/exit-code.ts'
import type { InputEntry, NotChecked, Severity } from '../../../src-main/contract/report.ts'
import { aFinding, aMessage, aReport } from '../../support/report-parts.ts'

const unreadable: InputEntry = { path: 'x', status: 'unreadable', bytes: null, sha256: null }
const ignored: InputEntry = { ...unreadable, status: 'ignored' }
const notChecked = (material: boolean): NotChecked => ({ clause: 'c', code: 'image-only', reason: 'r', material })

function message(severities: readonly Severity[], materials: readonly boolean[] = []) {
  return aMessage({
    findings: severities.map((severity) => aFinding({ severity })),
    notChecked: materials.map(notChecked),
  })
}

const byDefault = { failOn: 'error', requireComplete: false } as const

describe('exitCode', () => {
  it.each([
    ['an error', [message(['error'])], [], byDefault, 1],
    ['a warning', [message(['warning', 'info'])], [], byDefault, 0],
    ['a warning that shall fail', [message(['warning'])], [], { ...byDefault, failOn: 'warning' }, 1],
    ['a hint, failing on warnings', [message(['info'])], [], { ...byDefault, failOn: 'warning' }, 0],
    ['an error that shall not fail', [message(['error'])], [], { ...byDefault, failOn: 'never' }, 0],
    ['something material not checked', [message([], [true])], [], byDefault, 0],
    ['the same when all must be checked', [message([], [true])], [], { ...byDefault, requireComplete: true }, 1],
    [
      'something immaterial when all must be checked',
      [message([], [false])],
      [],
      { ...byDefault, requireComplete: true },
      0,
    ],
    [
      'nothing fails, whatever was not checked',
      [message(['error'], [true])],
      [],
      { failOn: 'never', requireComplete: true },
      0,
    ],
    ['unreadable wins over findings', [message(['error'])], [unreadable], byDefault, 3],
    ['unreadable, whatever fails', [message([])], [unreadable], { ...byDefault, failOn: 'never' }, 3],
    ['only something unreadable', [], [unreadable], byDefault, 3],
    ['nothing at all', [], [], byDefault, 2],
    ['only what is ignored', [], [ignored], byDefault, 2],
  ] as const)('%s', (_, messages, inputs, options, expected) => {
    expect(exitCode(aReport({ messages: [...messages], inputs: [...inputs] }), options)).toBe(expected)
  })
})
