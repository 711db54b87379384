import { z } from 'zod'
import type { PlaceCount, RecipientPlace } from '../audience/places.ts'
import { maxFirstRows } from '../audience/row-check.ts'
import { stepCertainty } from '../certainty.ts'
import { judgeCommercial } from '../commercial.ts'
import { asList, placedList } from '../context.ts'
import type { Rule } from '../pack.ts'
import { offended, readHours, type Hours } from '../schedule/hours.ts'
import { clock, sendTime, timeAsWritten, timeIn, type SendTime } from '../schedule/send-time.ts'
import { readGeography, whereabouts, type Whereabouts } from '../schedule/zones.ts'
import type { Scene } from '../scene.ts'
import type { DatedValue } from '../values.ts'
import { fileNameSchema, phrasesSchema, wordsSchema } from './context-schema.ts'
import type { Build, Evaluate, Hit, Kind, References } from './kind.ts'

const schema = z.strictObject({
  kind: z.literal('schedule'),
  hours: fileNameSchema,
  of: z.enum(['commercial', 'every']).optional(),
  signs: z
    .strictObject({ any: phrasesSchema.optional(), words: wordsSchema.optional() })
    .refine((signs) => signs.any !== undefined || signs.words !== undefined, 'signs needs any or words')
    .optional(),
})
export type ScheduleOptions = z.infer<typeof schema>

const geographyLists = ['us-state-zones', 'us-zip-states', 'us-area-codes'] as const

/** The time of sending, in each recipient's own zone. */
export const scheduleKind: Kind<ScheduleOptions> = {
  name: 'schedule',
  schema,
  refers: (options): References => ({
    phrases: placedList(options.signs?.any, ['signs', 'any']),
    words: placedList(options.signs?.words, ['signs', 'words']),
    values: [{ value: options.hours, path: ['hours'] }],
  }),
  compile,
  explain: ({ hours, of }) =>
    `Compares the time at which ${of === 'every' ? 'messages' : 'commercial messages'} reach people, in their own zones, with the hours in ${hours}.`,
}

function compile(rule: Rule<ScheduleOptions>, build: Build): Evaluate {
  const { check } = rule
  const hours = readHours(build.values(check.hours))
  const [states, zips, areaCodes] = geographyLists
  const geography = readGeography(build.values(states), build.values(zips), build.values(areaCodes))
  const signs = check.signs === undefined ? null : build.phrases(check.signs.any ?? [], asList(check.signs.words))

  return (scene) => {
    const { fields, sendAt } = scene.views.message
    const timezone = fields.get('timezone') ?? null
    const time = sendTime(sendAt, timezone, /^(?:true|yes|1)$/i.test(fields.get('local_time') ?? ''))
    if (time === null) return []
    if (check.of !== 'every' && !judgeCommercial(scene, signs).is) return []
    const judged = placesOf(scene, timezone).flatMap((place) => {
      const where = whereabouts(place, geography)
      return where === null ? [] : [judgePlace(place, where, time, hours)]
    })
    if (judged.length === 0) return unknownPlaces(rule, scene, time, hours)
    const late = judged.filter(({ offences }) => offences.length > 0)
    return late.length === 0 ? [] : [hitOf(rule, scene, judged, late)]
  }
}

/** The rows' places; without a list the draft's own. */
function placesOf({ audience, region, views }: Scene, timezone: string | null): readonly PlaceCount[] {
  if (audience !== null) return audience.places
  const consent = views.message.fields.get('consent')
  const one: RecipientPlace = {
    timezone: timezone !== null && timezone.toLowerCase() !== 'recipient' ? timezone : '',
    zip: '',
    state: '',
    country: '',
    areaCode: '',
    hasExpressConsent: consent === 'express',
  }
  const american = region.filter((code) => code === 'US' || code.startsWith('US-'))
  if (region.length > 0 && american.length === 0) return []
  const states = american.filter((code) => code !== 'US')
  const country = american.length > 0 ? 'US' : ''
  const places =
    states.length === 0 ? [{ ...one, country }] : states.map((code) => ({ ...one, country, state: code.slice(3) }))
  return places.map((place) => ({ ...place, count: 0, rows: [] }))
}

interface Offence {
  readonly zone: string
  readonly minute: number
  readonly hours: Hours
}

interface JudgedPlace {
  readonly place: PlaceCount
  readonly where: Whereabouts
  /** By candidate zones; empty: none offends. */
  readonly offences: readonly Offence[]
  /** Whatever zone the person is in, it offends. */
  readonly isEverywhere: boolean
}

function judgePlace(place: PlaceCount, where: Whereabouts, time: SendTime, hours: readonly Hours[]): JudgedPlace {
  const byCandidate = where.candidates.map(({ zone, places }) => {
    const local = timeIn(time, zone)
    return offended(hours, new Set(places), local).map((one) => ({ zone, minute: local.minute, hours: one }))
  })
  return {
    place,
    where,
    offences: byCandidate.flat(),
    isEverywhere: byCandidate.every((offences) => offences.length > 0),
  }
}

