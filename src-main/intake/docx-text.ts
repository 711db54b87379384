import type { DocumentText } from './document-message.ts'
import type { DocxStyles, RunStyle } from './docx-style.ts'
import { mergeStyles, unseenBy, withProperty } from './docx-style.ts'
import type { PartLink, UnseenBy } from './message.ts'
import type { Relation } from './office-package.ts'
import type { XmlHandler } from './xml-events.ts'

/** Collects the text of the parts of a document: what readers see, and what they do not, by the reason. */
export interface DocxTexts {
  /** Reads one part; `unseen`: all of it is (comments). */
  readonly handler: (relations: ReadonlyMap<string, Relation>, unseen: UnseenBy | null) => XmlHandler
  readonly build: () => readonly DocumentText[]
}

interface Stretch {
  readonly pieces: string[]
  length: number
  readonly links: PartLink[]
}

interface OpenLink {
  readonly href: string
  readonly start: number
}

export function docxTexts(styles: DocxStyles, paper: string): DocxTexts {
  const stretches = new Map<UnseenBy | null, Stretch>()

  function stretchOf(by: UnseenBy | null): Stretch {
    let stretch = stretches.get(by)
    if (stretch === undefined) stretches.set(by, (stretch = { pieces: [], length: 0, links: [] }))
    return stretch
  }

  function add(by: UnseenBy | null, text: string): void {
    const stretch = stretchOf(by)
    stretch.pieces.push(text)
    stretch.length += text.length
  }

  function handler(relations: ReadonlyMap<string, Relation>, unseen: UnseenBy | null): XmlHandler {
    let paragraph: RunStyle = {}
    let run: RunStyle = {}
    let inRunProperties = false
    let inParagraphProperties = false
    let inRun = false
    let inText = false
    let inInstruction = false
    /** In what Word does not show: a tracked deletion, the old place of something moved. */
    let deleted = 0
    /** In what is only for programs that do not know a feature, and repeats what stands before. */
    let fallback = 0
    let cellFills: (string | undefined)[] = []
    let inCellProperties = false
    const openLinks: OpenLink[] = []
    /** Complex fields: what they are told to do, and whether their shown result has begun. */
    const fields: { instruction: string; hasResult: boolean; linked: boolean }[] = []
    const written = new Set<UnseenBy | null>()

    function put(text: string): void {
      if (fallback > 0) return
      const fill = cellFills.at(-1)
      const style = mergeStyles([styles.defaults, paragraph, run])
      const by = unseen ?? (deleted > 0 ? 'comment' : unseenBy(style, fill ?? paper))
      written.add(by)
      add(by, text)
    }

    function openLink(href: string | undefined): void {
      openLinks.push({ href: href ?? '', start: stretchOf(unseen).length })
    }

    function closeLink(): void {
      const link = openLinks.pop()
      const stretch = stretchOf(unseen)
      // A link in a link is no link.
      if (link === undefined || link.href === '' || openLinks.length > 0 || stretch.length === link.start) return
      stretch.links.push({ href: link.href, span: { start: link.start, end: stretch.length } })
    }

    return {
      open(name, attributes) {
        inText = false
        inInstruction = false
        if (inRunProperties || (inParagraphProperties && name === 'shd')) {
          if (name === 'rStyle') run = mergeStyles([run, styles.of(attributes.get('val') ?? '')])
          else if (inRunProperties && inRun) run = withProperty(run, name, attributes)
          else if (!inRunProperties) paragraph = withProperty(paragraph, name, attributes)
          return
        }
        switch (name) {
          case 'p':
            paragraph = {}
            break
          case 'pPr':
            inParagraphProperties = true
            break
          case 'pStyle':
            paragraph = mergeStyles([paragraph, styles.of(attributes.get('val') ?? '')])
            break
          case 'r':
            inRun = true
            run = {}
            break
          case 'rPr':
            inRunProperties = true
            break
          case 't':
          case 'delText':
            inText = true
            break
          case 'instrText':
            inInstruction = true
            break
          case 'tab':
          case 'ptab':
            if (inRun) put('\t')
            break
          case 'br':
          case 'cr':
            put('\n')
            break
          case 'noBreakHyphen':
            put('\u2011')
            break
          case 'del':
          case 'moveFrom':
            deleted++
            break
          case 'Fallback':
            fallback++
            break
          case 'tc':
            cellFills.push(undefined)
            break
          case 'tcPr':
            inCellProperties = true
            break
          case 'shd':
            if (inCellProperties) cellFills = [...cellFills.slice(0, -1), attributes.get('fill')]
            break
          case 'hyperlink':
            openLink(relations.get(attributes.get('id') ?? '')?.target)
            break
          case 'fldSimple':
            openLink(hyperlinkOf(attributes.get('instr') ?? ''))
            break
          case 'fldChar': {
            const field = fields.at(-1)
            const type = attributes.get('fldCharType')
            if (type === 'begin') fields.push({ instruction: '', hasResult: false, linked: false })
            else if (type === 'separate' && field !== undefined) {
              field.hasResult = true
              field.linked = true
              openLink(hyperlinkOf(field.instruction))
            } else if (type === 'end' && field !== undefined) {
              if (field.linked) closeLink()
              fields.pop()
            }
            break
          }
        }
      },
      close(name) {
        inText = false
        inInstruction = false
        switch (name) {
          case 'pPr':
            inParagraphProperties = false
            break
          case 'rPr':
            inRunProperties = false
            break
          case 'tcPr':
            inCellProperties = false
            break
          case 'r':
            inRun = false
            break
          case 'p':
            for (const by of written) add(by, '\n')
            written.clear()
            break
          case 'tc':
            cellFills.pop()
            break
          case 'del':
          case 'moveFrom':
            deleted--
            break
          case 'Fallback':
            fallback--
            break
          case 'hyperlink':
          case 'fldSimple':
            closeLink()
            break
        }
      },
      text(text) {
        if (inText) put(text)
        const field = fields.at(-1)
        if (inInstruction && field?.hasResult === false) field.instruction += text
      },
    }
  }

  return {
    handler,
    build: () =>
      [...stretches.entries()]
        .sort(([a], [b]) => Number(a !== null) - Number(b !== null))
        .map(([by, { pieces, links }]) => ({ text: pieces.join(''), unseenBy: by, links })),
  }
}

/** ` HYPERLINK "https://…" \o "…"`. */
function hyperlinkOf(instruction: string): string | undefined {
  return /^\s*HYPERLINK\s+"([^"]*)"/i.exec(instruction)?.[1]
}
