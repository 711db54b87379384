import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Utf16Span } from '../../src-main/contract/span.ts'

/**
 * A made-up message with the right judgement for one clause, or for every clause (`*`, a proper campaign);
 * `{{…}}` in its texts marks what a reviewer would underline.
 */
const labelledSchema = z.strictObject({
  id: z.string().regex(/^(?:[A-Z]\d+(?:\.\w+)?-[vf]|proper-)\d+$/),
  clause: z.string(),
  judgement: z.enum(['violates', 'fine']),
  channel: z.enum(['email', 'sms', 'mms', 'push']),
  kind: z.enum(['marketing', 'transactional']).optional(),
  from: z.string().optional(),
  reply_to: z.string().optional(),
  subject: z.string().optional(),
  preheader: z.string().optional(),
  title: z.string().optional(),
  text: z.string().optional(),
  html: z.string().optional(),
  image: z.string().optional(),
  link: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  attachments: z
    .array(
      z.strictObject({
        name: z.string(),
        type: z.string().optional(),
        text: z.string().optional(),
        base64: z.string().optional(),
      }),
    )
    .optional(),
  rows: z.array(z.record(z.string(), z.unknown())).optional(),
  send_at: z.string().optional(),
  timezone: z.string().optional(),
  region: z.string().optional(),
  consent: z.string().optional(),
  client: z.string().optional(),
  language: z.string().optional(),
  absent: z.boolean().optional(),
  /** What violates where no words of the texts do. */
  where: z.enum(['rows', 'attachments', 'send_at', 'headers']).optional(),
  note: z.string().optional(),
})
export type Labelled = z.infer<typeof labelledSchema>

export interface BadLine {
  readonly file: string
  readonly line: number
  readonly why: string
}

/** Every labelled message in a folder of `<clause>.jsonl` files, and the lines that are none. */
export function readHalf(folder: string): { readonly messages: readonly Labelled[]; readonly bad: readonly BadLine[] } {
  const messages: Labelled[] = []
  const bad: BadLine[] = []
  if (!existsSync(folder)) return { messages, bad }
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()) {
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .forEach((line, at) => {
        if (line.trim() === '') return
        try {
          const parsed = labelledSchema.safeParse(JSON.parse(line))
          if (parsed.success) messages.push(parsed.data)
          else bad.push({ file, line: at + 1, why: z.prettifyError(parsed.error) })
        } catch (error) {
          bad.push({ file, line: at + 1, why: String(error) })
        }
      })
  }
  return { messages, bad }
}

/** A text without its label marks, and where they stood. */
export function unlabelled(text: string): { readonly text: string; readonly spans: readonly Utf16Span[] } {
  const spans: Utf16Span[] = []
  let plain = ''
  let start: number | null = null
  for (let at = 0; at < text.length;) {
    const pair = text.slice(at, at + 2)
    if (start === null && pair === '{{') {
      start = plain.length
      at += 2
    } else if (start !== null && pair === '}}') {
      spans.push({ start, end: plain.length })
      start = null
      at += 2
    } else {
      plain += text.charAt(at)
      at += 1
    }
  }
  return { text: plain, spans }
}
