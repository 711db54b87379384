import { posix } from 'node:path'
import type { Result } from '../contract/result.ts'
import { fail, ok } from '../contract/result.ts'
import { decodeBody } from './body-text.ts'
import type { XmlHandler } from './xml-events.ts'
import { readXml } from './xml-events.ts'
import type { ZipListing, ZipMember } from './zip-file.ts'

/** What a ZIP file is when it is no archive of files but one document (ECMA-376, ODF). */
export type OfficeKind = 'docx' | 'xlsx' | 'other'

/** null: an archive. */
export function officeKind({ members }: ZipListing): OfficeKind | null {
  const has = (name: string): boolean => members.some((member) => member.name === name)
  if (!has('[Content_Types].xml')) return has('mimetype') && has('content.xml') ? 'other' : null
  if (has('word/document.xml')) return 'docx'
  return has('xl/workbook.xml') ? 'xlsx' : 'other'
}

/** An encrypted document is a compound file ([MS-OFFCRYPTO] 2.3) whose stream is named so. */
export function isEncryptedOffice(bytes: Buffer): boolean {
  if (!bytes.subarray(0, 8).equals(compoundFile)) return false
  const names = (name: string): boolean => bytes.includes(Buffer.from(name, 'utf16le'))
  // A mail, or an old document, may hold such a document.
  return names('EncryptedPackage') && !names('__properties_version1.0') && !names('WordDocument')
}

const compoundFile = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])

/** The parts of a document by name. */
export interface OfficePackage {
  readonly names: readonly string[]
  /** The part's text, null when there is no such part. */
  readonly part: (name: string) => Promise<Result<string | null>>
  /** Reads a part; one that is missing has no content. */
  readonly read: (name: string, handler: XmlHandler) => Promise<Result<void>>
  /** The part's bytes as they are unpacked, and what tells its content from another; null when there is no such part. */
  readonly stream: (
    name: string,
  ) => { readonly pieces: () => AsyncGenerator<Result<Buffer>>; readonly identity: string } | null
  /** Relations of a part, by their ids. */
  readonly relations: (name: string) => Promise<Result<ReadonlyMap<string, Relation>>>
}

export interface Relation {
  /** Last word of its type: `worksheet`, `hyperlink`, `header` … */
  readonly type: string
  /** The name of a part; of an external one the address. */
  readonly target: string
  readonly isExternal: boolean
}

export function officePackage({ members }: ZipListing): OfficePackage {
  const byName = new Map<string, ZipMember>()
  for (const member of members) if (!byName.has(member.name)) byName.set(member.name, member)

  async function part(name: string): Promise<Result<string | null>> {
    const member = byName.get(name)
    if (member === undefined) return ok(null)
    const bytes = await member.read()
    return bytes.ok ? ok(decodeBody(bytes.value, null, false).text) : bytes
  }

  async function read(name: string, handler: XmlHandler): Promise<Result<void>> {
    const text = await part(name)
    if (!text.ok) return text
    return text.value === null || readXml(text.value, handler) ? ok(undefined) : damaged()
  }

  async function relations(name: string): Promise<Result<ReadonlyMap<string, Relation>>> {
    const found = new Map<string, Relation>()
    const { dir, base } = posix.parse(name)
    const result = await read(posix.join(dir, '_rels', `${base}.rels`), {
      open(element, attributes) {
        const id = attributes.get('Id')
        const target = attributes.get('Target')
        if (element !== 'Relationship' || id === undefined || target === undefined) return
        const isExternal = attributes.get('TargetMode') === 'External'
        const type = /[^/]*$/.exec(attributes.get('Type') ?? '')?.[0] ?? ''
        const place = target.startsWith('/') ? target.slice(1) : posix.join(dir, target)
        found.set(id, { type, target: isExternal ? target : place, isExternal })
      },
      close: () => undefined,
      text: () => undefined,
    })
    return result.ok ? ok(found) : result
  }

  function stream(name: string): ReturnType<OfficePackage['stream']> {
    const member = byName.get(name)
    if (member === undefined) return null
    const { pieces, crc32, unpackedBytes } = member
    return { pieces, identity: `${name} ${String(crc32)} ${String(unpackedBytes)}` }
  }

  return { names: [...byName.keys()], part, read, stream, relations }
}

function damaged(): Result<never> {
  return fail('bad-document', 'The document is damaged. Open it in the program it was made with and save it anew.')
}
