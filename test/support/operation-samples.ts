import type { Answer, Args } from '../../src-main/contract/operation-schemas.ts'
import type { OperationName } from '../../src-main/contract/operations.ts'
import { librarySamples } from './library-samples.ts'
import { reviewSamples } from './review-samples.ts'
import { ruleSamples } from './rule-samples.ts'

/** One valid call and one valid answer of every operation, in plain JSON. */

const token = 'abcdefghijklmnop0123456789'
const campaign = 'campaign-1'
const message = 'spring/launch.eml'
const ref = { campaign, message }
const counts = { error: 1, warning: 0, info: 2 }
const done = { done: true }

const finding = {
  rule: 'identifiers/us-ssn',
  origin: { kind: 'rule' },
  pack: 'klaviyo-aup@2021-09-24',
  clauses: ['klaviyo-aup:P5.c'],
  severity: 'error',
  certainty: 'certain',
  title: 'US Social Security number',
  message: 'A US Social Security number is in the text.',
  why: 'Why.',
  fix: 'Fix.',
  sources: [{ id: '42 USC 405', value: null, from: null, until: null, verify: false }],
  number: 1,
  group: 'g1',
  part: 'text',
  span: { start: 12, end: 23 },
  source: { start: 210, end: 221 },
  rows: null,
  excerpt: 'SSN •••-••-4399 on file',
  fingerprint: 'f1',
  related: [],
  edit: null,
  decision: null,
  explain: ['matched pattern ssn-dashed (0.50)'],
}

const campaignSummary = {
  id: campaign,
  name: 'Spring launch',
  client: null,
  reviewed: 1,
  total: 1,
  finished: true,
  cancelled: false,
  elapsedMs: 12.5,
  packs: [],
  asOf: '2026-11-23',
}

const messageSummary = {
  campaign,
  id: message,
  name: 'Spring is here',
  from: 'Acme <news@acme.example>',
  channel: 'email',
  date: '2026-11-20T10:00:00Z',
  sendAt: null,
  verdict: 'errors',
  counts,
  clauses: ['klaviyo-aup:P5.c'],
  review: null,
  client: null,
  rules: ['identifiers/us-ssn'],
}

const reportMessage = {
  id: message,
  input: message,
  campaign: 'spring',
  client: null,
  channel: 'email',
  from: 'Acme <news@acme.example>',
  subject: 'Spring is here',
  date: '2026-11-20T10:00:00Z',
  sendAt: null,
  language: 'en',
  verdict: 'errors',
  findings: [finding],
  notChecked: [
    { clause: 'klaviyo-aup:P6', code: 'attachment-encrypted', reason: 'price.zip is encrypted', material: true },
  ],
}

const sessionPage = {
  selected: { campaign: 0, message },
  view: 'rendered',
  second: null,
  filter: '',
  sort: 'order',
  group: 'campaign',
}

interface Sample<O extends OperationName> {
  readonly args: Args<O>
  readonly answer: Answer<O>
}

type Samples = { readonly [O in OperationName]: Sample<O> }

