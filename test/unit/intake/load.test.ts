import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadFile } from '../../../src-main/intake/load.ts'

let folder = ''
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'clausebench-load-')))
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const maxBytes = 1000

describe('loadFile', () => {
  it('reads a regular file', async () => {
    writeFileSync(join(folder, 'a.txt'), 'hello')
    const loaded = await loadFile(join(folder, 'a.txt'), { maxBytes })
    expect(loaded.ok && Buffer.from(loaded.value).toString()).toBe('hello')
  })

  it('follows no link that has taken the place of a file, or of a folder above it', async () => {
    mkdirSync(join(folder, 'outside'))
    writeFileSync(join(folder, 'outside', 'b.txt'), 'secret')
    symlinkSync(join(folder, 'outside', 'b.txt'), join(folder, 'b.txt'))
    symlinkSync(join(folder, 'outside'), join(folder, 'inside'))
    for (const name of ['b.txt', 'inside/b.txt']) {
      expect(await loadFile(join(folder, name), { maxBytes })).toMatchObject({
        ok: false,
        problem: { code: 'symbolic-link' },
      })
    }
  })

  it('reads an empty file', async () => {
    writeFileSync(join(folder, 'empty'), '')
    expect(await loadFile(join(folder, 'empty'), { maxBytes })).toMatchObject({ ok: true, value: { length: 0 } })
  })

  it('refuses what is too large, missing or no file, and never waits for a pipe', async () => {
    writeFileSync(join(folder, 'large'), 'x'.repeat(1001))
    await mkdir(join(folder, 'sub'))
    execFileSync('mkfifo', [join(folder, 'pipe')])
    symlinkSync(join(folder, 'loop'), join(folder, 'loop'))
    const cases = [
      ['large', 'too-large'],
      ['missing', 'not-found-on-disk'],
      ['large/below', 'not-found-on-disk'],
      ['sub', 'not-a-regular-file'],
      ['pipe', 'not-a-regular-file'],
      ['loop', 'symbolic-link'],
    ] as const
    for (const [name, code] of cases) {
      const loaded = await loadFile(join(folder, name), { maxBytes })
      expect(loaded).toMatchObject({ ok: false, problem: { code } })
      expect(JSON.stringify(loaded)).not.toContain(folder)
    }
    expect(await loadFile('/dev/zero', { maxBytes })).toMatchObject({
      ok: false,
      problem: { code: 'not-a-regular-file' },
    })
  })

  it('tells a file whose size is not what it said', async () => {
    // Files under /proc say 0 bytes and hold some.
    expect(await loadFile(`/proc/${process.pid}/status`, { maxBytes })).toMatchObject({
      ok: false,
      problem: { code: 'changed-while-read' },
    })
  })
})
