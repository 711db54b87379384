import { Document, HeadingLevel, Packer, Paragraph, TextRun, type IRunOptions } from 'docx'
import type { RedlineChange } from '../contract/library-operations.ts'
import {
  changePlace,
  kindWord,
  redlineSources,
  redlineStatistics,
  redlineTitle,
  shownChanges,
  type RedlinePage,
} from './redline.ts'
import { visible } from './visible.ts'

const outColour = '9C1C14'
const inColour = '14482C'
const dimColour = '57606A'

const runStyles: Readonly<Record<RedlineChange['words'][number]['op'], IRunOptions>> = {
  equal: {},
  delete: { strike: true, color: outColour },
  insert: { underline: {}, color: inColour },
}

/** A redline for a word processor: what was taken out is struck through, what was put in underlined, both by colour too. */
export async function redlineDocx(page: RedlinePage): Promise<Uint8Array> {
  const dim = (text: string): Paragraph =>
    new Paragraph({
      spacing: { after: 80 },
      children: [new TextRun({ text: plain(text), color: dimColour, size: 18 })],
    })
  const document = new Document({
    creator: 'clausebench',
    title: plain(redlineTitle(page)),
    description: plain(redlineStatistics(page)),
    styles: { default: { document: { run: { font: 'Calibri', size: 22 } } } },
    sections: [
      {
        children: [
          new Paragraph({ heading: HeadingLevel.HEADING_1, children: [new TextRun(plain(redlineTitle(page)))] }),
          dim(redlineStatistics(page)),
          ...shownChanges(page).flatMap((change) => [
            new Paragraph({
              heading: HeadingLevel.HEADING_2,
              keepNext: true,
              children: [new TextRun(plain(`${kindWord(change)}: ${changePlace(change)}`))],
            }),
            new Paragraph({
              spacing: { after: 120 },
              children: change.words.map(({ op, text }) => new TextRun({ text: plain(text), ...runStyles[op] })),
            }),
            ...(change.duty.length > 0 ? [dim(`Duty words: ${change.duty.join(', ')}`)] : []),
          ]),
          ...redlineSources(page).map(dim),
        ],
      },
    ],
  })
  return new Uint8Array(await Packer.toBuffer(document))
}

/** Nothing that XML cannot hold, and nothing that hides or turns what follows. */
function plain(text: string): string {
  return visible(text).replace(/[\ud800-\udfff\ufffe\uffff]/gu, '\ufffd')
}
