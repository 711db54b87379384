import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { crc32OfBytes } from '../../../src-main/intake/crc32.ts'
import { limits } from '../../../src-main/intake/limits.ts'
import { listZip } from '../../../src-main/intake/zip-file.ts'
import { inputsOf, messagesIn, told } from '../../support/read-inputs.ts'
import { withField, zipOf, zipWithLink } from '../../support/zip.ts'

const eml = 'From: Acme <news@acme.example>\r\nSubject: Spring\r\n\r\nCome and see.\r\n'

describe('a ZIP archive', () => {
  it('is an input, and every member one too, in the order of folders', async () => {
    const zip = zipOf({ 'b.txt': 'Hello', 'a/z.sms.txt': 'Sale', 'a/launch.eml': eml, 'c.bin': '\0\x01' })
    const reads = await inputsOf(zip, 'spring.zip')
    expect(told(reads)).toEqual([
      'spring.zip reviewed',
      'spring.zip/a/launch.eml reviewed',
      'spring.zip/a/z.sms.txt reviewed',
      'spring.zip/b.txt reviewed',
      'spring.zip/c.bin ignored unknown-kind',
    ])
    expect(messagesIn(reads).map(({ id, input, channel, campaign }) => ({ id, input, channel, campaign }))).toEqual([
      { id: 'spring.zip/a/launch.eml', input: 'spring.zip/a/launch.eml', channel: 'email', campaign: 'file' },
      { id: 'spring.zip/a/z.sms.txt', input: 'spring.zip/a/z.sms.txt', channel: 'sms', campaign: 'file' },
      { id: 'spring.zip/b.txt', input: 'spring.zip/b.txt', channel: 'email', campaign: 'file' },
    ])
  })

  it('counts places in the bytes of the member', async () => {
    const reads = await inputsOf(zipOf({ 'launch.eml': eml }), 'spring.zip')
    const subject = messagesIn(reads)[0]?.texts.find(({ part }) => part === 'subject')
    const span = subject?.toSource?.({ start: 0, end: 6 })
    expect(Buffer.from(reads[1]?.bytes ?? []).toString()).toBe(eml)
    expect(eml.slice(span?.start, span?.end)).toBe('Spring')
  })

  it('passes over what folders pass over', async () => {
    const zip = zipOf({
      '__MACOSX/._page.html': 'x',
      '.git/config': 'x',
      '.git/HEAD': 'x',
      'page.html': '<html><img src="img/a.png">',
      'img/a.png': '\x89PNG',
      'folder/': '',
    })
    expect(told(await inputsOf(zip, 's.zip'))).toEqual([
      's.zip reviewed',
      's.zip/.git ignored dot-file',
      's.zip/__MACOSX/._page.html ignored dot-file',
      's.zip/img/a.png ignored belongs-to-message',
      's.zip/page.html reviewed',
    ])
  })

  it('gives its files what a manifest inside says', async () => {
    const manifest = (name: string, file: string): string =>
      `schema: clausebench-campaign/1\nname: ${name}\nmessages:\n  - { file: ${file}, channel: push }\n`
    const zip = zipOf({
      'a/x.txt': 'one',
      'a/b/y.txt': 'two',
      'a/campaign.yaml': manifest('Outer', 'b/y.txt'),
      'a/b/campaign.yaml': manifest('Inner', 'z.txt'),
      'other/x.txt': 'three',
    })
    const reads = await inputsOf(zip, 's.zip')
    expect(told(reads).slice(0, 3)).toEqual([
      's.zip reviewed',
      's.zip/a/campaign.yaml reviewed',
      's.zip/a/b/campaign.yaml reviewed',
    ])
    expect(messagesIn(reads).map(({ input, campaign, channel }) => [input, campaign, channel])).toEqual([
      ['s.zip/a/b/y.txt', 'Inner', 'push'],
      ['s.zip/a/x.txt', 'Outer', 'email'],
      ['s.zip/other/x.txt', 'file', 'email'],
    ])
  })

  it('says what is wrong with a manifest', async () => {
    const reads = await inputsOf(zipOf({ 'campaign.yaml': 'schema: other\n', 'a.txt': 'x' }), 's.zip')
    expect(told(reads)).toEqual([
      's.zip reviewed',
      's.zip/campaign.yaml unreadable bad-manifest',
      's.zip/a.txt reviewed',
    ])
  })

  it('reads no manifest larger than a manifest is', async () => {
    const manifest = Buffer.concat([Buffer.from('schema: clausebench-campaign/1\n#'), randomBytes(1024 * 1024)])
    expect(told(await inputsOf(zipOf({ 'campaign.yaml': manifest }), 's.zip'))).toEqual([
      's.zip reviewed',
      's.zip/campaign.yaml unreadable too-large',
    ])
  })

  it('opens archives in it to a depth of three', async () => {
    const fourth = zipOf({ 'deep.txt': 'x' })
    const third = zipOf({ 'fourth.zip': fourth, 'c.txt': 'c' })
    const second = zipOf({ 'third.zip': third, 'b.txt': 'b' })
    expect(told(await inputsOf(zipOf({ 'second.zip': second }), 's.zip'))).toEqual([
      's.zip reviewed',
      's.zip/second.zip reviewed',
      's.zip/second.zip/b.txt reviewed',
      's.zip/second.zip/third.zip reviewed',
      's.zip/second.zip/third.zip/c.txt reviewed',
      's.zip/second.zip/third.zip/fourth.zip unreadable too-deep',
    ])
  })

  it('gives one member when asked for it, unpacking nothing else', async () => {
    const inner = zipOf({ 'a.txt': 'A', 'b.txt': 'B' })
    const zip = withField(zipOf({ 'other.txt': 'x', 'in.zip': inner }), 0, 'checksum', 1)
    const reads = await inputsOf(zip, 's.zip', 's.zip/in.zip/b.txt')
    expect(told(reads)).toEqual(['s.zip/in.zip/b.txt reviewed'])
    expect(messagesIn(reads)[0]?.texts[0]?.text).toBe('B')
    expect(messagesIn(reads)[0]?.campaign).toBe('file')
  })
})

