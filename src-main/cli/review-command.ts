import { join, resolve } from 'node:path'
import { signOffSchema } from '../contract/sign-off.ts'
import { platformDataDir } from '../data-folder.ts'
import { escapedJson } from '../report/json.ts'
import { signOffHtml } from '../report/sign-off.ts'
import { visible } from '../report/visible.ts'
import { isWhole } from '../review/people/sign.ts'
import { createWorkspaces } from '../store/workspaces.ts'
import { choice, parseCall } from './arguments.ts'
import { exitCodes, type ExitCode } from './exit-code.ts'
import type { CliIo } from './io.ts'

export const reviewHelp = `Usage: clausebench review show ID [options]

A sign-off as it was frozen: the report as it was shown, decisions, clause texts, hashes of packs and values, name and time.

Options
  --format json|html        default json
  --data DIR                the data folder, with its workspaces
  -h, --help

Exit code
  0  it is printed
  2  the call is wrong, or there is no such sign-off
  3  it cannot be read, or the kept bytes are not those that were signed

Example
  clausebench review show s-7k2m4p9qrstv --format html > sign-off.html
`

const options = {
  format: { type: 'string', default: 'json' },
  data: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const

/** `clausebench review` (`formats.md` §1). */
export async function reviewCommand(argv: readonly string[], io: CliIo): Promise<ExitCode> {
  const parsed = parseCall({ args: [...argv], options, allowPositionals: true })
  if (!parsed.ok) return wrongCall(io, parsed.problem.message)
  const { values, positionals } = parsed.value
  if (values.help) {
    io.stdout(reviewHelp)
    return exitCodes.fine
  }
  const [command, id, ...rest] = positionals
  const format = choice('--format', values.format, ['json', 'html'] as const)
  if (!format.ok) return wrongCall(io, format.problem.message)
  if (command !== 'show')
    return wrongCall(io, command === undefined ? 'Which command?' : `There is no “review ${visible(command)}”.`)
  if (id === undefined || rest.length > 0) return wrongCall(io, 'review show takes one ID.')
  const folder =
    values.data === undefined
      ? (io.environment.dataDir ?? platformDataDir(io.environment))
      : resolve(io.workingDir, values.data)
  return show(id, format.value, join(folder, 'workspaces'), io)
}

async function show(id: string, format: 'json' | 'html', folder: string, io: CliIo): Promise<ExitCode> {
  const workspaces = createWorkspaces(folder)
  const kept = await workspaces.search((workspace) => workspace.snapshot(id))
  workspaces.close()
  if (kept === null) {
    const damaged = (await createWorkspaces(folder).list()).filter(({ problem }) => problem !== null)
    for (const { id: name, problem } of damaged) io.stderr(`clausebench: ${name}: ${problem?.message ?? ''}\n`)
    return damaged.length > 0
      ? exitCodes.unreadable
      : wrongCall(io, `There is no sign-off “${visible(id)}” in this data folder.`)
  }
  const signOff = signOffSchema.parse(JSON.parse(kept.document))
  const whole = isWhole(signOff, kept.bytes)
  io.stdout(format === 'json' ? escapedJson(signOff) : signOffHtml(signOff, whole))
  if (whole === true) return exitCodes.fine
  io.stderr('clausebench: the kept bytes of the message are not those that were signed.\n')
  return exitCodes.unreadable
}

function wrongCall(io: CliIo, message: string): ExitCode {
  io.stderr(`clausebench: ${message}\nSee: clausebench review --help\n`)
  return exitCodes.wrongCall
}
