import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Discovered } from '../../../src-main/intake/discover.ts'
import { discover } from '../../../src-main/intake/discover.ts'

let root = ''
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'clausebench-discover-'))
})
afterAll(() => {
  rmSync(root, { recursive: true, force: true })
})

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), content)
  }
}

async function found(...paths: string[]): Promise<Discovered[]> {
  const all: Discovered[] = []
  for await (const item of discover(paths)) all.push(item)
  return all
}

/** Input without the temporary folder, and the code or what the name says. */
function summary(item: Discovered): string {
  if (item.kind === 'file') return item.input.slice(root.length + 1)
  const { path, status, problem } = item.entry
  return `${path.slice(root.length + 1)} ${status} ${problem?.code ?? ''}`
}

describe('discover', () => {
  it('walks folders by code unit and says what it passes over', async () => {
    write({
      'spring/b.eml': 'x',
      'spring/B.eml': 'x',
      'spring/a/z.html': 'x',
      'spring/a/logo.png': 'x',
      'spring/a/images/hero.jpg': 'x',
      'spring/photo.png': 'x',
      'spring/.hidden/x.eml': 'x',
      'spring/.DS_Store': 'x',
      'elsewhere/x.eml': 'x',
    })
    symlinkSync(join(root, 'elsewhere'), join(root, 'spring', 'link'))
    execFileSync('mkfifo', [join(root, 'spring', 'pipe.eml')])
    const items = await found(join(root, 'spring'))
    expect(items.map(summary)).toEqual([
      'spring/.DS_Store ignored dot-file',
      'spring/.hidden ignored dot-file',
      'spring/B.eml',
      'spring/a/images/hero.jpg ignored belongs-to-message',
      'spring/a/logo.png ignored belongs-to-message',
      'spring/a/z.html',
      'spring/b.eml',
      'spring/link ignored symbolic-link',
      'spring/photo.png',
      'spring/pipe.eml unreadable not-a-regular-file',
    ])
    for (const item of items) {
      if (item.kind === 'file') expect(item).toMatchObject({ named: false, bytes: 1, defaults: { campaign: 'spring' } })
    }
  })

  it('goes 64 folders down and no further', async () => {
    write({ [`deep/${'d/'.repeat(64)}a.txt`]: 'x', [`deep/${'d/'.repeat(65)}b.txt`]: 'x' })
    expect((await found(join(root, 'deep'))).map(summary)).toEqual([
      `deep/${'d/'.repeat(64)}a.txt`,
      expect.stringContaining('too-deep'),
    ])
  })

  it('keeps paths as they were given, without slashes at the end', async () => {
    write({ 'given/x.eml': 'x' })
    expect((await found(`${root}/given//`)).map(summary)).toEqual(['given/x.eml'])
    const given = relative(process.cwd(), join(root, 'given'))
    expect(await found(given)).toMatchObject([{ input: `${given}/x.eml`, path: join(root, 'given', 'x.eml') }])
    const [file] = await found(join(root, 'given', 'x.eml'))
    expect(file).toMatchObject({ named: true, input: join(root, 'given', 'x.eml'), defaults: { campaign: 'x' } })
  })

  it('follows a link that is named, to where it leads, and keeps its name', async () => {
    write({ 'real/x.eml': 'x' })
    symlinkSync(join(root, 'real'), join(root, 'named'))
    symlinkSync(join(root, 'real', 'x.eml'), join(root, 'named.eml'))
    const path = realpathSync(join(root, 'real', 'x.eml'))
    expect(await found(join(root, 'named'), join(root, 'named.eml'))).toMatchObject([
      { path, input: join(root, 'named', 'x.eml'), defaults: { campaign: 'named' } },
      { path, input: join(root, 'named.eml'), defaults: { campaign: 'named' } },
    ])
  })

  it('says that a name is in no known encoding', async () => {
    mkdirSync(join(root, 'odd'))
    writeFileSync(Buffer.concat([Buffer.from(join(root, 'odd', 'caf')), Buffer.of(0xe9)]), 'x')
    const [item] = await found(join(root, 'odd'))
    expect(item).toMatchObject({ entry: { status: 'unreadable', problem: { code: 'not-found-on-disk' } } })
    expect(item?.kind === 'entry' && item.entry.problem?.message).toMatch(/not in UTF-8/)
  })

  it('names the campaign of a single file without its endings', async () => {
    write({ 'reminder.sms.txt': 'x', 'v1.2.eml': 'x' })
    const items = await found(join(root, 'reminder.sms.txt'), join(root, 'v1.2.eml'))
    expect(items.map((item) => item.kind === 'file' && item.defaults.campaign)).toEqual(['reminder', 'v1.2'])
  })

  it('tells what cannot be read', async () => {
    execFileSync('mkfifo', [join(root, 'pipe')])
    write({ 'huge/mail.eml': '', 'huge/film.mp4': '' })
    for (const name of ['mail.eml', 'film.mp4']) truncateSync(join(root, 'huge', name), 200 * 1024 * 1024)
    const items = await found(
      join(root, 'missing.eml'),
      join(root, 'pipe'),
      join(root, 'huge'),
      join(root, 'huge', 'film.mp4'),
    )
    expect(items.map(summary)).toEqual([
      'missing.eml unreadable not-found-on-disk',
      'pipe unreadable not-a-regular-file',
      'huge/film.mp4 ignored unknown-kind',
      'huge/mail.eml unreadable too-large',
      'huge/film.mp4 unreadable too-large',
    ])
  })

  it('tells a folder and a file without rights', () => {
    write({ 'rights/locked/x.eml': 'x', 'rights/open.eml': 'x' })
    chmodSync(root, 0o755)
    chmodSync(join(root, 'rights', 'locked'), 0)
    chmodSync(join(root, 'rights', 'open.eml'), 0)
    try {
      expect(asAnotherUser()).toEqual([
        ['rights/locked', 'no-permission'],
        ['rights/open.eml', 'no-permission'],
      ])
    } finally {
      chmodSync(join(root, 'rights', 'locked'), 0o755)
    }
  })
})

