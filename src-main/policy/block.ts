import type { Utf16Span } from '../contract/span.ts'
import { spanMapBuilder, type SpanMap, type SpanMapBuilder } from '../intake/span-map.ts'

/** A heading, paragraph, list item or table row of a policy document, in the order of the file. */
export interface Block {
  readonly kind: 'heading' | 'item' | 'paragraph'
  /** Of a heading 1–6, of an item its depth from 1, of a paragraph 0. */
  readonly level: number
  /** White space as one blank, trimmed; never empty. */
  readonly text: string
  /** That its list gives it without being part of its text: `3`, `2.1`, `b`; null: none. */
  readonly number: string | null
  /** From `text` to the decoded file. */
  readonly toFile: SpanMap<'utf16', 'utf16'>
  /** Of the block in the decoded file. */
  readonly span: Utf16Span
  readonly links: readonly BlockLink[]
  /** All of it is bold: a paragraph of this kind serves as a heading. */
  readonly isStrong: boolean
  /** Written within the file's own navigation, header, footer or the like. */
  readonly furniture: Furniture | null
}

export interface BlockLink {
  /** In the block's text. */
  readonly span: Utf16Span
  readonly href: string
}

/** Why a stretch of the file is no part of the document. */
export type Furniture =
  | 'navigation'
  | 'table of contents'
  | 'footer'
  | 'cookie notice'
  | 'form'
  | 'script'
  | 'icon'
  | 'hidden text'
  | 'page header'
  | 'page footer'
  | 'page number'

/** Collects the text of one block: white space becomes one blank, with the place of what it stands for. */
export interface BlockText {
  /** `text` as shown; `at`: where each of its characters begins in the file, and where the last ends. */
  readonly add: (text: string, at: (index: number) => Utf16Span, isStrong?: boolean) => void
  readonly openLink: (href: string) => void
  readonly closeLink: () => void
  readonly isEmpty: () => boolean
  readonly build: () => Pick<Block, 'text' | 'toFile' | 'links' | 'isStrong'>
}

export function blockText(): BlockText {
  const builder: SpanMapBuilder<'utf16', 'utf16'> = spanMapBuilder()
  const links: BlockLink[] = []
  let text = ''
  let plainLetters = 0
  let blank: Utf16Span | null = null
  let openLink: { readonly start: number; readonly href: string } | null = null

  function put(character: string, { start, end }: Utf16Span): void {
    text += character
    if (end - start === character.length) builder.linear(character.length, start)
    else builder.atomic(character.length, start, end)
  }

  return {
    add(added, at, isStrong = false) {
      for (let index = 0; index < added.length; index++) {
        const character = added.charAt(index)
        if (/\s|\u200d/.test(character)) blank ??= at(index)
        else {
          if (blank !== null && text !== '') put(' ', blank)
          blank = null
          put(character, at(index))
          if (!isStrong && /[\p{L}\p{N}]/u.test(character)) plainLetters++
        }
      }
    },
    openLink(href) {
      openLink = { start: text.length + (blank !== null && text !== '' ? 1 : 0), href }
    },
    closeLink() {
      if (openLink === null) return
      const { start, href } = openLink
      if (text.length > start) links.push({ span: { start, end: text.length }, href })
      openLink = null
    },
    isEmpty: () => text === '',
    build: () => ({ text, toFile: builder.build(), links, isStrong: text !== '' && plainLetters === 0 }),
  }
}

/** Part of the block's text that is links, from 0 to 1. A link of Markdown that runs over paragraphs is no link to CommonMark, but one to people. */
export function linkShare({ text, links }: Block): number {
  if (/^!?\[[^\]]*$|^[^[]*\]\s?\((?:https?:|\/|#)[^)]*\)$/.test(text)) return 1
  return links.reduce((sum, { span }) => sum + span.end - span.start, 0) / text.length
}

/** A mark of a list and nothing of a number. */
export const bullet = /^(?:[•◦▪‣●○■□·–—*\uf0b7\uf0a7✓✔➢►▶∙⁃]+|-(?=\s)|o(?=\s+\p{L}))\s*/u
