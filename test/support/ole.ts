import { burn } from '@kenjiuno/msgreader/lib/Burner.js'
import { TypeEnum } from '@kenjiuno/msgreader/lib/Reader.js'

export interface OleTree {
  readonly [name: string]: Uint8Array | string | OleTree
}

type Entry = Parameters<typeof burn>[0][number]

/** A compound file with these streams; what holds others is a storage. */
export function oleOf(tree: OleTree): Buffer {
  const entries: Entry[] = [{ name: 'Root Entry', type: TypeEnum.ROOT, length: 0, children: [] }]
  addChildren(entries, 0, tree)
  return Buffer.from(burn(entries))
}

function addChildren(entries: Entry[], parent: number, tree: OleTree): void {
  for (const [name, content] of Object.entries(tree)) {
    const index = entries.length
    entries[parent]?.children?.push(index)
    if (typeof content === 'string' || content instanceof Uint8Array) {
      // Of its own memory: the library takes it whole.
      const bytes = Uint8Array.from(Buffer.from(content))
      entries.push({ name, type: TypeEnum.DOCUMENT, length: bytes.length, binaryProvider: () => bytes })
    } else {
      entries.push({ name, type: TypeEnum.DIRECTORY, length: 0, children: [] })
      addChildren(entries, index, content)
    }
  }
}

/** What Word keeps of a file that was put into a document ([MS-OLEDS] 2.3.6): `\u0001Ole10Native`. */
export function olePackage(name: string, content: Uint8Array | string): Buffer {
  const bytes = Buffer.from(content)
  const path = `C:\\${name}`
  const size = (value: number): Buffer => {
    const field = Buffer.alloc(4)
    field.writeUInt32LE(value)
    return field
  }
  const head = Buffer.from(`\x02\0${name}\0${path}\0\0\0\x03\0`, 'latin1')
  const body = Buffer.concat([head, size(path.length + 1), Buffer.from(`${path}\0`), size(bytes.length), bytes])
  return Buffer.concat([size(body.length), body])
}
