import { linkShare, type Block } from './block.ts'
import { withoutMark } from './clause-number.ts'
import { noiseless } from './normalise.ts'

const fewestEntries = 3
const contentsWords =
  /^(?:table of contents|contents|in this (?:policy|article|section)|on this page|inhalt(?:sverzeichnis)?|sommaire|table des matières|índice|contenido)\W*$/i

/** Indexes of blocks that list the document's own headings: by links into the page, dotted lines to page numbers, or word for word. */
export function tableOfContents(blocks: readonly Block[]): ReadonlySet<number> {
  const found = new Set<number>()
  const lastHeading = new Map<string, number>()
  blocks.forEach((block, index) => {
    if (block.kind === 'heading' || block.isStrong) lastHeading.set(keyOf(block.text), index)
  })
  let run: number[] = []
  const flush = (): void => {
    if (run.length >= fewestEntries) {
      for (const index of run) found.add(index)
      const label = (run[0] ?? 0) - 1
      if (contentsWords.test(blocks[label]?.text ?? '')) found.add(label)
    }
    run = []
  }
  blocks.forEach((block, index) => {
    const leadsInto =
      linkShare(block) >= 0.9 &&
      block.links.length > 0 &&
      block.links.every(({ href }) => /^#.|\.html?#.|\/#./.test(href))
    const isDotted = /(?:\.\s?){4,}\s*\d{1,3}$/.test(block.text)
    const heading =
      lastHeading.get(keyOf(block.text.replace(/[\s.]*\d{1,3}$/, ''))) ?? lastHeading.get(keyOf(block.text))
    const isRepeated = block.kind !== 'heading' && !block.isStrong && heading !== undefined && heading > index
    if (block.text.length < 160 && (leadsInto || isDotted || isRepeated)) run.push(index)
    else flush()
  })
  flush()
  return found
}

const keyOf = (text: string): string => noiseless(withoutMark(text).text).toLowerCase()