const samples: Readonly<Record<OperationName, { readonly args: object; readonly answer: object }>> = {
  ...reviewSamples,
  ...ruleSamples,
  ...librarySamples,
  'app.info': { args: {}, answer: { name: 'clausebench', version: '0.1.0', host: 'browser', platform: 'linux' } },
  'app.initial': { args: {}, answer: { token: null } },
  'settings.get': {
    args: {},
    answer: {
      theme: 'dark',
      language: 'de',
      motion: 'system',
      zoom: 1.2,
      letterKeys: true,
      keys: { 'finding.next': ['F8', 'n'] },
      panes: { list: 320 },
      welcomed: true,
    },
  },
  'settings.set': { args: { theme: 'light', panes: { list: 300 } }, answer: done },
  'app.about': {
    args: { packs: true },
    answer: { dataFolder: '/data/clausebench', versions: [{ name: 'clausebench', version: '0.1.0' }], packs: [] },
  },
  'session.get': { args: {}, answer: { campaigns: [{ token, name: 'spring' }], page: sessionPage, current: ref } },
  'session.set': { args: { campaigns: [campaign], page: sessionPage }, answer: done },
  'sample.grant': { args: {}, answer: { token } },
  'recents.list': { args: {}, answer: { recents: [{ id: 'r1', name: 'spring', openedAt: '2026-11-23T09:00:00Z' }] } },
  'recents.grant': { args: { id: 'r1' }, answer: { token } },
  'campaign.open': { args: { token }, answer: { campaign } },
  'campaign.cancel': { args: { campaign }, answer: done },
  'campaign.close': { args: { campaign }, answer: done },
  'campaign.list': { args: {}, answer: { campaigns: [campaignSummary] } },
  'campaign.messages': {
    args: { campaign },
    answer: {
      messages: [messageSummary],
      inputs: [{ path: message, status: 'reviewed', bytes: 48_211, sha256: 'ab' }],
    },
  },
  'message.get': { args: ref, answer: { message: reportMessage } },
  'message.rendered': {
    args: { ...ref, theme: 'light', dark: false },
    answer: { html: '<p>Hello</p>', blocked: { images: 2, styles: 0, active: 1 }, hasDark: false, marked: [1] },
  },
  'message.text': {
    args: ref,
    answer: {
      sections: [
        { part: 'text', text: 'Hello', marks: [{ number: 1, severity: 'error', span: { start: 0, end: 5 } }] },
      ],
    },
  },
  'message.headers': {
    args: ref,
    answer: {
      identity: {
        brand: { name: 'Acme', by: 'name' },
        mailboxes: [
          { role: 'from', part: 'from', name: 'Acme', address: 'news@acme.example', shownHost: null, notes: [] },
        ],
        authentication: [
          {
            part: 'header:DKIM-Signature',
            field: 'DKIM-Signature',
            method: 'dkim',
            result: 'signed',
            domain: 'acme.example',
            server: null,
            aligned: true,
          },
        ],
      },
      fields: [{ part: 'subject', name: 'Subject', value: 'Héllo', raw: '=?utf-8?q?H=C3=A9llo?=' }],
    },
  },
  'message.files': {
    args: ref,
    answer: {
      files: [
        {
          part: 'attachment:a.pdf',
          name: 'a.pdf',
          mediaType: 'application/pdf',
          trueType: null,
          bytes: 3,
          inline: false,
        },
      ],
    },
  },
  'message.source': { args: ref, answer: { text: 'Subject: Hello', shownAs: 'utf-8', omittedBytes: 0, marks: [] } },
  'message.schedule': {
    args: ref,
    answer: {
      sendAt: '2026-11-20T20:30:00-05:00',
      kind: 'moment',
      written: 1230,
      zones: [
        {
          zone: 'America/New_York',
          places: ['US', 'US-FL'],
          people: 12,
          basis: 'state',
          certain: true,
          day: '2026-11-20',
          minute: 1230,
          offends: true,
          forbidden: [
            { from: 0, until: 480 },
            { from: 1200, until: 1440 },
          ],
          laws: [{ hours: 'US-FL mon-sun 08:00-20:00', source: 'Fla. Stat. 501.059', verify: true }],
        },
      ],
      more: 0,
      people: 12,
      unknown: 0,
      lists: ['audience.csv'],
    },
  },
  'message.phone': {
    args: ref,
    answer: {
      channel: 'sms',
      parts: [
        {
          part: 'text',
          samples: [{ reader: 'shortest', text: 'Hi Al', encoding: 'gsm-7', segments: 1, units: 5 }],
          costly: [{ character: '’', count: 1 }],
          unknown: ['{{ code }}'],
        },
      ],
      lists: ['audience.csv'],
    },
  },
  'campaign.columns': {
    args: { campaign, list: 'audience.csv', columns: [{ name: 'Geb.', field: 'birth_date' }] },
    answer: done,
  },
  'message.recipients': {
    args: ref,
    answer: {
      lists: ['audience.csv'],
      columns: [
        [
          { name: 'E-mail', field: 'email' },
          { name: 'Geb.', field: null },
        ],
      ],
      rows: 12,
      use: 'send-list',
      places: [{ place: 'US-FL', people: 12 }],
      nowhere: 0,
      gaps: [],
    },
  },
  'recipients.unmask': {
    args: { ...ref, finding: 1 },
    answer: { key: 'E-mail', rows: [{ row: 3, cell: '2019-05-01', key: 'mara@reader.example' }] },
  },
  'recipients.drop': {
    args: { ...ref, findings: [1], keys: true },
    answer: {
      rows: 12,
      dropped: 1,
      more: false,
      key: 'E-mail',
      csv: 'list,row,E-mail,clauses\r\naudience.csv,3,mara@reader.example,klaviyo-aup:P5.d\r\n',
    },
  },
  'draft.check': {
    args: { ...ref, draft: 'Hello' },
    answer: {
      verdict: 'errors',
      counts,
      findings: [],
      marks: [{ number: 1, severity: 'error', span: { start: 0, end: 5 } }],
    },
  },
  'draft.save': { args: { ...ref, draft: 'Hello' }, answer: { token: 'a'.repeat(43) } },
  'link.inspect': {
    args: { ...ref, link: 1 },
    answer: { href: 'https://acme.example/', host: 'acme.example', opens: true },
  },
  'link.open': { args: { ...ref, link: 1 }, answer: done },
  'clauses.tree': {
    args: {},
    answer: {
      policy: 'klaviyo-aup',
      title: 'Acceptable Use Policy',
      version: '2021-09-24',
      basis: 'primary',
      clauses: [
        {
          id: 'klaviyo-aup:C3.9',
          number: 'C3.9',
          parent: 'klaviyo-aup:C3',
          section: 'Prohibited conduct',
          heading: 'Gambling',
          rules: 2,
          counts,
        },
      ],
    },
  },
  'clauses.page': {
    args: { clause: 'klaviyo-aup:C3.9' },
    answer: {
      id: 'klaviyo-aup:C3.9',
      number: 'C3.9',
      heading: 'Gambling',
      section: 'Prohibited conduct',
      summary: 'No gambling.',
      coverage: { file: 'words', judge: null, attest: ['licence'] },
      sources: [],
      rules: [{ id: 'offers/gambling', title: 'Gambling', severity: 'error', why: 'Why.' }],
      children: [],
      messages: [{ campaign, message, name: 'Spring is here', counts }],
    },
  },
  'clauses.kept': {
    args: { clause: 'klaviyo-aup:C3.9' },
    answer: {
      months: [{ month: '2026-03', error: 1, warning: 0, info: 0 }],
      total: 1,
      messages: [
        {
          name: 'Winter is over',
          campaign: 'winter',
          at: '2026-02-23T09:30:00Z',
          signed: { id: 'so-1', by: 'Mara Ellison', at: '2026-02-23T09:30:00Z' },
          counts,
        },
      ],
    },
  },
}

// Ids and tokens are plain strings here and branded in the contract; the contract test parses each sample with its schema.
export const operationSamples = samples as Samples
