import type { PolicyDocument } from '../../contract/policy-document.ts'
import { inputSource } from '../../intake/byte-source.ts'
import { decodedFile } from '../../intake/decoded-file.ts'

/** A stretch of the file that is no part of the policy, as a person can read it. */
export interface CutText {
  readonly why: string
  /** Its first words, without markup. */
  readonly text: string
  readonly characters: number
}

const longestShown = 300

export function cutTexts({ cut, source }: PolicyDocument, original: Uint8Array): CutText[] {
  if (!source.mediaType.startsWith('text/')) {
    return cut.map((one) => ({
      why: one.why,
      text: textOf(one) ?? '',
      characters: one.span.end - one.span.start,
    }))
  }
  const { text } = decodedFile(inputSource(original))
  return cut
    .map((one) => ({
      why: one.why,
      text: textOf(one) ?? plain(text.slice(one.span.start, one.span.end), source.mediaType),
      characters: one.span.end - one.span.start,
    }))
    .filter((one) => one.text !== '')
}

function textOf(cut: object): string | null {
  return 'text' in cut && typeof cut.text === 'string' ? cut.text : null
}

/** Good enough to be recognised by who reads it; the place in the file is what counts. */
function plain(source: string, mediaType: string): string {
  const words =
    mediaType === 'text/html'
      ? source
          .slice(0, 40_000)
          .replace(/<(script|style|svg)\b[^]*?(?:<\/\1>|$)/gi, ' ')
          .replace(/<[^>]*(?:>|$)/g, ' ')
          .replace(/&(?:nbsp|#160);/g, ' ')
          .replace(/&amp;/g, '&')
      : source.slice(0, 4000).replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
  const text = words.replace(/\s+/g, ' ').trim()
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text
}
