import type { ShallowRef } from 'vue'
import { useScrollLink } from './scroll-link.ts'

/** Joins a scrolling element with marks in it (`[data-finding]`) to the view beside it. */
export function useScrollBox(
  box: Readonly<ShallowRef<HTMLElement | null>>,
  isActive: () => boolean,
): { readonly onScroll: () => void } {
  const onScroll = useScrollLink({
    top: () => box.value?.scrollTop ?? 0,
    range: () => (box.value === null || !isActive() ? 0 : box.value.scrollHeight - box.value.clientHeight),
    scrollTo: (top) => box.value?.scrollTo({ top, behavior: 'instant' }),
    anchors: () => anchorsIn(box.value),
  })
  return { onScroll }
}

function anchorsIn(box: HTMLElement | null): ReadonlyMap<number, number> {
  const anchors = new Map<number, number>()
  if (box === null) return anchors
  const base = box.getBoundingClientRect().top - box.scrollTop
  for (const mark of box.querySelectorAll<HTMLElement>('[data-finding]')) {
    const number = Number(mark.dataset.finding)
    if (!anchors.has(number)) anchors.set(number, mark.getBoundingClientRect().top - base)
  }
  return anchors
}
