import type { Views } from '../views/view.ts'

const fewCharacters = 60

/** Whether what the message says stands in pictures: next to no text, and at least one picture that shows something. */
export function isImageOnly(views: Views): boolean {
  return (
    views.visibleLength < fewCharacters && views.images.some(({ visible, trackingPixel }) => visible && !trackingPixel)
  )
}
