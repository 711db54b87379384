import type { PdfObjects } from './pdf-objects.ts'
import { nameOf } from './pdf-objects.ts'

/**
 * The bytes of a document with its pictures made one dot each, everything else where it was: where pictures stand tells what
 * is behind a text; what they show is not read, and unpacking them would cost time and memory.
 */
export function withoutPictures(bytes: Buffer, objects: PdfObjects): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(bytes)
  for (const { stream } of objects.all()) {
    if (stream === null || nameOf(stream.dict.get('Subtype')) !== 'Image') continue
    const head = bytes.toString('latin1', stream.head.start, stream.head.end)
    const emptied = head
      .replace(
        /(\/(?:Width|Height)\s{0,9})(\d{1,10})/g,
        (_, key: string, digits: string) => key + '1'.padStart(digits.length, '0'),
      )
      .replace(/\/[A-Z](?=[A-Za-z0-9]{2,9}Decode\b)/g, '/X')
    copy.set(Buffer.from(emptied, 'latin1'), stream.head.start)
  }
  return copy
}
