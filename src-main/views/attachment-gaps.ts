import type { Gap } from '../intake/message.ts'
import type { AttachmentFact } from './view.ts'

/** Signatures and keys say nothing to a reader; of sealed parts intake has said that they were not opened. */
const silentTypes = /^application\/(?:x-)?(?:pkcs7-signature|pkcs7-mime|pgp-signature|pgp-keys|pgp-encrypted)$/

/** What of an attachment was seen and not read; `isRead`: its text is among the views. */
export function attachmentGaps(fact: AttachmentFact, isRead: boolean): readonly Gap[] {
  const { attachment, trueType, members, isEncrypted, isCut } = fact
  const name = attachment.name === null || attachment.name === '' ? `of type ${attachment.mediaType}` : attachment.name
  const gap = (code: Gap['code'], reason: string, material: boolean): Gap => ({ code, reason, material })
  const gaps: Gap[] = []
  if (isEncrypted) gaps.push(gap('attachment-encrypted', `attachment ${name} is encrypted`, true))
  else if (members.some((member) => member.isEncrypted)) {
    gaps.push(gap('attachment-encrypted', `attachment ${name} holds encrypted files`, true))
  }
  if (isCut) gaps.push(gap('attachment-unread', `attachment ${name} holds more than was looked at`, true))
  gaps.push(
    ...(attachment.document?.gaps ?? []).map(({ code, reason, material }) => gap(code, `${name}: ${reason}`, material)),
  )
  if (
    isRead ||
    attachment.document !== undefined ||
    isEncrypted ||
    silentTypes.test(attachment.mediaType) ||
    attachment.content().length === 0
  )
    return gaps
  if (isPicture(fact)) {
    if (!attachment.inline) gaps.push(gap('attachment-unread', `picture ${name} was not read`, false))
    return gaps
  }
  const isArchive = members.length > 0 && trueType !== 'application/pdf' && trueType !== 'application/x-ole-storage'
  const what = isArchive ? `what is in attachment ${name} was not read` : `attachment ${name} was not read`
  return [...gaps, gap('attachment-unread', what, true)]
}

function isPicture({ attachment, trueType }: AttachmentFact): boolean {
  return trueType === null ? attachment.mediaType.startsWith('image/') : trueType.startsWith('image/')
}
