import { resolve } from 'node:path'
import type { AudienceFile } from '../intake/campaign-settings.ts'
import { discover, type Discovered } from '../intake/discover.ts'
import type { MessageDefaults } from '../intake/message.ts'
import type { FileReview, FileTask, ReviewSettings } from './job.ts'
import { readAhead } from './limits.ts'
import type { ReviewPool } from './pool.ts'

export interface ReviewedFile {
  /** null: an entry that was found and is no file to review. */
  readonly task: FileTask | null
  readonly review: FileReview
}

export interface PathsRequest {
  /** In the order in which the person named them. */
  readonly paths: readonly string[]
  readonly settings: ReviewSettings
  readonly pool: Pick<ReviewPool, 'reviewFile'>
  /** Ends the reading; what was begun is dropped. */
  readonly signal?: AbortSignal
  /** What an input at a path is called; by default as its path was given. */
  readonly shown?: (path: string) => string
  /** The files hold earlier messages, which are not judged. */
  readonly isHistory?: boolean
  /** Paths of files that are left out. */
  readonly passOver?: ReadonlySet<string>
  /** Files and entries found so far. */
  readonly onFound?: (total: number) => void
}

/**
 * Reviews files and folders. Reviews come out in the order in which the files are found, which depends on their names alone, however
 * many workers there are and whichever file is done first.
 */
export async function* reviewPaths(request: PathsRequest): AsyncGenerator<ReviewedFile> {
  const found: Discovered[] = []
  const ahead: Promise<ReviewedFile>[] = []
  const search = { isOver: false }
  let stopped = false
  let begun = 0
  let wake = (): void => undefined

  const isOver = (): boolean => stopped || request.signal?.aborted === true

  function begin(): void {
    for (let item = found[begun]; item && ahead.length < readAhead; item = found[begun]) {
      begun++
      ahead.push(reviewed(item, request))
    }
  }

  async function searchAll(): Promise<void> {
    const known = new Set<string>()
    for await (const item of discover(request.paths)) {
      if (isOver()) return
      // Named twice, or by its folder too: the same file is reviewed and counted once.
      const place = resolve(item.kind === 'file' ? item.input : item.entry.path)
      if (known.has(place) || (item.kind === 'file' && request.passOver?.has(item.path) === true)) continue
      known.add(place)
      found.push(item)
      request.onFound?.(found.length)
      begin()
      wake()
    }
  }

  const searched = searchAll().finally(() => {
    search.isOver = true
    wake()
  })
  // A failure is thrown below, once what was found before it has been handed out.
  searched.catch(() => undefined)

  try {
    while (!isOver() && (!search.isOver || ahead.length > 0)) {
      const next = ahead.shift()
      if (next === undefined) {
        await new Promise<void>((resolve) => (wake = resolve))
        continue
      }
      begin()
      const file = await next
      if (!isOver()) yield file
    }
    if (!isOver()) await searched
  } finally {
    stopped = true
  }
}

async function reviewed(item: Discovered, request: PathsRequest): Promise<ReviewedFile> {
  const shown = request.shown ?? ((path: string) => path)
  if (item.kind === 'entry') {
    return { task: null, review: { inputs: [{ ...item.entry, path: shown(item.entry.path) }], messages: [] } }
  }
  const { path, input, named, defaults } = item
  const task: FileTask = {
    path,
    input: shown(input),
    named,
    defaults: withShownLists(defaults, shown),
    settings: request.settings,
    ...(request.isHistory === true ? { isHistory: true } : {}),
  }
  return { task, review: await request.pool.reviewFile(task) }
}

/** Lists are named as inputs are: a path stays in the task alone. */
function withShownLists(defaults: MessageDefaults, shown: (path: string) => string): MessageDefaults {
  const { settings } = defaults
  if (settings === undefined) return defaults
  const name = (file: AudienceFile): AudienceFile => ({ ...file, input: shown(file.input) })
  return {
    ...defaults,
    settings: { ...settings, audience: settings.audience.map(name), exclude: settings.exclude.map(name) },
  }
}
