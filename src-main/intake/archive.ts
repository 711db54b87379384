import type { Problem } from '../contract/result.ts'
import { archivePath } from './archive-path.ts'
import { megabytes } from './limits.ts'
import type { FolderManifest } from './manifest.ts'
import { manifestName, maxManifestBytes, readManifest } from './manifest.ts'
import type { MessageDefaults } from './message.ts'
import { innermostDefaults } from './message-defaults.ts'
import { isKnownName } from './recognise.ts'
import type { ReadOutcome, ReadSource } from './read-outcome.ts'
import type { ZipListing, ZipMember } from './zip-file.ts'

/** A member of an archive that is an input of its own. */
export interface ArchiveMember {
  readonly input: string
  readonly content:
    /** Not unpacked, and why. */
    | { readonly kind: 'refused'; readonly outcome: ReadOutcome }
    | { readonly kind: 'manifest'; readonly bytes: Buffer; readonly outcome: ReadOutcome }
    | { readonly kind: 'file'; readonly bytes: Buffer; readonly source: ReadSource }
}

interface PlacedMember {
  readonly member: ZipMember
  readonly names: readonly string[]
}

/** What the archive itself is reported as; its members are inputs beside it. */
export function archiveOutcome({ members, problem }: ZipListing): ReadOutcome {
  if (members.length === 0) {
    return { status: 'unreadable', problem: problem ?? { code: 'empty', message: 'The archive is empty.' } }
  }
  if (isEncryptedThroughout(members)) {
    const message = 'The archive is encrypted. Unpack it with its password and review that.'
    return { status: 'unreadable', problem: { code: 'archive-encrypted', message } }
  }
  return { status: problem === null ? 'reviewed' : 'partial', messages: [], problem }
}

function isEncryptedThroughout(members: readonly ZipMember[]): boolean {
  const files = members.filter(({ kind }) => kind !== 'folder')
  return files.length > 0 && files.every(({ isEncrypted }) => isEncrypted)
}

/**
 * The members as a folder would give its files: in order of their names, a folder's content where its name stands, a
 * `campaign.yaml` before what it speaks of. `isAsked` says which inputs are worth unpacking.
 */
export async function* archiveMembers(
  archive: ReadSource,
  { members }: ZipListing,
  isAsked: (input: string) => boolean,
): AsyncGenerator<ArchiveMember> {
  if (isEncryptedThroughout(members)) return
  const placed: PlacedMember[] = []
  for (const member of members) {
    const path = archivePath(member.name)
    if (path.ok) placed.push({ member, names: path.names })
    else yield refused(`${archive.input}/${member.name}`, 'unreadable', path.problem)
  }
  placed.sort(inFolderOrder)
  const manifests = new Map<string, FolderManifest>()
  const htmlFolders = foldersWithHtml(placed)
  const seen = new Set<string>()
  for (const { member, names } of placed) {
    const hidden = names.findIndex((name) => name.startsWith('.'))
    const shown = hidden < 0 ? names : names.slice(0, hidden + 1)
    const input = `${archive.input}/${shown.join('/')}`
    if (hidden < 0 && member.kind === 'folder') continue
    if (seen.has(input)) {
      if (hidden < 0) yield refused(input, 'unreadable', duplicateName)
      continue
    }
    if (names.some((_, depth) => depth > 0 && seen.has(`${archive.input}/${folderOf(names, depth)}`))) {
      if (hidden < 0) yield refused(input, 'unreadable', belowFile)
      continue
    }
    seen.add(input)
    if (hidden >= 0) yield refused(input, 'ignored', dotFile)
    else if (member.kind === 'symbolic-link') yield refused(input, 'ignored', symbolicLink)
    else if (member.kind === 'special') yield refused(input, 'unreadable', notRegular)
    else if (isImageBesideHtml(names, htmlFolders)) yield refused(input, 'ignored', belongsToMessage)
    else if (names[names.length - 1] === manifestName) {
      const found = await manifestMember(input, member)
      if (found.manifest !== null) manifests.set(folderOf(names, names.length - 1), found.manifest)
      yield found.member
    } else if (isAsked(input)) {
      const unpacked = await member.read()
      if (unpacked.ok) {
        const defaults = innermostDefaults(manifestsAbove(manifests, names), archive.defaults)
        yield { input, content: { kind: 'file', bytes: unpacked.value, source: { input, named: false, defaults } } }
      } else if (unpacked.problem.code === 'too-large' && !isKnownName(input)) {
        yield refused(input, 'ignored', { code: 'unknown-kind', message: 'This is no kind of file that is read.' })
      } else yield refused(input, 'unreadable', unpacked.problem)
    }
  }
}

