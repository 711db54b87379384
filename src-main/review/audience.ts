import { fail, type Result } from '../contract/result.ts'
import { audienceInBytes, openAudience } from '../intake/audience-file.ts'
import type { AudienceFile } from '../intake/campaign-settings.ts'
import type { Message } from '../intake/message.ts'
import type { InputRead } from '../intake/read-inputs.ts'
import type { AudienceTable } from '../intake/table-rows.ts'
import { readAudience, type AudienceContext, type AudienceFacts } from '../rules/audience/audience-facts.ts'
import type { RowsAsked } from '../rules/audience/found-rows.ts'
import type { CompiledRules } from '../rules/compile.ts'
import type { ReviewSettings } from './job.ts'

/** A campaign's messages go to the same lists on few days: what one of them learnt serves the others. */
const kept = new Map<string, Promise<AudienceFacts>>()
const maxKept = 8

/** Opened lists by path; they are small: rows stay in their files. */
interface Opened {
  readonly tables: readonly AudienceTable[]
  readonly gaps: readonly string[]
}

/** A list that lies in the archive of the message. */
export type ListOf = (file: AudienceFile) => Promise<Result<AudienceTable>>

/** Of messages in no archive. */
export const noArchive: ListOf = () =>
  Promise.resolve(fail('not-found-on-disk', 'There is no such file in the archive.'))

/** Lists of an archive, each unpacked once. `read`: the one member that is asked for. */
export function archiveLists(read: (asked: string) => AsyncIterable<InputRead>): ListOf {
  const known = new Map<string, Promise<Result<AudienceTable>>>()
  async function open(file: AudienceFile): Promise<Result<AudienceTable>> {
    for await (const { bytes, outcome } of read(file.input)) {
      if (bytes !== null) return audienceInBytes(bytes, file)
      if ('problem' in outcome && outcome.problem !== null) return { ok: false, problem: outcome.problem }
    }
    return noArchive(file)
  }
  return (file) => {
    const key = JSON.stringify(file)
    const opened = known.get(key) ?? open(file)
    known.set(key, opened)
    return opened
  }
}

/** What is in the lists that a message goes to; null: none is known. */
export async function audienceOf(
  message: Message,
  rules: CompiledRules,
  settings: ReviewSettings,
  onProgress: () => void,
  listOf: ListOf = noArchive,
): Promise<AudienceFacts | null> {
  const lists = await listsOf(message, settings, onProgress, listOf)
  if (lists === null) return null
  const { tables, exclude, context, gaps } = lists
  const key = JSON.stringify([
    [...tables, ...exclude].map(({ input, identity, corrected, as }) => [input, identity, corrected, as]),
    exclude.length,
    context,
    settings.packs,
  ])
  let facts = kept.get(key)
  if (facts === undefined) {
    facts = readAudience(rules, tables, exclude, context, onProgress)
    for (const oldest of kept.keys()) if (kept.size >= maxKept) kept.delete(oldest)
    kept.set(key, facts)
  }
  const read = await facts
  return gaps.length === 0 ? read : { ...read, gaps: [...gaps, ...read.gaps] }
}

/**
 * The rows themselves that rules found something in, and how many rows there are: the lists are read once more, and what is told
 * is kept nowhere.
 */
export async function rowsOf(
  message: Message,
  rules: CompiledRules,
  settings: ReviewSettings,
  listOf: ListOf,
  asked: RowsAsked,
): Promise<number> {
  const lists = await listsOf(message, settings, () => undefined, listOf)
  if (lists === null) return 0
  const { rows } = await readAudience(rules, lists.tables, lists.exclude, lists.context, () => undefined, asked)
  return rows
}

/** The lists that a message goes to, and how their rows are looked at. */
interface Lists {
  readonly tables: readonly AudienceTable[]
  readonly exclude: readonly AudienceTable[]
  readonly context: AudienceContext
  /** What of them could not be opened. */
  readonly gaps: readonly string[]
}

async function listsOf(
  message: Message,
  settings: ReviewSettings,
  onProgress: () => void,
  listOf: ListOf,
): Promise<Lists | null> {
  const own = message.settings?.audience ?? []
  const named = own.length > 0 ? own : settings.audience ? [settings.audience] : []
  const { recipients } = message
  // A list without messages, of which the manifest says that it is sent to.
  const itself = own.find(({ input }) => input === message.input)
  const lists: Opened =
    recipients === undefined
      ? await openAll(named, onProgress, listOf)
      : { tables: [{ ...recipients, corrected: itself?.columns ?? {}, as: itself?.as ?? null }], gaps: [] }
  if (lists.tables.length === 0 && lists.gaps.length === 0) return null
  const tables = lists.tables.map((table) => {
    const said = settings.columns?.[table.input]
    return said === undefined ? table : { ...table, corrected: said }
  })
  const exclude = await openAll(message.settings?.exclude ?? [], onProgress, listOf)
  const context: AudienceContext = {
    day: /^\d{4}-\d{2}-\d{2}/.exec(message.sendAt ?? '')?.[0] ?? settings.asOf,
    channel: message.channel,
    consent: message.settings?.consent ?? null,
    isSent: recipients === undefined || itself !== undefined,
  }
  return { tables, exclude: exclude.tables, context, gaps: [...lists.gaps, ...exclude.gaps] }
}

async function openAll(files: readonly AudienceFile[], onProgress: () => void, listOf: ListOf): Promise<Opened> {
  const tables: AudienceTable[] = []
  const gaps: string[] = []
  for (const file of files) {
    const { path } = file
    const opened = path === null ? await listOf(file) : await openAudience({ ...file, path }, onProgress)
    if (opened.ok) tables.push(opened.value)
    else gaps.push(`${file.input}: ${opened.problem.message}`)
  }
  return { tables, gaps }
}
