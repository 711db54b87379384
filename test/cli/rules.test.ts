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

describe('rules hits', () => {
  it('counts hits of each rule over files, and tells what is gained and lost against an older pack', async () => {
    const now = pack('hits-now', rule('{{zzyzx}}'))
    const older = join(folder, 'older')
    mkdirSync(older)
    const old = join(older, 'hits-now')
    mkdirSync(join(old, 'rules'), { recursive: true })
    writeFileSync(join(old, 'pack.yaml'), 'id: hits-now\nversion: "0"\ntitle: Own rules\npolicy: klaviyo-aup\n')
    writeFileSync(join(old, 'rules', 'own.yaml'), rule('{{qqqz}}').replace('pattern: zzyzx', 'pattern: qqqz'))
    const mails = join(folder, 'mails')
    mkdirSync(mails)
    writeFileSync(join(mails, 'a.txt'), 'Come for zzyzx and stay for zzyzx')
    writeFileSync(join(mails, 'b.txt'), 'Only qqqz here')

    const counts = await runCli(['rules', 'hits', mails, '--packs', now])
    expect(counts).toMatchObject({ code: 0 })
    expect(counts.stdout).toMatch(/^ +2 in +1 {2}test\/spin$/m)

    const compared = await runCli(['rules', 'hits', mails, '--packs', now, '--against', older, '--format', 'json'])
    const { gained, lost } = JSON.parse(compared.stdout) as Record<'gained' | 'lost', { message: string }[]>
    expect(gained.map(({ message }) => message)).toEqual([join(mails, 'a.txt'), join(mails, 'a.txt')])
    expect(lost.map(({ message }) => message)).toEqual([join(mails, 'b.txt')])
    const single = await runCli(['rules', 'hits', mails, '--packs', now, '--against', old])
    expect(single.stdout).toContain('2 hits gained, 1 lost')
  }, 60_000)

  it.each([
    [['rules', 'hits']],
    [['rules', 'list', '--against', 'x']],
    [['rules', 'hits', 'x', '--against', '/nowhere-at-all']],
  ])('refuses %j', async (argv) => {
    expect(await runCli(argv)).toMatchObject({ code: 2, stdout: '' })
  })
})
