import { expect, test } from 'vitest'
import { createCommands, type Command } from '../../../src-renderer/src/app/commands.ts'
import { keyText, writtenKey } from '../../../src-renderer/src/app/key-text.ts'
import { parseKey } from '../../../src-renderer/src/app/keymap.ts'

const press = (key: string, held: readonly ('ctrl' | 'alt' | 'shift')[] = []) => ({
  key,
  ctrlKey: held.includes('ctrl'),
  altKey: held.includes('alt'),
  shiftKey: held.includes('shift'),
  metaKey: false,
})

test.each([
  ['j', 'J', 'J'],
  ['Ctrl+Shift+P', 'Ctrl+Shift+P', '⇧⌘P'],
  ['Alt+F8', 'Alt+F8', '⌥F8'],
  ['Ctrl++', 'Ctrl++', '⌘+'],
  ['ArrowUp', '↑', '↑'],
])('%s is called %s, on a Mac %s', (written, elsewhere, mac) => {
  expect([keyText(written, false), keyText(written, true)]).toEqual([elsewhere, mac])
})

test.each([
  [press('j'), 'j'],
  [press('P', ['ctrl', 'shift']), 'Ctrl+Shift+p'],
  [press('?', ['shift']), '?'],
  [press('F8', ['alt']), 'Alt+F8'],
  [press('Shift', ['shift']), null],
  [press('Tab'), null],
])('a press is written as commands write it', (event, expected) => {
  const written = writtenKey(event)
  expect(written).toBe(expected)
  if (written !== null) expect(parseKey(written).key).toBe(event.key.length === 1 ? event.key.toLowerCase() : event.key)
})

test('changed keys hold in place of the first ones, and letters can be switched off', () => {
  const commands = createCommands(() => false)
  const command: Command = { id: 'message.next', label: '', group: 'messages', keys: ['j'], run: () => undefined }
  commands.add([command])
  expect(commands.keysOf(command)).toEqual(['j'])
  commands.choose({ changed: { 'message.next': ['n', 'Ctrl+j'] }, letterKeys: true })
  expect(commands.keysOf(command)).toEqual(['n', 'Ctrl+j'])
  commands.choose({ changed: { 'message.next': ['n', 'Ctrl+j'] }, letterKeys: false })
  expect(commands.keysOf(command)).toEqual(['Ctrl+j'])
})
