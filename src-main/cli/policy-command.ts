import { existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { platformDataDir } from '../data-folder.ts'
import type { PolicyCorrection, PolicyDocument } from '../contract/policy-document.ts'
import { fail, ok, type Result } from '../contract/result.ts'
import { loadFile } from '../intake/load.ts'
import { localDate } from '../local-date.ts'
import { diffPolicies, hasSubstance, type PolicyVersionText } from '../policy/diff-policies.ts'
import { withImportedTexts, type KnownPolicy } from '../policy/match-clauses.ts'
import {
  maxPolicyBytes,
  policyTooLarge,
  readPolicy,
  rereadPolicy,
  undated,
  type ReadPolicy,
} from '../policy/read-policy.ts'
import { policyDiffDocument, policyDiffFormats, type PolicyDiffFormat } from '../report/policy-diff.ts'
import { visible } from '../report/visible.ts'
import { loadPacks } from '../rules/load-packs.ts'
import { openLibrary, type Library } from '../store/library.ts'
import { choice, day, parseCall } from './arguments.ts'
import { exitCodes, type ExitCode } from './exit-code.ts'
import type { CliIo } from './io.ts'
import { packSelection } from './pack-options.ts'

export const policyHelp = `Usage: clausebench policy import FILE... | list | show ID[@VERSION] | diff OLD NEW [options]

Policies with their versions and clauses. They are kept in the library of the data folder.

Commands
  import FILE...            read policies: saved web pages (.html, .mhtml), Markdown, plain texts, Word documents, PDFs;
                            a folder stands for those in it and in its folders; <service>/<date>.md become the versions
                            of <service>
  list                      what is kept
  show ID[@VERSION]         one version; without one the newest
  diff OLD NEW              what changed; each a file, or ID@VERSION

Options
  --format text|json        of diff also html, md; default text
  --dry-run                 import: print, keep nothing
  --policy ID               import: the policy it is a version of; default: found out
  --date DATE               import: the version's day, where the document prints none
  --url URL                 import: where the page was saved from
  --second-hand             import: the text was not read first-hand
  --data DIR                the data folder
  -h, --help

Exit code
  0  done; of diff: no substantive change
  1  of diff: some
  2  the call is wrong
  3  a file could not be read, or holds no policy

Example
  clausebench policy import acceptable-use.html && clausebench policy list
`

const options = {
  format: { type: 'string', default: 'text' },
  'dry-run': { type: 'boolean', default: false },
  policy: { type: 'string' },
  date: { type: 'string' },
  url: { type: 'string' },
  'second-hand': { type: 'boolean', default: false },
  data: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const

interface Call {
  readonly values: {
    readonly 'dry-run': boolean
    readonly 'second-hand': boolean
    readonly policy?: string | undefined
    readonly date?: string | undefined
    readonly url?: string | undefined
    readonly data?: string | undefined
  }
  readonly format: PolicyDiffFormat
  readonly operands: readonly string[]
  readonly io: CliIo
}

/** `clausebench policy` (`formats.md` §5). */
export async function policyCommand(argv: readonly string[], io: CliIo): Promise<ExitCode> {
  const parsed = parseCall({ args: [...argv], options, allowPositionals: true })
  if (!parsed.ok) return wrongCall(io, parsed.problem.message)
  const { values, positionals } = parsed.value
  if (values.help) {
    io.stdout(policyHelp)
    return exitCodes.fine
  }
  const [command, ...operands] = positionals
  const format = choice('--format', values.format, command === 'diff' ? policyDiffFormats : (['text', 'json'] as const))
  if (!format.ok) return wrongCall(io, format.problem.message)
  if (values.date !== undefined) {
    const date = day('--date', values.date)
    if (!date.ok) return wrongCall(io, date.problem.message)
  }
  if (values.policy !== undefined && !/^[a-z0-9][a-z0-9-]*$/.test(values.policy)) {
    return wrongCall(io, '--policy takes lower-case letters, digits and hyphens.')
  }
  const call: Call = { values, format: format.value, operands, io }
  switch (command) {
    case 'import':
      return operands.length === 0 ? wrongCall(io, 'policy import takes files.') : importPolicies(call)
    case 'list':
      return operands.length > 0
        ? wrongCall(io, 'policy list takes nothing.')
        : withLibrary(call, (library) => list(call, library))
    case 'show':
      return operands.length === 1
        ? withLibrary(call, (library) => show(call, library))
        : wrongCall(io, 'policy show takes one ID or ID@VERSION.')
    case 'diff':
      return operands.length === 2
        ? diff(call)
        : wrongCall(io, 'policy diff takes two files or versions, the older first.')
    case undefined:
      io.stderr(policyHelp)
      return exitCodes.wrongCall
    default:
      return wrongCall(io, `There is no “policy ${visible(command)}”.`)
  }
}

function wrongCall(io: CliIo, message: string): ExitCode {
  io.stderr(`clausebench: ${message}\nSee: clausebench policy --help\n`)
  return exitCodes.wrongCall
}

function libraryFile({ values, io }: Call): string {
  const folder =
    values.data === undefined
      ? (io.environment.dataDir ?? platformDataDir(io.environment))
      : resolve(io.workingDir, values.data)
  return join(folder, 'library.sqlite')
}

async function withLibrary(call: Call, use: (library: Library) => ExitCode | Promise<ExitCode>): Promise<ExitCode> {
  const library = openLibrary(libraryFile(call))
  if (!library.ok) {
    call.io.stderr(`clausebench: ${library.problem.message}\n`)
    return exitCodes.unreadable
  }
  try {
    return await use(library.value)
  } finally {
    library.value.close()
  }
}

async function importPolicies(call: Call): Promise<ExitCode> {
  const { io, values, operands } = call
  const known = withKept(call, await knownPolicies(io))
  const read: (ReadPolicy & { readonly bytes: Uint8Array })[] = []
  let code: ExitCode = exitCodes.fine
  const files: string[] = []
  for (const operand of operands) {
    const path = resolve(io.workingDir, operand)
    // Its own name tells the service.
    const shown = /^\.[/\\]?$/.test(operand) ? join('..', basename(path)) : operand
    files.push(...(await filesOf(path, shown)))
  }
  for (const file of files) {
    const one = await readFile(call, file, known)
    if (one.ok) read.push(one.value)
    else {
      io.stderr(`clausebench: ${visible(file)}: ${one.problem.message}\n`)
      code = exitCodes.unreadable
    }
  }
  const withoutDate = read.filter(({ document }) => document.version === undated)
  if (withoutDate.length > 0 && !values['dry-run']) {
    const names = withoutDate.map(({ document }) => visible(document.source.path))
    const say =
      names.length === 1 ? 'prints no date, and its name has none' : 'print no date, and their names have none'
    return wrongCall(io, `${names.join(', ')} ${say}. Say it with --date. Nothing was kept.`)
  }
  const several = operands.length > 1 || files.length > 1
  const done = (documents: readonly PolicyDocument[]): ExitCode => {
    print(call, documents, several)
    return code
  }
  if (values['dry-run']) return done(read.map(({ document }) => document))
  // From old to new, so that a second text under one date comes after the first.
  const age = ({ document: { captured, version, source } }: ReadPolicy): string =>
    [captured ?? version, source.path].join(' ')
  const ordered = read.toSorted((a, b) => (age(a) < age(b) ? -1 : 1))
  return withLibrary(call, (library) =>
    done(ordered.map(({ document, bytes }) => library.add(document, bytes, io.now().toISOString()))),
  )
}

const deepestFolder = 4

/** A folder stands for the policies in it and in its folders. */
async function filesOf(path: string, shown: string, depth = 0): Promise<string[]> {
  const entry = await stat(path).catch(() => null)
  if (!entry?.isDirectory()) return [shown]
  const entries = (await readdir(path, { withFileTypes: true })).filter(({ name }) => !name.startsWith('.'))
  const files: string[] = []
  for (const inner of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (inner.isDirectory() && depth < deepestFolder)
      files.push(...(await filesOf(join(path, inner.name), join(shown, inner.name), depth + 1)))
    else if (inner.isFile() && policyNames.test(inner.name)) files.push(join(shown, inner.name))
  }
  return files
}

const policyNames = /\.(?:md|markdown|x?html?|mht|mhtml|txt|docx|pdf)$/i

async function readFile(
  { io, values }: Call,
  file: string,
  { policies, corrections }: Known,
): Promise<Result<ReadPolicy & { readonly bytes: Uint8Array }>> {
  const bytes = await loadFile(resolve(io.workingDir, file), { maxBytes: maxPolicyBytes })
  if (!bytes.ok) return bytes.problem.code === 'too-large' ? fail('too-large', policyTooLarge) : bytes
  const read = await readPolicy(bytes.value, {
    path: file,
    policy: values.policy ?? null,
    date: values.date ?? null,
    url: values.url ?? null,
    basis: values['second-hand'] ? 'second-hand' : 'primary',
    known: policies,
    corrections,
  })
  return read.ok ? ok({ ...read.value, bytes: bytes.value }) : read
}

interface Known {
  readonly policies: readonly KnownPolicy[]
  readonly corrections: ReadonlyMap<string, readonly PolicyCorrection[]>
}

const nothingKnown: Known = { policies: [], corrections: new Map() }

/** With how the newest kept versions word the clauses, and what people said of matches before. */
function withKept(call: Call, policies: readonly KnownPolicy[]): Known {
  const file = libraryFile(call)
  const library = existsSync(file) ? openLibrary(file) : null
  if (library?.ok !== true) return { ...nothingKnown, policies }
  try {
    const corrections = policies.map(({ id }) => {
      // The last word on a text counts: from old to new.
      const kept = library.value.people.corrections(id).toReversed()
      return [id, kept.map(({ text, clause }): PolicyCorrection => ({ text, to: clause }))] as const
    })
    return {
      policies: policies.map((policy) => {
        const newest = library.value.document(policy.id, null)
        return newest === null ? policy : withImportedTexts(policy, newest)
      }),
      corrections: new Map(corrections),
    }
  } finally {
    library.value.close()
  }
}

/** The policies that the shipped packs know the clauses of. */
async function knownPolicies(io: CliIo): Promise<readonly KnownPolicy[]> {
  const selection = packSelection({}, localDate(io.now()), io)
  if (!selection.ok) return []
  const loaded = await loadPacks(selection.value)
  if (!loaded.ok) return []
  return loaded.value.packs
    .filter(({ clauses }) => clauses.length > 0)
    .map(({ policy, title, clauses }) => ({ id: policy, title, clauses }))
}

function list({ io, format }: Call, library: Library): ExitCode {
  const policies = library.list()
  if (format === 'json') io.stdout(`${JSON.stringify(policies, null, 2)}\n`)
  else if (policies.length === 0) io.stderr('No policy is kept yet. See: clausebench policy import --help\n')
  for (const { policy, version, title, clauses } of format === 'json' ? [] : policies) {
    io.stdout(`${`${policy}@${version}`.padEnd(40)}  ${String(clauses).padStart(4)} clauses  ${visible(title ?? '')}\n`)
  }
  return exitCodes.fine
}

function show(call: Call, library: Library): ExitCode {
  const [policy = '', version = null] = (call.operands[0] ?? '').split('@')
  const stored = library.find(policy, version)
  if (stored === null) return wrongCall(call.io, 'No such version is kept. See: clausebench policy list')
  print(call, [stored.document], false)
  return exitCodes.fine
}

function print({ io, format }: Call, documents: readonly PolicyDocument[], several: boolean): void {
  if (format === 'json') {
    const [first] = documents
    if (several || first !== undefined) io.stdout(`${JSON.stringify(several ? documents : first, null, 2)}\n`)
    return
  }
  for (const document of documents) {
    io.stdout(`${document.policy}@${document.version}  ${visible(document.title ?? '')}\n`)
    for (const notice of document.notices) io.stdout(`  note: ${visible(notice)}\n`)
    let section = ''
    for (const clause of document.clauses) {
      if (clause.section !== section) io.stdout(`\n  ${visible(clause.section)}\n`)
      section = clause.section
      io.stdout(`  ${clause.parent === null ? '' : '  '}${clause.id.padEnd(8)} ${visible(clause.text)}\n`)
    }
    io.stdout('\n')
  }
}

async function diff(call: Call): Promise<ExitCode> {
  const { io, operands, format } = call
  const sides: PolicyVersionText[] = []
  for (const operand of operands) {
    const side = await sideOf(call, operand)
    if (!side.ok) {
      io.stderr(`clausebench: ${visible(operand)}: ${side.problem.message}\n`)
      return side.problem.code === 'bad-request' ? exitCodes.wrongCall : exitCodes.unreadable
    }
    sides.push(side.value)
  }
  const [older, newer] = sides
  if (older === undefined || newer === undefined) return exitCodes.wrongCall
  const result = diffPolicies(older, newer)
  io.stdout(policyDiffDocument(result, format))
  return hasSubstance(result) ? exitCodes.findings : exitCodes.fine
}

/** A file, or else a version of the library. */
async function sideOf(call: Call, operand: string): Promise<Result<PolicyVersionText>> {
  const isFile = (await stat(resolve(call.io.workingDir, operand)).catch(() => null)) !== null
  if (isFile || !/^[a-z0-9][a-z0-9-]*@[\w.-]+$/.test(operand)) {
    const read = await readFile(call, operand, nothingKnown)
    return read.ok ? ok({ version: read.value.document.version, units: read.value.units }) : read
  }
  const library = openLibrary(libraryFile(call))
  if (!library.ok) return library
  try {
    const [policy = '', version = null] = operand.split('@')
    const stored = library.value.find(policy, version)
    if (stored === null)
      return fail('bad-request', 'No such file, and no such version in the library. See: clausebench policy list')
    const read = await rereadPolicy(stored.document, stored.original)
    return read.ok ? ok({ version: stored.document.version, units: read.value.units }) : read
  } finally {
    library.value.close()
  }
}
