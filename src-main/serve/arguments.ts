import { resolve } from 'node:path'
import { fail, ok, type Result } from '../contract/result.ts'

export interface ServeArguments {
  readonly kind: 'serve'
  /** Absolute. */
  readonly paths: readonly string[]
  /** 0: any free one. */
  readonly port: number
  readonly openBrowser: boolean
  /** Absolute; null: not given. */
  readonly dataDir: string | null
}

export const serveUsage = `Usage: clausebench serve [PATH...] [--port N] [--no-open] [--data DIR]

The workbench in a browser, on this machine only (127.0.0.1). Prints one line when it is ready: its address, with a token.
With PATHs (files, folders) it opens them as a campaign. Ends on Ctrl+C.

  --port N     listen there; default: any free port
  --no-open    do not open the default browser
  --data DIR   where workspaces and settings lie (or CLAUSEBENCH_DATA); default: the platform's data folder

Example: clausebench serve spring/ --no-open
`

/** Paths are resolved against `workingDir`; whether anything is there is found when it is opened. */
export function parseServeArguments(
  argv: readonly string[],
  workingDir: string,
): Result<ServeArguments | { readonly kind: 'help' }> {
  const paths: string[] = []
  let port = 0
  let openBrowser = true
  let dataDir: string | null = null
  const rest = [...argv]
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    if (argument === '--') {
      paths.push(...rest.splice(0))
      break
    }
    if (!argument.startsWith('-') || argument === '-') {
      paths.push(argument)
      continue
    }
    const equals = argument.indexOf('=')
    const name = equals < 0 ? argument : argument.slice(0, equals)
    const inline = equals < 0 ? null : argument.slice(equals + 1)
    switch (name) {
      case '--help':
      case '-h':
        return ok({ kind: 'help' })
      case '--no-open':
        if (inline !== null) return wrongCall('--no-open takes no value.')
        openBrowser = false
        break
      case '--port': {
        const value = inline ?? rest.shift()
        if (value === undefined || !/^\d{1,5}$/.test(value) || Number(value) > 65_535) {
          return wrongCall('--port takes a number from 0 to 65535.')
        }
        port = Number(value)
        break
      }
      case '--data': {
        const value = inline ?? rest.shift()
        if (!value) return wrongCall('--data takes a folder.')
        dataDir = resolve(workingDir, value)
        break
      }
      default:
        return wrongCall(`Unknown option ${name}.`)
    }
  }
  return ok({ kind: 'serve', paths: paths.map((path) => resolve(workingDir, path)), port, openBrowser, dataDir })
}

function wrongCall(message: string): Result<never> {
  return fail('bad-request', message)
}
