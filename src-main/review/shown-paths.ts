import { basename, dirname, relative, sep } from 'node:path'

/**
 * Names for what lies at absolute paths that a page may see: counted from the innermost folder that holds everything that was opened,
 * with `/`. One path alone goes by its own name.
 */
export function shownPaths(opened: readonly string[]): (path: string) => string {
  const folder = innermostFolder(opened.map(dirname))
  return (path) => {
    const inside = relative(folder, path)
    return inside === '' || inside.startsWith('..') ? basename(path) : inside.split(sep).join('/')
  }
}

/** `launch.eml`, or `launch.eml + 3`. */
export function openedName(opened: readonly string[]): string {
  const [first] = opened
  if (first === undefined) return ''
  return opened.length === 1 ? basename(first) : `${basename(first)} + ${opened.length - 1}`
}

function innermostFolder(folders: readonly string[]): string {
  const [first, ...rest] = folders
  let common = first ?? ''
  for (const folder of rest) {
    while (!isInside(folder, common) && dirname(common) !== common) common = dirname(common)
  }
  return common
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}
