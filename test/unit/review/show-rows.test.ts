import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { FileTask, RowsTask } from '../../../src-main/review/job.ts'
import { reviewFile, sha256Of } from '../../../src-main/review/review-file.ts'
import { dropRows, unmaskRows } from '../../../src-main/review/show-rows.ts'
import { settingsOf } from '../../support/campaign-settings.ts'

const rules = `
- id: test/child
  clauses: [T1]
  severity: error
  message: "{match}"
  check: { kind: audience, columns: birth_date, is: { younger-than: 13 } }
- id: test/out
  clauses: [T2]
  severity: error
  message: "{match}"
  check: { kind: audience, columns: suppressed, is: { values: ["yes"] } }
- id: test/all
  clauses: [T3]
  severity: error
  message: "{match}"
  check: { kind: audience, columns: birth_date, is: { filled: true }, share: 1 }
`

const people = [
  'E-mail,Born,Unsubscribed,Note',
  'mara@reader.example,2019-05-01,no,',
  'jon@reader.example,1980-02-03,yes,',
  '=cmd@reader.example,2020-01-02,yes,',
  'gone@reader.example,2020-01-02,yes,',
  'ida@reader.example,,no,',
]

let folder = ''
let task: RowsTask

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'clausebench-rows-'))
  mkdirSync(join(folder, 'own', 'rules'), { recursive: true })
  writeFileSync(join(folder, 'own', 'pack.yaml'), 'id: own\nversion: "1"\ntitle: Own\npolicy: own\n')
  writeFileSync(join(folder, 'own', 'rules', 'own.yaml'), rules)
  writeFileSync(join(folder, 'people.csv'), people.join('\n'))
  writeFileSync(join(folder, 'gone.csv'), 'email\ngone@reader.example\n')
  writeFileSync(join(folder, 'news.txt'), 'The cups are back.')
  const list = { path: join(folder, 'people.csv'), input: 'people.csv', columns: {}, as: null }
  const gone = { path: join(folder, 'gone.csv'), input: 'gone.csv', columns: {}, as: null }
  const settings = settingsOf({ audience: [list], exclude: [gone] })
  const file: FileTask = {
    path: join(folder, 'news.txt'),
    input: 'news.txt',
    named: true,
    defaults: { campaign: null, client: null, channel: 'email', kind: null, sendAt: null, settings },
    settings: {
      packs: { shipped: join(folder, 'none'), own: [join(folder, 'own')], named: ['own'], asOf: '2026-11-23' },
      asOf: '2026-11-23',
      region: [],
    },
  }
  const { messages } = await reviewFile(file)
  const report = messages[0]?.report
  if (report === undefined) throw new Error('nothing was reviewed')
  const sha256 = sha256Of(readFileSync(file.path))
  task = { file, sha256, input: report.input, ordinal: 0, findings: report.findings, numbers: [], keys: true }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const numbersOf = (...names: readonly string[]): number[] =>
  task.findings.filter(({ rule }) => names.includes(rule ?? '')).map(({ number }) => number)

it('shows the rows of one finding as the list has them, those that get nothing left out', async () => {
  const shown = await unmaskRows({ ...task, numbers: numbersOf('test/child') })
  expect(shown).toEqual({
    ok: true,
    value: {
      key: 'E-mail',
      rows: [
        { row: 1, cell: '2019-05-01', key: 'mara@reader.example' },
        { row: 3, cell: '2020-01-02', key: '=cmd@reader.example' },
      ],
    },
  })
})

it('lists each row to drop once, with the clauses that ask for it, and no cell as a formula', async () => {
  const made = await dropRows({ ...task, numbers: numbersOf('test/child', 'test/out') })
  expect(made).toEqual({
    ok: true,
    value: {
      rows: 4,
      dropped: 3,
      more: false,
      key: 'E-mail',
      csv:
        '\ufefflist,row,E-mail,clauses\r\n' +
        'people.csv,1,mara@reader.example,own:T1\r\n' +
        'people.csv,2,jon@reader.example,own:T2\r\n' +
        `people.csv,3,"'=cmd@reader.example",own:T1 own:T2\r\n`,
    },
  })
})

it('leaves out who they are when row numbers are enough, and rows that are no finding', async () => {
  const made = await dropRows({ ...task, numbers: numbersOf('test/out', 'test/all'), keys: false })
  expect(made.ok && made.value.csv).toBe('\ufefflist,row,clauses\r\npeople.csv,2,own:T2\r\npeople.csv,3,own:T2\r\n')
})
