import { expect, test } from 'vitest'
import { paneWidths } from '../../../src-renderer/src/features/review/pane-sizes.ts'

test.each([
  ['nothing kept, wide window', {}, 1440, { messages: 320, findings: 380 }],
  ['nothing kept, narrow window', {}, 1024, { messages: 240, findings: 290 }],
  [
    'kept on a wide window, shown in a narrow one',
    { messages: 320, findings: 380 },
    1024,
    { messages: 276, findings: 317 },
  ],
  ['collapsed stays collapsed', { messages: 0, findings: 0 }, 1440, { messages: 0, findings: 0 }],
])('%s', (_, kept, windowWidthPx, expected) => {
  expect(paneWidths(kept, windowWidthPx)).toEqual(expected)
})
