import type { Answer, Args } from '../contract/operation-schemas.ts'
import { fail, ok, type Result } from '../contract/result.ts'
import type { ShowTask } from './job.ts'
import { createRecent } from './recent.ts'
import type { OpenCampaigns, OpenMessage } from './open-campaigns.ts'
import type { ReviewPool } from './pool.ts'

export interface MessageViews {
  readonly get: (args: Args<'message.get'>) => Result<Answer<'message.get'>>
  readonly rendered: (args: Args<'message.rendered'>) => Promise<Result<Answer<'message.rendered'>>>
  readonly text: (args: Args<'message.text'>) => Promise<Result<Answer<'message.text'>>>
  readonly source: (args: Args<'message.source'>) => Promise<Result<Answer<'message.source'>>>
  readonly headers: (args: Args<'message.headers'>) => Promise<Result<Answer<'message.headers'>>>
  readonly files: (args: Args<'message.files'>) => Promise<Result<Answer<'message.files'>>>
  readonly link: (args: Args<'link.inspect'>) => Promise<Result<Answer<'link.inspect'>>>
}

/** Views that a person goes back and forth between; each can hold some megabytes of source. */
const maxKept = 24

/** Views of messages of open campaigns, made from their files when asked for and kept while they are likely to be asked for again. */
export function createMessageViews(campaigns: OpenCampaigns, pool: ReviewPool): MessageViews {
  const rendered = createRecent<Result<Answer<'message.rendered'>>>(maxKept)
  const texts = createRecent<Result<Answer<'message.text'>>>(maxKept)
  const sources = createRecent<Result<Answer<'message.source'>>>(maxKept)
  const headers = createRecent<Result<Answer<'message.headers'>>>(maxKept)
  const files = createRecent<Result<Answer<'message.files'>>>(maxKept)

  function find({ campaign, message }: Args<'message.get'>): Result<OpenMessage> {
    const open = campaigns.get(campaign)
    if (!open) return fail('not-found', 'This campaign is no longer open.')
    const found = open.messages.get(message)
    return found ? ok(found) : fail('not-found', 'This message is not in the campaign.')
  }

  return {
    get(args) {
      const found = find(args)
      return found.ok ? ok({ message: found.value.report }) : found
    },
    async rendered(args) {
      const found = find(args)
      if (!found.ok) return found
      const task = { ...showTask(found.value), theme: args.theme }
      return rendered(key(args, args.theme), () => pool.showRendered(task), isOk)
    },
    async text(args) {
      const found = find(args)
      return found.ok ? texts(key(args), () => pool.showText(showTask(found.value)), isOk) : found
    },
    async source(args) {
      const found = find(args)
      return found.ok ? sources(key(args), () => pool.showSource(showTask(found.value)), isOk) : found
    },
    async headers(args) {
      const found = find(args)
      return found.ok ? headers(key(args), () => pool.showHeaders(showTask(found.value)), isOk) : found
    },
    async files(args) {
      const found = find(args)
      return found.ok ? files(key(args), () => pool.showFiles(showTask(found.value)), isOk) : found
    },
    async link(args) {
      const found = find(args)
      return found.ok ? pool.inspectLink({ ...showTask(found.value), link: args.link }) : found
    },
  }
}

function showTask({ task, sha256, ordinal, place, report }: OpenMessage): ShowTask {
  const where = place === undefined ? {} : { place }
  return { file: task, sha256, input: report.input, ordinal, findings: report.findings, ...where }
}

function key({ campaign, message }: Args<'message.get'>, ...more: readonly string[]): string {
  return JSON.stringify([campaign, message, ...more])
}

const isOk = (result: Result<unknown>): boolean => result.ok
