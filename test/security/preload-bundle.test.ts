import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { resolveConfig } from 'electron-vite'
import { build as viteBuild } from 'vite'

/** S2: the preload as it is built: one small CommonJS file that requires electron and nothing else. */

const root = join(import.meta.dirname, '..', '..')
let outDir: string
let bundle: string

beforeAll(async () => {
  outDir = await mkdtemp(join(tmpdir(), 'clausebench-preload-'))
  const { config } = await resolveConfig({ root, configFile: join(root, 'electron.vite.config.ts') }, 'build')
  if (config?.preload === undefined) throw new Error('the build has no preload')
  await viteBuild({
    ...config.preload,
    configFile: false,
    logLevel: 'silent',
    build: { ...config.preload.build, outDir },
  })
  bundle = await readFile(join(outDir, 'index.cjs'), 'utf8')
})
afterAll(() => rm(outDir, { recursive: true }))

test('it requires electron alone', () => {
  const required = [...bundle.matchAll(/\brequire\(\s*([^)]*)\)/g)].map(([, what]) => what)
  expect(required).toEqual(['"electron"'])
  expect(bundle).not.toMatch(/\bimport\s*[({'"]|\beval\b|new Function/)
})

test('it is small: names and functions, no library', () => {
  expect(bundle.length).toBeGreaterThan(500)
  expect(bundle.length).toBeLessThan(6000)
})
