import { createHash } from 'node:crypto'
import type { Finding } from '../contract/report.ts'
import { fail, ok, type Result } from '../contract/result.ts'
import type { Utf16Span } from '../contract/span.ts'
import { createMasker } from '../rules/identifiers/mask.ts'
import type { Views } from '../views/view.ts'
import { sectionOf } from './text-sections.ts'

/** Where a person's own finding stands, and what it is known by. */
export interface OwnPlace {
  readonly part: string
  readonly span: Finding['span']
  readonly source: Finding['source']
  /** Masked. */
  readonly excerpt: string
  readonly fingerprint: string
}

const contextUnits = 30
const maxMatchUnits = 400

/** `span` counts in the text that the Text view shows under `part`. */
export function ownPlace(views: Views, part: string, span: Utf16Span, about: readonly string[]): Result<OwnPlace> {
  const view = sectionOf(views, part)
  if (view === null || span.end > view.text.length || span.end <= span.start)
    return fail('not-found', 'What was selected is not in this message any more. Select it again.')
  const place = view.toPart.toOrigin(span)
  const source = view.source?.toSource?.(place) ?? null
  const masker = createMasker(new Set())
  const from = Math.max(0, span.start - contextUnits)
  const to = Math.min(view.text.length, span.end + contextUnits, span.start + maxMatchUnits)
  // Masked with what stands around it: a selection may cut a number in two.
  const window = masker.mask(view.text.slice(Math.max(0, from - 80), to + 80), 'last4')
  const start = from - Math.max(0, from - 80)
  const excerpt = window
    .slice(start, start + to - from)
    .replace(/\s+/g, ' ')
    .trim()
  return ok({
    part: view.source?.part ?? view.part,
    span: view.source === null ? null : { start: place.start, end: place.end },
    source: source === null ? null : { start: source.start, end: source.end },
    excerpt: `${from > 0 ? '…' : ''}${excerpt}${to < view.text.length ? '…' : ''}`,
    fingerprint: ownFingerprint([
      ...about,
      part.replace(/:\d+$/, ''),
      masker.mask(view.text.slice(span.start, span.end), 'all'),
    ]),
  })
}

/** Of a finding on the message as a whole `about` is all there is. */
export function ownFingerprint(about: readonly string[]): string {
  return createHash('sha256')
    .update(`clausebench-own/1\0${about.join('\0')}`)
    .digest('hex')
}
