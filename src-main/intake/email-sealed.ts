import { cmsContent } from './email-cms.ts'
import type { IntakeReport } from './intake-report.ts'
import type { Entity } from './mime-tree.ts'
import { isCms } from './mime-tree.ts'
import { decodeTransfer } from './transfer-encoding.ts'

/** What was sent and cannot be read here: OpenPGP/MIME (RFC 3156), S/MIME (RFC 8551), pieces of messages (RFC 2046). */
export function reportSealed(root: Entity, leaves: readonly Entity[], report: IntakeReport): void {
  const isEncrypted = (entity: Entity): boolean =>
    entity.mediaType === 'multipart/encrypted' || entity.children.some(isEncrypted)
  if (isEncrypted(root)) report.gap('body-encrypted', 'the body is encrypted (OpenPGP)', true)
  for (const leaf of leaves) {
    if (isCms(leaf)) reportCms(leaf, report)
    if (leaf.mediaType === 'message/partial') {
      report.gap('undecodable', 'the message is one piece of a message that was sent in several', true)
    }
    if (leaf.mediaType === 'message/external-body') {
      report.gap('remote-content', 'a part of the message lies elsewhere and was not fetched', true)
    }
  }
}

function reportCms(leaf: Entity, report: IntakeReport): void {
  const { bytes } = decodeTransfer(leaf.encoding ?? 'identity', leaf.source.bytes, leaf.body)
  const { kind } = cmsContent(bytes)
  switch (kind) {
    case 'encrypted':
      report.gap('body-encrypted', 'the body is encrypted (S/MIME)', true)
      return
    case 'compressed':
      report.gap('undecodable', 'the body is compressed (S/MIME) and was not opened', true)
      return
    case 'unreadable':
      report.problem('bad-mime', 'An S/MIME part is damaged or of an unknown kind and was not opened.')
      report.gap('body-encrypted', 'the body is in an S/MIME part that could not be opened', true)
      return
    case 'signed':
      report.gap('past-limit', 'parts nested too deeply were not read', true)
      return
    case 'detached':
  }
}
