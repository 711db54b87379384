import { isAbsolute, resolve } from 'node:path'

/** What the command line of the desktop program says. It comes from anyone who can start it: nothing in it is obeyed but this. */
export interface StartArguments {
  /** Absolute, in the order given. */
  readonly paths: readonly string[]
  /** Absolute; null: not given. */
  readonly dataDir: string | null
}

const maxPaths = 20_000
const maxPathUnits = 4096

/**
 * @param argv all of `process.argv`
 * @param entryIsNamed Electron was started with a script to run (in the checkout), which stands before our own arguments
 */
export function parseStartArguments(
  argv: readonly string[],
  workingDir: string,
  entryIsNamed: boolean,
): StartArguments {
  const positional: string[] = []
  let dataDir: string | null = null
  const rest = argv.slice(1)
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    if (argument === '--') positional.push(...rest.splice(0))
    else if (argument === '--data') dataDir = rest.shift() ?? null
    else if (argument.startsWith('--data=')) dataDir = argument.slice('--data='.length)
    // Electron's own, before the script: their value is the next argument.
    else if (entryIsNamed && (argument === '-r' || argument === '--require')) rest.shift()
    // Switches of Chromium and of whoever wraps the start; none of them is ours.
    else if (!argument.startsWith('-')) positional.push(argument)
  }
  const named = entryIsNamed ? positional.slice(1) : positional
  return {
    paths: named
      .filter(isUsablePath)
      .slice(0, maxPaths)
      .map((path) => resolve(workingDir, path)),
    dataDir: dataDir !== null && isUsablePath(dataDir) ? resolve(workingDir, dataDir) : null,
  }
}

/** Paths that another process (a second start) or the preload (a drop) hands over: absolute ones, or null for anything else. */
export function handedPaths(value: unknown): readonly string[] | null {
  if (!Array.isArray(value) || value.length === 0 || value.length > maxPaths) return null
  const paths: unknown[] = value
  return paths.every((path): path is string => typeof path === 'string' && isUsablePath(path) && isAbsolute(path))
    ? paths
    : null
}

/** An address (`javascript:…`, `file://…`) handed over by the system is not a path. */
function isUsablePath(path: string): boolean {
  return path !== '' && path.length <= maxPathUnits && !path.includes('\u0000') && !/^[a-z][a-z0-9+.-]+:/i.test(path)
}
