import type { Views } from '../views/view.ts'

const fewCharacters = 60
/** “See below.” beside an attached picture. */
const nextToNothing = 12

/** Whether what the message says stands in pictures: next to no text, and at least one picture that shows something. */
export function isImageOnly(views: Views): boolean {
  const { visibleLength, images, attachments } = views
  return (
    (visibleLength < fewCharacters && images.some(({ visible, trackingPixel }) => visible && !trackingPixel)) ||
    (visibleLength < nextToNothing && attachments.some(({ trueType }) => trueType?.startsWith('image/') === true))
  )
}
