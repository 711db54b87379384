import { DateTime } from 'luxon'
import type { LocalTime } from './hours.ts'

/** When a message goes out. */
export type SendTime =
  /** One moment for all. */
  | { readonly kind: 'moment'; readonly at: DateTime }
  /** A time of day, in each recipient's own zone. */
  | { readonly kind: 'local'; readonly time: LocalTime }

/**
 * Reads `send_at` (ISO 8601) with the message's `timezone` (IANA, or `recipient`) and `local_time`. Null: no time of day.
 * A time without an offset and without a zone is taken for the recipients' own.
 */
export function sendTime(sendAt: string | null, timezone: string | null, isLocal: boolean): SendTime | null {
  if (sendAt === null || !/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/.test(sendAt)) return null
  const written = sendAt.trim().replace(' ', 'T')
  const isToRecipient = isLocal || timezone?.toLowerCase() === 'recipient'
  const hasOffset = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(written)
  if (!isToRecipient && hasOffset) {
    const at = DateTime.fromISO(written, { setZone: true })
    return at.isValid ? { kind: 'moment', at } : null
  }
  if (!isToRecipient && timezone !== null) {
    const at = DateTime.fromISO(written, { zone: timezone })
    if (at.isValid) return { kind: 'moment', at }
  }
  const wall = DateTime.fromISO(written.replace(/(?:Z|[+-]\d{2}:?\d{2})$/i, ''), { zone: 'utc' })
  return wall.isValid ? { kind: 'local', time: localTimeOf(wall) } : null
}

/** The time in a zone, with its daylight saving on that day. */
export function timeIn(time: SendTime, zone: string): LocalTime {
  return time.kind === 'local' ? time.time : localTimeOf(time.at.setZone(zone))
}

/** As it is written, with its own offset. */
export function timeAsWritten(time: SendTime): LocalTime {
  return time.kind === 'local' ? time.time : localTimeOf(time.at)
}

function localTimeOf(at: DateTime): LocalTime {
  return { day: at.toISODate() ?? '', weekday: at.weekday, minute: at.hour * 60 + at.minute }
}

export function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}
