import type { LibraryOperation } from '../../src-main/review/policies/library.ts'

/** One valid call and one valid answer of every operation of the library, in plain JSON. */

const token = 'abcdefghijklmnop0123456789'
const done = { done: true }
const policy = 'acme'
const version = '2024-05-28'
const clause = '2.1'

const facts = {
  version,
  title: 'Rules',
  basis: 'primary',
  date: version,
  effective: null,
  captured: null,
  importedAt: '2026-11-23T09:30:00Z',
  file: 'acme/2024-05-28.md',
  mediaType: 'text/markdown',
  sha256: 'ab12',
  clauses: 12,
  unmatched: 12,
  notices: [],
}
const counts = { kept: 11, added: 0, removed: 0, reworded: 1, moved: 0, split: 0, merged: 0, cosmetic: 2 }
const place = { number: '2.1', heading: 'Conduct', clause }
const words = [
  { op: 'equal', text: 'You ' },
  { op: 'delete', text: 'may' },
  { op: 'insert', text: 'must' },
]
const change = { kind: 'reworded', old: [place], new: [place], words, duty: ['may→must'] }
const text = {
  clauses: [
    {
      id: clause,
      parent: null,
      section: 'Conduct',
      number: '2.1',
      text: 'You must.',
      to: 'C3',
      confidence: 0.8,
      byHand: false,
    },
  ],
  cut: [{ why: 'navigation', text: 'Home', characters: 812 }],
  missing: [{ id: 'C4', heading: 'Spam' }],
  known: [{ id: 'C3', heading: 'Industries' }],
}

export const librarySamples: Readonly<Record<LibraryOperation, { readonly args: object; readonly answer: object }>> = {
  'library.policies': {
    args: {},
    answer: {
      problem: null,
      policies: [{ policy, title: 'Rules', hasPack: false, versions: [facts] }],
      watched: [{ policy, clause, by: 'Mara Ellison', changedIn: version, change: 'reworded' }],
    },
  },
  'library.version': { args: { policy, version }, answer: { facts, ...text } },
  'library.preview': {
    args: { token, policy: null },
    answer: {
      preview: 'p-1',
      documents: [
        {
          file: 'rules.md',
          problem: null,
          policy,
          title: 'Rules',
          date: null,
          effective: null,
          captured: null,
          needsDate: true,
          clauses: 12,
          unmatched: 12,
          missing: 0,
          cut: 1,
          storedAs: null,
          notices: [],
        },
      ],
    },
  },
  'library.previewed': { args: { preview: 'p-1', document: 0 }, answer: text },
  'library.match': { args: { preview: 'p-1', document: 0, clause, to: 'C3' }, answer: done },
  'library.store': {
    args: { preview: 'p-1', documents: [{ document: 0, date: version }] },
    answer: { stored: [{ policy, version, isNew: true, notices: [] }] },
  },
  'library.correct': { args: { policy, version, clause, to: 'C3' }, answer: done },
  'library.search': {
    args: { query: 'gambl', policy: null },
    answer: {
      hits: [{ policy, versions: [version], clause, section: 'Conduct', pieces: [{ text: 'gambling', isHit: true }] }],
      total: 1,
    },
  },
  'library.clause': {
    args: { policy, version, clause },
    answer: {
      imported: {
        version,
        number: '2.1',
        section: 'Conduct',
        text: 'You must.',
        to: null,
        confidence: null,
        byHand: false,
        phrases: [{ text: 'You must.', since: version }],
      },
      notes: [{ id: 1, version, text: 'See ticket.', by: 'Mara Ellison', at: '2026-11-23T09:30:00Z' }],
      watch: { by: 'Mara Ellison', changedIn: null, change: null },
      violations: [{ month: '2026-03', error: 1, warning: 0, info: 0 }],
    },
  },
  'library.lineage': {
    args: { policy, version, clause },
    answer: {
      versions: ['2023-01-01', version],
      nodes: [{ version, clause, number: '2.1', section: 'Conduct', text: 'You must.' }],
      edges: [{ kind: 'reworded', from: { version: '2023-01-01', clause }, to: { version, clause } }],
      removedIn: null,
    },
  },
  'library.history': {
    args: { policy },
    answer: {
      versions: [
        { facts, changes: null },
        { facts, changes: counts },
      ],
    },
  },
  'library.redline': {
    args: { policy, older: '2023-01-01', newer: version },
    answer: { older: facts, newer: facts, changes: [change], stats: counts, texts: { older: 'a\n', newer: 'b\n' } },
  },
  'library.export': {
    args: { policy, older: '2023-01-01', newer: version, format: 'html', substantive: true },
    answer: { name: 'acme.html', mediaType: 'text/html', base64: 'PGh0bWw+' },
  },
  'library.note': { args: { policy, version, clause, text: 'See ticket.' }, answer: { note: 1 } },
  'library.removeNote': { args: { note: 1 }, answer: done },
  'library.watch': { args: { policy, version, clause, watched: true }, answer: done },
  'library.seen': { args: { policy, clause }, answer: done },
}