describe('a hostile archive', () => {
  const one = zipOf({ 'a.txt': 'hello', 'b.txt': 'world' })

  it.each([
    ['one member encrypted', withField(one, 0, 'flags', 1), 's.zip/a.txt unreadable archive-encrypted'],
    ['packed in an unknown way', withField(one, 0, 'method', 12), 's.zip/a.txt unreadable archive-unsupported'],
    ['says less than it holds', withField(zipOf({ 'a.txt': 'x'.repeat(99), 'b.txt': '' }), 0, 'unpackedBytes', 7)],
    ['says more than it holds', withField(zipOf({ 'a.txt': 'x'.repeat(99), 'b.txt': '' }), 0, 'unpackedBytes', 999)],
    ['has changed bytes', withField(one, 0, 'checksum', 7)],
  ])('%s', async (_, zip, expected = 's.zip/a.txt unreadable archive-damaged') => {
    const lines = told(await inputsOf(zip, 's.zip'))
    expect(lines).toContain(expected)
    expect(lines[0]).toBe('s.zip reviewed')
    expect(lines).toHaveLength(3)
  })

  it('is one entry when all of it is encrypted', async () => {
    const zip = withField(withField(one, 0, 'flags', 1), 1, 'flags', 1)
    expect(told(await inputsOf(zip, 's.zip'))).toEqual(['s.zip unreadable archive-encrypted'])
  })

  it.each(['../evil.txt', 'a/../../evil.txt', '/etc/passwd.txt', 'C:/evil.txt', 'C:\\evil.txt', '..\\evil.txt'])(
    'refuses the name %s and reads the others',
    async (name) => {
      const lines = told(await inputsOf(zipOf({ [name]: 'x', 'good.txt': 'y' }), 's.zip'))
      expect(lines).toEqual([
        's.zip reviewed',
        `s.zip/${name.replaceAll('\\', '/')} unreadable unsafe-path`,
        's.zip/good.txt reviewed',
      ])
    },
  )

  it('reads the first of two members of one name and names the second', async () => {
    const zip = zipOf({ 'a.txt': 'first', 'b.txt': 'second' })
    for (let at = zip.indexOf('b.txt'); at >= 0; at = zip.indexOf('b.txt')) zip.write('a.txt', at, 'latin1')
    const reads = await inputsOf(zip, 's.zip')
    expect(told(reads)).toEqual(['s.zip reviewed', 's.zip/a.txt reviewed', 's.zip/a.txt unreadable duplicate-name'])
    expect(messagesIn(reads)[0]?.texts[0]?.text).toBe('first')
  })

  it('refuses a member below a file', async () => {
    const zip = zipOf({ 'x.txt': 'a', 'x.txt!b.txt': 'b' })
    for (let at = zip.indexOf('!'); at >= 0; at = zip.indexOf('!')) zip.write('/', at, 'latin1')
    expect(told(await inputsOf(zip, 's.zip'))).toEqual([
      's.zip reviewed',
      's.zip/x.txt reviewed',
      's.zip/x.txt/b.txt unreadable duplicate-name',
    ])
  })

  it('follows no links', async () => {
    expect(told(await inputsOf(zipWithLink('a.txt', '/etc/passwd'), 's.zip'))).toEqual([
      's.zip reviewed',
      's.zip/a.txt ignored symbolic-link',
    ])
  })

  it('refuses a member that unpacks to more than 200 times its size', async () => {
    const bomb = zipOf({ 'bomb.txt': Buffer.alloc(limits.minRatioBytes + 1), 'small.txt': Buffer.alloc(5000, 'a') })
    expect(told(await inputsOf(bomb, 's.zip'))).toEqual([
      's.zip reviewed',
      's.zip/bomb.txt unreadable too-large',
      's.zip/small.txt reviewed',
    ])
  })

  it('reads no more entries than the limit', async () => {
    const names = Array.from({ length: limits.maxArchiveEntries + 1 }, (_, n) => [`f${String(n)}.bin`, ''] as const)
    const reads = await inputsOf(zipOf(Object.fromEntries(names)), 's.zip')
    expect(told(reads)[0]).toBe('s.zip partial too-many-parts')
    expect(reads).toHaveLength(limits.maxArchiveEntries + 1)
  })

  it('unpacks no more than the limit, over all its members', async () => {
    const listed = await listZip(zipOf({ 'a.txt': '12345', 'b.txt': '1234567', 'c.txt': '123' }), {
      entries: 9,
      bytes: 9,
    })
    if (!listed.ok) throw new Error(listed.problem.message)
    const read = await Promise.all(listed.value.members.map((member) => member.read()))
    expect(read.map((result) => (result.ok ? result.value.length : result.problem.code))).toEqual([5, 'too-large', 3])
  })

  it.each([
    ['cut off', one.subarray(0, one.length - 30), 's.zip unreadable archive-damaged'],
    ['only its first bytes', one.subarray(0, 10), 's.zip unreadable archive-damaged'],
    ['empty', zipOf({}), 's.zip unreadable empty'],
  ])('%s', async (_, zip, expected) => {
    expect(told(await inputsOf(zip, 's.zip'))).toEqual([expected])
  })

  it('leaves the members before damage in the list', async () => {
    const zip = Buffer.from(one)
    zip.write('XX', zip.lastIndexOf('PK\x01\x02', undefined, 'latin1'), 'latin1')
    expect(told(await inputsOf(zip, 's.zip'))).toEqual(['s.zip partial archive-damaged', 's.zip/a.txt reviewed'])
  })
})

describe('crc32OfBytes', () => {
  it.each([
    ['', 0],
    ['123456789', 0xcbf43926],
  ])('of %j', (text, sum) => {
    expect(crc32OfBytes(Buffer.from(text))).toBe(sum)
  })
})
