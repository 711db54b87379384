import type { HeaderField, Message, TextPart } from '../../src-main/intake/message.ts'
import { buildViews } from '../../src-main/views/build.ts'

type Placed = Pick<TextPart, 'text' | 'toSource'>

/**
 * Throws where a character of a message has no bytes of its file, or stands before those of the character before it; and
 * where a view, which is built on the way, leads out of its part. Plain comparisons: fuzz tests ask this of millions.
 */
export function checkPlaces(message: Message, fileBytes: number): void {
  for (const attachment of message.attachments) attachment.content()
  for (const part of message.texts) checkPart(part, fileBytes)
  for (const field of message.headers) checkPart(asPart(field), fileBytes)
  const views = buildViews(message)
  for (const { part, text, toPart, source } of views.texts) {
    if (source === null) continue
    const span = toPart.toOrigin({ start: 0, end: text.length })
    if (span.start > span.end || span.end > source.text.length) throw new Error(`${part} leads out of its part`)
  }
  views.identity()
  views.mergeTags?.()
}

function asPart({ value, toSource }: HeaderField): Placed {
  return { text: value, toSource }
}

const maxUnits = 20_000

function checkPart({ text, toSource }: Placed, fileBytes: number): void {
  if (toSource === null) return
  let last = 0
  for (let unit = 0; unit < Math.min(text.length, maxUnits); unit++) {
    const { start, end } = toSource({ start: unit, end: unit + 1 })
    if (start >= end || end > fileBytes || start < last) {
      throw new Error(
        `character ${String(unit)} of ${String(text.length)} has the bytes ${String(start)}–${String(end)}`,
      )
    }
    last = start
  }
}
