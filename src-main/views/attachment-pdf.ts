import { pdfFacts } from '../intake/pdf-facts.ts'
import { readPdfObjects } from '../intake/pdf-objects.ts'
import type { Container } from './attachment-container.ts'
import { container } from './attachment-container.ts'
import { programsIn } from './attachment-ole.ts'

/** What a PDF document does and holds; of an encrypted one what is told beside the encryption. */
export function pdfContainer(bytes: Buffer): Container {
  const read = readPdfObjects(bytes)
  if (!read.ok) return container(programsIn(bytes), { isCut: true })
  const objects = read.value
  const { acts, files } = pdfFacts(objects)
  const isLocked = objects.encryption === 'locked'
  return container(
    files.map(({ name, stream }) => ({
      name,
      isEncrypted: isLocked,
      read(maxBytes) {
        if (isLocked) return null
        const unpacked = objects.unpack(stream)
        if ('bytes' in unpacked) return unpacked.bytes.length > maxBytes ? 'too-large' : unpacked.bytes
        return unpacked.failure === 'too-large' ? 'too-large' : null
      },
    })),
    { acts, isEncrypted: isLocked, isCut: objects.problem !== null },
  )
}
