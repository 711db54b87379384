import { expect, it } from 'vitest'
import { landingTarget } from '../../../src-main/views/landing.ts'

it.each([
  ['https://shop.example/a?b=c', 'shop.example'],
  ['https://click.mailer.example/r?url=https%3A%2F%2Fshop.example%2Foffer', 'shop.example'],
  ['https://a.example/?u=https://b.example/?u=https%3A%2F%2Fc.example%2F', 'c.example'],
  ['https://x.safelinks.protection.outlook.com/?url=https%3A%2F%2Fbank.example%2F&data=1', 'bank.example'],
  ['https://urldefense.com/v3/__https://shop.example/a__;!!token$', 'shop.example'],
  ['https://urldefense.proofpoint.com/v2/url?u=https-3A__shop.example_a&d=1', 'shop.example'],
  ['https://a.example/?q=kettle', 'a.example'],
  ['https://a.example/?url=javascript:alert(1)', 'a.example'],
  ['https://a.example/?url=%2Fown%2Fpage', 'a.example'],
  ['https://a.example/?url=https://xn--pple-43d.example/', 'xn--pple-43d.example'],
])('%s lands on %s', (href, host) => {
  expect(landingTarget(href).host).toBe(host)
})

it('ends where addresses go on for ever', () => {
  const nested = Array.from({ length: 12 }).reduce<string>(
    (inner, _, at) => `https://h${String(at)}.example/?url=${encodeURIComponent(inner)}`,
    'https://end.example/',
  )
  expect(landingTarget(nested).host).toBe('h6.example')
})
