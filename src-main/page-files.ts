import { realpath, stat } from 'node:fs/promises'
import { extname, isAbsolute, relative, resolve, sep } from 'node:path'

export type PageFile =
  | { readonly status: 200; readonly path: string; readonly type: string; readonly bytes: number }
  | { readonly status: 403 | 404 }

/** Types the build can produce. A file of any other kind is not served. */
const types: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.mjs', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.ico', 'image/x-icon'],
  ['.woff', 'font/woff'],
  ['.woff2', 'font/woff2'],
  ['.ttf', 'font/ttf'],
  ['.wasm', 'application/wasm'],
])

/**
 * The built page's file for the path of a request: percent-encoded, beginning with `/`, without query. `/` is
 * `index.html`. Nothing outside `rootDir` is ever named, by dots, encoded separators, or links.
 */
export async function findPageFile(rootDir: string, requestPath: string): Promise<PageFile> {
  const name = decodePath(requestPath)
  if (name === null) return { status: 403 }
  const path = resolve(rootDir, name === '' ? 'index.html' : name)
  if (!isInside(rootDir, path)) return { status: 403 }
  const type = types.get(extname(path).toLowerCase())
  if (type === undefined) return { status: 404 }
  try {
    const [realRoot, realPath] = await Promise.all([realpath(rootDir), realpath(path)])
    if (!isInside(realRoot, realPath)) return { status: 403 }
    const found = await stat(realPath)
    return found.isFile() ? { status: 200, path: realPath, type, bytes: found.size } : { status: 404 }
  } catch {
    return { status: 404 }
  }
}

/** Null for what no link of the page can look like. */
function decodePath(requestPath: string): string | null {
  if (!requestPath.startsWith('/')) return null
  let name: string
  try {
    name = decodeURIComponent(requestPath.slice(1))
  } catch {
    return null
  }
  if (/[\u0000\\:]/.test(name) || isAbsolute(name)) return null
  if (name.split('/').some((segment) => segment === '..' || segment === '.')) return null
  return name
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}
