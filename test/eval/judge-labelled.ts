import MailComposer from 'nodemailer/lib/mail-composer/index.js'
import type { Finding } from '../../src-main/contract/report.ts'
import { spansOverlap, type Utf16Span } from '../../src-main/contract/span.ts'
import { readInput } from '../../src-main/intake/read.ts'
import { audienceOfRows } from '../../src-main/rules/audience/audience-facts.ts'
import type { CompiledRules } from '../../src-main/rules/compile.ts'
import { judge } from '../../src-main/rules/judge.ts'
import { buildViews } from '../../src-main/views/build.ts'
import { unlabelled, type Labelled } from './labelled.ts'

export interface Judged {
  readonly message: Labelled
  /** Findings at error or warning under the message's clause, its twin, or a clause above or below it. */
  readonly found: readonly Finding[]
  /** Errors under any clause. */
  readonly errors: readonly Finding[]
  /** At error or warning under any clause. */
  readonly serious: readonly Finding[]
  /** Whether a finding overlaps the labelled words; null where nothing is labelled or nothing was found. */
  readonly overlaps: boolean | null
}

const twins: Readonly<Record<string, string>> = { C1: 'P1', P1: 'C1', C2: 'P3', P3: 'C2', C4: 'P4', P4: 'C4' }
const textFields = ['subject', 'preheader', 'title', 'text', 'html'] as const

/** A labelled message as a file: a draft, or a whole e-mail where it has headers or attachments. */
async function fileOf(message: Labelled): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const plain = Object.fromEntries(
    textFields.flatMap((field) => {
      const value = message[field]
      return value === undefined ? [] : [[field, unlabelled(value).text]]
    }),
  )
  if (message.headers === undefined && message.attachments === undefined) {
    const { id, channel, kind, from, reply_to, send_at, timezone, region, consent, client, image, link } = message
    const record = {
      id,
      channel,
      kind,
      from,
      reply_to,
      send_at,
      timezone,
      region,
      consent,
      client,
      image,
      link,
      ...plain,
    }
    return { name: `${message.id}.json`, bytes: Buffer.from(JSON.stringify(record)) }
  }
  const composed = new MailComposer({
    from: message.headers?.From ?? message.from ?? 'Shop <news@shop.example>',
    to: 'reader@reader.example',
    date: new Date('2026-03-02T10:00:00Z'),
    messageId: `<${message.id}@shop.example>`,
    ...(message.reply_to === undefined ? {} : { replyTo: message.reply_to }),
    ...plain,
    headers: Object.entries(message.headers ?? {})
      .filter(([key]) => !/^(?:from|subject|to|date|message-id)$/i.test(key))
      .map(([key, value]) => ({ key, value })),
    attachments: (message.attachments ?? []).map(({ name, type, text, base64 }) => ({
      filename: name,
      ...(type === undefined ? {} : { contentType: type }),
      content: base64 === undefined ? (text ?? '') : Buffer.from(base64, 'base64'),
    })),
  })
  return { name: `${message.id}.eml`, bytes: await composed.compile().build() }
}

export async function judgeLabelled(message: Labelled, rules: CompiledRules, asOf: string): Promise<Judged> {
  const { name, bytes } = await fileOf(message)
  const outcome = readInput(bytes, {
    input: name,
    named: true,
    defaults: { campaign: null, client: null, channel: null, kind: null, sendAt: null },
  })
  if (!('messages' in outcome)) throw new Error(`${message.id}: ${outcome.problem.message}`)
  const findings = outcome.messages.flatMap((read) => {
    const { channel, sendAt } = read
    const day = sendAt?.slice(0, 10) ?? asOf
    const rows = message.rows ?? []
    const audience =
      rows.length === 0 ? null : audienceOfRows(rules, rows, { day, channel, consent: null, isSent: true })
    return judge(rules, buildViews(read), { asOf, region: [], audience }).findings
  })
  const serious = findings.filter(({ severity }) => severity !== 'info')
  const found = serious.filter(({ clauses }) => clauses.some((clause) => belongsTo(clause, message.clause)))
  return {
    message,
    found,
    errors: findings.filter(({ severity }) => severity === 'error'),
    serious,
    overlaps: overlapsLabels(message, found),
  }
}

function belongsTo(full: string, clause: string): boolean {
  const id = full.slice(full.indexOf(':') + 1)
  return [clause, twins[clause]].some(
    (wanted) => wanted !== undefined && (id === wanted || id.startsWith(`${wanted}.`) || wanted.startsWith(`${id}.`)),
  )
}

function overlapsLabels(message: Labelled, found: readonly Finding[]): boolean | null {
  const labels = new Map<string, readonly Utf16Span[]>()
  for (const field of textFields) {
    const { spans } = unlabelled(message[field] ?? '')
    if (spans.length > 0) labels.set(field, spans)
  }
  if (labels.size === 0 || found.length === 0) return null
  return found.some(({ part, span }) => {
    if (span === null) return false
    const spans =
      labels.get(part) ?? (/^(?:image|link):/.test(part) ? (labels.get('html') ?? labels.get('text')) : undefined)
    return spans?.some((label) => spansOverlap(label, span)) ?? false
  })
}

/** Findings of a mail that is no labelled message. */
export function judgeFile(
  { name, bytes }: { readonly name: string; readonly bytes: Uint8Array },
  rules: CompiledRules,
  asOf: string,
): readonly Finding[] {
  const outcome = readInput(bytes, {
    input: `${name}.eml`,
    named: true,
    defaults: { campaign: null, client: null, channel: null, kind: null, sendAt: null },
  })
  if (!('messages' in outcome)) throw new Error(`${name}: ${outcome.problem.message}`)
  return outcome.messages.flatMap((read) => judge(rules, buildViews(read), { asOf, region: [] }).findings)
}
