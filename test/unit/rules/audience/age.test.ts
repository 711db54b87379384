import { describe, expect, it } from 'vitest'
import { ageOfBirthDate, ageOfGrade, ageOfNumber } from '../../../../src-main/rules/audience/age.ts'

const day = '2026-05-04'

describe('ageOfBirthDate', () => {
  it.each([
    ['2016-05-05', 9, 9],
    ['2016-05-04', 10, 10],
    ['2016/05/04', 10, 10],
    ['20160504', 10, 10],
    ['04.05.2016', 10, 10],
    ['May 3, 2016', 10, 10],
    ['3rd June 2016', 9, 9],
    ['3 Sept. 2016', 9, 9],
    ['2016', 9, 10],
    ['05/04/2016', 10, 10],
    ['03/06/2016', 9, 10],
  ])('%s', (cell, min, max) => {
    expect(ageOfBirthDate(cell, day)).toEqual({ min, max })
  })

  it.each(['11/02', 'soon', '3 Foo 2016', '31.02.2016', '2031-01-01', ''])('says nothing of %s', (cell) => {
    expect(ageOfBirthDate(cell, day)).toBeNull()
  })
})

describe('ageOfNumber', () => {
  it.each([
    ['9', 9, 9],
    ['9 years', 9, 9],
    ['9 ans', 9, 9],
    ['6-9', 6, 9],
    ['6 to 9', 6, 9],
    ['under 13', 0, 12],
    ['<13', 0, 12],
    ['65+', 65, 125],
    ['kids', 0, 12],
  ])('%s', (cell, min, max) => {
    expect(ageOfNumber(cell)).toEqual({ min, max })
  })

  it.each(['gold', '9 orders', '130'])('says nothing of %s', (cell) => {
    expect(ageOfNumber(cell)).toBeNull()
  })
})

describe('ageOfGrade', () => {
  it.each([
    ['2nd grade', 7, 9],
    ['Year 3', 7, 8],
    ['3b', 8, 10],
    ['Kindergarten', 5, 6],
  ])('%s', (cell, min, max) => {
    expect(ageOfGrade(cell)).toEqual({ min, max })
  })

  it.each(['A', 'B+', 'senior'])('says nothing of %s', (cell) => {
    expect(ageOfGrade(cell)).toBeNull()
  })
})
