import { onMounted, onUnmounted, shallowRef } from 'vue'
import type { Answer } from '../../../../src-main/contract/operation-schemas.ts'
import { joinSections } from '../review/text-document.ts'

type Sections = Answer<'message.text'>['sections']

/** In the text that the Text view shows under `part`. */
export interface SelectedPlace {
  readonly part: string
  readonly start: number
  readonly end: number
  readonly text: string
}

interface EditorSelection {
  readonly label: string
  readonly start: number
  readonly end: number
}

/** What is selected in an editor, as its events tell. */
export function useEditorSelection(label: () => string) {
  const selection = shallowRef<{ readonly start: number; readonly end: number } | null>(null)
  function onSelection(event: Event): void {
    // The editor alone sends events of this name.
    const { detail } = event as CustomEvent<EditorSelection>
    if (detail.label === label()) selection.value = detail.end > detail.start ? detail : null
  }
  onMounted(() => document.addEventListener('code-selection', onSelection))
  onUnmounted(() => document.removeEventListener('code-selection', onSelection))
  return selection
}

/** Of an offset range of the joined text the section it lies in; cut at that section's ends. */
export function placeInSections(
  sections: Sections,
  heading: (part: string) => string,
  selected: { readonly start: number; readonly end: number },
): SelectedPlace | null {
  const joined = joinSections(sections, heading)
  for (const { part, start, end } of joined.sections) {
    const from = Math.max(start, selected.start)
    const to = Math.min(end, selected.end)
    if (from < to) return { part, start: from - start, end: to - start, text: joined.text.slice(from, to) }
  }
  return null
}

/** What a person selected in the rendered message: its words, and how often they stand before it. */
export interface Quote {
  readonly words: string
  readonly before: number
}

export function quoteIn(frame: Document): Quote | null {
  const selection = frame.getSelection()
  if (selection === null || selection.rangeCount === 0 || selection.isCollapsed) return null
  const range = selection.getRangeAt(0)
  const words = squeezed(range.toString())
  if (words === '') return null
  const lead = frame.createRange()
  lead.setStart(frame.body, 0)
  lead.setEnd(range.startContainer, range.startOffset)
  return { words, before: occurrences(squeezed(lead.toString()), words) }
}

/**
 * The place of a quote. The frame's document knows nothing of the message's offsets, so the words are looked for in what the Text view shows of the
 * same body: the one that has as many of them before it.
 */
export function placeOfQuote(sections: Sections, { words, before }: Quote): SelectedPlace | null {
  const bodies = sections.filter(({ part }) => /^(html|text)/.test(part))
  for (const { part, text } of [...bodies, ...sections]) {
    const found = [...text.matchAll(new RegExp(words.split(' ').map(escaped).join('\\s*'), 'g'))]
    const hit = found[before] ?? found[0]
    if (hit !== undefined) return { part, start: hit.index, end: hit.index + hit[0].length, text: hit[0] }
  }
  return null
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function occurrences(text: string, words: string): number {
  return text.split(words).length - 1
}

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
