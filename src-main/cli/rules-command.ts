import { resolve } from 'node:path'
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
  hits PATH...              how often each rule hits in files and folders
  hits PATH... --against DIR   hits gained and lost against other packs: an older shipped or own one
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
      against: { type: 'string' },
    },
  })
  if (!call.ok) return wrongCall(io, call.problem.message)
  const { values, positionals } = call.value
  const [command, ...ids] = positionals
  if (values.help) {
    io.stdout(help)
    return exitCodes.fine
  }
  const known = choice('rules', command ?? '', ['list', 'show', 'hits', 'test'] as const)
  if (!known.ok) return wrongCall(io, command === undefined ? 'Say list, show, test or hits.' : known.problem.message)
  const format = choice('--format', values.format, ['text', 'json'] as const)
  if (!format.ok) return wrongCall(io, format.problem.message)
  const wrongNames = namesProblem(known.value, ids)
  if (wrongNames !== null) return wrongCall(io, wrongNames)
  if (values.against !== undefined && (known.value !== 'hits' || values.against === ''))
    return wrongCall(io, known.value === 'hits' ? '--against takes a folder.' : '--against belongs to rules hits.')
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
  if (known.value === 'hits') {
    const { hitsOverCorpus } = await import('./rules-hits.ts')
    const against = values.against === undefined ? null : resolve(io.workingDir, values.against)
    const call = { format: format.value, paths: ids, selection: selection.value, asOf: today, against }
    const hits = await hitsOverCorpus(call, io)
    if (!hits.ok) return wrongCall(io, hits.problem.message)
    io.stdout(hits.value)
    return exitCodes.fine
  }
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

function namesProblem(command: 'list' | 'show' | 'hits' | 'test', names: readonly string[]): string | null {
  switch (command) {
    case 'show':
      return names.length === 0 ? 'rules show takes the ids of rules.' : null
    case 'hits':
      return names.length === 0 ? 'rules hits takes the files and folders to look through.' : null
    case 'list':
    case 'test':
      return names.length > 0 ? `rules ${command} takes no ids.` : null
  }
}

function wrongCall(io: CliIo, message: string): ExitCode {
  io.stderr(`${visible(`clausebench rules: ${message}`)}\nSee: clausebench rules --help\n`)
  return exitCodes.wrongCall
}
