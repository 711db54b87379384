import type { Page } from '@playwright/test'

/** Drops files on the window. One made by a page has no path on disk; one from a file field has, as a dropped one does. */
export async function dropFiles(page: Page, paths: readonly string[]): Promise<void> {
  const field = await page.evaluateHandle(() =>
    Object.assign(document.createElement('input'), { type: 'file', multiple: true }),
  )
  await field.setInputFiles([...paths])
  await field.evaluate(({ files }) => {
    const dataTransfer = new DataTransfer()
    for (const file of files ?? []) dataTransfer.items.add(file)
    for (const type of ['dragenter', 'dragover', 'drop'])
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
  })
}
