import fc from 'fast-check'
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { recogniseColumns } from '../../../src-main/intake/audience-columns.ts'
import { audienceUse } from '../../../src-main/intake/audience-use.ts'
import { openAudience, readLargeTable } from '../../../src-main/intake/audience-file.ts'
import { csvRows } from '../../../src-main/intake/csv-rows.ts'
import { readInput } from '../../../src-main/intake/read.ts'
import type { AudienceTable, TableEvent } from '../../../src-main/intake/table-rows.ts'
import { readTable } from '../../../src-main/intake/table-rows.ts'
import { settingsOf } from '../../support/campaign-settings.ts'
import { noDefaults } from '../../support/mail/read-one.ts'

async function eventsOf(...pieces: readonly (string | Buffer)[]): Promise<readonly TableEvent[]> {
  const events: TableEvent[] = []
  for await (const event of csvRows(pieces.map((piece) => Buffer.from(piece)))) events.push(event)
  return events
}

async function rowsOf(...pieces: readonly (string | Buffer)[]): Promise<readonly (readonly string[])[]> {
  return (await eventsOf(...pieces)).flatMap((event) => (event.kind === 'rows' ? event.rows : []))
}

function folder(): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'clausebench-audience-')))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

describe('csvRows', () => {
  it.each([
    [
      'commas',
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'semicolons, CRLF, no end',
      'a;b\r\n1;2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'tabs',
      'a\tb\n1\t2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a line that names the delimiter',
      'sep=|\na|b\n1|2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'quotes',
      'a,b\n"x ""y"", z","1\n2"\n',
      [
        ['a', 'b'],
        ['x "y", z', '1\n2'],
      ],
    ],
    [
      'empty lines',
      'a,b\n\n1,2\n\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a byte order mark',
      '\uFEFFa,b\n1,ü\n',
      [
        ['a', 'b'],
        ['1', 'ü'],
      ],
    ],
    [
      'UTF-16',
      Buffer.from('\uFEFFa,b\n1,ü\n', 'utf16le'),
      [
        ['a', 'b'],
        ['1', 'ü'],
      ],
    ],
    [
      'windows-1252',
      Buffer.from('a,b\n1,\xfc\n', 'latin1'),
      [
        ['a', 'b'],
        ['1', 'ü'],
      ],
    ],
    ['rows that are too short and too long', 'a,b\n1\n1,2,3\n', [['a', 'b'], ['1'], ['1', '2', '3']]],
  ])('reads %s', async (_, bytes, rows) => {
    expect(await rowsOf(bytes)).toEqual(rows)
  })

  it('gives the same rows however the bytes are cut', async () => {
    const rows = Array.from({ length: 3000 }, (_, at) => `u${String(at)}@mail.example,"Brück, ${String(at)}",a "b" c`)
    const text = Buffer.from(`email,name,note\n${rows.join('\n')}\n`)
    const whole = await rowsOf(text)
    expect(whole).toHaveLength(3001)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(text.length), { maxLength: 6 }), async (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), text.length]
        expect(await rowsOf(...at.slice(1).map((end, n) => text.subarray(at[n], end)))).toEqual(whole)
      }),
      { numRuns: 20 },
    )
  })

  it('keeps what stands before a quote that is not closed, and before a row without an end', async () => {
    const notClosed = 'A quoted cell after row 2 is not closed properly; rows from there on are not read.'
    expect(await eventsOf('a,b\n1,2\n3,"4\n5,6\n')).toEqual([
      {
        kind: 'rows',
        rows: [
          ['a', 'b'],
          ['1', '2'],
        ],
      },
      { kind: 'problem', problem: { code: 'bad-csv', message: notClosed } },
    ])
    const endless = Buffer.concat([Buffer.from('a,b\n1,2\n"'), Buffer.alloc(1_200_000, 'x')])
    expect((await eventsOf(endless, Buffer.alloc(10_000, 'x'))).at(-1)).toMatchObject({
      problem: { code: 'too-large' },
    })
  })
})

