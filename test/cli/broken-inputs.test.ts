import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  closeSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Report } from '../../src-main/contract/report.ts'
import { mail } from '../support/mail.ts'
import { checkJson, samplesDir } from '../support/run-cli.ts'

let folder = ''
const inFolder = (name: string): string => join(folder, name)
const isRoot = process.getuid?.() === 0
const nobody = 65_534

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'clausebench-broken-'))
})
afterAll(() => {
  execFileSync('chmod', ['-R', 'u+rwx', folder])
  rmSync(folder, { recursive: true, force: true })
})

/** `path status code` of every input. */
function told({ inputs }: Report): string[] {
  return inputs.map(({ path, status, problem }) =>
    [path.replace(`${folder}/`, ''), status, problem?.code ?? ''].join(' ').trim(),
  )
}

async function checkWithFine(name: string, content: string | Uint8Array | null) {
  const dir = mkdtempSync(inFolder('case-'))
  writeFileSync(join(dir, 'fine.eml'), mail('See you at noon.'))
  if (content !== null) writeFileSync(join(dir, name), content)
  const checked = await checkJson(['--fail-on', 'never', join(dir, name), join(dir, 'fine.eml')])
  return { ...checked, told: told(checked.report).map((line) => line.slice(line.indexOf('/') + 1)) }
}

describe('check of broken input', () => {
  it('reviews what a cut-off multipart still holds', async () => {
    const body = [
      '--b',
      'Content-Type: text/plain',
      '',
      'Place your bets on the game',
      '--b',
      'Content-Type: application/pdf; name="a.pdf"',
      'Content-Transfer-Encoding: base64',
      '',
      'JVBERi0xLjQKJ',
    ].join('\r\n')
    const { code, told, report } = await checkWithFine(
      'cut.eml',
      mail(body, { 'Content-Type': 'multipart/mixed; boundary="b"' }),
    )
    expect(told[0]).toMatch(/^cut\.eml (partial|reviewed)/)
    expect(report.messages).toHaveLength(2)
    expect(code).toBe(0)
  })

  it('reviews bytes that are not in the charset they claim', async () => {
    const bytes = Buffer.concat([Buffer.from(mail('Caf')), Buffer.of(0xe9, 0x20, 0xff), Buffer.from(' au lait')])
    const { code, told, report } = await checkWithFine('charset.eml', bytes)
    expect(told).toEqual(['charset.eml partial bad-encoding', 'fine.eml reviewed'])
    expect(report.messages).toHaveLength(2)
    expect(code).toBe(0)
  })

  it.each([
    ['an empty file', 'empty.eml', '', 'empty'],
    [
      'a file of no known kind',
      'data.bin',
      Uint8Array.from({ length: 500 }, (_, index) => (index * 37) % 256),
      'unknown-kind',
    ],
    ['a file that is not there', 'gone.eml', null, 'not-found-on-disk'],
  ])('says that it cannot read %s, and reviews the rest', async (_, name, content, problem) => {
    const { code, told, report } = await checkWithFine(name, content)
    expect(told).toEqual([`${name} unreadable ${problem}`, 'fine.eml reviewed'])
    expect(report.messages).toHaveLength(1)
    expect(code).toBe(3)
  })

  it('ignores, in a folder, what is of no known kind, and still says so', async () => {
    const dir = mkdtempSync(inFolder('mixed-'))
    writeFileSync(
      join(dir, 'data.bin'),
      Uint8Array.from({ length: 500 }, (_, index) => (index * 37) % 256),
    )
    writeFileSync(join(dir, 'fine.eml'), mail('See you at noon.'))
    writeFileSync(join(dir, '.hidden.eml'), mail('See you at noon.'))
    symlinkSync(join(dir, 'fine.eml'), join(dir, 'link.eml'))
    const { code, report } = await checkJson(['--fail-on', 'never', dir])
    expect(
      told(report)
        .map((line) => line.slice(line.indexOf('/') + 1))
        .sort(),
    ).toEqual([
      '.hidden.eml ignored dot-file',
      'data.bin ignored unknown-kind',
      'fine.eml reviewed',
      'link.eml ignored symbolic-link',
    ])
    expect(code).toBe(0)
  })

  it('does not wait for a pipe', async () => {
    const dir = mkdtempSync(inFolder('pipe-'))
    execFileSync('mkfifo', [join(dir, 'pipe.eml')])
    writeFileSync(join(dir, 'fine.eml'), mail('See you at noon.'))
    const { code, report } = await checkJson(['--fail-on', 'never', dir], { timeoutMs: 20_000 })
    expect(
      told(report)
        .map((line) => line.slice(line.indexOf('/') + 1))
        .sort(),
    ).toEqual(['fine.eml reviewed', 'pipe.eml unreadable not-a-regular-file'])
    expect(code).toBe(3)
  })

  it('reviews nothing of a 200 MB mail, within seconds, and reviews the rest', { timeout: 60_000 }, async () => {
    const dir = mkdtempSync(inFolder('large-'))
    const file = openSync(join(dir, 'large.eml'), 'w')
    writeSync(file, mail('The rest is silence.\r\n'))
    ftruncateSync(file, 200 * 1024 * 1024)
    closeSync(file)
    writeFileSync(join(dir, 'fine.eml'), mail('See you at noon.'))
    const { code, report } = await checkJson(['--fail-on', 'never', dir], { timeoutMs: 40_000 })
    const lines = told(report).map((line) => line.slice(line.indexOf('/') + 1))
    expect(lines).toContain('fine.eml reviewed')
    expect(lines.find((line) => line.startsWith('large.eml'))).toMatch(/^large\.eml (unreadable|partial) too-large$/)
    expect(code).toBe(lines.some((line) => line.includes('unreadable')) ? 3 : 0)
  })

  it.skipIf(!isRoot)(
    'says what another user has no right to read (skipped: only root can become another user)',
    async () => {
      const dir = mkdtempSync(inFolder('rights-'))
      mkdirSync(join(dir, 'closed'))
      writeFileSync(join(dir, 'closed', 'inside.eml'), mail('See you at noon.'))
      writeFileSync(join(dir, 'closed.eml'), mail('See you at noon.'), { mode: 0o600 })
      writeFileSync(join(dir, 'fine.eml'), mail('See you at noon.'), { mode: 0o644 })
      chmodSync(join(dir, 'closed'), 0o700)
      for (const open of [folder, dir]) chmodSync(open, 0o755)
      const { code, report } = await checkJson(['--fail-on', 'never', dir], { uid: nobody })
      expect(
        told(report)
          .map((line) => line.slice(line.indexOf('/') + 1))
          .sort(),
      ).toEqual(['closed unreadable no-permission', 'closed.eml unreadable no-permission', 'fine.eml reviewed'])
      expect(code).toBe(3)
    },
  )

  it('never shows a fault of its own as a stack', async () => {
    const { stderr } = await checkWithFine('odd.eml', `${'\u0000'.repeat(300)}${mail('x')}`)
    expect(stderr).not.toMatch(/^\s+at /m)
  })
})

describe('check of the samples', () => {
  it('gives the same bytes with any number of workers, but for the time', async () => {
    const [one, four] = await Promise.all(
      ['1', '4'].map((jobs) => checkJson(['--fail-on', 'never', '--explain', '--jobs', jobs, samplesDir])),
    )
    const timeless = (text: string | undefined): string => text?.replace(/"reviewedAt": "[^"]*"/, '') ?? ''
    expect(timeless(one?.stdout)).toBe(timeless(four?.stdout))
    expect(one?.report.messages.length).toBeGreaterThan(4)
  })
})
