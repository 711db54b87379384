import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildState } from '../../../src-main/serve/page-build.ts'

let dir: string
const sources = ['src', 'config.ts']

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'clausebench-build-'))
})
afterEach(() => rm(dir, { recursive: true }))

/** A file that was changed that many minutes after a fixed hour; its folder too. */
async function file(name: string, minutes: number): Promise<void> {
  const path = join(dir, name)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, '')
  const time = new Date(Date.UTC(2026, 0, 1, 12, minutes))
  await utimes(path, time, time)
  if (dirname(path) !== dir) await utimes(dirname(path), time, time)
}

const state = () => buildState(dir, 'out/index.html', sources)

test('nothing built', async () => {
  await file('src/a.ts', 1)
  expect(await state()).toBe('missing')
})

test('built after the last change', async () => {
  await file('src/deep/a.ts', 1)
  await file('src/b.ts', 2)
  await file('config.ts', 3)
  await file('out/index.html', 4)
  expect(await state()).toBe('current')
})

test.each(['src/deep/a.ts', 'src/b.ts', 'config.ts'])('%s changed since', async (changed) => {
  for (const name of ['src/deep/a.ts', 'src/b.ts', 'config.ts']) await file(name, 1)
  await file('out/index.html', 4)
  await file(changed, 5)
  expect(await state()).toBe('older')
})

test('an installed package has no sources: what is built is current', async () => {
  await file('out/index.html', 4)
  expect(await state()).toBe('current')
})
