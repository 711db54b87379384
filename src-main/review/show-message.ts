import type { Answer } from '../contract/operation-schemas.ts'
import { fail, ok, type Result } from '../contract/result.ts'
import { limits } from '../intake/limits.ts'
import { loadFile } from '../intake/load.ts'
import type { Message } from '../intake/message.ts'
import { annotate } from '../report/annotated.ts'
import { buildViews } from '../views/build.ts'
import { linkTarget } from '../views/link-target.ts'
import type { Views } from '../views/view.ts'
import { externalAddress } from './external-address.ts'
import { faultProblem } from './fault.ts'
import type { LinkTask, RenderTask, ShowTask } from './job.ts'
import { maxShownBytes } from './limits.ts'
import { fileRow } from './file-row.ts'
import { headerRows } from './header-rows.ts'
import { readTask, sha256Of } from './review-file.ts'
import { sourceRange } from './source-range.ts'
import { sourceView } from './source-view.ts'
import { textSections } from './text-sections.ts'

/** The message as a reader sees it, with its marks. */
export function showRendered(task: RenderTask): Promise<Result<Answer<'message.rendered'>>> {
  return show(task, ({ views }) => ok(annotate(views, task.findings, { theme: task.theme })))
}

/** Its texts, each with the marks that lie in it. */
export function showText(task: ShowTask): Promise<Result<Answer<'message.text'>>> {
  return show(task, ({ views }) => ok({ sections: textSections(views, task.findings) }))
}

/** Its header fields, decoded and as they were written. */
export function showHeaders(task: ShowTask): Promise<Result<Answer<'message.headers'>>> {
  return show(task, ({ views }) => ok({ fields: headerRows(views) }))
}

/** What is attached to it. */
export function showFiles(task: ShowTask): Promise<Result<Answer<'message.files'>>> {
  return show(task, ({ views }) => ok({ files: views.attachments.map(fileRow) }))
}

/** The bytes it came from: of a mailbox its own, of a table all that are shown at once. */
export function showSource(task: ShowTask): Promise<Result<Answer<'message.source'>>> {
  return show(task, ({ bytes, messages }) => {
    const range = sourceRange(messages, task.ordinal, bytes.length, maxShownBytes)
    return ok(sourceView(bytes, range, task.findings, maxShownBytes))
  })
}

/** Where one of its links really leads. Only https and mailto addresses are ever opened. */
export function inspectLink(task: LinkTask): Promise<Result<Answer<'link.inspect'>>> {
  return show<Answer<'link.inspect'>>(task, ({ views }) => {
    const link = views.links.find(({ number }) => number === task.link)
    if (!link) return fail('not-found', 'This message has no such link.')
    const { normalised, host } = linkTarget(link.href)
    const href = normalised ?? link.href
    return ok({ href, host, opens: externalAddress(href).ok && /^(https|mailto):/.test(href) })
  })
}

interface Shown {
  /** Of its input: the file, or the member of an archive. */
  readonly bytes: Uint8Array
  /** All of its input. */
  readonly messages: readonly Message[]
  readonly views: Views
}

/** Reads the message anew and gives it to `view`, if the file still holds the bytes that were reviewed. */
async function show<T>(task: ShowTask, view: (shown: Shown) => Result<T>): Promise<Result<T>> {
  try {
    const loaded = await loadFile(task.file.path, { maxBytes: limits.maxFileBytes })
    if (!loaded.ok) return loaded
    const bytes = loaded.value
    if (sha256Of(bytes) !== task.sha256) {
      return fail(
        'changed-on-disk',
        'The file has changed since it was reviewed. Open it again to review what it holds now.',
      )
    }
    for await (const read of readTask(task.file, bytes, task.input)) {
      const messages = 'messages' in read.outcome ? read.outcome.messages : []
      const message = messages[task.ordinal]
      if (message && read.bytes) return view({ bytes: read.bytes, messages, views: buildViews(message) })
    }
    return fail('not-found', 'The message is no longer in its file. Open the file again.')
  } catch (error) {
    return { ok: false, problem: faultProblem(error) }
  }
}
