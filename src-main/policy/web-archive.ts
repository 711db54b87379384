import { decodeBody } from '../intake/body-text.ts'
import { inputSource } from '../intake/byte-source.ts'
import { isoDate } from '../intake/header-date.ts'
import { fieldNamed, readMimeTree, type Entity } from '../intake/mime-tree.ts'
import { decodeTransfer } from '../intake/transfer-encoding.ts'
import type { SavedFrom } from './saved-page.ts'

/** A web page with its pictures in one file (MHTML, RFC 2557), as browsers write it. */
export interface WebArchive {
  /** The page itself, decoded. */
  readonly markup: string
  readonly savedFrom: SavedFrom
}

/** null: a mail, or whatever else; programs that save pages name themselves, or the page's address. */
export function webArchive(bytes: Uint8Array): WebArchive | null {
  const source = inputSource(bytes)
  const { root } = readMimeTree(source, { start: 0, end: source.bytes.length })
  if (!/^(?:multipart\/related|multipart\/alternative|text\/html)$/.test(root.mediaType)) return null
  const isSaved = /^\s*<?"?\s*saved by\b/i.test(valueOf(root, 'from') ?? '')
  const address = valueOf(root, 'snapshot-content-location')
  if (!isSaved && address === null) return null
  const page = firstPage(root)
  if (page === null) return null
  const decoded = decodeTransfer(page.encoding ?? 'identity', page.source.bytes, page.body)
  const label = page.contentType.parameters.get('charset')?.value ?? null
  const url = address ?? valueOf(page, 'content-location')
  return {
    markup: decodeBody(decoded.bytes, label, true).text,
    savedFrom: {
      url: url !== null && /^https?:/i.test(url) ? url : null,
      captured: isoDate(valueOf(root, 'date') ?? '')?.slice(0, 10) ?? null,
    },
  }
}

/** Frames come after the page that holds them. */
function firstPage(entity: Entity): Entity | null {
  if (/^(?:text\/html|application\/xhtml\+xml)$/.test(entity.mediaType)) return entity
  for (const child of entity.children) {
    const found = firstPage(child)
    if (found !== null) return found
  }
  return null
}

function valueOf({ fields, source }: Entity, name: string): string | null {
  const field = fieldNamed(fields, name)
  return field === undefined ? null : source.bytes.toString('latin1', field.value.start, field.value.end).trim()
}
