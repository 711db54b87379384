import { describe, expect, it } from 'vitest'
import { innermostDefaults } from '../../../src-main/intake/message-defaults.ts'
import type { FolderManifest } from '../../../src-main/intake/manifest.ts'
import { readManifest } from '../../../src-main/intake/manifest.ts'

const locate = (place: string): { readonly path: string; readonly input: string } => ({
  path: `/c/${place}`,
  input: `c/${place}`,
})

function read(text: string): ReturnType<typeof readManifest> {
  return readManifest(Buffer.from(`schema: clausebench-campaign/1\n${text}`), locate)
}

function manifestOf(text: string): FolderManifest {
  const { manifest, problem } = read(text)
  if (manifest === null || problem !== null) throw new Error(problem?.message ?? 'no manifest')
  return manifest
}

describe('readManifest', () => {
  it('reads all fields, and those of a message before those of all', () => {
    const manifest = manifestOf(`
name: Spring launch
client: Acme
consent: express
audience: [audience.csv, { file: more.csv, as: profile-export, columns: { birth_date: Geb. } }]
exclude: ./suppressed.csv
region: [US, US-FL]
sender: { brand: Acme, domains: [ACME.example], address: "1 Main St" }
provider: { adds: [footer, sms-stop] }
allow: { phrases: Bet on wool, domains: [go.acme.example], brands: [Casino Royale] }
messages:
  - { file: launch.eml, send_at: 2026-03-01T09:00:00-05:00 }
  - { file: ./r.sms.txt, channel: sms, kind: marketing, series: spring, audience: texts.csv, send_at: 2026-03-03T20:30:00, local_time: true, timezone: recipient }
`)
    expect(manifest.defaultsOf('launch.eml')).toEqual({
      campaign: 'Spring launch',
      client: 'Acme',
      channel: null,
      kind: null,
      sendAt: '2026-03-01T09:00:00-05:00',
      settings: {
        consent: 'express',
        region: ['US', 'US-FL'],
        sender: { brand: 'Acme', domains: ['acme.example'], address: '1 Main St' },
        providerAdds: ['footer', 'sms-stop'],
        allow: { phrases: ['Bet on wool'], domains: ['go.acme.example'], brands: ['Casino Royale'] },
        audience: [
          { path: '/c/audience.csv', input: 'c/audience.csv', as: null, columns: {} },
          { path: '/c/more.csv', input: 'c/more.csv', as: 'profile-export', columns: { birth_date: 'Geb.' } },
        ],
        exclude: [{ path: '/c/suppressed.csv', input: 'c/suppressed.csv', as: null, columns: {} }],
        history: [],
        series: null,
        timezone: null,
        localTime: null,
        table: null,
      },
    })
    expect(manifest.defaultsOf('r.sms.txt')).toMatchObject({
      channel: 'sms',
      kind: 'marketing',
      settings: {
        series: 'spring',
        localTime: true,
        timezone: 'recipient',
        audience: [{ input: 'c/texts.csv' }],
        exclude: [{ input: 'c/suppressed.csv' }],
      },
    })
    expect([...manifest.tables].sort()).toEqual(['audience.csv', 'more.csv', 'suppressed.csv', 'texts.csv'])
    expect(manifest.defaultsOf('texts.csv').settings?.table).toBe('audience')
    expect(manifest.defaultsOf('suppressed.csv').settings?.table).toBe('exclude')
  })

  it.each([
    ['an unknown field', 'name: x\nregoin: US\n', 3, 1, /“regoin” is no field/],
    ['an unknown field of a message', 'messages:\n  - { file: a.eml, sent_at: x }\n', 3, 20, /“sent_at”/],
    ['a wrong type', 'name: [x]\n', 2, 7, /“name” must be of type string/],
    ['a wrong choice', 'consent: given\n', 2, 10, /“consent” must be one of: express, implied, none, unknown/],
    ['a wrong place', 'region: [US, Florida]\n', 2, 14, /a place as US, US-FL, CA, GB or EU/],
    ['a message without a file', 'messages:\n  - { channel: sms }\n', 3, 5, /“file” must be of type string/],
    ['a file outside', 'audience: ../other/a.csv\n', 2, 11, /a file below the folder/],
    ['a file at the root', 'audience: /etc/passwd\n', 2, 11, /a file below the folder/],
    ['a time that is none', 'messages:\n  - { file: a, send_at: tomorrow }\n', 3, 25, /ISO 8601/],
    ['a zone that is none', 'messages:\n  - { file: a, timezone: Mars/Base }\n', 3, 26, /time zone/],
    ['an unknown column', 'audience: { file: a.csv, columns: { birthday: B } }\n', 2, 37, /birthday/],
  ])('tells %s with its place', (_, text, line, column, message) => {
    const { manifest, problem } = read(text)
    expect(manifest).not.toBeNull()
    expect(problem).toMatchObject({ code: 'bad-manifest', file: 'campaign.yaml', line, column })
    expect(problem?.message).toMatch(message)
  })

  it('keeps what is right beside what is wrong, and names all of it', () => {
    const { manifest, problem } = read(
      'name: Spring\nclient: 7\nregion: [US, Utah]\nmessages:\n  - { file: a.eml, channel: fax, series: s }\n  - 5\n',
    )
    expect(manifest?.defaultsOf('a.eml')).toMatchObject({
      campaign: 'Spring',
      client: null,
      channel: null,
      settings: { region: ['US'], series: 's' },
    })
    expect(problem).toMatchObject({ line: 3, column: 9 })
    expect(problem?.message).toMatch(/“client”.* Also at 4:14: .* 6:29: .* 7:5: /)
  })

  it('names where earlier messages are', () => {
    const { manifest, problem } = read('history: [../2026-10]\n')
    expect(manifest?.defaultsOf('a').settings?.history).toMatchObject([{ path: '/c/../2026-10' }])
    expect(problem).toBe(null)
  })

  it('says that earlier messages are not looked at where the manifest lies in an archive', () => {
    const inArchive = (place: string): { path: null; input: string } => ({ path: null, input: `c.zip/${place}` })
    const { manifest, problem } = readManifest(
      new TextEncoder().encode('schema: clausebench-campaign/1\nhistory: old.eml\n'),
      inArchive,
    )
    expect(manifest?.defaultsOf('a').settings?.history ?? []).toEqual([])
    expect(problem?.message).toMatch(/“history” is not looked at in an archive/)
  })

  it('is not stopped by aliases that multiply or by deep nesting', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]']
    for (let n = 1; n < 9; n++)
      bomb.push(
        `b${String(n)}: &b${String(n)} [${Array(10)
          .fill(`*${n === 1 ? 'a' : `b${String(n - 1)}`}`)
          .join(', ')}]`,
      )
    expect(read(bomb.join('\n')).problem?.code).toBe('bad-yaml')
    expect(read(`name: ${'['.repeat(100)}${']'.repeat(100)}`).problem?.code).toBe('bad-yaml')
    expect(read('__proto__: { polluted: true }\n').problem?.code).toBe('bad-yaml')
  })
})

describe('innermostDefaults', () => {
  it('takes each setting from the innermost manifest that says it', () => {
    const inner = manifestOf('region: CA\nallow: { brands: B }\n').defaultsOf('x')
    const outer = manifestOf('region: US\nconsent: implied\nallow: { brands: A }\naudience: a.csv\n').defaultsOf(
      'sub/x',
    )
    const none = { campaign: 'folder', client: null, channel: null, kind: null, sendAt: null }
    expect(innermostDefaults([inner, outer], none)).toMatchObject({
      campaign: 'folder',
      settings: { region: ['CA'], consent: 'implied', allow: { brands: ['B', 'A'] }, audience: [{ input: 'c/a.csv' }] },
    })
    expect(innermostDefaults([], none).settings).toBeUndefined()
  })
})
