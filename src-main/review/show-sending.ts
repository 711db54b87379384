import type { Answer } from '../contract/operation-schemas.ts'
import { ok, type Result } from '../contract/result.ts'
import type { Message } from '../intake/message.ts'
import type { AudienceFacts } from '../rules/audience/audience-facts.ts'
import type { PlaceCount } from '../rules/audience/places.ts'
import { regionOf } from '../rules/audience/region.ts'
import type { CompiledRules } from '../rules/compile.ts'
import { fillMergeTags } from '../rules/merge-tags.ts'
import { sendTime, timeAsWritten } from '../rules/schedule/send-time.ts'
import { sendingHours, timeline } from '../rules/schedule/timeline.ts'
import { costlyCharacters, countSegments, segmentUnits } from '../rules/sms-segments.ts'
import { meaningOf } from '../views/merge-tags.ts'
import { archiveLists, audienceOf } from './audience.ts'
import { compiledRules } from './compiled-rules.ts'
import { faultProblem } from './fault.ts'
import type { ShowTask } from './job.ts'
import { readTask } from './review-file.ts'
import { show } from './show-message.ts'

interface Sent {
  readonly message: Message
  readonly audience: AudienceFacts | null
  readonly rules: CompiledRules
}

/** Zones that a screen has room for; there are more in lists from all over the world. */
const maxZones = 60
const maxPlaces = 40
/** Wider tables are corrected in the manifest. */
const maxColumns = 200

/** When the message comes to its readers, by their own clocks, and when it may not. */
export function showSchedule(task: ShowTask): Promise<Result<Answer<'message.schedule'>>> {
  return withAudience(task, ({ message, audience, rules }) => {
    const zone = message.fields.get('timezone') ?? null
    const isLocal = /^(?:true|yes|1)$/i.test(message.fields.get('local_time') ?? '')
    const time = sendTime(message.sendAt, zone, isLocal)
    const found =
      time === null
        ? { zones: [], unknown: 0 }
        : timeline(time, audience?.places ?? ownPlaces(message, zone), sendingHours(rules))
    return {
      sendAt: message.sendAt,
      kind: time?.kind ?? 'none',
      written: time === null ? null : timeAsWritten(time).minute,
      zones: found.zones.slice(0, maxZones).map(({ time: there, laws, ...one }) => ({
        ...one,
        places: [...one.places],
        day: there.day,
        minute: there.minute,
        forbidden: one.forbidden.map((range) => ({ ...range })),
        laws: laws.map(({ value, source, verify }) => ({ hours: value, source, verify })),
      })),
      more: Math.max(0, found.zones.length - maxZones),
      people: audience?.rows ?? 0,
      unknown: found.unknown,
      lists: [...(audience?.inputs ?? [])],
    }
  })
}

/** Without a list: where the message itself says that it goes. */
function ownPlaces(message: Message, timezone: string | null): readonly PlaceCount[] {
  const isZone = timezone !== null && timezone.toLowerCase() !== 'recipient'
  const regions = message.settings?.region ?? []
  const american = regions.filter((code) => code === 'US' || code.startsWith('US-'))
  const states = american.filter((code) => code !== 'US').map((code) => code.slice(3))
  const one = { timezone: isZone ? timezone : '', zip: '', areaCode: '', hasExpressConsent: false, count: 0, rows: [] }
  const country = american.length > 0 ? 'US' : ''
  return (states.length === 0 ? [''] : states).map((state) => ({ ...one, country, state }))
}

/** A text or push message as phones show it: merge tags filled, with what it costs. */
export function showPhone(task: ShowTask): Promise<Result<Answer<'message.phone'>>> {
  return withAudience(task, ({ message, audience }) => {
    const isPhone = message.channel === 'sms' || message.channel === 'mms' || message.channel === 'push'
    const samples = audience?.samples ?? new Map<string, readonly string[]>()
    const masked = new Map([...samples].map(([column, values]) => [column, values.map((one) => shown(column, one))]))
    const texts = isPhone ? message.texts.filter(({ kind }) => kind === 'title' || kind === 'text') : []
    return {
      channel: message.channel,
      parts: texts.map(({ part, text }) => {
        const real = fillMergeTags(text, samples)
        const filled = fillMergeTags(text, masked)
        return {
          part,
          samples: (['shortest', 'typical', 'longest'] as const).map((reader) => {
            const { encoding, segments } = countSegments(real[reader])
            return { reader, text: filled[reader], encoding, segments, units: segmentUnits(real[reader]) }
          }),
          costly: [...costlyCharacters(real.longest)],
          unknown: [...new Set(real.unknown.map(({ span }) => text.slice(span.start, span.end)))],
        }
      }),
      lists: [...(audience?.inputs ?? [])],
    }
  })
}

/** Addresses and numbers of people are not read off a screen; their length is what counts here. */
function shown(column: string, value: string): string {
  const meaning = meaningOf(column)
  const isPrivate = meaning === 'email' || meaning === 'phone' || /@|\d{5}/.test(value)
  return isPrivate ? value.replace(/(?<=^.)[^\s@.]/gu, '•').replace(/[\p{L}\p{N}](?=[\p{L}\p{N}•])/gu, '•') : value
}

/** Whom the message goes to, as far as its lists say; no row leaves them. */
export function showRecipients(task: ShowTask): Promise<Result<Answer<'message.recipients'>>> {
  return withAudience(task, ({ audience }) => {
    const people = new Map<string, number>()
    let nowhere = 0
    for (const place of audience?.places ?? []) {
      const codes = regionOf(place)
      const said = [codes.find((code) => code.startsWith('US-')), codes[0], place.state, place.country, place.timezone]
      const region = said.find((one) => one !== undefined && one !== '')
      if (region === undefined) nowhere += place.count
      else people.set(region, (people.get(region) ?? 0) + place.count)
    }
    return {
      lists: [...(audience?.inputs ?? [])],
      columns: (audience?.columns ?? []).map(({ names, fields }) =>
        names.slice(0, maxColumns).map((name, at) => ({ name, field: fields[at] ?? null })),
      ),
      rows: audience?.rows ?? 0,
      use: audience?.use ?? null,
      places: [...people]
        .map(([place, count]) => ({ place, people: count }))
        .sort((a, b) => b.people - a.people)
        .slice(0, maxPlaces),
      nowhere,
      gaps: [...(audience?.gaps ?? [])],
    }
  })
}

async function withAudience<T>(task: ShowTask, view: (sent: Sent) => T): Promise<Result<T>> {
  try {
    const read = await show(task, (shownNow) => ok(shownNow))
    if (!read.ok) return read
    const rules = await compiledRules(task.file.settings.packs)
    if (!rules.ok) return rules
    const { message } = read.value.views
    const listOf = archiveLists((asked) => readTask(task.file, read.value.bytes, asked))
    const audience = await audienceOf(message, rules.value, task.file.settings, () => undefined, listOf)
    return ok(view({ message, audience, rules: rules.value }))
  } catch (error) {
    return { ok: false, problem: faultProblem(error) }
  }
}
