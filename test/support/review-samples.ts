import type { PeopleOperation } from '../../src-main/review/people/people.ts'

/** One valid call and one valid answer of every operation that people act by, in plain JSON. */

const campaign = 'campaign-1'
const message = 'spring/launch.eml'
const ref = { campaign, message }
const counts = { error: 1, warning: 0, info: 2 }
const done = { done: true }
const group = 'a1b2c3d4e5f60718'
const decision = { kind: 'accepted', reason: 'The client has a licence.', whom: null, expires: '2027-03-01' }
const made = { ...decision, by: 'Mara Ellison', at: '2026-11-23T09:30:00Z' }
const comment = { by: 'Mara Ellison', at: '2026-11-23T09:30:00Z', text: 'Look here.' }

const reportMessage = {
  id: message,
  input: message,
  campaign: 'spring',
  client: null,
  channel: 'email',
  from: null,
  subject: 'Spring is here',
  date: null,
  sendAt: null,
  language: 'en',
  verdict: 'nothing-found',
  findings: [],
  notChecked: [],
}

const attestation = {
  id: 'klaviyo-aup:C7-1',
  clause: 'klaviyo-aup:C7',
  scope: 'campaign',
  question: 'Did everyone agree?',
  messages: 'all',
  status: 'yes',
  answer: null,
  by: 'Mara Ellison',
  at: '2026-11-23T09:30:00Z',
  expires: null,
  evidence: [],
  answeredFor: 'campaign',
}

export const reviewSamples: Readonly<Record<PeopleOperation, { readonly args: object; readonly answer: object }>> = {
  'workspace.list': {
    args: {},
    answer: {
      workspaces: [{ id: 'w-1', title: 'Acme', isOpen: true, problem: null }],
      reviewer: 'Mara Ellison',
      problem: null,
    },
  },
  'workspace.create': { args: { title: 'Acme' }, answer: { workspace: 'w-2' } },
  'workspace.open': { args: { workspace: 'w-1' }, answer: done },
  'workspace.rename': { args: { workspace: 'w-1', title: 'House' }, answer: done },
  'workspace.copy': { args: { workspace: 'w-1', title: 'Copy' }, answer: { workspace: 'w-3' } },
  'reviewer.set': { args: { reviewer: 'Mara Ellison' }, answer: done },
  'review.get': {
    args: ref,
    answer: {
      groups: [
        {
          group,
          decision: made,
          reopened: null,
          offer: { from: 'elsewhere', message: 'Another', decision: made },
          comments: [comment],
        },
      ],
      comments: [comment],
      outcome: { kind: 'held', by: 'Mara Ellison', at: '2026-11-23T09:30:00Z' },
      signOff: { id: 's-1', by: 'Mara Ellison', at: '2026-11-23T09:30:00Z', changed: ['message'] },
      attestations: [attestation],
      unchecked: [{ reason: 'price.zip is encrypted', clauses: ['klaviyo-aup:P6'] }],
      counts: { openErrors: 0, openOthers: 1, confirmed: 0, falseAlarms: 0, accepted: 1, asked: 0 },
      revisions: [{ content: 'ab', at: '2026-11-20T09:30:00Z' }],
    },
  },
  'review.decide': {
    args: { campaign, targets: [{ message, group }], decision },
    answer: { undo: 'u1', changed: 1 },
  },
  'review.undo': { args: { undo: 'u1' }, answer: done },
  'review.reasons': { args: { kind: 'accepted' }, answer: { reasons: ['The client has a licence.'] } },
  'review.comment': { args: { ...ref, group, text: 'Look here.' }, answer: done },
  'review.find': {
    args: {
      ...ref,
      clause: 'klaviyo-aup:C1',
      severity: 'warning',
      note: 'Misleading.',
      place: { part: 'text', start: 3, end: 9 },
    },
    answer: { number: 4 },
  },
  'review.takeBack': { args: { ...ref, group }, answer: done },
  'review.outcome': { args: { ...ref, outcome: 'held' }, answer: done },
  'attestation.answer': {
    args: {
      ...ref,
      attestation: 'klaviyo-aup:C7-1',
      scope: 'campaign',
      answer: 'yes',
      note: 'Double opt-in since 2024.',
      expires: '2027-01-01',
      evidence: 'abcdefghijklmnop0123456789',
    },
    answer: done,
  },
  'review.sign': { args: { ...ref, acknowledged: [0] }, answer: { id: 's-1' } },
  'review.snapshot': { args: { id: 's-1' }, answer: { html: '<p>Signed</p>', json: '{}' } },
  'campaign.cards': {
    args: { campaign },
    answer: {
      cards: [
        {
          key: 'r f1',
          severity: 'error',
          clauses: ['klaviyo-aup:C3.9'],
          title: 'Offers gambling',
          excerpt: 'free spins',
          fix: 'Remove it.',
          messages: [{ message, name: 'Spring is here', group, isOpen: true }],
        },
      ],
      omitted: 0,
    },
  },
  'feedback.make': {
    args: { campaign, message, comments: false, wording: [{ message, group, text: 'Please remove it.' }] },
    answer: {
      html: '<p>Feedback</p>',
      text: 'Feedback',
      entries: [
        {
          message,
          group,
          number: 1,
          severity: 'error',
          clauses: ['klaviyo-aup:C3.9'],
          title: 'Offers gambling',
          excerpt: 'free spins',
          why: 'Why.',
          fix: 'Please remove it.',
        },
      ],
      isEmpty: false,
    },
  },
  'revision.suggest': {
    args: { ...ref, on: ref },
    answer: { suggestions: [{ place: 'ab', name: 'Spring', campaign: 'Spring', why: 'subject', likeness: null }] },
  },
  'revision.set': { args: { ...ref, place: 'ab' }, answer: { done: true } },
  'report.make': { args: { campaign, message }, answer: { html: '<p>Report</p>' } },
  'message.compare': {
    args: { ...ref, content: 'ab' },
    answer: {
      old: { at: '2026-11-20T09:30:00Z', message: reportMessage },
      findings: [
        {
          change: 'fixed',
          severity: 'error',
          clauses: ['klaviyo-aup:C3.9'],
          title: 'Offers gambling',
          old: 'free spins',
          new: null,
        },
      ],
      texts: [{ part: 'text', words: [{ op: 'delete', text: 'free spins' }] }],
      facts: [{ name: 'subject', old: 'A', new: 'B' }],
    },
  },
  'overview.get': {
    args: {},
    answer: {
      campaigns: [
        {
          campaign,
          name: 'Spring launch',
          client: 'Acme',
          messages: 1,
          verdicts: { errors: 1, 'to-review': 0, 'not-fully-checked': 0, 'nothing-found': 0 },
          counts,
          open: counts,
          decided: 0,
          asked: 1,
          signed: 0,
          changesAsked: 0,
          held: 0,
        },
      ],
      clauses: [{ clause: 'klaviyo-aup:C3.9', counts }],
      waiting: [
        {
          at: ref,
          message: 'Spring is here',
          campaign: 'Spring launch',
          title: 'Offers gambling',
          whom: 'Legal',
          question: 'Is there a licence?',
          since: '2026-11-20T09:30:00Z',
        },
      ],
      signed: [
        { id: 's-1', at: null, message: 'Autumn', campaign: 'Autumn', by: 'Mara Ellison', on: '2026-11-20T09:30:00Z' },
      ],
      expiring: [{ question: 'Did everyone agree?', scope: 'campaign', expires: '2026-12-01' }],
    },
  },
}