/** Walks `rights` without the rights of the superuser, who may read everything. */
function asAnotherUser(): unknown {
  const source = join(import.meta.dirname, '..', '..', '..', 'src-main', 'intake')
  const script = `
    import { discover } from ${JSON.stringify(join(source, 'discover.ts'))}
    import { loadFile } from ${JSON.stringify(join(source, 'load.ts'))}
    process.setuid?.(process.getuid() === 0 ? 65534 : process.getuid())
    const out = []
    for await (const item of discover([${JSON.stringify(join(root, 'rights'))}])) {
      const problem = item.kind === 'entry' ? item.entry.problem : (await loadFile(item.path, { maxBytes: 10 })).problem
      const input = item.kind === 'entry' ? item.entry.path : item.input
      out.push([input.slice(${String(root.length + 1)}), problem?.code])
    }
    console.log(JSON.stringify(out))`
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }))
}

describe('campaign.yaml', () => {
  it('says campaign, client, channel, kind and time of the files below it', async () => {
    write({
      'm/campaign.yaml': [
        'schema: clausebench-campaign/1',
        'name: Spring launch',
        'client: Acme',
        'messages:',
        '  - { file: sub/a.txt, channel: sms, kind: marketing, send_at: 2026-03-03T20:30:00 }',
        '',
      ].join('\n'),
      'm/sub/a.txt': 'x',
      'm/b.txt': 'x',
    })
    const items = await found(join(root, 'm'))
    expect(items.map(summary)).toEqual(['m/campaign.yaml reviewed ', 'm/b.txt', 'm/sub/a.txt'])
    expect(items.flatMap((item) => (item.kind === 'file' ? [item.defaults] : []))).toEqual([
      { campaign: 'Spring launch', client: 'Acme', channel: null, kind: null, sendAt: null },
      { campaign: 'Spring launch', client: 'Acme', channel: 'sms', kind: 'marketing', sendAt: '2026-03-03T20:30:00' },
    ])
  })

  it('says which files it names are not there, and has lists without messages looked at', async () => {
    const manifest = 'schema: clausebench-campaign/1\naudience: list.csv\nmessages:\n  - { file: a.txt }\n'
    write({ 'lists/campaign.yaml': manifest, 'lists/list.csv': 'Email\n' })
    const items = await found(join(root, 'lists'))
    expect(items.map(summary)).toEqual([
      'lists/campaign.yaml reviewed ',
      'lists/a.txt unreadable not-found-on-disk',
      'lists/list.csv',
    ])
    const table = (all: readonly Discovered[]): unknown =>
      all.flatMap((item) => (item.kind === 'file' ? [item.defaults.settings?.table] : []))
    expect(table(items)).toEqual([null])
    write({ 'lists/a.txt': 'x' })
    expect(table(await found(join(root, 'lists')))).toEqual([null, 'audience'])
  })

  it.each([
    ['bad YAML', 'name: [', 'unreadable', 'bad-yaml', 1],
    ['another schema', 'name: x', 'unreadable', 'bad-manifest', undefined],
    [
      'a wrong channel',
      'schema: clausebench-campaign/1\nmessages:\n  - { file: x.eml, channel: fax }',
      'partial',
      'bad-manifest',
      3,
    ],
    [
      'a field that is not read',
      'schema: clausebench-campaign/1\nname: x\nregions: [US]',
      'partial',
      'bad-manifest',
      3,
    ],
  ])('tells %s', async (_, text, status, code, line) => {
    write({ 'bad/campaign.yaml': text, 'bad/x.eml': 'x' })
    const [manifest, file] = await found(join(root, 'bad'))
    expect(manifest).toMatchObject({ kind: 'entry', entry: { status, problem: { code } } })
    expect(manifest?.kind === 'entry' ? manifest.entry.problem?.line : null).toBe(line)
    expect(file?.kind).toBe('file')
  })
})
