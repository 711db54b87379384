import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/** S18: a current Electron, pinned; every dependency exact and locked. */

const root = join(import.meta.dirname, '..', '..')
const read = (name: string): unknown => JSON.parse(readFileSync(join(root, name), 'utf8'))

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
}

interface Lock {
  readonly packages: Readonly<
    Record<string, { readonly version?: string; readonly integrity?: string; readonly resolved?: string }>
  >
}

// The project's own package.json and lock file, of the form npm gives them.
const manifest = read('package.json') as Manifest
const lock = read('package-lock.json') as Lock
const named = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })

test.each(named)('%s is pinned to %s, as locked', (name, version) => {
  expect(version).toMatch(/^\d+\.\d+\.\d+$/)
  expect(lock.packages[`node_modules/${name}`]?.version).toBe(version)
})

test('what is locked has a hash, and no address of any registry', () => {
  const locked = Object.entries(lock.packages).filter(([path]) => path !== '')
  expect(locked.length).toBeGreaterThan(100)
  expect(locked.filter(([, entry]) => entry.integrity === undefined).map(([path]) => path)).toEqual([])
  expect(locked.filter(([, entry]) => entry.resolved !== undefined).map(([path]) => path)).toEqual([])
})

/**
 * A major version comes every eight weeks and is mended until the third after it comes (electronjs.org, Electron
 * Timelines); 45.0.0 came out on 21 October 2026. When this fails, it is time for a newer Electron.
 */
test('the Electron major is still mended', () => {
  const weekMs = 7 * 24 * 60 * 60 * 1000
  const major = Number(manifest.devDependencies.electron?.split('.')[0])
  const releasedMs = Date.UTC(2026, 9, 21) + (major - 45) * 8 * weekMs
  expect(Date.now()).toBeLessThan(releasedMs + 24 * weekMs)
})
