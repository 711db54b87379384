import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkOut, writeOut } from '../../../src-main/cli/out-file.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clausebench-out-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('writeOut', () => {
  it('replaces the file and leaves nothing beside it', async () => {
    const file = join(folder, 'report.json')
    writeFileSync(file, 'old')
    expect(await writeOut(file, 'new')).toBeNull()
    expect([readdirSync(folder), readFileSync(file, 'utf8')]).toEqual([['report.json'], 'new'])
  })

  it('keeps the old file and leaves nothing beside it when the last step fails', async () => {
    mkdirSync(join(folder, 'report.json'))
    expect(await writeOut(join(folder, 'report.json'), 'new')).toMatch(/could not be written/)
    expect(readdirSync(folder)).toEqual(['report.json'])
  })

  it('says so where nothing can be written', async () => {
    chmodSync(folder, 0o500)
    expect(await writeOut(join(folder, 'no', 'report.json'), 'new')).toMatch(/could not be written to --out \(ENOENT\)/)
  })
})

describe('checkOut', () => {
  it.each([
    ['report.json', null],
    ['missing/report.json', '--out names a file in a folder that does not exist.'],
    ['.', '--out names something that is no file.'],
  ])('%s', async (name, expected) => {
    expect(await checkOut(join(folder, name))).toBe(expected)
  })
})
