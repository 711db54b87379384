import type { ShallowRef } from 'vue'
import { useScrollLink, type ScrollPort } from './scroll-link.ts'

/** Joins an editor to the view beside it; what it returns is to be called when it was scrolled. */
export function useEditorScroll(editor: Readonly<ShallowRef<ScrollPort | null>>, isActive: () => boolean): () => void {
  return useScrollLink({
    top: () => editor.value?.top() ?? 0,
    range: () => (isActive() ? (editor.value?.range() ?? 0) : 0),
    scrollTo: (top) => editor.value?.scrollTo(top),
    anchors: () => editor.value?.anchors() ?? new Map<number, number>(),
  })
}
