import { describe, expect, it } from 'vitest'
import { messageName, reportMessage } from '../../../src-main/review/report-message.ts'
import { buildViews } from '../../../src-main/views/build.ts'
import { aMessageOf } from '../../support/views.ts'

const name = (message: ReturnType<typeof aMessageOf>): string => messageName(message, buildViews(message))

describe('messageName', () => {
  it.each([
    [
      'the subject',
      aMessageOf([
        ['subject', 'Spring  is\there'],
        ['text', 'Hello'],
      ]),
      'Spring is here',
    ],
    [
      'a push message’s title',
      aMessageOf([
        ['title', 'Tonight'],
        ['text', 'Hello'],
      ]),
      'Tonight',
    ],
    ['the first words of a text', aMessageOf([['text', '  Hello\nthere ']]), 'Hello there'],
    ['the first words that are seen of HTML', aMessageOf([['html', '<style>p{}</style><p>Hello</p>']]), 'Hello'],
    ['the file, where nothing is said', aMessageOf([['text', ' ']], { id: 'spring/a.eml' }), 'a.eml'],
    ['no half characters', aMessageOf([['subject', `${'a'.repeat(118)}😀😀`]]), `${'a'.repeat(118)}…`],
  ])('is %s', (_, message, expected) => {
    expect(name(message)).toBe(expected)
  })
})

describe('reportMessage', () => {
  it('has sender and subject as the message says them, null where it does not', () => {
    const judged = { findings: [], notChecked: [], verdict: 'nothing-found', language: null } as const
    const both = aMessageOf([
      ['subject', 'Hi'],
      ['from', 'Acme <a@acme.example>'],
      ['text', ''],
    ])
    const report = (message: ReturnType<typeof aMessageOf>) =>
      reportMessage(message, { ...judged, findings: [], notChecked: [] })
    expect(report(both)).toMatchObject({
      subject: 'Hi',
      from: 'Acme <a@acme.example>',
      verdict: 'nothing-found',
      language: null,
    })
    expect(report(aMessageOf([['text', 'Hi']]))).toMatchObject({ subject: null, from: null })
  })

  it('masks identifiers of persons', () => {
    const message = aMessageOf([
      ['subject', 'Your SSN 536-22-8726 and card 4539 5787 6362 1486'],
      ['from', '"SSN 536-22-8726" <a@acme.example>'],
    ])
    expect(
      reportMessage(message, { findings: [], notChecked: [], verdict: 'nothing-found', language: null }),
    ).toMatchObject({
      subject: 'Your SSN •••-••-8726 and card •••• •••• •••• 1486',
      from: '"SSN •••-••-8726" <a@acme.example>',
    })
  })
})
