import type { Answer } from '../contract/operation-schemas.ts'
import type { Finding } from '../contract/report.ts'
import { fail, ok, type Result } from '../contract/result.ts'
import { readLargeFileMessage } from '../intake/large-file.ts'
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
import { identityFacts } from './identity-facts.ts'
import { readTask, sha256Of } from './review-file.ts'
import { sourceRange } from './source-range.ts'
import { sourceView } from './source-view.ts'
import { textSections } from './text-sections.ts'

/** The message as a reader sees it, with its marks. */
export function showRendered(task: RenderTask): Promise<Result<Answer<'message.rendered'>>> {
  return show(task, ({ views }) =>
    ok(annotate(views, task.findings, { theme: task.theme, dark: task.dark, language: task.language })),
  )
}

/** Its texts, each with the marks that lie in it. */
export function showText(task: ShowTask): Promise<Result<Answer<'message.text'>>> {
  return show(task, ({ views }) => ok({ sections: textSections(views, task.findings) }))
}

/** Its header fields, decoded and as they were written. */
export function showHeaders(task: ShowTask): Promise<Result<Answer<'message.headers'>>> {
  return show(task, ({ views }) => ok({ identity: identityFacts(views), fields: headerRows(views) }))
}

/** What is attached to it. */
export function showFiles(task: ShowTask): Promise<Result<Answer<'message.files'>>> {
  return show(task, ({ views }) => ok({ files: views.attachments.map(fileRow) }))
}

/** The bytes it came from: of a mailbox its own, of a table all that are shown at once. */
export function showSource(task: ShowTask): Promise<Result<Answer<'message.source'>>> {
  return show(task, ({ bytes, messages }) => {
    if (task.place !== undefined) {
      const findings = task.findings.map((finding) => shifted(finding, task.place?.start ?? 0))
      return ok(sourceView(bytes, { start: 0, end: bytes.length }, findings, maxShownBytes))
    }
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

/** A finding counted from where the shown bytes begin. */
function shifted(finding: Finding, start: number): Finding {
  const { source } = finding
  return source === null ? finding : { ...finding, source: { start: source.start - start, end: source.end - start } }
}

interface Shown {
  /** Of its input: the file, or the member of an archive; of a file that is too large to be held, the message's own. */
  readonly bytes: Uint8Array
  /** All of its input. */
  readonly messages: readonly Message[]
  readonly views: Views
}

/** Reads the message anew and gives it to `view`, if the file still holds the bytes that were reviewed. */
export async function show<T>(task: ShowTask, view: (shown: Shown) => Result<T>): Promise<Result<T>> {
  try {
    if (task.place !== undefined) {
      const { path, input, named, defaults } = task.file
      const found = await readLargeFileMessage(path, { input, named, defaults }, task.place)
      if (!found.ok) return found
      const { bytes, message } = found.value
      return view({ bytes, messages: [message], views: buildViews(message) })
    }
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
