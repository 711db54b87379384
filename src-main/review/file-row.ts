import type { Answer } from '../contract/operation-schemas.ts'
import type { AttachmentFact } from '../views/view.ts'

/** What a person is told of an attachment: what it says it is, and what its bytes say. */
export function fileRow({ attachment, trueType }: AttachmentFact): Answer<'message.files'>['files'][number] {
  const { part, name, mediaType, inline } = attachment
  return { part, name, mediaType, trueType, bytes: attachment.content().length, inline }
}
