import type { Certainty } from '../../contract/report.ts'
import { maxFirstRows } from '../audience/row-check.ts'
import { stepCertainty } from '../certainty.ts'
import { maskIdentifier } from '../identifiers/mask.ts'
import { isKnownTo, type NotedMessage, type SeriesHit } from './series-check.ts'
import { isSameSender } from './series-message.ts'

interface Settings {
  readonly above: number
  readonly hours: number
  readonly certainty: Certainty
}

const hourMs = 3_600_000
/** More than that in one window are counted as that. */
const maxInWindow = 200
const maxRelated = 10

/** More messages to one number within some hours than are allowed; each that is too much is a hit. */
export function sendsToOneNumber(settings: Settings): (messages: readonly NotedMessage[]) => readonly SeriesHit[] {
  const { above, hours } = settings
  return (noted) => {
    const messages = noted.filter(({ isDated }) => isDated)
    let from = 0
    return messages.flatMap((own, at) => {
      while ((messages[from]?.atMs ?? Infinity) <= own.atMs - hours * hourMs) from++
      if (at - from < above) return []
      const before = messages
        .slice(Math.max(from, at - maxInWindow), at)
        .filter((one) => one.channel === own.channel && isKnownTo(one, own) && isSameSender(one, own))
      if (before.length < above) return []
      const hit = own.recipients === null ? withoutNumbers(own, before, settings) : byNumbers(own, before, settings)
      return hit === null ? [] : [hit]
    })
  }
}

/** Nothing says who gets them: messages of one series or campaign are taken to go to the same people. */
function withoutNumbers(own: NotedMessage, before: readonly NotedMessage[], settings: Settings): SeriesHit | null {
  const alike = before.filter(
    ({ recipients, series, campaign }) => recipients === null && series === own.series && campaign === own.campaign,
  )
  if (alike.length < settings.above) return null
  return {
    ...toldOf(own, alike, alike.length + 1, settings),
    certainty: stepCertainty(settings.certainty, -1),
    explain: [
      countLine(alike.length + 1, settings),
      'nothing says to whom they go; those of one campaign are taken to go to the same people (-1)',
    ],
  }
}

function byNumbers(own: NotedMessage, before: readonly NotedMessage[], settings: Settings): SeriesHit | null {
  const { recipients } = own
  if (recipients === null) return null
  const same = before.filter((one) => one.recipients?.identity === recipients.identity)
  const others = before.filter((one) => one.recipients !== null && one.recipients.identity !== recipients.identity)
  const counts = new Map<number, number>(
    [...(recipients.numbers?.numbers ?? [])].map((number) => [number, same.length + 1]),
  )
  const counted = new Set<NotedMessage>(same)
  for (const other of others) {
    for (const number of new Set(other.recipients?.numbers?.numbers ?? [])) {
      const count = counts.get(number)
      if (count === undefined) continue
      counts.set(number, count + 1)
      counted.add(other)
    }
  }
  const tooMany = [...counts].filter(([, count]) => count > settings.above)
  const isUncounted = recipients.numbers === null && same.length + 1 > settings.above
  if (tooMany.length === 0 && !isUncounted) return null
  const most = tooMany.reduce((max, [, count]) => Math.max(max, count), same.length + 1)
  const rows = rowsOf(own, new Set(tooMany.map(([number]) => number)))
  return {
    ...toldOf(
      own,
      [...counted].sort((a, b) => b.atMs - a.atMs),
      most,
      settings,
    ),
    ...(rows === null ? {} : { rows }),
    certainty: settings.certainty,
    explain: [
      countLine(most, settings),
      isUncounted
        ? 'all go to the same list'
        : `${String(tooMany.length)} ${tooMany.length === 1 ? 'number gets' : 'numbers get'} too many`,
    ],
  }
}

/** A draft that names its one recipient has no rows. */
function rowsOf({ recipients }: NotedMessage, tooMany: ReadonlySet<number>): NonNullable<SeriesHit['rows']> | null {
  const list = recipients?.numbers ?? null
  if (list === null || list.rows[0] === 0) return null
  const first: { row: number; excerpt: string }[] = []
  for (let at = 0; at < list.numbers.length && first.length < maxFirstRows; at++) {
    const number = list.numbers[at] ?? 0
    if (tooMany.has(number)) first.push({ row: list.rows[at] ?? 0, excerpt: maskIdentifier(`+${String(number)}`) })
  }
  return { count: tooMany.size, column: 'phone', first }
}

function countLine(count: number, { above, hours }: Settings): string {
  return `${String(count)} messages to one number within ${String(hours)} hours; no more than ${String(above)} are allowed`
}

function toldOf(
  own: NotedMessage,
  before: readonly NotedMessage[],
  count: number,
  { hours }: Settings,
): Omit<SeriesHit, 'certainty' | 'explain'> {
  return {
    message: own,
    match: `${String(count)} messages in ${String(hours)} hours`,
    excerpt: '',
    fact: `sends ${own.client ?? own.sender ?? ''} ${own.campaign ?? ''}`,
    measured: `sends ${String(count)}`,
    related: before.slice(-maxRelated).map(({ id, at }) => ({ id, message: `Goes out at ${at}.` })),
  }
}
