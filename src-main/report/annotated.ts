import type { Finding } from '../contract/report.ts'
import type { TextPart } from '../intake/message.ts'
import { childrenOf, parseMarkup, type MarkupNode } from '../views/markup.ts'
import type { Views } from '../views/view.ts'
import { documentOf } from './annotated/document.ts'
import { inlineImages } from './annotated/images.ts'
import { placeMarks } from './annotated/mark-places.ts'
import type { ColourScheme } from './annotated/style-filter.ts'
import { markWords, type MarkLanguage, type MarkWords } from './annotated/mark-words.ts'
import { markSet, markSpan, type MarkSet, type MarkSpan } from './annotated/mark-set.ts'
import { element, serialise, type OutputElement, type OutputNode } from './annotated/output-tree.ts'
import { sanitisePart, type BlockedCounts } from './annotated/sanitise.ts'
import { textPartNodes } from './annotated/text-part.ts'

export interface AnnotateOptions {
  /** Of texts without a look of their own. */
  readonly theme: 'light' | 'dark'
  /** Styles that a mail has for dark mode hold; left out: those for light mode. */
  readonly dark?: boolean
  /** Of what boxes say of themselves; left out: English. */
  readonly language?: MarkLanguage
}

export interface AnnotatedMessage {
  /** A whole document, for an isolated frame only. */
  readonly html: string
  /** What the mail asked for and did not get. */
  readonly blocked: { readonly images: number; readonly styles: number; readonly active: number }
  /** The mail has styles for dark mode. */
  readonly hasDark: boolean
  /** Numbers of the findings that have a mark in it, ascending. */
  readonly marked: number[]
}

/**
 * The message as a reader sees it, sanitised and marked: each finding's characters in `<mark data-finding="N">`, the first
 * with `id="mark-N"`; links as `<a data-link="N">` without an address. Any mail gives a document; none throws.
 */
export function annotate(views: Views, findings: readonly Finding[], options: AnnotateOptions): AnnotatedMessage {
  const bodies = views.message.texts.filter((part) => part.kind === 'html')
  const marks = markSet()
  const blocked: BlockedCounts = { images: 0, styles: 0, active: 0 }
  const words = markWords(options.language ?? 'en')
  const scheme: ColourScheme = { dark: options.dark === true, hasDark: false }
  const roots =
    bodies.length > 0
      ? markupDocument(views, bodies, findings, marks, blocked, scheme, words)
      : textDocument(views, findings, marks, options.theme, words)
  const html = settle(roots)
  const { hasDark } = scheme
  if (html !== null) return { html, blocked, hasDark, marked: marks.drawn() }
  const plain = markSet()
  return {
    html: write(textDocument(views, findings, plain, options.theme, words)),
    blocked,
    hasDark,
    marked: plain.drawn(),
  }
}

function markupDocument(
  views: Views,
  bodies: readonly TextPart[],
  findings: readonly Finding[],
  marks: MarkSet,
  blocked: BlockedCounts,
  scheme: ColourScheme,
  words: MarkWords,
): readonly OutputNode[] {
  const images = inlineImages(views.message.attachments)
  const parts = bodies.map((part) =>
    sanitisePart(part, {
      views,
      places: placeMarks(views, part.part, findings, words),
      marks,
      images,
      blocked,
      scheme,
      words,
    }),
  )
  const [first, ...others] = parts
  // an attached mail's own styles would change the look of the first
  const rest = others.flatMap(({ body }) => [element('hr'), { ...body, name: 'div' }])
  const body = element('body')
  const whole: OutputElement =
    first === undefined ? body : { ...first.body, children: [...first.body.children, ...rest] }
  return documentOf(whole, first?.css ?? '', {}, words.document)
}

/** Mail without HTML, texts and push messages: the texts themselves, on paper of the theme. */
function textDocument(
  views: Views,
  findings: readonly Finding[],
  marks: MarkSet,
  theme: 'light' | 'dark',
  words: MarkWords,
): readonly OutputNode[] {
  const shown = views.message.texts.filter(({ kind }) => kind === 'title' || kind === 'text' || kind === 'html')
  const nodes = shown.map((part) => textPartNodes(part, views, marksIn(part, views, findings), marks, words))
  return documentOf(element('body', { 'data-theme': theme }, nodes), '', { 'data-theme': theme }, words.document)
}

function marksIn(part: TextPart, views: Views, findings: readonly Finding[]): MarkSpan[] {
  return findings.flatMap((finding) => {
    const link = views.links.find((one) => finding.part === `link:${String(one.number)}`)
    const place = link === undefined ? finding.part : link.source.part
    return finding.span !== null && place === part.part ? [markSpan(finding, finding.span)] : []
  })
}

/** Readings after which a document that still changes is given up. */
const maxReadings = 6

/**
 * Writes the document so that a browser's reading of it has the same tree: what a second reading would move is moved
 * before it is shown (mutation attacks live on that difference). Null when it does not come to rest.
 */
function settle(roots: readonly OutputNode[]): string | null {
  let html = write(roots)
  for (let reading = 0; reading < maxReadings; reading++) {
    const again = write(childrenOf(parseMarkup(html, { places: false }).root))
    if (again === html) return html
    html = again
  }
  return null
}

function write(roots: readonly (OutputNode | MarkupNode)[]): string {
  return `<!DOCTYPE html>${serialise(roots)}`
}
