import { realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import { fail, ok, type Result } from '../contract/result.ts'
import type { AudienceFile, HistoryPlace } from '../intake/campaign-settings.ts'
import { localDate } from '../local-date.ts'
import { choice, day, parseCall } from './arguments.ts'
import { packOptions, packSelection } from './pack-options.ts'
import type { ReviewSettings } from '../review/job.ts'
import type { CliIo } from './io.ts'

export interface CheckOptions {
  readonly paths: readonly string[]
  readonly format: (typeof formats)[number]
  /** Absolute; null: standard output. */
  readonly out: string | null
  readonly settings: ReviewSettings
  /** Earlier messages. */
  readonly history: readonly HistoryPlace[]
  readonly failOn: 'error' | 'warning' | 'never'
  readonly requireComplete: boolean
  readonly explain: boolean
  readonly jobs: number
  readonly quiet: boolean
  readonly colours: boolean
}

const formats = ['text', 'json', 'sarif', 'csv', 'html'] as const
const maxJobs = 256

/** `check`'s command line (`formats.md` §1); null when only its help was asked for. */
export function checkOptions(argv: readonly string[], io: CliIo): Result<CheckOptions | null> {
  const call = parseCall({
    args: [...argv],
    allowPositionals: true,
    options: {
      ...packOptions,
      help: { type: 'boolean', short: 'h' },
      format: { type: 'string', default: 'text' },
      out: { type: 'string' },
      region: { type: 'string', multiple: true },
      audience: { type: 'string' },
      history: { type: 'string', multiple: true },
      'fail-on': { type: 'string', default: 'error' },
      'require-complete': { type: 'boolean' },
      explain: { type: 'boolean' },
      jobs: { type: 'string' },
      quiet: { type: 'boolean' },
      'no-color': { type: 'boolean' },
    },
  })
  if (!call.ok) return call
  const { values, positionals } = call.value
  if (values.help) return ok(null)
  if (positionals.length === 0) return fail('bad-request', 'Name at least one file or folder to review.')
  const empty = positionals.includes('') ? '' : values.out === '' ? '--out' : null
  if (empty !== null) return fail('bad-request', `${empty === '' ? 'A path' : empty} is empty.`)

  const format = choice('--format', values.format, formats)
  if (!format.ok) return format
  const failOn = choice('--fail-on', values['fail-on'], ['error', 'warning', 'never'] as const)
  if (!failOn.ok) return failOn
  const asOf = values['as-of'] === undefined ? ok(localDate(io.now())) : day('--as-of', values['as-of'])
  if (!asOf.ok) return asOf
  const region = regions(values.region ?? [])
  if (!region.ok) return region
  const audience = values.audience === undefined ? ok(null) : audienceFile(values.audience, io)
  if (!audience.ok) return audience
  const history = historyPlaces(values.history ?? [], io)
  if (!history.ok) return history
  const jobs = values.jobs === undefined ? ok(io.cores) : wholeNumber('--jobs', values.jobs)
  if (!jobs.ok) return jobs
  const packs = packSelection(values, asOf.value, io)
  if (!packs.ok) return packs
  const out = values.out === undefined ? null : resolve(io.workingDir, values.out)

  return ok({
    paths: positionals,
    format: format.value,
    out,
    settings: { packs: packs.value, asOf: asOf.value, region: region.value, audience: audience.value },
    history: history.value,
    failOn: failOn.value,
    requireComplete: values['require-complete'] ?? false,
    explain: values.explain ?? false,
    jobs: jobs.value,
    quiet: values.quiet ?? false,
    colours: out === null && io.stdoutIsTerminal && !io.environment.noColor && !values['no-color'],
  })
}

/** The list of recipients at a path; where a link leads is what is read. */
function audienceFile(given: string, io: CliIo): Result<AudienceFile> {
  try {
    return ok({ input: given, path: realpathSync(resolve(io.workingDir, given)), columns: {}, as: null })
  } catch {
    return fail('bad-request', `--audience: there is no file “${given}”.`)
  }
}

/** Where links lead is what is read; reports name what was given. */
function historyPlaces(given: readonly string[], io: CliIo): Result<readonly HistoryPlace[]> {
  const places: HistoryPlace[] = []
  for (const input of given) {
    try {
      places.push({ input: input.replace(/(?<=.)[\\/]+$/, ''), path: realpathSync(resolve(io.workingDir, input)) })
    } catch {
      return fail('bad-request', `--history: there is no file or folder “${input}”.`)
    }
  }
  return ok(places)
}

/** `US,US-FL` or repeated; ISO 3166 codes and `EU`. */
function regions(values: readonly string[]): Result<readonly string[]> {
  const codes = values.flatMap((value) => value.split(/[\s,]+/)).filter((code) => code !== '')
  const wrong = codes.find((code) => !/^[a-z]{2}(-[a-z0-9]{1,3})?$/i.test(code))
  if (wrong !== undefined)
    return fail('bad-request', `--region takes codes such as US, US-FL, CA, GB or EU, not “${wrong}”.`)
  if (values.length > 0 && codes.length === 0) return fail('bad-request', '--region names no place.')
  return ok([...new Set(codes.map((code) => code.toUpperCase()))].sort())
}

function wholeNumber(option: string, value: string): Result<number> {
  const number = /^\d{1,4}$/.test(value) ? Number(value) : 0
  return number >= 1 && number <= maxJobs
    ? ok(number)
    : fail('bad-request', `${option} takes a whole number from 1 to ${maxJobs}, not “${value}”.`)
}
