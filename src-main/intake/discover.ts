import type { Dirent, Stats } from 'node:fs'
import { lstat, readdir, realpath, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import type { ProblemCode } from '../contract/codes.ts'
import type { InputEntry } from '../contract/report.ts'
import { limits, megabytes } from './limits.ts'
import { fileProblem } from './load.ts'
import type { FolderManifest } from './manifest.ts'
import { loadManifest, manifestName } from './manifest.ts'
import type { MessageDefaults } from './message.ts'
import { innermostDefaults } from './message-defaults.ts'
import { isKnownName, maxBytesOf } from './recognise.ts'

export type Discovered =
  | {
      readonly kind: 'file'
      /** The real path: absolute, no link in it; never shown. */
      readonly path: string
      /** As the report names it: the path as given and the place inside, joined with `/`. */
      readonly input: string
      readonly named: boolean
      readonly defaults: MessageDefaults
      readonly bytes: number
    }
  | { readonly kind: 'entry'; readonly entry: InputEntry }

interface Folder {
  readonly path: string
  readonly input: string
  readonly depth: number
  /** Of the folder that was named: its own name. */
  readonly campaign: string
  readonly manifests: readonly PlacedManifest[]
  /** An HTML file stands in this folder or one around it: images belong to it. */
  readonly hasHtml: boolean
}

/** A manifest and the names of the folders from it down to the one that is read. */
interface PlacedManifest {
  readonly manifest: FolderManifest
  readonly below: readonly string[]
}

/**
 * The files at the given paths in a fixed order: paths as given, in folders names by code unit, a folder's content where
 * its name stands. Whatever is passed over is an entry that says why. Symbolic links are followed only when named.
 */
export async function* discover(paths: readonly string[]): AsyncGenerator<Discovered> {
  for (const given of paths) {
    const input = normalisedInput(given)
    const named = resolve(given)
    const seen = await statOrEntry(named, input)
    if ('entry' in seen) {
      yield seen
      continue
    }
    const { path } = seen
    if (seen.stats.isDirectory()) {
      const folder = { path, input, depth: 0, campaign: basename(named) || input, manifests: [], hasHtml: false }
      yield* discoverFolder(folder)
    } else if (!seen.stats.isFile()) {
      yield entry(input, 'unreadable', 'not-a-regular-file', 'This is a pipe or a device and is not read.')
    } else {
      yield fileOrTooLarge({
        kind: 'file',
        path,
        input,
        named: true,
        defaults: { campaign: campaignOfFile(named), client: null, channel: null, kind: null, sendAt: null },
        bytes: seen.stats.size,
      })
    }
  }
}

async function* discoverFolder(folder: Folder): AsyncGenerator<Discovered> {
  if (folder.depth > limits.maxFolderDepth) {
    yield entry(folder.input, 'unreadable', 'too-deep', 'Folders nested this deeply are not read.')
    return
  }
  let entries: Dirent[]
  try {
    entries = await readdir(folder.path, { withFileTypes: true })
  } catch (error) {
    yield failedEntry(folder.input, error)
    return
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  const manifests = [...folder.manifests]
  if (entries.some((found) => found.name === manifestName && found.isFile())) {
    const loaded = await loadManifest(join(folder.path, manifestName), `${folder.input}/${manifestName}`)
    const { manifest } = loaded
    if (manifest !== null) {
      const hasMessages = entries.some(({ name }) => !isBeside(name) && !manifest.tables.has(name))
      manifests.push({ manifest: hasMessages ? manifest : withListsAlone(manifest), below: [] })
    }
    yield { kind: 'entry', entry: loaded.entry }
    for (const place of manifest?.files ?? []) yield* missingFile(folder, place)
  }
  const hasHtml = folder.hasHtml || entries.some((found) => /\.x?html?$/i.test(found.name))
  for (const found of entries) yield* discoverInFolder({ ...folder, manifests, hasHtml }, found)
}

/** A manifest that names what is not there has a slip in a name, and the message it means goes without its settings. */
async function* missingFile(folder: Folder, place: string): AsyncGenerator<Discovered> {
  const input = `${folder.input}/${place}`
  const seen = await lstatOrEntry(join(folder.path, place), input)
  if (!('entry' in seen) || seen.entry.problem?.code !== 'not-found-on-disk') return
  yield entry(input, 'unreadable', 'not-found-on-disk', 'The manifest names this file, and it is not there.')
}

function isBeside(name: string): boolean {
  return name === manifestName || name.startsWith('.')
}

/** Lists of a folder without messages are looked at for themselves. */
function withListsAlone(manifest: FolderManifest): FolderManifest {
  return {
    ...manifest,
    defaultsOf(place) {
      const defaults = manifest.defaultsOf(place)
      const { settings } = defaults
      return settings?.table === 'audience' ? { ...defaults, settings: { ...settings, table: null } } : defaults
    },
  }
}

async function* discoverInFolder(folder: Folder, found: Dirent): AsyncGenerator<Discovered> {
  const { name } = found
  const path = join(folder.path, name)
  const input = `${folder.input}${folder.input.endsWith('/') ? '' : '/'}${name}`
  if (name.startsWith('.')) yield entry(input, 'ignored', 'dot-file', 'Names that start with a dot are not read.')
  else if (found.isSymbolicLink()) {
    yield entry(input, 'ignored', 'symbolic-link', 'Symbolic links in folders are not followed.')
  } else if (found.isDirectory()) {
    const manifests = folder.manifests.map(({ manifest, below }) => ({ manifest, below: [...below, name] }))
    yield* discoverFolder({ ...folder, path, input, manifests, depth: folder.depth + 1 })
  } else if (!found.isFile()) {
    yield entry(input, 'unreadable', 'not-a-regular-file', 'This is a pipe or a device and is not read.')
  } else if (name === manifestName) {
    // Read before the files it speaks of.
  } else if (folder.hasHtml && /\.(?:png|jpe?g|gif|webp|svg|bmp|avif|ico)$/i.test(name)) {
    yield entry(input, 'ignored', 'belongs-to-message', 'An image beside an HTML file; it belongs to that message.')
  } else {
    const seen = await lstatOrEntry(path, input)
    if ('entry' in seen) yield seen
    else {
      const defaults = defaultsInFolder(folder, name)
      yield fileOrTooLarge({ kind: 'file', path, input, named: false, defaults, bytes: seen.stats.size })
    }
  }
}

/** The innermost manifest that says something wins; without one the named folder is the campaign. */
function defaultsInFolder(folder: Folder, name: string): MessageDefaults {
  const said = [...folder.manifests]
    .reverse()
    .map(({ manifest, below }) => manifest.defaultsOf([...below, name].join('/')))
  const none = { campaign: folder.campaign, client: null, channel: null, kind: null, sendAt: null }
  return innermostDefaults(said, none)
}

/** A large film in a folder is no mail that could not be read. */
function fileOrTooLarge(file: Discovered & { readonly kind: 'file' }): Discovered {
  const maxBytes = maxBytesOf(file.input)
  if (file.bytes <= maxBytes) return file
  if (!file.named && !isKnownName(file.input)) {
    return entry(file.input, 'ignored', 'unknown-kind', 'This is no kind of file that is read.', file.bytes)
  }
  const message = `The file is larger than ${megabytes(maxBytes)} and is not read.`
  return entry(file.input, 'unreadable', 'too-large', message, file.bytes)
}

/** As given, with `/` between names and none at the end. */
function normalisedInput(given: string): string {
  const slashes = process.platform === 'win32' ? given.replaceAll('\\', '/') : given
  return slashes.length > 1 ? slashes.replace(/\/+$/, '') || '/' : slashes
}

/** `launch.sms.txt` → `launch`. */
function campaignOfFile(path: string): string {
  const name = basename(path)
  return name.replace(/(?:\.(?:sms|mms|push|web|email))?\.[^.]+$/i, '') || name
}

type Entry = Discovered & { readonly kind: 'entry' }
type Seen = { readonly path: string; readonly stats: Stats } | Entry

/** What a path that was named leads to, and where that lies. */
async function statOrEntry(named: string, input: string): Promise<Seen> {
  try {
    const stats = await stat(named)
    // A pipe that only a descriptor leads to has no place.
    return { path: stats.isFile() || stats.isDirectory() ? await realpath(named) : named, stats }
  } catch (error) {
    return failedEntry(input, error)
  }
}

async function lstatOrEntry(path: string, input: string): Promise<Seen> {
  try {
    return { path, stats: await lstat(path) }
  } catch (error) {
    return failedEntry(input, error)
  }
}

function failedEntry(input: string, error: unknown): Entry {
  const problem = fileProblem(error)
  if (problem === null) throw error
  if (problem.code === 'not-found-on-disk' && input.includes('\uFFFD')) {
    return entry(input, 'unreadable', problem.code, 'The name is not in UTF-8 and cannot be opened. Rename it.')
  }
  return entry(input, 'unreadable', problem.code, problem.message)
}

function entry(
  path: string,
  status: InputEntry['status'],
  code: ProblemCode,
  message: string,
  bytes: number | null = null,
): Entry {
  return { kind: 'entry', entry: { path, status, bytes, sha256: null, problem: { code, message } } }
}
