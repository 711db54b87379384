import { createHash } from 'node:crypto'
import type { FormatOutcome, ReadSource } from './read-outcome.ts'
import type { AudienceTable, TableEvent } from './table-rows.ts'

/**
 * A list of people: with the messages that a manifest names it for, else a campaign of its own without a message
 * (`docs/formats.md`).
 */
export function recipientsOutcome(file: ReadSource, table: AudienceTable): FormatOutcome {
  if ((file.defaults.settings?.table ?? null) !== null) return { messages: [], problem: null }
  const { campaign, client, sendAt } = file.defaults
  const message = {
    id: file.input,
    input: file.input,
    form: 'draft',
    channel: null,
    kind: null,
    campaign,
    client,
    date: null,
    sendAt,
    headers: [],
    texts: [],
    attachments: [],
    fields: new Map(),
    gaps: [],
    problem: null,
    recipients: table,
  } as const
  return { messages: [message], problem: null }
}

/** A table whose rows are in memory; `bytes`: what it was read from. */
export function tableOf(
  file: ReadSource,
  bytes: Uint8Array,
  events: () => Iterable<TableEvent> | AsyncIterable<TableEvent>,
): AudienceTable {
  return {
    input: file.input,
    identity: createHash('sha256').update(bytes).digest('hex'),
    corrected: {},
    as: null,
    async *events() {
      yield* events()
    },
  }
}

export function unknownTableOutcome(file: ReadSource): FormatOutcome {
  return {
    status: file.named ? 'unreadable' : 'ignored',
    problem: {
      code: 'unknown-kind',
      message:
        'No column or field is a channel or a text of a message (subject, text, body, html, title, preheader), nor an e-mail address or a telephone number.',
    },
  }
}
