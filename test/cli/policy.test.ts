import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { policyDiffSchema, policyDocumentSchema } from '../../src-main/contract/policy-document.ts'
import { runCli } from '../support/run-cli.ts'

let folder = ''
const body = [
  'Senders must have the consent of everybody on their list before the first mail.',
  'Each mail shows an address of the sender in the open, and a way to leave the list.',
  'Texts are sent between nine in the morning and eight in the evening, never on Sundays.',
  'Accounts that break these rules may be closed within thirty days after a warning in writing.',
]
const policy = (date: string, items = body) =>
  `# Sending rules\n\nLast updated: ${date}\n\n${items.map((item) => `* ${item}`).join('\n')}\n`

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'clausebench-policy-'))
  mkdirSync(join(folder, 'acme'))
  writeFileSync(join(folder, 'acme/2024-01-10.md'), policy('January 9, 2024'))
  writeFileSync(
    join(folder, 'acme/2025-02-01.md'),
    policy('January 31, 2025', [...body.slice(0, 3), (body[3] ?? '').replace('may', 'shall')]),
  )
  writeFileSync(join(folder, 'acme/2025-02-02.md'), policy('January 31, 2025', body.slice(1)))
  writeFileSync(join(folder, 'undated.md'), policy('').replace('Last updated: \n\n', ''))
  writeFileSync(join(folder, 'login.html'), '<form><input type=password></form><p>Sign in</p>')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const run = (...args: readonly string[]) => runCli(['policy', ...args], { cwd: folder })
const data = () => ['--data', join(folder, 'data')]

describe('clausebench policy', () => {
  it('imports a folder, lists, shows and compares what it keeps', async () => {
    const imported = await run('import', 'acme', '--format', 'json', ...data())
    expect(imported.code).toBe(0)
    const documents = policyDocumentSchema.array().parse(JSON.parse(imported.stdout))
    expect(documents.map(({ policy: id, version }) => `${id}@${version}`)).toEqual([
      'acme@2024-01-09',
      'acme@2025-01-31',
      'acme@2025-01-31.2',
    ])
    const list = await run('list', ...data())
    expect(list.stdout.split('\n').filter(Boolean)).toHaveLength(3)
    const shown = await run('show', 'acme@2024-01-09', '--format', 'json', ...data())
    expect(policyDocumentSchema.parse(JSON.parse(shown.stdout))).toEqual(documents[0])
    const compared = await run('diff', 'acme@2024-01-09', 'acme@2025-01-31', '--format', 'json', ...data())
    expect(compared.code).toBe(1)
    const { changes } = policyDiffSchema.parse(JSON.parse(compared.stdout))
    expect(changes.map(({ kind, duty }) => [kind, ...duty])).toEqual([
      ['reworded', '9→31', '2024→2025'],
      ['reworded', 'may→shall'],
    ])
    expect(readdirSync(join(folder, 'data'))).toEqual(['library.sqlite'])
  })

  it('prints one document alone, several as a list, and keeps nothing when it only tries', async () => {
    const one = await run(
      'import',
      'acme/2024-01-10.md',
      '--dry-run',
      '--format',
      'json',
      '--data',
      join(folder, 'none'),
    )
    expect(policyDocumentSchema.parse(JSON.parse(one.stdout)).version).toBe('2024-01-09')
    const two = await run('import', 'acme/2024-01-10.md', 'acme/2025-02-01.md', '--dry-run', '--format', 'json')
    expect(policyDocumentSchema.array().parse(JSON.parse(two.stdout))).toHaveLength(2)
    expect(readdirSync(folder)).not.toContain('none')
  })

  it.each([
    [['diff', 'acme/2024-01-10.md', 'acme/2024-01-10.md'], 0],
    [['diff', 'acme/2024-01-10.md', 'acme/2025-02-01.md'], 1],
    [['diff', 'acme/2024-01-10.md'], 2],
    [['diff', 'acme/2024-01-10.md', 'acme@1999-01-01'], 2],
    [['diff', 'acme/2024-01-10.md', 'gone.md'], 3],
    [['import', 'login.html'], 3],
    [['import', 'undated.md'], 2],
    [['import', 'undated.md', '--date', '2024-02-30'], 2],
    [['show', 'nobody'], 2],
    [['import'], 2],
    [['burn'], 2],
    [['--help'], 0],
  ])('%s exits with %i', async (args, code) => {
    const done = await run(...args, ...data())
    expect({ code: done.code, errors: done.stderr !== '' }).toEqual({ code, errors: code > 1 })
  })

  it.each(['text', 'md', 'html'])('compares as %s, without markup of the documents in it', async (format) => {
    writeFileSync(
      join(folder, 'hostile.md'),
      policy('January 9, 2024', [
        ...body,
        'A rule with &lt;script&gt;alert(1)&lt;/script&gt; and \u202eturned words in it.',
      ]),
    )
    const { stdout } = await run('diff', 'acme/2024-01-10.md', 'hostile.md', '--format', format)
    expect(stdout).toContain('1 added')
    expect(stdout).not.toContain('\u202e')
    if (format === 'html') expect(stdout).toContain('&#60;script&#62;')
    if (format !== 'text') expect(stdout).not.toContain('<script>')
  })
})
