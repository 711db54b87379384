import type { Answer } from '../../../../src-main/contract/operation-schemas.ts'
import type { Severity } from '../../../../src-main/contract/report.ts'

type Section = Answer<'message.text'>['sections'][number]

export interface TextDocument {
  readonly text: string
  /** 1-based. */
  readonly headingLines: readonly number[]
  /** Where each section's own text stands. */
  readonly sections: readonly { readonly part: string; readonly start: number; readonly end: number }[]
  readonly marks: readonly {
    readonly number: number
    readonly severity: Severity
    readonly start: number
    readonly end: number
  }[]
}

/** One text of all sections, each under a heading; marks move along exactly. */
export function joinSections(sections: readonly Section[], heading: (part: string) => string): TextDocument {
  let text = ''
  const headingLines: number[] = []
  const marks: TextDocument['marks'][number][] = []
  const places: TextDocument['sections'][number][] = []
  for (const section of sections) {
    if (text !== '') text += text.endsWith('\n') ? '\n' : '\n\n'
    headingLines.push(countLines(text))
    text += `${heading(section.part)}\n`
    const base = text.length
    text += section.text
    places.push({ part: section.part, start: base, end: text.length })
    for (const { number, severity, span } of section.marks)
      marks.push({ number, severity, start: base + span.start, end: base + span.end })
  }
  return { text, headingLines, sections: places, marks }
}

/** Lines of a text, the last one included even when empty: the line that what follows stands on. */
function countLines(text: string): number {
  return (text.match(/\r\n|\r|\n/g)?.length ?? 0) + 1
}
