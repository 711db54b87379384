import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mail } from '../support/mail.ts'
import { checkJson } from '../support/run-cli.ts'

const rules = `
- id: test/error
  clauses: [klaviyo-aup:C3.9]
  severity: error
  check: { kind: pattern, pattern: zzyzx }
  message: "“{match}” is not allowed by {clause}."
- id: test/warning
  clauses: [klaviyo-aup:C3.9]
  severity: warning
  check: { kind: pattern, pattern: quuxly }
  message: "“{match}” needs a look."
`

let folder = ''
const inFolder = (name: string): string => join(folder, name)

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'clausebench-exit-'))
  mkdirSync(inFolder('pack/rules'), { recursive: true })
  writeFileSync(inFolder('pack/pack.yaml'), 'id: own\nversion: "1"\ntitle: Own rules\npolicy: klaviyo-aup\n')
  writeFileSync(inFolder('pack/rules/own.yaml'), rules)
  const personal = { Subject: 'Lunch' }
  writeFileSync(inFolder('fine.eml'), mail('See you at noon.', personal))
  writeFileSync(inFolder('warning.eml'), mail('This is quuxly.', personal))
  writeFileSync(inFolder('error.eml'), mail('This is zzyzx.', personal))
  writeFileSync(inFolder('empty.eml'), '')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('check ends with', () => {
  it.each([
    [0, 'nothing found', ['fine.eml'], []],
    [0, 'a warning', ['warning.eml'], []],
    [1, 'a warning that shall fail', ['warning.eml'], ['--fail-on', 'warning']],
    [1, 'an error', ['error.eml'], []],
    [0, 'an error that shall not fail', ['error.eml'], ['--fail-on', 'never']],
    [3, 'an empty file', ['empty.eml'], []],
    [3, 'an empty file and an error', ['empty.eml', 'error.eml'], []],
    [3, 'a file that is not there', ['gone.eml', 'fine.eml'], []],
  ])('%d: %s', async (expected, _, names, options) => {
    const { code, report } = await checkJson(['--packs', inFolder('pack'), ...options, ...names.map(inFolder)])
    expect(code).toBe(expected)
    expect(report.inputs.map(({ path }) => path)).toEqual(names.map(inFolder))
  })

  it('names the own pack, its rule and its clause', async () => {
    const { report } = await checkJson(['--packs', inFolder('pack'), inFolder('error.eml')])
    expect(report.packs.map(({ id, version }) => `${id}@${version}`)).toContain('own@1')
    const finding = report.messages[0]?.findings.find(({ rule }) => rule === 'test/error')
    expect(finding).toMatchObject({ pack: 'own@1', clauses: ['klaviyo-aup:C3.9'], severity: 'error', part: 'text' })
    expect(finding?.excerpt).toContain('zzyzx')
  })

  it('puts the steps that led to a finding in only when asked', async () => {
    const [without, withSteps] = await Promise.all(
      [[], ['--explain']].map((more) => checkJson(['--packs', inFolder('pack'), inFolder('error.eml'), ...more])),
    )
    const steps = [without, withSteps].map((checked) =>
      checked?.report.messages[0]?.findings.every(({ explain }) => explain.length > 0),
    )
    expect(steps).toEqual([false, true])
  })

  it('names a rule that cannot be used and reviews with the others', async () => {
    mkdirSync(inFolder('faulty/rules'), { recursive: true })
    writeFileSync(inFolder('faulty/pack.yaml'), 'id: faulty\nversion: "1"\ntitle: Faulty\npolicy: klaviyo-aup\n')
    writeFileSync(
      inFolder('faulty/rules/own.yaml'),
      `${rules}- id: test/typo\n  clauses: [C3.9]\n  chekc: { kind: pattern, pattern: x }\n  message: m\n`,
    )
    const { code, report, stderr } = await checkJson(['--packs', inFolder('faulty'), inFolder('error.eml')])
    const faulty = report.packs.find(({ id }) => id === 'faulty')
    expect(code).toBe(1)
    expect(faulty?.problems.map(({ rule, file, line, code }) => [rule, `${file}:${line}`, code])).toEqual([
      ['test/typo', 'rules/own.yaml:12', 'missing-key'],
      ['test/typo', 'rules/own.yaml:14', 'unknown-key'],
    ])
    expect(stderr).toContain('rules/own.yaml:')
  })
})
