import { expect, test, vi } from 'vitest'
import { mayReload } from '../../../src-main/shell/faults.ts'

vi.mock('electron', () => ({ dialog: {} }))

test.each([
  ['the first crash', [], true],
  ['the second within a minute', [40_000], true],
  ['the third within a minute', [10_000, 40_000], false],
  ['the third, the first long ago', [-30_000, 40_000], true],
])('%s', (_what, crashes, again) => {
  expect(mayReload(crashes, 50_000)).toBe(again)
})
