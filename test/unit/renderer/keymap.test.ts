import { describe, expect, test } from 'vitest'
import { keyMatches, parseKey } from '../../../src-renderer/src/app/keymap.ts'

const none = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false }

describe('keyMatches', () => {
  test.each([
    ['F8', { ...none, key: 'F8' }, true],
    ['F8', { ...none, key: 'F8', shiftKey: true }, false],
    ['Shift+F8', { ...none, key: 'F8', shiftKey: true }, true],
    ['Ctrl+O', { ...none, key: 'o', ctrlKey: true }, true],
    ['Ctrl+O', { ...none, key: 'o', metaKey: true }, true],
    ['Ctrl+O', { ...none, key: 'O', ctrlKey: true, shiftKey: true }, false],
    ['Ctrl+Shift+O', { ...none, key: 'O', ctrlKey: true, shiftKey: true }, true],
    ['j', { ...none, key: 'j' }, true],
    ['j', { ...none, key: 'J' }, true],
    ['j', { ...none, key: 'J', shiftKey: true }, false],
    ['j', { ...none, key: 'j', ctrlKey: true }, false],
    ['?', { ...none, key: '?', shiftKey: true }, true],
    ['/', { ...none, key: '/', shiftKey: true }, true],
    ['Alt+1', { ...none, key: '1', altKey: true }, true],
    ['Alt+1', { ...none, key: '1' }, false],
  ])('%s and %o: %s', (written, event, expected) => {
    expect(keyMatches(parseKey(written), event)).toBe(expected)
  })
})
