import { describe, expect, it } from 'vitest'
import { findBareLinks } from '../../../src-main/views/bare-links.ts'
import { linkTarget, shownTarget } from '../../../src-main/views/link-target.ts'

describe('linkTarget', () => {
  it.each<[string, Partial<ReturnType<typeof linkTarget>>]>([
    [
      'https://Shop.Acme.example/a?b#c',
      { scheme: 'https', host: 'shop.acme.example', isIp: false, hasCredentials: false, placeholder: null },
    ],
    ['https://www.shop.co.uk/', { host: 'www.shop.co.uk', domain: 'shop.co.uk' }],
    ['//cdn.shop.co.uk/x', { scheme: null, host: 'cdn.shop.co.uk', domain: 'shop.co.uk' }],
    ['http://192.168.7.1/x', { host: '192.168.7.1', isIp: true, domain: null }],
    ['http://3232237313/x', { host: '192.168.7.1', isIp: true }],
    ['http://0xc0a80701/', { host: '192.168.7.1', isIp: true }],
    ['http://[2001:db8::1]/', { host: '[2001:db8::1]', isIp: true }],
    ['https://bank.test@evil.test/', { host: 'evil.test', hasCredentials: true }],
    ['https://b\u00fccher.example/', { host: 'xn--bcher-kva.example', hostUnicode: 'bücher.example', punycode: true }],
    ['https://xn--bcher-kva.example/', { hostUnicode: 'bücher.example', punycode: true }],
    [`http://${'a.'.repeat(1_000_000)}example/`, { scheme: 'http', host: null, domain: null }],
    ['java\tscript:alert(1)', { scheme: 'javascript', host: null }],
    ['  JavaScript:alert(1)', { scheme: 'javascript' }],
    ['mailto:a@shop.co.uk', { scheme: 'mailto', host: null }],
    ['tel:+12025550100', { scheme: 'tel', host: null }],
    ['#', { placeholder: 'fragment' }],
    ['#top', { placeholder: 'fragment' }],
    ['javascript:void(0)', { placeholder: 'fragment' }],
    ['', { placeholder: 'empty', scheme: null, host: null, normalised: null }],
    ['http://localhost:3000/', { placeholder: 'local-host' }],
    ['http://127.0.0.1/', { placeholder: 'local-host' }],
    ['https://www.example.com/x', { placeholder: 'example-host' }],
    ['https://example.community/', { placeholder: null }],
    ['{{ link }}', { placeholder: 'merge-tag', host: null }],
    ['{% unsubscribe_link %}', { placeholder: 'merge-tag' }],
    ['*|UNSUB|*', { placeholder: 'merge-tag' }],
    ['https://shop.co.uk/?e={{ email }}', { placeholder: 'merge-tag', host: 'shop.co.uk' }],
    ['page.html', { scheme: null, host: null, placeholder: null }],
    ['https://', { host: null, normalised: null }],
  ])('%s', (href, expected) => {
    expect(linkTarget(href)).toMatchObject(expected)
  })
})

describe('shownTarget', () => {
  it.each<[string, string | null]>([
    ['https://www.bank.example/login', 'www.bank.example'],
    ['www.bank.example', 'www.bank.example'],
    ['bank.com', 'bank.com'],
    ['“shop.co.uk/sale”', 'shop.co.uk'],
    [' http://bank.com. ', 'bank.com'],
    ['Visit bank.com', null],
    ['Node.js', null],
    ['3.50', null],
    ['click here', null],
    ['', null],
  ])('%s', (text, host) => {
    expect(shownTarget(text)?.host ?? null).toBe(host)
  })
})

describe('findBareLinks', () => {
  it.each<[string, string[]]>([
    ['at https://a.example/b?c=d#e.', ['https://a.example/b?c=d#e']],
    ['(https://a.example/b)', ['https://a.example/b']],
    ['https://a.example/b_(c)', ['https://a.example/b_(c)']],
    ['<https://a.example/b>', ['https://a.example/b']],
    ['"www.a.example", and', ['www.a.example']],
    ['Www.A.example!!', ['Www.A.example']],
    ['http://a.example\nhttp://b.example', ['http://a.example', 'http://b.example']],
    ['a.example/b mail@www.a.example', ['www.a.example']],
    ['https://', []],
    ['https://... and www.', []],
    ['xhttps://a.example', []],
    ['https://\u0431\u0430\u043d\u043a.example/', ['https://\u0431\u0430\u043d\u043a.example/']],
    ['http://a.example/{{ id }}/x y', ['http://a.example/{{ id }}/x']],
  ])('%s', (text, links) => {
    expect(findBareLinks(text).map(({ span }) => text.slice(span.start, span.end))).toEqual(links)
  })

  it('is quick on a text made to be slow', () => {
    const before = process.cpuUsage()
    findBareLinks('https://' + '('.repeat(50_000) + ' ' + 'www.a))'.repeat(20_000))
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(2000)
  })
})
