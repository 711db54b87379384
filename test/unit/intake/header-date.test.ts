import { describe, expect, it } from 'vitest'
import { isoDate } from '../../../src-main/intake/header-date.ts'

describe('isoDate', () => {
  it.each([
    ['Fri, 20 Nov 2026 10:00:00 +0000', '2026-11-20T10:00:00Z'],
    ['20 Nov 2026 10:00:00 -0500', '2026-11-20T10:00:00-05:00'],
    ['Fri, 20 Nov 2026 9:05 +0530 (IST)', '2026-11-20T09:05:00+05:30'],
    ['Fri, 20 Nov 26 10:00:00 EST', '2026-11-20T10:00:00-05:00'],
    ['Thu, 1 Aug 102 10:00:00 GMT', '2002-08-01T10:00:00Z'],
    ['Fri, 20 Nov 99 10:00:00', '1999-11-20T10:00:00Z'],
    ['Tue, 31 Feb 2026 10:00:00 +0000', null],
    ['Fri, 20 Nov 2026 25:00:00 +0000', null],
    ['yesterday', null],
    ['', null],
  ])('%j is %j', (value, expected) => {
    expect(isoDate(value)).toBe(expected)
  })
})
