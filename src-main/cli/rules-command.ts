import { localDate } from '../local-date.ts'
import { visible } from '../report/visible.ts'
import { loadPacks, type LoadedPacks } from '../rules/load-packs.ts'
import { choice, day, parseCall } from './arguments.ts'
import { exitCodes, type ExitCode } from './exit-code.ts'
import type { CliIo } from './io.ts'
import { packOptions, packSelection } from './pack-options.ts'

const help = `Usage: clausebench rules COMMAND [options]

The rules of the packs.

Commands
  list                      every rule: severity, clauses, id, title
  list --identifiers        the types that a rule of kind identifier may name
  show ID...                all of a rule
  test                      runs the examples inside the rules; exit code 1 when one fails or a pack has problems

Options
  --packs DIR               also own packs from there (repeatable)
  --pack ID[@VERSION]       only these packs (repeatable)
  --as-of DATE              versions of that day; default today
  --format text|json        default text
  -h, --help

Example
  clausebench rules test --packs my-packs
`

export interface RulesCall {
  readonly format: 'text' | 'json'
  readonly loaded: LoadedPacks
  readonly asOf: string
}

/** `clausebench rules …`: 0, or 1 when an example fails or a pack has problems, or 2 when the call is wrong. */
export async function rulesCommand(argv: readonly string[], io: CliIo): Promise<ExitCode> {
  const call = parseCall({
    args: [...argv],
    allowPositionals: true,
    options: {
      ...packOptions,
      help: { type: 'boolean', short: 'h' },
      format: { type: 'string', default: 'text' },
      identifiers: { type: 'boolean' },
    },
  })
  if (!call.ok) return wrongCall(io, call.problem.message)
  const { values, positionals } = call.value
  const [command, ...ids] = positionals
  if (values.help) {
    io.stdout(help)
    return exitCodes.fine
  }
  if (command === 'hits') return wrongCall(io, 'rules hits is not in this version.')
  const known = choice('rules', command ?? '', ['list', 'show', 'test'] as const)
  if (!known.ok) return wrongCall(io, command === undefined ? 'Say list, show or test.' : known.problem.message)
  const format = choice('--format', values.format, ['text', 'json'] as const)
  if (!format.ok) return wrongCall(io, format.problem.message)
  if (known.value === 'show' ? ids.length === 0 : ids.length > 0) {
    return wrongCall(
      io,
      known.value === 'show' ? 'rules show takes the ids of rules.' : `rules ${known.value} takes no ids.`,
    )
  }
  if (values.identifiers) {
    if (known.value !== 'list') return wrongCall(io, '--identifiers belongs to rules list.')
    const { listIdentifiers } = await import('./rules-list.ts')
    io.stdout(listIdentifiers(format.value))
    return exitCodes.fine
  }

  const asOf = values['as-of'] === undefined ? localDate(io.now()) : day('--as-of', values['as-of'])
  if (typeof asOf !== 'string' && !asOf.ok) return wrongCall(io, asOf.problem.message)
  const today = typeof asOf === 'string' ? asOf : asOf.value
  const selection = packSelection(values, today, io)
  if (!selection.ok) return wrongCall(io, selection.problem.message)
  const loaded = await loadPacks(selection.value)
  if (!loaded.ok) return wrongCall(io, loaded.problem.message)
  const rulesCall: RulesCall = { format: format.value, loaded: loaded.value, asOf: today }
  switch (known.value) {
    case 'list': {
      const { listRules } = await import('./rules-list.ts')
      io.stdout(listRules(rulesCall))
      return exitCodes.fine
    }
    case 'show': {
      const { showRules } = await import('./rules-show.ts')
      const shown = showRules(rulesCall, ids, Math.min(io.columns, 120))
      if (!shown.ok) return wrongCall(io, shown.problem.message)
      io.stdout(shown.value)
      return exitCodes.fine
    }
    case 'test': {
      const { testRules } = await import('./rules-test.ts')
      const { text, failed } = testRules(rulesCall)
      io.stdout(text)
      return failed ? exitCodes.findings : exitCodes.fine
    }
  }
}

function wrongCall(io: CliIo, message: string): ExitCode {
  io.stderr(`${visible(`clausebench rules: ${message}`)}\nSee: clausebench rules --help\n`)
  return exitCodes.wrongCall
}
