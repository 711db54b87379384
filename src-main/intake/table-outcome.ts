import type { FormatOutcome, ReadSource } from './read-outcome.ts'

/** A list of people: what it says of them is not judged by this version, and the report says so. */
export function recipientsOutcome(): FormatOutcome {
  return {
    status: 'ignored',
    problem: {
      code: 'recipients-not-read',
      message: 'This is a list of recipients without a message. Lists of recipients are not checked by this version.',
    },
  }
}

export function unknownTableOutcome(file: ReadSource): FormatOutcome {
  return {
    status: file.named ? 'unreadable' : 'ignored',
    problem: {
      code: 'unknown-kind',
      message: 'No column or field is a channel or a text of a message (subject, text, body, html, title, preheader).',
    },
  }
}
