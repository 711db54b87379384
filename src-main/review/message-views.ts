import type { Answer, Args } from '../contract/operation-schemas.ts'
import { ok, type Result } from '../contract/result.ts'
import type { ShowTask } from './job.ts'
import { createRecent } from './recent.ts'
import type { OpenMessage } from './open-campaigns.ts'
import type { SeenMessages } from './people/seen-messages.ts'
import type { ReviewPool } from './pool.ts'

export interface MessageViews {
  readonly get: (args: Args<'message.get'>) => Promise<Result<Answer<'message.get'>>>
  readonly rendered: (args: Args<'message.rendered'>) => Promise<Result<Answer<'message.rendered'>>>
  readonly text: (args: Args<'message.text'>) => Promise<Result<Answer<'message.text'>>>
  readonly source: (args: Args<'message.source'>) => Promise<Result<Answer<'message.source'>>>
  readonly headers: (args: Args<'message.headers'>) => Promise<Result<Answer<'message.headers'>>>
  readonly files: (args: Args<'message.files'>) => Promise<Result<Answer<'message.files'>>>
  readonly schedule: (args: Args<'message.schedule'>) => Promise<Result<Answer<'message.schedule'>>>
  readonly phone: (args: Args<'message.phone'>) => Promise<Result<Answer<'message.phone'>>>
  readonly recipients: (args: Args<'message.recipients'>) => Promise<Result<Answer<'message.recipients'>>>
  readonly unmask: (args: Args<'recipients.unmask'>) => Promise<Result<Answer<'recipients.unmask'>>>
  readonly drop: (args: Args<'recipients.drop'>) => Promise<Result<Answer<'recipients.drop'>>>
  readonly link: (args: Args<'link.inspect'>) => Promise<Result<Answer<'link.inspect'>>>
}

/** Views that a person goes back and forth between; each can hold some megabytes of source. */
const maxKept = 24

/** Views of messages of open campaigns, made from their files when asked for and kept while they are likely to be asked for again. */
export function createMessageViews(seen: Pick<SeenMessages, 'one'>, pool: ReviewPool): MessageViews {
  const rendered = createRecent<Result<Answer<'message.rendered'>>>(maxKept)
  const texts = createRecent<Result<Answer<'message.text'>>>(maxKept)
  const sources = createRecent<Result<Answer<'message.source'>>>(maxKept)
  const headers = createRecent<Result<Answer<'message.headers'>>>(maxKept)
  const files = createRecent<Result<Answer<'message.files'>>>(maxKept)

  async function find({ campaign, message }: Args<'message.get'>): Promise<Result<FoundMessage>> {
    const found = await seen.one(campaign, message)
    if (!found.ok) return found
    const { open, report, record } = found.value
    const stamp = [open.revision ?? 0, ...record.findings.map(({ event }) => event)].join(' ')
    return ok({ ...open, report, stamp })
  }

  return {
    async get(args) {
      const found = await find(args)
      return found.ok ? ok({ message: found.value.report }) : found
    },
    async rendered(args) {
      const found = await find(args)
      if (!found.ok) return found
      const task = { ...showTask(found.value), theme: args.theme, dark: args.dark, language: args.language ?? 'en' }
      return rendered(
        key(args, found.value.stamp, args.theme, String(args.dark), args.language ?? 'en'),
        () => pool.showRendered(task),
        isOk,
      )
    },
    async text(args) {
      const found = await find(args)
      return found.ok ? texts(key(args, found.value.stamp), () => pool.showText(showTask(found.value)), isOk) : found
    },
    async source(args) {
      const found = await find(args)
      return found.ok
        ? sources(key(args, found.value.stamp), () => pool.showSource(showTask(found.value)), isOk)
        : found
    },
    async headers(args) {
      const found = await find(args)
      return found.ok
        ? headers(key(args, found.value.stamp), () => pool.showHeaders(showTask(found.value)), isOk)
        : found
    },
    async files(args) {
      const found = await find(args)
      return found.ok ? files(key(args, found.value.stamp), () => pool.showFiles(showTask(found.value)), isOk) : found
    },
    async schedule(args) {
      const found = await find(args)
      return found.ok ? pool.showSchedule(showTask(found.value)) : found
    },
    async phone(args) {
      const found = await find(args)
      return found.ok ? pool.showPhone(showTask(found.value)) : found
    },
    async recipients(args) {
      const found = await find(args)
      return found.ok ? pool.showRecipients(showTask(found.value)) : found
    },
    async unmask(args) {
      const found = await find(args)
      return found.ok ? pool.unmaskRows({ ...showTask(found.value), numbers: [args.finding], keys: true }) : found
    },
    async drop(args) {
      const found = await find(args)
      return found.ok ? pool.dropRows({ ...showTask(found.value), numbers: args.findings, keys: args.keys }) : found
    },
    async link(args) {
      const found = await find(args)
      return found.ok ? pool.inspectLink({ ...showTask(found.value), link: args.link }) : found
    },
  }
}

/** A message, and what the marks of people's own findings change with. */
type FoundMessage = OpenMessage & { readonly stamp: string }

export function showTask({
  task,
  sha256,
  ordinal,
  place,
  report,
}: Pick<OpenMessage, 'task' | 'sha256' | 'ordinal' | 'place' | 'report'>): ShowTask {
  const where = place === undefined ? {} : { place }
  return { file: task, sha256, input: report.input, ordinal, findings: report.findings, ...where }
}

function key({ campaign, message }: Args<'message.get'>, ...more: readonly string[]): string {
  return JSON.stringify([campaign, message, ...more])
}

const isOk = (result: Result<unknown>): boolean => result.ok
