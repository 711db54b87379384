import { expect, test } from 'vitest'
import { languageFor } from '../../../src-renderer/src/i18n/languages.ts'
import { pseudoTexts } from '../../../src-renderer/src/i18n/pseudo.ts'

test.each([
  ['system', ['de-AT', 'en'], 'de'],
  ['system', ['pt-BR', 'es-MX'], 'es'],
  ['system', ['ja'], 'en'],
  ['system', [], 'en'],
  ['fr', ['de'], 'fr'],
] as const)('%s with %j is %s', (choice, preferred, expected) => {
  expect(languageFor(choice, preferred)).toBe(expected)
})

test('the pseudo-locale marks every text, and keeps placeholders and plural forms', () => {
  expect(pseudoTexts({ a: { b: '{n} message | {n} messages' }, c: 'Open' })).toEqual({
    a: { b: '⟦{n} méššágé····⟧ | ⟦{n} méššágéš····⟧' },
    c: '⟦Ópéñ··⟧',
  })
})
