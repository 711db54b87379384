import { onMounted, onUnmounted, ref } from 'vue'

/** Files dropped anywhere on the window; `over` while some are held above it. */
export function useDrop(onDrop: (data: DataTransfer, isOnMessage: boolean) => void) {
  const over = ref(false)
  /** Enter and leave come for every element on the way. */
  let depth = 0

  function holdsFiles(event: DragEvent): boolean {
    return event.dataTransfer?.types.includes('Files') ?? false
  }

  function enter(event: DragEvent): void {
    if (!holdsFiles(event)) return
    depth += 1
    over.value = true
  }

  function move(event: DragEvent): void {
    event.preventDefault()
    if (event.dataTransfer !== null) event.dataTransfer.dropEffect = holdsFiles(event) ? 'copy' : 'none'
  }

  function leave(event: DragEvent): void {
    if (!holdsFiles(event)) return
    depth -= 1
    if (depth <= 0) reset()
  }

  function drop(event: DragEvent): void {
    event.preventDefault()
    reset()
    if (event.dataTransfer !== null && holdsFiles(event)) onDrop(event.dataTransfer, isOnMessage(event))
  }

  /** Whatever lies over it while files are held above the window. */
  function isOnMessage({ clientX, clientY }: DragEvent): boolean {
    return document.elementsFromPoint(clientX, clientY).some((element) => element.closest('.message-pane') !== null)
  }

  function reset(): void {
    depth = 0
    over.value = false
  }

  const listeners = { dragenter: enter, dragover: move, dragleave: leave, drop } as const
  onMounted(() => {
    for (const [type, listener] of Object.entries(listeners))
      window.addEventListener(type as keyof typeof listeners, listener)
  })
  onUnmounted(() => {
    for (const [type, listener] of Object.entries(listeners))
      window.removeEventListener(type as keyof typeof listeners, listener)
  })

  return { over }
}