describe('recogniseColumns', () => {
  it('knows the header of a provider’s profile export', () => {
    const header =
      'Email,First Name,Last Name,Organization,Title,Phone Number,Address,Address 2,City,State / Region,Country,Zip Code,Latitude,Longitude,Source,IP Address,Email Marketing Consent,Email Marketing Consent Timestamp,SMS Consent,Date Added'
    const { fields } = recogniseColumns(header.split(','), [])
    expect(fields).toEqual([
      'email',
      'first_name',
      'last_name',
      'organization',
      'title',
      'phone',
      'address',
      null,
      'city',
      'state',
      'country',
      'zip',
      'latitude',
      'longitude',
      'source',
      'ip',
      'email_consent',
      'email_consent_at',
      'sms_consent',
      'added',
    ])
  })

  it.each([
    ['by how cells look', ['Kontakt', 'Nr'], [['a@b.example', '+1 212 555 0147']], {}, ['email', 'phone']],
    [
      'not where a name lies',
      ['mobile', 'x'],
      [
        ['yes', '+12125550147'],
        ['no', '+12125550148'],
      ],
      {},
      [null, 'phone'],
    ],
    [
      'as the manifest corrects it',
      ['Email', 'Geb.', 'Birthday'],
      [],
      { birth_date: 'geb.' },
      ['email', 'birth_date', null],
    ],
    ['each field once', ['Email', 'E-Mail'], [], {}, ['email', null]],
    ['in camel case', ['emailAddress', 'birthDate', 'zipCode'], [], {}, ['email', 'birth_date', 'zip']],
  ])('tells columns %s', (_, names, rows, corrected, fields) => {
    expect(recogniseColumns(names, rows, corrected).fields).toEqual(fields)
  })
})

describe('a table of recipients', () => {
  const read = (text: string, input = 'a.csv', table?: 'audience'): ReturnType<typeof readInput> =>
    readInput(Buffer.from(text), {
      input,
      named: true,
      defaults: table === undefined ? noDefaults : { ...noDefaults, settings: settingsOf({ table }) },
    })

  it.each([
    ['profiles with a title', 'Email,First Name,Title\na@b.example,Ann,Buyer\n', null],
    ['drafts with a title', 'title,text\nHello,World\n', 'push'],
    ['drafts to an address', 'to,subject,text\na@b.example,Hello,World\n', 'email'],
    ['numbers alone', 'Phone Number\n+12125550147\n', null],
  ])('tells %s', (_, text, channel) => {
    const outcome = read(text)
    expect('messages' in outcome && outcome.messages.map((message) => message.channel)).toEqual([channel])
  })

  it('is a campaign without a message, or belongs to the messages of its manifest', () => {
    const alone = read('Email,Name\na@b.example,Ann\n')
    expect(alone).toMatchObject({ status: 'reviewed', messages: [{ id: 'a.csv', channel: null, texts: [] }] })
    expect(read('Email,subject\na@b.example,Ann\n', 'a.csv', 'audience')).toEqual({
      status: 'reviewed',
      messages: [],
      problem: null,
    })
    expect(read('a,b\n1,2\n')).toMatchObject({ status: 'unreadable', problem: { code: 'unknown-kind' } })
  })

  it('is read from JSON as well', async () => {
    const outcome = read('[{"email":"a@b.example","age":7},{"email":"c@d.example"}]', 'a.json')
    const table = 'messages' in outcome ? outcome.messages[0]?.recipients : undefined
    expect(table === undefined ? null : await allRows(table)).toEqual([
      ['a@b.example', '7'],
      ['c@d.example', ''],
    ])
  })

  it('is known as a list that is sent to or an export of profiles', () => {
    const columns = (names: string): ReturnType<typeof recogniseColumns> => recogniseColumns(names.split(','), [])
    expect(audienceUse('c/audience.csv', columns('Email'))).toBe('send-list')
    expect(audienceUse('c/list.csv', columns('Email,First Name'))).toBe('send-list')
    expect(audienceUse('c/all-profiles.csv', columns('Email'))).toBe('profile-export')
    expect(audienceUse('c/list.csv', columns('Email,Latitude,Source,IP Address,Date Added'))).toBe('profile-export')
  })

  it('is read from a file of any size without being held in memory', async () => {
    const path = join(folder(), 'big.csv')
    writeFileSync(path, `Email,Age\n${'a@b.example,7\n'.repeat(5000)}`)
    const file = { path, input: 'big.csv', columns: {}, as: null }
    const opened = await openAudience(file)
    expect(opened.ok && (await allRows(opened.value))).toHaveLength(5000)
    const large = await readLargeTable(path, { input: 'big.csv', named: true, defaults: noDefaults })
    expect(large.ok && large.value).toMatchObject({
      identity: { bytes: 70010 },
      outcome: { status: 'reviewed', messages: [{ channel: null }] },
    })
    writeFileSync(path, 'subject,text\na,b\n')
    const drafts = await readLargeTable(path, { input: 'big.csv', named: true, defaults: noDefaults })
    expect(drafts.ok && drafts.value.outcome).toMatchObject({ status: 'unreadable', problem: { code: 'too-large' } })
    const gone = await openAudience({ ...file, path: `${path}.gone` })
    expect(gone).toMatchObject({ ok: false, problem: { code: 'not-found-on-disk' } })
  })
})

async function allRows(table: AudienceTable): Promise<readonly (readonly string[])[]> {
  const rows: (readonly string[])[] = []
  await readTable(
    table,
    () => undefined,
    (row) => void rows.push(row),
  )
  return rows
}
