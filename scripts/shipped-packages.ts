import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export interface ShippedPackage {
  readonly name: string
  readonly version: string
  readonly licence: string
}

/** Development dependencies whose code the page is built of; the main process's stand under `dependencies`. */
const ofPage = [
  '@lucide/vue',
  '@tanstack/vue-virtual',
  'monaco-editor',
  'pinia',
  'reka-ui',
  'vue',
  'vue-i18n',
  'electron',
] as const

/** Everything that is part of the program, with what it stands on in turn, by name. */
export function shippedPackages(root: string): readonly ShippedPackage[] {
  const own = readManifest(root)
  const found = new Map<string, ShippedPackage>()
  const waiting = [...Object.keys(own.dependencies ?? {}), ...ofPage].map((name) => ({ name, from: root }))
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const folder = findPackage(next.name, next.from, root)
    if (folder === null || found.has(folder)) continue
    const { name, version, license, dependencies = {} } = readManifest(folder)
    found.set(folder, { name, version, licence: typeof license === 'string' ? license : 'see the package' })
    // Electron's own dependencies only fetch it.
    if (name !== 'electron') for (const inner of Object.keys(dependencies)) waiting.push({ name: inner, from: folder })
  }
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'))
}

interface Manifest {
  readonly name: string
  readonly version: string
  readonly license?: unknown
  readonly dependencies?: Readonly<Record<string, string>>
}

function readManifest(folder: string): Manifest {
  // What npm installed has a manifest of this form.
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
}

/** Where a package that `from` names was installed: beside it, or further up. */
function findPackage(name: string, from: string, root: string): string | null {
  for (let folder = from; folder.startsWith(root); folder = dirname(folder)) {
    const place = join(folder, 'node_modules', name)
    if (existsSync(join(place, 'package.json'))) return place
  }
  return null
}
