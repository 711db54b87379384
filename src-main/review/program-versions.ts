/** The program and what it runs on: whoever asks for help is asked for these first. */
export function programVersions(own: string): { readonly name: string; readonly version: string }[] {
  const { electron, chrome, node, v8, sqlite } = process.versions
  const known = [
    ['clausebench', own],
    ['Electron', electron],
    ['Chromium', chrome],
    ['Node.js', node],
    ['V8', v8],
    ['SQLite', sqlite],
  ] as const
  return known.flatMap(([name, version]) => (version === undefined ? [] : [{ name, version }]))
}
