import type { Result } from '../contract/result.ts'
import { fail, ok } from '../contract/result.ts'
import { documentMessage, wholeFile } from './document-message.ts'
import { readDocxStyles } from './docx-style.ts'
import { docxTexts, type DocxTexts } from './docx-text.ts'
import type { Gap, UnseenBy } from './message.ts'
import type { OfficePackage, Relation } from './office-package.ts'
import type { FormatOutcome, ReadSource } from './read-outcome.ts'

const body = 'word/document.xml'

/** Parts beside the body, in the order in which their text follows it; what readers never see last. */
const besides: readonly (readonly [type: string, unseen: UnseenBy | null])[] = [
  ['header', null],
  ['footer', null],
  ['footnotes', null],
  ['endnotes', null],
  ['comments', 'comment'],
]

/**
 * A Word document (ECMA-376) as one text: body, headers, footers and notes; hidden, white and tiny text, tracked deletions and
 * comments as text that readers do not see. Tracked insertions are read as accepted.
 */
export async function readDocx(office: OfficePackage, file: ReadSource, bytes: Uint8Array): Promise<FormatOutcome> {
  const read = await readTexts(office)
  if (!read.ok) return { status: 'unreadable', problem: read.problem }
  const texts = read.value.texts.build()
  const unread = unreadOf(office, read.value.relations)
  const hasText = texts.some(({ text, unseenBy }) => unseenBy === null && text.trim() !== '')
  const hasPictures = office.names.some((name) => name.startsWith('word/media/'))
  if (!hasPictures && texts.every(({ text }) => text.trim() === '')) {
    return { status: 'unreadable', problem: { code: 'empty', message: 'The document holds no text.' } }
  }
  const message = documentMessage(file, texts, (report) => {
    if (hasPictures && !hasText) report.gap('image-only', 'what the document says stands in pictures', true)
    else if (hasPictures) report.gap('attachment-unread', 'the pictures of the document were not read', false)
    for (const { code, reason } of unread) report.gap(code, reason, true)
  })
  const attachments = unread.length > 0 ? [wholeFile(bytes, file, mediaType)] : []
  return { messages: [{ ...message, attachments }], problem: null }
}

const mediaType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** What of the document acts or lies elsewhere. */
function unreadOf(office: OfficePackage, relations: readonly Relation[]): readonly Pick<Gap, 'code' | 'reason'>[] {
  const found: Pick<Gap, 'code' | 'reason'>[] = []
  if (office.names.some((name) => /vbaProject\.bin$/i.test(name))) {
    found.push({ code: 'attachment-unread', reason: 'the document holds macros, which were not read' })
  }
  if (office.names.some((name) => /^word\/(?:embeddings|activeX)\//i.test(name))) {
    found.push({ code: 'attachment-unread', reason: 'the document holds other files, which were not read' })
  }
  if (relations.some(({ type }) => type === 'aFChunk')) {
    found.push({ code: 'attachment-unread', reason: 'the document takes in text of other formats, which was not read' })
  }
  if (relations.some(({ type, isExternal }) => isExternal && type !== 'hyperlink')) {
    found.push({ code: 'remote-content', reason: 'the document loads content from elsewhere' })
  }
  return found
}

interface Read {
  readonly texts: DocxTexts
  /** Of all parts. */
  readonly relations: readonly Relation[]
}

async function readTexts(office: OfficePackage): Promise<Result<Read>> {
  const styles = await readDocxStyles(office)
  if (!styles.ok) return styles
  const paper = await readPaper(office)
  if (!paper.ok) return paper
  const texts = docxTexts(styles.value, paper.value)
  const relations = await office.relations(body)
  if (!relations.ok) return relations
  const main = await office.part(body)
  if (!main.ok) return main
  if (main.value === null) return fail('bad-document', 'The document holds no text part. Save it anew.')
  const all = [...relations.value.values()]
  for (const [name, unseen] of [[body, null] as const, ...partsBeside(all)]) {
    const own = name === body ? relations : await office.relations(name)
    if (!own.ok) return own
    const read = await office.read(name, texts.handler(own.value, unseen))
    if (!read.ok) return read
  }
  const everywhere: Relation[] = []
  for (const name of office.names) {
    const [, part] = /^word\/_rels\/(.*)\.rels$/.exec(name) ?? []
    const found = part === undefined ? null : await office.relations(`word/${part}`)
    // What is broken there is not needed for the text.
    if (found?.ok === true) everywhere.push(...found.value.values())
  }
  return ok({ texts, relations: everywhere })
}

function partsBeside(relations: readonly Relation[]): (readonly [name: string, unseen: UnseenBy | null])[] {
  return besides.flatMap(([type, unseen]) => {
    const targets = relations.filter((relation) => relation.type === type && !relation.isExternal)
    return [...new Set(targets.map(({ target }) => target))].map((target) => [target, unseen] as const)
  })
}

/** The colour of the page, white when it has none. */
async function readPaper(office: OfficePackage): Promise<Result<string>> {
  let paper = 'FFFFFF'
  let isPast = false
  const read = await office.read(body, {
    isDone: () => isPast,
    open(name, attributes) {
      if (name === 'background') paper = attributes.get('color') ?? paper
      isPast = name === 'body'
    },
    close: () => undefined,
    text: () => undefined,
  })
  return read.ok ? ok(paper) : read
}
