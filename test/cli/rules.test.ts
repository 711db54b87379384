import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCli } from '../support/run-cli.ts'

let folder = ''

function pack(name: string, rules: string): string {
  const dir = join(folder, name)
  mkdirSync(join(dir, 'rules'), { recursive: true })
  writeFileSync(join(dir, 'pack.yaml'), `id: ${name}\nversion: "1"\ntitle: Own rules\npolicy: klaviyo-aup\n`)
  writeFileSync(join(dir, 'rules', 'own.yaml'), rules)
  return dir
}

const rule = (example: string): string => `
- id: test/spin
  clauses: [klaviyo-aup:C3.9]
  severity: error
  title: Offers zzyzx
  check: { kind: pattern, pattern: zzyzx }
  message: "“{match}” is not allowed by {clause}."
  examples: { violates: ["${example}"], fine: [Hello] }
`

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'clausebench-rules-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('clausebench rules', () => {
  it('lists every rule of the packs in one line', async () => {
    const { code, stdout } = await runCli(['rules', 'list', '--packs', pack('listed', rule('a {{zzyzx}}'))])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^error +C3\.9 +test\/spin +Offers zzyzx$/m)
  })

  it('lists rules for programs', async () => {
    const { stdout } = await runCli([
      'rules',
      'list',
      '--format',
      'json',
      '--pack',
      'json',
      '--packs',
      pack('json', rule('{{zzyzx}}')),
    ])
    expect(JSON.parse(stdout)).toEqual([
      {
        id: 'test/spin',
        pack: 'json@1',
        clauses: ['klaviyo-aup:C3.9'],
        title: 'Offers zzyzx',
        severity: 'error',
        certainty: 'certain',
        kind: 'pattern',
      },
    ])
  })

  it('lists the types of identifiers that a rule may name', async () => {
    const { code, stdout } = await runCli(['rules', 'list', '--identifiers'])
    expect([code, stdout.split('\n').includes('us-ssn')]).toEqual([0, true])
  })

  it('shows all of a rule', async () => {
    const packs = ['--packs', pack('shown', rule('{{zzyzx}}'))]
    const shown = await runCli(['rules', 'show', 'test/spin', ...packs])
    expect([shown.code, shown.stdout]).toEqual([0, expect.stringContaining('pattern: zzyzx')])
    expect(await runCli(['rules', 'show', 'test/none', ...packs])).toMatchObject({ code: 2, stdout: '' })
  })

  it.each([
    ['0 when every example is as it says', 0, rule('a {{zzyzx}} b'), '1 rule, 2 examples, 0 failed'],
    ['1 when an example fails', 1, rule('nothing here'), '2 examples, 1 failed'],
    ['1 when the pack has a problem', 1, `${rule('{{zzyzx}}')}  colour: red\n`, 'unknown-key'],
  ])('tests the examples and ends with %s', async (_, expected, rules, words) => {
    const { code, stdout } = await runCli(['rules', 'test', '--pack', 'tested', '--packs', pack('tested', rules)])
    expect(stdout).toContain(words)
    expect(code).toBe(expected)
  })
})
