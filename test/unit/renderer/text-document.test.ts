import fc from 'fast-check'
import { expect, test } from 'vitest'
import { joinSections } from '../../../src-renderer/src/features/review/text-document.ts'

const section = (part: string, text: string, spans: readonly (readonly [number, number])[] = []) => ({
  part,
  text,
  marks: spans.map(([start, end], index) => ({ number: index + 1, severity: 'error' as const, span: { start, end } })),
})

test('each section stands under its heading, an empty line between them', () => {
  const joined = joinSections(
    [section('subject', 'Hello'), section('text', 'a\r\nb\n'), section('html', 'c')],
    (part) => part.toUpperCase(),
  )
  expect(joined.text).toBe('SUBJECT\nHello\n\nTEXT\na\r\nb\n\nHTML\nc')
  expect(joined.headingLines).toEqual([1, 4, 8])
})

test('marks hold the same characters as before', () => {
  const part = fc
    .record({ text: fc.string({ unit: 'binary' }), at: fc.nat(), length: fc.nat() })
    .map(({ text, at, length }) => {
      const start = at % (text.length + 1)
      return section('text', text, [[start, Math.min(text.length, start + length)]])
    })
  fc.assert(
    fc.property(fc.array(part), (sections) => {
      const joined = joinSections(sections, () => 'heading')
      const marked = joined.marks.map(({ start, end }) => joined.text.slice(start, end))
      expect(marked).toEqual(
        sections.flatMap(({ text, marks }) => marks.map(({ span }) => text.slice(span.start, span.end))),
      )
    }),
  )
})
