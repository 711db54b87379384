import { expect, test } from 'vitest'
import { contentSecurityPolicy, pageHeaders } from '../../src-main/page-policy.ts'
import { trustedTypesPolicies } from '../../src-renderer/src/trusted-types.ts'

/** S5: one policy for both hosts, compared word by word with what the requirement says. */

function parse(policy: string): ReadonlyMap<string, readonly string[]> {
  return new Map(
    policy.split(';').map((directive) => {
      const [name = '', ...values] = directive.trim().split(' ')
      return [name, values] as const
    }),
  )
}

const required = new Map<string, readonly string[]>([
  ['default-src', ["'none'"]],
  ['script-src', ["'self'"]],
  ['style-src', ["'self'", "'unsafe-inline'"]],
  ['img-src', ["'self'", 'data:']],
  ['font-src', ["'self'"]],
  ['worker-src', ["'self'"]],
  ['connect-src', ["'self'"]],
  ['frame-src', ["'none'"]],
  ['object-src', ["'none'"]],
  ['base-uri', ["'none'"]],
  ['form-action', ["'none'"]],
  ['frame-ancestors', ["'none'"]],
  ['require-trusted-types-for', ["'script'"]],
  ['trusted-types', trustedTypesPolicies],
])

test('the policy is what the requirement says, with the page’s own Trusted Types policies by name', () => {
  expect(parse(contentSecurityPolicy())).toEqual(required)
})

test('the loopback host adds its own two origins to connect-src and changes nothing else', () => {
  const own = ['http://127.0.0.1:4711', 'ws://127.0.0.1:4711']
  const expected = new Map(required).set('connect-src', ["'self'", ...own])
  expect(parse(contentSecurityPolicy(own))).toEqual(expected)
})

test('headers: policy, no guessing of types, no referrer, nothing kept', () => {
  expect(pageHeaders()).toMatchObject({
    'Content-Security-Policy': contentSecurityPolicy(),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  })
})
