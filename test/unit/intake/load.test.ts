import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadFile } from '../../../src-main/intake/load.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'clausebench-load-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const maxBytes = 1000

describe('loadFile', () => {
  it('reads a regular file, also through a link that was named', async () => {
    writeFileSync(join(folder, 'a.txt'), 'hello')
    symlinkSync(join(folder, 'a.txt'), join(folder, 'link.txt'))
    for (const name of ['a.txt', 'link.txt']) {
      const loaded = await loadFile(join(folder, name), { maxBytes })
      expect(loaded.ok && Buffer.from(loaded.value).toString()).toBe('hello')
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
    expect(await loadFile('/proc/self/status', { maxBytes })).toMatchObject({
      ok: false,
      problem: { code: 'changed-while-read' },
    })
  })
})
