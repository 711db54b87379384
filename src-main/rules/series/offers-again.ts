import type { Certainty } from '../../contract/report.ts'
import { stepCertainty } from '../certainty.ts'
import { fold } from '../lens/fold.ts'
import { daysBetween } from './days.ts'
import { isCode } from './offers.ts'
import { isKnownTo, type NotedMessage, type SeriesHit } from './series-check.ts'
import { isSameSender } from './series-message.ts'

interface Settings {
  readonly of: 'offer-ends-again' | 'coupon-after-end'
  /** How long before a message earlier ones count. */
  readonly days: number
  readonly certainty: Certainty
}

/** Looked at of each offer, the latest first. */
const maxEarlier = 200
const maxRelated = 10

/** Offers that an earlier message said to end, made after that day. */
export function offersAgain(settings: Settings): (messages: readonly NotedMessage[]) => readonly SeriesHit[] {
  return (messages) => {
    const byKey = new Map<string, NotedMessage[]>()
    return messages.flatMap((own) => {
      const hit = hitOf(own, byKey, settings)
      for (const key of keysOf(own)) {
        const known = byKey.get(key)
        if (known === undefined) byKey.set(key, [own])
        else known.push(own)
      }
      return hit === null ? [] : [hit]
    })
  }
}

/** What two messages of one offer have in common; without a named offer the words that say that it ends, within a series. */
function keysOf({ note, series }: NotedMessage): readonly string[] {
  if (note.offers.length > 0 || series === null) return note.offers
  return note.claims.map(({ sentence }) => `series ${series}: ${foldedWords(sentence)}`)
}

function foldedWords(sentence: string): string {
  return fold(sentence, 'soft')
    .text.replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

interface Again {
  readonly key: string
  readonly earlier: NotedMessage
  readonly isSure: boolean
}

function hitOf(own: NotedMessage, byKey: ReadonlyMap<string, NotedMessage[]>, settings: Settings): SeriesHit | null {
  const { of, certainty } = settings
  if (of === 'offer-ends-again' && own.note.claims.length === 0) return null
  const keys = keysOf(own).filter((key) => of === 'offer-ends-again' || isCode(key))
  const again = keys.flatMap((key) => endedBefore(own, key, byKey.get(key) ?? [], settings.days))
  const first = again.find(({ isSure }) => isSure) ?? again[0]
  if (first === undefined) return null
  const { key, earlier } = first
  const shown = key.startsWith('series ') ? (own.note.claims[0]?.sentence ?? '') : key.replace(/^code /, '')
  const related = [...new Map(again.map((one) => [one.earlier.id, one.earlier])).values()].sort(
    (a, b) => b.atMs - a.atMs,
  )
  return {
    message: own,
    certainty: first.isSure ? certainty : stepCertainty(certainty, -1),
    match: shown,
    excerpt: own.note.claims[0]?.sentence ?? '',
    fact: `${own.client ?? own.sender ?? ''} ${key}`,
    measured: `${key} ended ${earlier.ends ?? ''}`,
    related: related.slice(0, maxRelated).map(({ id, day, ends, note }) => ({
      id,
      message: `Of ${day}: “${note.claims[0]?.sentence ?? ''}”; by that it ended on ${ends ?? ''}.`,
    })),
    explain: [
      `${earlier.day}: ${key} in ${earlier.id}, said to end on ${earlier.ends ?? ''} (“${earlier.note.claims[0]?.sentence ?? ''}”)`,
      `${own.day}: ${key} again${own.ends === null ? '' : `, said to end on ${own.ends}`}`,
      ...(first.isSure ? [] : [`only ${key} is the same in both; it may be another offer (-1)`]),
      ...(related.length > 1 ? [`${String(related.length)} earlier messages say so`] : []),
    ],
  }
}

function endedBefore(own: NotedMessage, key: string, known: readonly NotedMessage[], days: number): readonly Again[] {
  return known
    .slice(-maxEarlier)
    .reverse()
    .flatMap((earlier) => {
      const isOver = earlier.ends !== null && earlier.ends < own.day
      const isNear = daysBetween(earlier.day, own.day) <= days
      if (!isOver || !isNear || !isKnownTo(earlier, own) || !isSameSender(earlier, own)) return []
      return [{ key, earlier, isSure: isSameOffer(earlier, own, key) }]
    })
}

/** A code names one offer; twenty percent may be any. */
function isSameOffer(earlier: NotedMessage, own: NotedMessage, key: string): boolean {
  if (isCode(key)) return true
  if (own.series !== null && own.series === earlier.series && !key.startsWith('series ')) return true
  const words = new Set(own.note.claims.map(({ sentence }) => foldedWords(sentence)))
  if (!key.startsWith('series ') && earlier.note.claims.some(({ sentence }) => words.has(foldedWords(sentence))))
    return true
  return own.note.offers.filter((offer) => earlier.note.offers.includes(offer)).length > 1
}
