/** Every code an expected failure can carry, in the report, in `Result`s and on the command line. */
export const problemCodes = [
  // calls
  'bad-request',
  'unknown-operation',
  'forbidden-sender',
  'not-found',
  'cancelled',
  'not-available-here',
  'internal',
  // inputs
  'not-found-on-disk',
  'no-permission',
  'not-a-regular-file',
  'symbolic-link',
  'dot-file',
  'unknown-kind',
  'belongs-to-message',
  'empty',
  'too-large',
  'changed-while-read',
  'changed-on-disk',
  'timed-out',
  'worker-crashed',
  'truncated',
  'bad-encoding',
  'bad-mime',
  'too-deep',
  'too-many-parts',
  'header-too-large',
  'bad-csv',
  'recipients-not-read',
  'bad-json',
  'bad-yaml',
  'bad-manifest',
  'archive-encrypted',
  'archive-unsupported',
  'archive-damaged',
  'unsafe-path',
  'duplicate-name',
  'bad-document',
  'document-encrypted',
  // packs
  'no-pack',
  'bad-pack',
  'duplicate-rule',
  'unknown-key',
  'bad-value',
  'missing-key',
  'wrong-clause',
  'unsafe-pattern',
  'bad-pattern',
  'missing-words',
  'example-failed',
  // links
  'unsafe-link',
] as const

export type ProblemCode = (typeof problemCodes)[number]

/** Why a clause could not be checked for a message (`notChecked[].code`). */
export const notCheckedCodes = [
  'attachment-unread',
  'attachment-encrypted',
  'body-encrypted',
  'image-only',
  'no-headers',
  'draft',
  'language-unknown',
  'merge-tag',
  'timed-out',
  'undecodable',
  'past-limit',
  'remote-content',
  'no-recipients',
  'rule-failed',
] as const

export type NotCheckedCode = (typeof notCheckedCodes)[number]
