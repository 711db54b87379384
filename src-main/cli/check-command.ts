import type { InputEntry, Report } from '../contract/report.ts'
import { assertNever } from '../contract/result.ts'
import { visible } from '../report/visible.ts'
import { check } from '../review/check.ts'
import { createReviewPool } from '../review/pool.ts'
import { checkOptions, type CheckOptions } from './check-options.ts'
import { exitCode, exitCodes, type ExitCode } from './exit-code.ts'
import type { CliIo } from './io.ts'
import { checkOut, writeOut } from './out-file.ts'
import { createProgress } from './progress.ts'

export const checkHelp = `Usage: clausebench check PATH... [options]

Reviews files, folders and what is in them, and prints what it found.

Options
  --format text|json|sarif|csv|html   default text
  --out FILE                write there instead of standard output
  --pack ID[@VERSION]       only these packs (repeatable); default: the provider's, as of the day
  --packs DIR               also load own packs from there (repeatable)
  --as-of DATE              policy versions and legal values of that day; default today
  --region CODES            where the recipients are, such as US,US-FL,CA,GB,EU
  --audience FILE           the list of recipients of all messages that name none
  --history PATH            earlier messages for rules over a series; not judged, not counted (repeatable)
  --fail-on error|warning|never   what makes the exit code 1; default error
  --require-complete        a message that could not be fully checked counts like an error
  --explain                 show for each finding the steps that led to it
  --jobs N                  workers; default: the machine's cores
  --quiet                   no progress, no remarks
  --no-color                no colours (also: NO_COLOR)
  -h, --help

Exit code
  0  nothing at or above --fail-on
  1  findings
  2  the call is wrong, or there is nothing to review
  3  an input could not be read; what could be read was reviewed

Example
  clausebench check spring-campaign --format json --out report.json
`

/** `clausebench check`: reviews, prints the report, and says by its exit code what was found. */
export async function checkCommand(argv: readonly string[], io: CliIo): Promise<ExitCode> {
  const parsed = checkOptions(argv, io)
  if (!parsed.ok) return wrongCall(io, parsed.problem.message)
  const options = parsed.value
  if (options === null) {
    io.stdout(checkHelp)
    return exitCodes.fine
  }
  const outProblem = options.out === null ? null : await checkOut(options.out)
  if (outProblem !== null) return wrongCall(io, outProblem)

  const pool = createReviewPool({
    workerFile: io.workerFile,
    jobs: options.jobs,
    compileCacheDir: io.compileCacheDir,
  })
  const progress = createProgress(io, options.quiet)
  const unread: InputEntry[] = []
  try {
    const report = await check(
      { paths: options.paths, settings: options.settings, explain: options.explain, history: options.history },
      {
        pool,
        version: io.version,
        now: io.now,
        onProgress: progress.show,
        onUnread: (entry) => void unread.push(entry),
      },
    )
    progress.clear()
    for (const { path, problem } of unread)
      io.stderr(`${visible(`clausebench: earlier messages: ${path} could not be read: ${problem?.message ?? ''}`)}\n`)
    if (!report.ok) return wrongCall(io, report.problem.message)
    return await deliver(report.value, options, io)
  } finally {
    progress.clear()
    await pool.close()
  }
}

async function deliver(report: Report, options: CheckOptions, io: CliIo): Promise<ExitCode> {
  const code = exitCode(report, options)
  if (!options.quiet) remarks(report, options, io)
  if (report.inputs.length > 0) {
    const document = await rendered(report, options, io)
    if (options.out === null) for (const piece of together(document)) io.stdout(piece)
    else {
      const problem = await writeOut(options.out, together(document))
      if (problem !== null) return wrongCall(io, problem)
    }
  }
  if (code === exitCodes.wrongCall) io.stderr('clausebench: there is nothing to review in what was named.\n')
  return code
}

/** As pieces: a report of ten thousand messages is never one text. */
async function rendered(report: Report, options: CheckOptions, io: CliIo): Promise<Iterable<string>> {
  switch (options.format) {
    case 'json':
      return (await import('../report/json.ts')).jsonPieces(report)
    case 'sarif':
      return [(await import('../report/sarif.ts')).sarifReport(report)]
    case 'csv':
      return (await import('../report/csv.ts')).csvPieces(report)
    case 'html':
      return [(await import('../report/html.ts')).htmlReport(report)]
    case 'text': {
      const { textReport } = await import('../report/text.ts')
      return [textReport(report, { colours: options.colours, width: Math.min(io.columns, 120) })]
    }
    default:
      return assertNever(options.format)
  }
}

const pieceUnits = 256 * 1024

/** Small pieces as larger ones: each is a call to the system. */
function* together(pieces: Iterable<string>): Generator<string> {
  let held = ''
  for (const piece of pieces) {
    held += piece
    if (held.length < pieceUnits) continue
    yield held
    held = ''
  }
  if (held !== '') yield held
}

/** Problems that are not the document's business, or not seen because it went elsewhere. */
function remarks(report: Report, options: CheckOptions, io: CliIo): void {
  for (const pack of report.packs) {
    for (const { file, line, column, message } of pack.problems) {
      io.stderr(`${visible(`clausebench: pack ${pack.id}, ${file}:${line}:${column}: ${message}`)}\n`)
    }
  }
  if (options.format === 'text' && options.out === null) return
  for (const { path, status, problem } of report.inputs) {
    if (status === 'unreadable' && problem)
      io.stderr(`${visible(`clausebench: ${path} could not be read: ${problem.message}`)}\n`)
  }
}

function wrongCall(io: CliIo, message: string): ExitCode {
  io.stderr(`${visible(`clausebench check: ${message}`)}\nSee: clausebench check --help\n`)
  return exitCodes.wrongCall
}
