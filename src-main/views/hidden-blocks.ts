import { countSeen } from './filler.ts'
import type { MarkupElement } from './markup.ts'
import type { Hiding } from './style/computed-style.ts'
import { textAssembler, type AssembledText, type TextAssembler } from './text-assembler.ts'
import type { HiddenReason } from './view.ts'

/** Texts that no reader sees, one for each element that hides them. */
export interface HiddenBlocks {
  /** `afterWords`: the reader has seen something before. */
  readonly of: (hiding: Hiding, afterWords: boolean) => TextAssembler
  /** null when nothing was hidden by it yet. */
  readonly known: (hiding: Hiding) => TextAssembler | null
  readonly finish: () => readonly HiddenText[]
}

export interface HiddenText extends AssembledText {
  readonly hiddenBy: HiddenReason
  /** The preview that clients show beside the subject: what is hidden first, before all words, and short. */
  readonly preheader: boolean
}

/** Longest text that counts as a preheader, filler apart. */
const maxPreheaderLength = 200

export function hiddenBlocks(): HiddenBlocks {
  const blocks = new Map<
    MarkupElement,
    { readonly hiddenBy: HiddenReason; readonly first: boolean; readonly text: TextAssembler }
  >()

  return {
    of({ reason, root }, afterWords) {
      let block = blocks.get(root)
      if (block === undefined) {
        block = { hiddenBy: reason, first: blocks.size === 0 && !afterWords, text: textAssembler() }
        blocks.set(root, block)
      }
      return block.text
    },
    known: ({ root }) => blocks.get(root)?.text ?? null,
    finish: () =>
      [...blocks.values()].flatMap(({ hiddenBy, first, text }) => {
        const assembled = text.build()
        const length = countSeen(assembled.text)
        return length === 0 ? [] : [{ ...assembled, hiddenBy, preheader: first && length <= maxPreheaderLength }]
      }),
  }
}
