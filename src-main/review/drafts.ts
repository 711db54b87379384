import { randomBytes } from 'node:crypto'
import { mkdir, realpath, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Answer, Args } from '../contract/operation-schemas.ts'
import { fail, ok, type Problem, type Result } from '../contract/result.ts'
import type { OpenCampaigns, OpenMessage } from './open-campaigns.ts'
import type { ReviewPool } from './pool.ts'
import { countGroups } from './summary.ts'
import type { Grants } from './tokens.ts'

/** A message's own file as a person changes it: judged as it is typed, and kept as a file beside the one that it came from. */
export interface Drafts {
  readonly check: (args: Args<'draft.check'>) => Promise<Result<Answer<'draft.check'>>>
  readonly save: (args: Args<'draft.save'>) => Promise<Result<Answer<'draft.save'>>>
}

export interface DraftPorts {
  readonly campaigns: Pick<OpenCampaigns, 'get'>
  readonly pool: Pick<ReviewPool, 'reviewFile' | 'showSource'>
  readonly grants: Pick<Grants, 'grant'>
  /** Keeps the text that the draft was made of, so that both can be compared. */
  readonly keep: (at: Args<'message.get'>) => Promise<Result<unknown>>
  readonly dataDir: string
}

const notHere: Problem = {
  code: 'not-available-here',
  message: 'Only a message that is a text file of its own can be changed here. Change this one where it was written.',
}

export function createDrafts({ campaigns, pool, grants, keep, dataDir }: DraftPorts): Drafts {
  /** Another folder each time: what is written there is a file that the program reads as any other. */
  async function write(name: string, text: string): Promise<Result<string>> {
    try {
      const folder = join(dataDir, 'drafts', randomBytes(8).toString('hex'))
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const path = join(await realpath(folder), name)
      await writeFile(path, text, { mode: 0o600 })
      return ok(path)
    } catch {
      return fail('internal', 'The draft could not be written to the data folder. Is there room on the disk?')
    }
  }

  function find({ campaign, message }: Pick<Args<'draft.check'>, 'campaign' | 'message'>): Result<OpenMessage> {
    const open = campaigns.get(campaign)
    const found = open?.messages.get(message)
    if (open === null || found === undefined) return fail('not-found', 'This message is no longer open.')
    const { task, report, place, isEarlier } = found
    const others = [...open.messages.values()].filter((one) => one !== found && one.task.path === task.path)
    const isAlone = others.length === 0 && report.input === task.input && place === undefined
    return isAlone && isEarlier !== true ? ok(found) : { ok: false, problem: notHere }
  }

  return {
    async check({ draft, ...at }) {
      const found = find(at)
      if (!found.ok) return found
      const { task } = found.value
      const path = await write(basename(task.input), draft)
      if (!path.ok) return path
      try {
        const file = { ...task, path: path.value }
        const { inputs, messages } = await pool.reviewFile(file)
        const [input] = inputs
        const [message, ...others] = messages
        if (message === undefined || others.length > 0 || input?.sha256 == null) {
          const { code, message: why } = input?.problem ?? notHere
          return fail(code, why)
        }
        const { report, ordinal } = message
        const { findings, verdict } = report
        const shown = { file, sha256: input.sha256, input: report.input, ordinal, findings }
        const source = await pool.showSource(shown)
        if (!source.ok) return source
        return ok({ verdict, counts: countGroups(findings), findings, marks: source.value.marks })
      } finally {
        await rm(join(path.value, '..'), { recursive: true, force: true })
      }
    },
    async save({ draft, ...at }) {
      const found = find(at)
      if (!found.ok) return found
      const kept = await keep(at)
      if (!kept.ok) return kept
      const path = await write(basename(found.value.task.input), draft)
      return path.ok ? ok({ token: grants.grant([path.value]) }) : path
    },
  }
}
