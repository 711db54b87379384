import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mail } from '../support/mail.ts'
import { mainFile, runCli, samplesDir } from '../support/run-cli.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'clausebench-call-'))
  writeFileSync(join(folder, 'note.eml'), mail('Hello'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('clausebench', () => {
  it.each([['--help'], ['check', '--help'], ['rules', '--help'], ['rules', 'list', '--help'], ['serve', '--help']])(
    'helps with %s %s and ends with 0',
    async (...argv) => {
      const { code, stdout, stderr } = await runCli(argv)
      expect([code, stderr]).toEqual([0, ''])
      expect(stdout).toMatch(/^Usage: clausebench/m)
      expect(stdout).toMatch(/^Example:?\s+clausebench /m)
    },
  )

  it('says its version', async () => {
    const { code, stdout, stderr } = await runCli(['--version'])
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  it.each([
    ['nothing', []],
    ['an unknown command', ['frobnicate']],
    ['a command of a later version', ['review', 'show']],
    ['no path', ['check']],
    ['an unknown option', ['check', '.', '--frobnicate']],
    ['a wrong day', ['check', '.', '--as-of', 'yesterday']],
    ['a folder without packs', ['check', samplesDir, '--packs', samplesDir]],
    ['a pack that is not there', ['check', samplesDir, '--pack', 'no-such-pack']],
    ['an unknown rules command', ['rules', 'frobnicate']],
  ])('refuses a wrong call with 2 and says why: %s', async (_, argv) => {
    const { code, stdout, stderr } = await runCli(argv)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/clausebench/)
    expect(stderr).not.toMatch(/^\s+at /m)
  })
})

describe('clausebench check', () => {
  it('prints text without colours where standard output is no terminal, and nothing else', async () => {
    const { stdout, stderr } = await runCli(['check', join(folder, 'note.eml'), '--quiet'], { env: { NO_COLOR: '1' } })
    expect(stdout).toContain('A word from Acme')
    expect(stdout).not.toContain('\u001b')
    expect(stderr).toBe('')
  })

  it('writes to --out instead of standard output', async () => {
    const out = join(folder, 'out.json')
    const { stdout } = await runCli(['check', join(folder, 'note.eml'), '--format', 'json', '--out', out])
    expect(stdout).toBe('')
    expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({ schema: 'clausebench-report/1' })
    expect(readdirSync(folder).filter((name) => name.includes('.tmp'))).toEqual([])
  })

  it('says before the work that --out cannot be written', async () => {
    const { code, stderr } = await runCli(['check', folder, '--out', join(folder, 'missing', 'out.json')])
    expect([code, stderr]).toEqual([2, expect.stringMatching(/--out names a file in a folder that does not exist/)])
  })

  it('says that there is nothing to review', async () => {
    const empty = mkdtempSync(join(folder, 'empty-'))
    const { code, stderr } = await runCli(['check', empty])
    expect([code, stderr]).toEqual([2, expect.stringMatching(/nothing to review/)])
  })

  it('keeps its exit code when the reader has seen enough', async () => {
    const script = '"$0" "$1" check "$2" --format json --fail-on never | head -c 1 > /dev/null; echo "${PIPESTATUS[0]}"'
    const { stdout, stderr } = await promisify(execFile)('bash', ['-c', script, process.execPath, mainFile, samplesDir])
    expect([stdout.trim(), stderr]).toEqual(['0', ''])
  })
})
