import type { ImpactOperation } from '../../src-main/review/impact/impact.ts'
import type { RuleOperation } from '../../src-main/review/rule-editor/own-rules.ts'

/** One valid call and one valid answer of every operation on rules and on what a change of policy means, in plain JSON. */

const done = { done: true }
const campaign = 'campaign-1'
const problem = {
  code: 'unknown-key',
  rule: 'own/x',
  file: 'rules/own-x.yaml',
  line: 4,
  column: 3,
  message: 'unknown key “colour”',
}
const pair = { policy: 'klaviyo-aup', older: '2021-09-24', newer: '2026-08-11' }
const review = {
  workspace: 'w-1',
  message: 'Spring is here',
  campaign: 'spring',
  client: null,
  snapshot: 'so-1',
  by: 'Mara Ellison',
  at: '2026-11-23T09:30:00Z',
}
const reviews = { total: 1, shown: [review] }
const finding = {
  rule: 'texts/offer',
  title: 'Offers',
  severity: 'error',
  clauses: ['klaviyo-aup:S1'],
  excerpt: 'an offer',
}

export const ruleSamples: Readonly<
  Record<RuleOperation | ImpactOperation, { readonly args: object; readonly answer: object }>
> = {
  'rules.list': {
    args: {},
    answer: {
      packs: [{ id: 'own', title: 'Own rules', version: '1', isOwn: true, problems: [problem] }],
      rules: [
        {
          id: 'own/x',
          pack: 'own',
          title: 'Promises',
          severity: 'warning',
          clauses: ['klaviyo-aup:C8'],
          kind: 'phrases',
          file: 'rules/own-x.yaml',
          line: 1,
          versions: null,
          off: null,
          inForce: true,
        },
      ],
    },
  },
  'rules.open': {
    args: { pack: 'own', rule: 'own/x' },
    answer: { text: '- id: own/x\n', file: 'rules/own-x.yaml', isOwn: true },
  },
  'rules.schema': { args: {}, answer: { schema: '{}', clauses: [{ id: 'C8', heading: 'Deception' }] } },
  'rules.check': {
    args: { document: 'rules/own-x.yaml', yaml: '- id: own/x\n' },
    answer: {
      rules: ['own/x'],
      problems: [problem],
      examples: [
        { rule: 'own/x', expects: 'violates', number: 1, example: 'a {{word}}', ok: false, note: 'no', line: 9 },
      ],
    },
  },
  'rules.hits': {
    args: { document: 'rules/own-x.yaml', yaml: '- id: own/x\n', over: { campaign } },
    answer: {
      messages: 2,
      hitMessages: 1,
      kept: 0,
      gained: 1,
      lost: 0,
      hits: [
        {
          rule: 'own/x',
          campaign,
          message: 'spring/launch.eml',
          name: 'Spring is here',
          part: 'text',
          severity: 'warning',
          excerpt: 'a word',
          change: 'gained',
        },
      ],
      unread: 0,
      series: ['own/y'],
    },
  },
  'rules.drafts': { args: {}, answer: { drafts: [{ document: null, rule: 'own/x', yaml: '- id: own/x\n' }] } },
  'rules.keepDrafts': {
    args: { drafts: [{ document: 'rules/own-x.yaml', rule: 'own/x', yaml: '- id: own/x\n' }] },
    answer: done,
  },
  'rules.save': {
    args: { document: 'rules/own-x.yaml', yaml: '- id: own/x\n' },
    answer: { file: 'rules/own-x.yaml', problems: [] },
  },
  'rules.remove': { args: { document: 'rules/own-x.yaml' }, answer: done },
  'rules.off': { args: { rule: 'industries/gambling-offer', reason: 'The client is licensed.' }, answer: done },
  'impact.versions': {
    args: {},
    answer: {
      policies: [
        {
          policy: 'klaviyo-aup',
          title: 'Acceptable Use Policy',
          versions: [{ version: '2021-09-24', basis: 'primary', inPack: true, imported: false }],
        },
      ],
    },
  },
  'impact.get': {
    args: pair,
    answer: {
      signed: 1,
      others: 0,
      lineage: 'pack',
      fails: { total: 1, shown: [{ review, findings: [finding] }] },
      fallsAway: { total: 0, shown: [] },
      cannotTell: [
        {
          kind: 'reworded',
          from: ['klaviyo-aup:C2'],
          to: ['klaviyo-aup:C2'],
          heading: 'Illegal activity',
          note: null,
          rules: [{ id: 'illegal/x', title: 'Illegal' }],
          reviews,
        },
      ],
      confirmed: [
        { clause: 'klaviyo-aup:C7', rule: 'lists/x', title: 'Lists', by: 'Mara', at: '2026-11-23T09:30:00Z' },
      ],
      unjudged: reviews,
    },
  },
  'impact.confirm': {
    args: {
      policy: 'klaviyo-aup',
      newer: '2026-08-11',
      rules: ['illegal/x'],
      clause: 'klaviyo-aup:C2',
      stands: true,
      note: 'The examples are the same.',
    },
    answer: done,
  },
  'impact.judge': { args: pair, answer: { judged: 1, unread: 0 } },
  'impact.cancel': { args: {}, answer: done },
  'impact.rereview': {
    args: { ...pair, list: 'cannot-tell', at: 0 },
    answer: { campaign, messages: 1, unread: 0 },
  },
}
