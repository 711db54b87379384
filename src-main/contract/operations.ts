/**
 * Names of the contract, in plain TypeScript: the sandboxed preload takes only these.
 * Arguments and results stand in `operation-schemas.ts`.
 */
export const operationNames = [
  'app.info',
  'app.initial',
  'app.about',
  'settings.get',
  'settings.set',
  'session.get',
  'session.set',
  'sample.grant',
  'recents.list',
  'recents.grant',
  'campaign.open',
  'campaign.cancel',
  'campaign.close',
  'campaign.list',
  'campaign.messages',
  'campaign.columns',
  'message.get',
  'message.rendered',
  'message.text',
  'message.source',
  'message.headers',
  'message.files',
  'message.schedule',
  'message.phone',
  'message.recipients',
  'link.inspect',
  'link.open',
  'workspace.list',
  'workspace.create',
  'workspace.open',
  'workspace.rename',
  'workspace.copy',
  'reviewer.set',
  'review.get',
  'review.decide',
  'review.undo',
  'review.reasons',
  'review.comment',
  'review.find',
  'review.takeBack',
  'review.outcome',
  'attestation.answer',
  'review.sign',
  'review.snapshot',
  'campaign.cards',
  'feedback.make',
  'report.make',
  'message.compare',
  'overview.get',
  'clauses.tree',
  'clauses.page',
] as const

export type OperationName = (typeof operationNames)[number]

export const eventNames = [
  'campaign.opened',
  'campaign.inputs',
  'campaign.messages',
  'campaign.progress',
  'review.changed',
  'workspace.changed',
] as const

export type EventName = (typeof eventNames)[number]

/** IPC channels of the shell; nothing else is ever sent or listened to. */
export const ipcChannels = {
  call: 'clausebench:call',
  event: 'clausebench:event',
  /** Preload only: paths of dropped files (never seen by the page) become a token. */
  grantDropped: 'clausebench:grant-dropped',
  /** Opens the native dialog; answers with a token, or null when it was dismissed. */
  openDialog: 'clausebench:open-dialog',
  /** A self-contained page as a PDF file, where the person says; answers with a `Result`. */
  savePdf: 'clausebench:save-pdf',
  /** Menu commands, main → page. */
  command: 'clausebench:command',
} as const
