import type { Answer, Args } from '../../contract/operation-schemas.ts'
import type { Result } from '../../contract/result.ts'
import { feedbackHtml, feedbackText, type FeedbackCard, type FeedbackText } from '../../report/feedback.ts'
import { made, type GroupState } from './decided.ts'
import type { SeenMessage } from './seen-messages.ts'

type Sections = Answer<'message.text'>['sections']

export interface FeedbackSource {
  readonly seen: readonly SeenMessage[]
  readonly title: string
  readonly reviewer: string
  readonly day: string
  /** The texts of a message, for its marks; identifiers not yet masked. */
  readonly texts: (seen: SeenMessage) => Promise<Result<{ readonly sections: Sections }>>
  readonly mask: (text: string) => Promise<string>
}

/** Feedback to the author: only confirmed, asked and own findings, never undecided ones or false alarms. */
export async function makeFeedback(
  { comments, wording }: Pick<Args<'feedback.make'>, 'comments' | 'wording'>,
  source: FeedbackSource,
): Promise<Answer<'feedback.make'>> {
  const chosenWords = new Map(wording.map(({ message, group, text }) => [`${message}\0${group}`, text]))
  const entries: Answer<'feedback.make'>['entries'] = []
  const messages = []
  for (const seen of source.seen) {
    const cards = seen.states.filter(isTold).flatMap((state): FeedbackCard[] => {
      const [lead] = state.findings
      if (lead === undefined) return []
      const id = seen.open.summary.id
      const fix = chosenWords.get(`${id}\0${state.group}`) ?? lead.fix
      const decision = state.decision === null ? null : made(state.decision)
      const { severity, clauses, title, excerpt, why, number } = lead
      entries.push({ message: id, group: state.group, number, severity, clauses, title, excerpt, why, fix })
      return [
        {
          number,
          lead,
          fix,
          question: decision?.kind === 'asked' ? decision.reason : null,
          comments: comments ? commentsOn(seen, state) : [],
        },
      ]
    })
    if (cards.length === 0) continue
    const texts = await source.texts(seen)
    messages.push({
      name: seen.report.subject ?? seen.open.summary.name,
      from: seen.report.from,
      outcome: outcomeWords(seen),
      cards,
      texts: texts.ok ? await markedTexts(texts.value.sections, cards, source.mask) : [],
    })
  }
  const feedback = { title: source.title, reviewer: source.reviewer, day: source.day, messages }
  return { html: feedbackHtml(feedback), text: feedbackText(feedback), entries, isEmpty: entries.length === 0 }
}

/** An own finding stands without being confirmed; unless its person or another has put it aside. */
function isTold({ decision, findings }: GroupState): boolean {
  if (decision !== null) return decision.decision.kind === 'confirmed' || decision.decision.kind === 'asked'
  return findings.some(({ origin }) => origin.kind === 'person')
}

function commentsOn({ record }: SeenMessage, { findings }: GroupState): string[] {
  const prints = new Set(findings.map(({ fingerprint }) => fingerprint))
  return record.comments.flatMap(({ fingerprint, text }) =>
    fingerprint !== null && prints.has(fingerprint) ? [text] : [],
  )
}

function outcomeWords({ record }: SeenMessage): string | null {
  switch (record.outcome?.outcome) {
    case 'changes-asked':
      return 'changes asked'
    case 'held':
      return 'held'
    case 'sent':
    case undefined:
      return null
  }
}

/** Paragraphs that hold a mark; the rest of a long mail would only hide them. */
async function markedTexts(
  sections: Sections,
  cards: readonly FeedbackCard[],
  mask: (text: string) => Promise<string>,
): Promise<FeedbackText[]> {
  const numbers = new Map(cards.flatMap(({ number, lead }) => [[lead.number, number] as const]))
  const texts: FeedbackText[] = []
  for (const { part, text, marks } of sections) {
    const shown = marks.filter(({ number }) => numbers.has(number)).toSorted((a, b) => a.span.start - b.span.start)
    if (shown.length === 0) continue
    // Masked as long as it was, so that the marks stay where they are.
    const masked = await mask(text)
    const safe = masked.length === text.length ? masked : text.replace(/\p{N}/gu, '•')
    texts.push({ part, pieces: pieces(safe, shown) })
  }
  return texts
}

const contextUnits = 160

function pieces(text: string, marks: Sections[number]['marks']): FeedbackText['pieces'] {
  const cut: { text: string; number: number | null }[] = []
  let at = 0
  for (const { span, number } of marks) {
    if (span.start < at) continue
    const from = Math.max(at, span.start - contextUnits)
    if (from > at) cut.push({ text: at === 0 ? '… ' : ' … ', number: null })
    cut.push({ text: text.slice(from, span.start), number: null }, { text: text.slice(span.start, span.end), number })
    at = span.end
    const next = marks.find((mark) => mark.span.start >= at)
    const to = Math.min(text.length, at + contextUnits, next?.span.start ?? Infinity)
    cut.push({ text: text.slice(at, to), number: null })
    at = to
  }
  if (at < text.length) cut.push({ text: ' …', number: null })
  return cut
}
