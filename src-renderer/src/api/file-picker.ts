import { pickedFiles, type NamedFile } from './dropped-files.ts'

/** The browser's own file dialog, for browser mode. Empty when dismissed. */
export function pickFiles(kind: 'files' | 'folder'): Promise<readonly NamedFile[]> {
  const input = document.createElement('input')
  input.type = 'file'
  input.multiple = true
  input.webkitdirectory = kind === 'folder'
  input.hidden = true
  // In the document, so that assistive technology and tests can reach it while the dialog is open.
  document.body.append(input)
  return new Promise((resolve) => {
    const finish = () => {
      resolve(input.files === null ? [] : pickedFiles(input.files))
      input.remove()
    }
    input.addEventListener('change', finish, { once: true })
    input.addEventListener('cancel', finish, { once: true })
    input.click()
  })
}
