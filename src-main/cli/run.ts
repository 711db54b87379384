import { visible } from '../report/visible.ts'
import { exitCodes } from './exit-code.ts'
import type { CliIo } from './io.ts'

export const help = `Usage: clausebench COMMAND [options]

Reviews e-mail, SMS and push campaigns against a provider's acceptable use policy. Everything happens on this computer.

Commands
  check PATH...             review files and folders
  rules list|show|test|hits the rules of the packs; run the examples inside them; hits over files
  policy import|list|show|diff  policies, their versions and clauses
  review show ID            a sign-off as it was frozen
  serve [PATH...]           the workbench in a browser, on this computer only

Options
  -h, --help                also of every command
  --version

Example
  clausebench check spring-campaign
`

/** Runs one command; resolves with the exit code. Each command is loaded when it is called for. */
export async function runCli(argv: readonly string[], io: CliIo): Promise<number> {
  const [command, ...rest] = argv
  switch (command) {
    case 'check':
      return (await import('./check-command.ts')).checkCommand(rest, io)
    case 'rules':
      return (await import('./rules-command.ts')).rulesCommand(rest, io)
    case 'policy':
      return (await import('./policy-command.ts')).policyCommand(rest, io)
    case 'review':
      return (await import('./review-command.ts')).reviewCommand(rest, io)
    case 'serve':
      return serve(rest, io)
    case 'help':
    case '--help':
    case '-h':
      io.stdout(help)
      return exitCodes.fine
    case '--version':
      io.stdout(`${io.version}\n`)
      return exitCodes.fine
    case undefined:
      io.stderr(help)
      return exitCodes.wrongCall
    default:
      io.stderr(`clausebench: there is no command “${visible(command)}”.\nSee: clausebench --help\n`)
      return exitCodes.wrongCall
  }
}

async function serve(argv: readonly string[], io: CliIo): Promise<number> {
  const { serveCommand } = await import('../serve/command.ts')
  const { stdout, stderr, environment, workingDir, projectDir, version } = io
  return serveCommand(argv, { stdout, stderr, environment, workingDir, projectDir, version, stop: io.stopSignal() })
}
