import { describe, expect, it } from 'vitest'
import { textSections } from '../../../src-main/review/text-sections.ts'
import { buildViews } from '../../../src-main/views/build.ts'
import { aFinding } from '../../support/report-parts.ts'
import { aMessageOf } from '../../support/views.ts'

const html =
  '<p>Claim <b>free</b> sp&#105;ns</p><p><img alt="bonus offer" src="x"> <a href="https://a.example/">tonight</a></p>'

/** A finding on words of a text, which occur in it once. */
function on(part: string, text: string, words: string, number = 1) {
  const start = text.indexOf(words)
  if (start < 0) throw new Error(`“${words}” is not in the text`)
  return aFinding({ number, part, span: { start, end: start + words.length } })
}

function marked(section: ReturnType<typeof textSections>[number] | undefined): string[] {
  return section?.marks.map(({ span }) => section.text.slice(span.start, span.end)) ?? []
}

describe('textSections', () => {
  it('has what a reader reads, in the order of the message', () => {
    const views = buildViews(
      aMessageOf([
        ['subject', 'Tonight'],
        ['text', 'Place your bets'],
        ['html', html],
      ]),
    )
    expect(textSections(views, []).map(({ part }) => part)).toEqual(expect.arrayContaining(['subject', 'text', 'html']))
  })

  it('calls a title and a preheader of the markup by their names', () => {
    const whole =
      '<html><head><title>Spring</title></head><body><div style="display:none">See it first</div><p>Hello there</p></body></html>'
    const sections = textSections(buildViews(aMessageOf([['html', whole]])), [on('html', whole, 'it first')])
    expect(sections.map(({ part, text }) => [part, text.trim()])).toEqual([
      ['title', 'Spring'],
      ['preheader', 'See it first'],
      ['html', 'Hello there'],
    ])
    expect(sections.map(marked)).toEqual([[], ['it first'], []])
  })

  it('marks words of a plain text where they stand', () => {
    const text = 'Hello. Place your bets now.'
    const [section] = textSections(buildViews(aMessageOf([['text', text]])), [on('text', text, 'Place your bets')])
    expect(marked(section)).toEqual(['Place your bets'])
  })

  it.each([
    ['over tags and references', 'html', 'free</b> sp&#105;ns', 'free spins'],
    ['in a link', 'link:1', 'tonight', 'tonight'],
  ])('marks words of markup in the text that is seen: %s', (_, part, markup, seen) => {
    const views = buildViews(aMessageOf([['html', html]]))
    const section = textSections(views, [on(part, html, markup)]).find(({ part }) => part === 'html')
    expect(marked(section)).toEqual([seen])
  })

  it('leaves unmarked what no one reads here: a finding of another part, or without a place', () => {
    const views = buildViews(
      aMessageOf([
        ['subject', 'Tonight'],
        ['text', 'Tonight'],
      ]),
    )
    const findings = [aFinding({ part: 'subject', span: { start: 0, end: 7 } }), aFinding({ part: 'text', span: null })]
    const marks = textSections(views, findings).map((section) => [section.part, marked(section)])
    expect(marks).toEqual([
      ['subject', ['Tonight']],
      ['text', []],
    ])
  })
})
