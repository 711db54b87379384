import type { MessageSummary } from '../../../../src-main/contract/operation-schemas.ts'
import { channels, severities, verdicts } from '../../../../src-main/contract/report-words.ts'
import { clauseNumber } from './groups.ts'

/**
 * What is typed above the list of messages: words that must occur, and facts as `name:value`. Of facts of one name one
 * must hold, of every name; `-` before either turns it round.
 */
export interface MessageFilter {
  readonly words: readonly Term[]
  readonly facts: readonly (Term & { readonly fact: FactName })[]
}

interface Term {
  readonly text: string
  readonly not: boolean
}

export const factNames = [
  'verdict',
  'severity',
  'channel',
  'clause',
  'rule',
  'from',
  'client',
  'decision',
  'after',
  'before',
] as const
export type FactName = (typeof factNames)[number]

/** Values that there is a list of, for the menu. */
export const factChoices = {
  verdict: verdicts,
  severity: severities,
  channel: channels,
  decision: ['open', 'waiting', 'signed-off', 'changes-asked', 'held', 'sent', 'changed'],
} as const
export type DecisionChoice = (typeof factChoices)['decision'][number]

export function parseFilter(written: string): MessageFilter {
  const words: Term[] = []
  const facts: MessageFilter['facts'][number][] = []
  for (const piece of written.toLowerCase().match(/-?(?:[a-z]+:)?(?:"[^"]*"|\S+)/g) ?? []) {
    const not = piece.startsWith('-') && piece.length > 1
    const bare = not ? piece.slice(1) : piece
    const colon = bare.indexOf(':')
    const fact = factNames.find((name) => name === bare.slice(0, Math.max(colon, 0)))
    const text = (fact === undefined ? bare : bare.slice(colon + 1)).replaceAll('"', '')
    if (text === '') continue
    if (fact === undefined) words.push({ text, not })
    else facts.push({ fact, text, not })
  }
  return { words, facts }
}

/** The filter with a fact put in, or taken out when it was there. */
export function withFact(written: string, fact: FactName, value: string, on: boolean): string {
  const token = `${fact}:${/\s/.test(value) ? `"${value}"` : value}`
  const rest = written.split(token).join(' ').replace(/\s+/g, ' ').trim()
  return on ? [rest, token].filter(Boolean).join(' ') : rest
}

export function hasFact({ facts }: MessageFilter, fact: FactName, value: string): boolean {
  return facts.some((one) => one.fact === fact && one.text === value.toLowerCase() && !one.not)
}

/** Words of a verdict, so that the filter finds what the list says. */
export type VerdictWords = (message: MessageSummary) => string

/** Texts of ten thousand messages are put together once, not with every letter that is typed. */
const searchable = new WeakMap<MessageSummary, { readonly of: VerdictWords; readonly text: string }>()

function textOf(message: MessageSummary, verdictWords: VerdictWords): string {
  const known = searchable.get(message)
  if (known?.of === verdictWords) return known.text
  const shown = [
    message.name,
    message.from ?? '',
    message.channel ?? '',
    message.id,
    verdictWords(message),
    ...message.clauses.map(clauseNumber),
  ]
  const text = shown.join('\n').toLowerCase()
  searchable.set(message, { of: verdictWords, text })
  return text
}

export function filterMessages(
  messages: readonly MessageSummary[],
  filter: MessageFilter,
  verdictWords: VerdictWords,
): readonly MessageSummary[] {
  if (filter.words.length === 0 && filter.facts.length === 0) return messages
  const byName = new Map<string, MessageFilter['facts'][number][]>()
  for (const fact of filter.facts) {
    const key = `${fact.fact} ${String(fact.not)}`
    byName.set(key, [...(byName.get(key) ?? []), fact])
  }
  const groups = [...byName.values()]
  return messages.filter(
    (message) =>
      groups.every((facts) =>
        facts[0]?.not === true
          ? facts.every(({ fact, text }) => !holds(message, fact, text))
          : facts.some(({ fact, text }) => holds(message, fact, text)),
      ) &&
      (filter.words.length === 0 ||
        ((text) => filter.words.every((word) => text.includes(word.text) !== word.not))(textOf(message, verdictWords))),
  )
}

function holds(message: MessageSummary, fact: FactName, text: string): boolean {
  switch (fact) {
    case 'verdict':
      return message.verdict === text && message.earlier !== true
    case 'severity':
      return severities.some((severity) => severity === text && message.counts[severity] > 0)
    case 'channel':
      return message.channel === text
    case 'clause':
      return message.clauses.some((clause) => isUnder(clauseNumber(clause).toLowerCase(), text))
    case 'rule':
      return message.rules.some((rule) => rule.toLowerCase().includes(text))
    case 'from':
      return (message.from ?? '').toLowerCase().includes(text)
    case 'client':
      return clientOf(message).toLowerCase().includes(text)
    case 'decision':
      return factChoices.decision.some((choice) => choice === text && stands(message, choice))
    case 'after':
      return dayOf(message) >= text
    case 'before':
      return dayOf(message) !== '' && dayOf(message) < text
  }
}

/** How far people are with it; of what they have not touched, everything found is open. */
function stands({ review, counts }: MessageSummary, choice: DecisionChoice): boolean {
  const open = review?.open ?? counts
  switch (choice) {
    case 'open':
      return open.error + open.warning > 0 && review?.outcome !== 'sent'
    case 'waiting':
      return (review?.asked ?? 0) > 0
    case 'changed':
      return review?.changedSinceSigned === true
    case 'signed-off':
    case 'changes-asked':
    case 'held':
    case 'sent':
      return review?.outcome === choice
  }
}

/** `C3.9` lies under `C3`, `C30` does not. */
function isUnder(clause: string, above: string): boolean {
  return clause === above || (clause.startsWith(above) && !/[a-z0-9]/.test(clause[above.length] ?? ''))
}

/** `YYYY-MM-DD`; empty: the message says no day. */
export function dayOf({ sendAt, date }: MessageSummary): string {
  return (sendAt ?? date ?? '').slice(0, 10)
}

/** As the file says, else the sender's domain; empty: neither is known. */
export function clientOf({ client, from }: MessageSummary): string {
  return client ?? /@([^\s@>]+)>?\s*$/.exec(from ?? '')?.[1]?.toLowerCase() ?? ''
}