function hitOf(
  rule: Rule<ScheduleOptions>,
  { views, audience }: Scene,
  all: readonly JudgedPlace[],
  late: readonly JudgedPlace[],
): Hit {
  const certain = late.filter(({ where, isEverywhere }) => where.isCertain && isEverywhere)
  const shown = certain.length > 0 ? certain : late
  const first = shown[0]?.offences[0]
  const withoutConsent = shown.filter(({ place }) => !place.hasExpressConsent)
  const broken = distinctValues(shown.flatMap(({ offences }) => offences))
  const isUnverified = broken.every(({ verify }) => verify)
  const hasConsent = withoutConsent.length === 0 || (audience === null && views.message.settings?.consent === 'express')
  const count = late.reduce((sum, { place }) => sum + place.count, 0)
  const total = all.reduce((sum, { place }) => sum + place.count, 0)
  const rows = late
    .flatMap(({ place, offences }) => place.rows.map((row) => ({ row, excerpt: offenceShown(offences[0]) })))
    .sort((a, b) => a.row - b.row)
  return {
    part: 'schedule',
    source: null,
    span: null,
    certainty: certain.length > 0 ? rule.certainty : stepCertainty(rule.certainty, -1),
    ...(hasConsent || isUnverified ? { atMost: 'warning' as const } : {}),
    match: offenceShown(first),
    normalised: { match: '', sentence: '' },
    around: { text: '', start: 0, end: 0 },
    topic,
    values: broken,
    ...(audience === null || count === 0
      ? {}
      : { rows: { count, column: shown[0]?.where.basis ?? '', first: rows.slice(0, maxFirstRows) } }),
    explain: [
      ...(count === 0 ? [] : [`${count} of ${total} recipients`]),
      ...late.slice(0, maxExplained).map(explainPlace),
      ...(late.length > maxExplained ? [`and ${late.length - maxExplained} more kinds of places`] : []),
      ...(hasConsent ? ['express consent is recorded: not more than a warning'] : []),
      ...(isUnverified ? ['the hours are not verified against the law: not more than a warning'] : []),
    ],
  }
}

/** Hours of a country and of its states, in rules of their own: a message has one time of sending. */
const topic = 'time of sending'

const maxValues = 6

function distinctValues(offences: readonly Offence[]): DatedValue[] {
  return [...new Set(offences.map(({ hours }) => hours.value))].slice(0, maxValues)
}

const maxExplained = 8

function offenceShown(offence: Offence | undefined): string {
  return offence === undefined ? '' : `${clock(offence.minute)} in ${offence.zone}`
}

/** Every zone in question, and which hours the strictest offends. */
function explainPlace({ place, where, offences, isEverywhere }: JudgedPlace): string {
  const zones = where.candidates.map(({ zone }) => zone).join(' or ')
  const laws = offences.map(({ zone, minute, hours }) => {
    const { value, source } = hours.value
    return `${clock(minute)} in ${zone} is outside ${value}${source === null ? '' : ` (${source})`}`
  })
  const who = place.count === 0 ? '' : `${place.count} ${place.count === 1 ? 'row' : 'rows'}: `
  const doubt = isEverywhere ? '' : '; in the other zone it is allowed, the strictest counts'
  return `${who}by ${where.basis} in ${zones}; ${laws.slice(0, 3).join(', ')}${doubt}`
}

/** Nothing says where people are: the sender's own clock is a hint, no more. */
function unknownPlaces(
  rule: Rule<ScheduleOptions>,
  scene: Scene,
  time: SendTime,
  hours: readonly Hours[],
): readonly Hit[] {
  const isElsewhere = scene.region.length > 0 && !scene.region.some((code) => code.startsWith('US'))
  if (isElsewhere || (scene.audience !== null && scene.audience.regions !== null)) return []
  const local = timeAsWritten(time)
  const [offence] = offended(hours, new Set(['US']), local)
  scene.cannotCheck({
    code: 'no-recipients',
    reason: 'nothing says in which time zones the recipients are',
    material: false,
  })
  if (offence === undefined) return []
  return [
    {
      part: 'schedule',
      source: null,
      span: null,
      certainty: stepCertainty(rule.certainty, -1),
      match: `${clock(local.minute)} as it is written`,
      normalised: { match: '', sentence: '' },
      around: { text: '', start: 0, end: 0 },
      topic,
      values: [offence.value],
      explain: [
        `${clock(local.minute)} by the sender’s clock is outside ${offence.value.value}`,
        'nothing says in which time zones the recipients are (-1)',
      ],
    },
  ]
}
