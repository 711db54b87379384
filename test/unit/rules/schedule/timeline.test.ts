import { expect, test } from 'vitest'
import type { PlaceCount } from '../../../../src-main/rules/audience/places.ts'
import { readHours } from '../../../../src-main/rules/schedule/hours.ts'
import { sendTime } from '../../../../src-main/rules/schedule/send-time.ts'
import { timeline, type SendingHours } from '../../../../src-main/rules/schedule/timeline.ts'
import { readGeography } from '../../../../src-main/rules/schedule/zones.ts'
import { costlyCharacters, segmentUnits } from '../../../../src-main/rules/sms-segments.ts'
import type { DatedValue } from '../../../../src-main/rules/values.ts'

const value = (text: string): DatedValue => ({
  value: text,
  from: null,
  until: null,
  source: null,
  verify: false,
  region: null,
})
const hours: SendingHours = {
  hours: readHours([value('US mon-sun 08:00-21:00'), value('US-FL mon-sun 08:00-20:00')]),
  geography: readGeography(
    [value('FL America/New_York'), value('TX America/Chicago America/Denver')],
    [],
    [value('212 NY America/New_York')],
  ),
}

const place = (more: Partial<PlaceCount>): PlaceCount => ({
  timezone: '',
  zip: '',
  state: '',
  country: 'US',
  areaCode: '',
  hasExpressConsent: false,
  count: 1,
  rows: [],
  ...more,
})

test('each zone has its own clock and the strictest of the hours that count there', () => {
  const time = sendTime('2026-03-03T20:30:00-05:00', null, false)
  if (time === null) throw new Error('a time of day')
  const { zones, unknown } = timeline(
    time,
    [place({ state: 'FL', count: 3 }), place({ areaCode: '212', count: 2 }), place({ country: 'FR', count: 5 })],
    hours,
  )
  expect(unknown).toBe(5)
  expect(
    zones.map(({ zone, places, people, time: { minute }, offends, certain }) => [
      zone,
      places,
      people,
      minute,
      offends,
      certain,
    ]),
  ).toEqual([
    ['America/New_York', ['US', 'US-FL'], 3, 1230, true, true],
    ['America/New_York', ['US', 'US-NY'], 2, 1230, false, false],
  ])
  expect(zones.map(({ forbidden }) => forbidden)).toEqual([
    [
      { from: 0, until: 480 },
      { from: 1200, until: 1440 },
    ],
    [
      { from: 0, until: 480 },
      { from: 1260, until: 1440 },
    ],
  ])
})

test('a state in two zones stands in both, neither for certain', () => {
  const time = sendTime('2026-03-03T20:30:00', 'recipient', true)
  if (time === null) throw new Error('a time of day')
  const { zones } = timeline(time, [place({ state: 'TX' })], hours)
  expect(zones.map(({ zone, certain, time: { minute } }) => [zone, certain, minute])).toEqual([
    ['America/Chicago', false, 1230],
    ['America/Denver', false, 1230],
  ])
})

test.each([
  ['Hello', 5, []],
  [
    '10 € [now]',
    13,
    [
      ['€', 1],
      ['[', 1],
      [']', 1],
    ],
  ],
  [
    'Hi… “you”',
    9,
    [
      ['…', 1],
      ['“', 1],
      ['”', 1],
    ],
  ],
  ['☕☕', 2, [['☕', 2]]],
])('“%s” takes %i units', (text, units, costly) => {
  expect(segmentUnits(text)).toBe(units)
  expect(costlyCharacters(text).map(({ character, count }) => [character, count])).toEqual(costly)
})
