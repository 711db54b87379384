import { expect, test } from 'vitest'
import { placeWindow } from '../../../src-main/shell/window-place.ts'

const left = { x: 0, y: 0, width: 1920, height: 1040 }
const right = { x: 1920, y: 0, width: 1280, height: 1024 }
const small = { x: 0, y: 0, width: 1024, height: 700 }
const first = { width: 1440, height: 900 }

test.each([
  ['nothing remembered', null, [left], first],
  ['a small screen', null, [small], { width: 1024, height: 700 }],
  ['no screen', null, [], first],
  ['as it was', { x: 100, y: 50, width: 1000, height: 800 }, [left], { x: 100, y: 50, width: 1000, height: 800 }],
  [
    'on the second screen',
    { x: 2000, y: 0, width: 1000, height: 800 },
    [left, right],
    { x: 2000, y: 0, width: 1000, height: 800 },
  ],
  ['the second screen is gone', { x: 2000, y: 0, width: 1000, height: 800 }, [left], first],
  ['too little of it to grasp', { x: 1850, y: 0, width: 1000, height: 800 }, [left], first],
  ['its title bar above the screen', { x: 100, y: -50, width: 1000, height: 800 }, [left], first],
  ['its title bar below the screen', { x: 100, y: 1020, width: 1000, height: 800 }, [left], first],
  [
    'smaller than a window may be',
    { x: 0, y: 0, width: 200, height: 100 },
    [left],
    { x: 0, y: 0, width: 800, height: 560 },
  ],
])('%s', (_what, remembered, screens, expected) => {
  expect(placeWindow(remembered, screens)).toEqual(expected)
})
