import { expect, test } from 'vitest'
import { platformDataDir } from '../../../src-main/data-folder.ts'
import { localDate } from '../../../src-main/local-date.ts'

const unset = { xdgDataHome: null, appData: null }

test.each([
  ['linux', unset, '/home/x/.local/share/clausebench'],
  ['linux', { ...unset, xdgDataHome: '/data' }, '/data/clausebench'],
  ['darwin', unset, '/home/x/Library/Application Support/clausebench'],
  ['win32', { ...unset, appData: '/roaming' }, '/roaming/clausebench'],
  ['win32', unset, '/home/x/AppData/Roaming/clausebench'],
])('on %s', (platform, environment, expected) => {
  expect(platformDataDir(environment, platform, '/home/x')).toBe(expected)
})

test.each([
  [new Date(2026, 0, 5, 0, 0), '2026-01-05'],
  [new Date(2026, 11, 31, 23, 59, 59), '2026-12-31'],
])('today is the day of the machine’s own zone', (now, expected) => {
  expect(localDate(now)).toBe(expected)
})