async function manifestMember(
  input: string,
  member: ZipMember,
): Promise<{ readonly member: ArchiveMember; readonly manifest: FolderManifest | null }> {
  if (member.unpackedBytes > maxManifestBytes) {
    const message = `The manifest is larger than ${megabytes(maxManifestBytes)} and is not read.`
    return { member: refused(input, 'unreadable', { code: 'too-large', message }), manifest: null }
  }
  const unpacked = await member.read()
  if (!unpacked.ok) return { member: refused(input, 'unreadable', unpacked.problem), manifest: null }
  const bytes = unpacked.value
  const folder = input.slice(0, -manifestName.length)
  const { manifest, problem } = readManifest(bytes, (place) => ({ path: null, input: `${folder}${place}` }))
  const outcome: ReadOutcome =
    manifest === null && problem !== null
      ? { status: 'unreadable', problem }
      : { status: problem === null ? 'reviewed' : 'partial', messages: [], problem }
  return { member: { input, content: { kind: 'manifest', bytes, outcome } }, manifest }
}

const dotFile: Problem = { code: 'dot-file', message: 'Names that start with a dot are not read.' }
const symbolicLink: Problem = { code: 'symbolic-link', message: 'Symbolic links in archives are not followed.' }
const notRegular: Problem = { code: 'not-a-regular-file', message: 'This is a pipe or a device and is not read.' }
const belongsToMessage: Problem = {
  code: 'belongs-to-message',
  message: 'An image beside an HTML file; it belongs to that message.',
}
const duplicateName: Problem = {
  code: 'duplicate-name',
  message: 'The archive holds several files of this name; only the first was read. Pack it anew with different names.',
}
const belowFile: Problem = {
  code: 'duplicate-name',
  message: 'The archive holds a file that bears the name of this one’s folder. Pack it anew with different names.',
}

function refused(input: string, status: 'unreadable' | 'ignored', problem: Problem): ArchiveMember {
  return { input, content: { kind: 'refused', outcome: { status, problem } } }
}

/** Folder by folder as `discover` walks them; the manifest of a folder before all else in it. */
function inFolderOrder(a: PlacedMember, b: PlacedMember): number {
  const length = Math.max(a.names.length, b.names.length)
  for (let depth = 0; depth < length; depth++) {
    const nameA = sortName(a.names, depth)
    const nameB = sortName(b.names, depth)
    if (nameA !== nameB) return nameA < nameB ? -1 : 1
  }
  return 0
}

function sortName(names: readonly string[], depth: number): string {
  const name = names[depth] ?? ''
  return name === manifestName && depth === names.length - 1 ? '' : name
}

function folderOf(names: readonly string[], depth: number): string {
  return names.slice(0, depth).join('/')
}

function foldersWithHtml(placed: readonly PlacedMember[]): ReadonlySet<string> {
  const pages = placed.filter(({ names }) => /\.x?html?$/i.test(names[names.length - 1] ?? ''))
  return new Set(pages.map(({ names }) => folderOf(names, names.length - 1)))
}

/** As in a folder: beside the page or in a folder below it. */
function isImageBesideHtml(names: readonly string[], htmlFolders: ReadonlySet<string>): boolean {
  if (!/\.(?:png|jpe?g|gif|webp|svg|bmp|avif|ico)$/i.test(names[names.length - 1] ?? '')) return false
  return names.some((_, depth) => htmlFolders.has(folderOf(names, depth)))
}

/** What the manifests say of a member, innermost first. */
function manifestsAbove(manifests: ReadonlyMap<string, FolderManifest>, names: readonly string[]): MessageDefaults[] {
  const said: MessageDefaults[] = []
  for (let depth = names.length - 1; depth >= 0; depth--) {
    const manifest = manifests.get(folderOf(names, depth))
    if (manifest !== undefined) said.push(manifest.defaultsOf(names.slice(depth).join('/')))
  }
  return said
}
