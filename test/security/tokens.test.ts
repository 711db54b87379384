import { expect, test } from 'vitest'
import { operationSchemas, type FileToken } from '../../src-main/contract/operation-schemas.ts'
import { createGrants } from '../../src-main/review/tokens.ts'

/** S11: what the page holds of a file says nothing about it. */

test('a token fits the contract, differs each time, and leads back to its paths alone', () => {
  const grants = createGrants()
  const tokens = Array.from({ length: 100 }, (_, index) => grants.grant([`/mails/${index}.eml`]))
  expect(new Set(tokens).size).toBe(100)
  for (const [index, token] of tokens.entries()) {
    expect(operationSchemas['campaign.open'].args.parse({ token })).toEqual({ token })
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    expect(grants.paths(token)).toEqual([`/mails/${index}.eml`])
  }
})

test.each(['', '/etc/passwd', '__proto__', 'constructor', 'A'.repeat(43)])('%j is nobody’s token', (text) => {
  // What a page may send in a token's place.
  expect(createGrants().paths(text as FileToken)).toBeNull()
})

test('later changes of the list do not reach what was granted', () => {
  const grants = createGrants()
  const paths = ['/a']
  const token = grants.grant(paths)
  paths.push('/etc/passwd')
  expect(grants.paths(token)).toEqual(['/a'])
})

test('beyond the limit the oldest is forgotten', () => {
  const grants = createGrants(2)
  const [first, second, third] = [grants.grant(['/1']), grants.grant(['/2']), grants.grant(['/3'])]
  expect([first, second, third].map((token) => grants.paths(token))).toEqual([null, ['/2'], ['/3']])
})

test('only what is granted in passing is passing', () => {
  const grants = createGrants()
  expect([grants.grant(['/a']), grants.grantPassing(['/a'])].map(grants.isPassing)).toEqual([false, true])
})
