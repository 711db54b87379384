import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createSettingsFile, type SettingsDisk } from '../../src-main/review/settings-file.ts'

const schema = z.strictObject({ theme: z.enum(['light', 'dark']), panes: z.record(z.string(), z.number()) })
type Settings = z.infer<typeof schema>

const fallback: Settings = { theme: 'light', panes: {} }
const chosen: Settings = { theme: 'dark', panes: { list: 320 } }
const good = JSON.stringify({ schema: 'test/1', data: chosen })

let dir: string
let path: string

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'clausebench-settings-'))
  path = join(dir, 'settings.json')
})
afterEach(() => rm(dir, { recursive: true }))

function open(disk?: SettingsDisk) {
  const options = { path, schemaName: 'test/1', schema, fallback }
  return createSettingsFile(disk === undefined ? options : { ...options, disk })
}

describe('reading (S14): damage never stops the program', () => {
  test('what is well is read', async () => {
    await writeFile(path, good)
    expect(await open().read()).toEqual(chosen)
  })

  test.each([
    ['nothing in it', ''],
    ['no JSON', 'theme=dark'],
    ['another schema', good.replace('test/1', 'other/1')],
    ['a later version', good.replace('test/1', 'test/2')],
    ['no schema', JSON.stringify({ data: chosen })],
    ['no data', '{"schema":"test/1"}'],
    ['a wrong value', good.replace('dark', 'green')],
    ['a wrong type', good.replace('320', '"320"')],
    ['an unknown key', good.replace('"theme"', '"more":1,"theme"')],
    ['__proto__ at the top', `{"__proto__":{"schema":"test/1"},"schema":"test/1","data":${JSON.stringify(chosen)}}`],
    ['__proto__ inside', good.replace('"list"', '"__proto__"')],
    ['constructor inside', good.replace('"list"', '"constructor"')],
    ['a list', `[${good}]`],
    ['null', 'null'],
    ['too large', good.replace('"list"', `"${'x'.repeat(1024 * 1024)}"`)],
    ['too deep', '['.repeat(100_000) + ']'.repeat(100_000)],
  ])('%s: the fallback, and the damaged file is kept beside', async (_what, text) => {
    await writeFile(path, text)
    expect(await open().read()).toEqual(fallback)
    expect(await readdir(dir)).toEqual(['settings.json.damaged'])
    expect(Object.prototype).not.toHaveProperty('schema')
  })

  test('cut off anywhere, it reads as the fallback', async () => {
    for (let length = 0; length < good.length; length += 1) {
      await writeFile(path, good.slice(0, length))
      expect(await open().read()).toEqual(fallback)
    }
  })

  test('any JSON at all reads as settings', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json({ maxDepth: 3 }), async (data) => {
        await writeFile(path, `{"schema":"test/1","data":${data}}`)
        expect(schema.safeParse(await open().read()).success).toBe(true)
      }),
      { numRuns: 50 },
    )
  })

  test('no file, a folder, a pipe: the fallback, at once', async () => {
    expect(await open().read()).toEqual(fallback)
    await mkdir(path)
    expect(await open().read()).toEqual(fallback)
    await rm(path, { recursive: true })
    execFileSync('mkfifo', [path])
    expect(await open().read()).toEqual(fallback)
  })
})

describe('writing (S12): the old or the new file, never half of one', () => {
  test('what is written is read, in a folder made for it, for this user alone', async () => {
    path = join(dir, 'new', 'settings.json')
    const file = open()
    await file.write(chosen)
    expect(await file.read()).toEqual(chosen)
    expect(await readdir(join(dir, 'new'))).toEqual(['settings.json'])
  })

  test('writes at one time end with the last', async () => {
    const file = open()
    await Promise.all(Array.from({ length: 20 }, (_, width) => file.write({ ...chosen, panes: { list: width } })))
    expect((await file.read()).panes).toEqual({ list: 19 })
    expect(await readdir(dir)).toEqual(['settings.json'])
  })

  test('a link at its place is replaced, not followed', async () => {
    const target = join(dir, 'target.json')
    await writeFile(target, 'mine')
    await symlink(target, path)
    await open().write(chosen)
    expect(await readFile(target, 'utf8')).toBe('mine')
  })

  const fault = (): Promise<never> => Promise.reject(new Error('disk fault'))

  test.each(['makeFolder', 'openNew', 'writeFile', 'sync', 'close', 'rename'])(
    'a fault in %s is told, leaves the old file and nothing else, and does not stop the next write',
    async (step) => {
      await writeFile(path, good)
      const steps: string[] = []
      let faulty = true
      const at = async <T>(name: string, done: () => Promise<T>): Promise<T> => {
        steps.push(name)
        if (faulty && name === step) return fault()
        return done()
      }
      const { open: openReal, rename } = await import('node:fs/promises')
      const disk: SettingsDisk = {
        makeFolder: () => at('makeFolder', () => Promise.resolve()),
        async openNew(name) {
          const handle = await at('openNew', () => openReal(name, 'wx'))
          return {
            writeFile: (text) => at('writeFile', () => handle.writeFile(text)),
            sync: () => at('sync', () => handle.sync()),
            close: async () => {
              await handle.close()
              await at('close', () => Promise.resolve())
            },
          }
        },
        rename: (from, to) => at('rename', () => rename(from, to)),
        remove: (name) => rm(name, { force: true }),
        syncFolder: () => at('syncFolder', () => Promise.resolve()),
      }
      const file = open(disk)
      await expect(file.write({ ...chosen, theme: 'light' })).rejects.toThrow('disk fault')
      expect(await readFile(path, 'utf8')).toBe(good)
      expect(await readdir(dir)).toEqual(['settings.json'])
      faulty = false
      steps.splice(0)
      await file.write({ ...chosen, theme: 'light' })
      expect(steps).toEqual(['makeFolder', 'openNew', 'writeFile', 'sync', 'close', 'rename', 'syncFolder'])
      expect((await file.read()).theme).toBe('light')
    },
  )

  test('a folder that cannot be made is told', async () => {
    await writeFile(join(dir, 'file'), '')
    path = join(dir, 'file', 'settings.json')
    await expect(open().write(chosen)).rejects.toThrow()
  })
})
