import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Message, MessageForm, TextKind, TextPart } from '../../../src-main/intake/message.ts'
import { compileRules, type CompiledRules } from '../../../src-main/rules/compile.ts'
import { judge, type Judgement } from '../../../src-main/rules/judge.ts'
import { loadPacks, type LoadedPacks } from '../../../src-main/rules/load-packs.ts'
import type { PackSelection } from '../../../src-main/rules/pack.ts'
import { buildViews } from '../../../src-main/views/build.ts'

export const asOf = '2026-11-23'

/** Files by path under a fresh folder, handed to `use` and removed after. */
export async function withFiles<T>(
  files: Readonly<Record<string, string>>,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'clausebench-rules-'))
  try {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), text)
    }
    return await use(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}

export const packYaml = 'id: house\nversion: "1"\ntitle: House rules\npolicy: house\n'

/** Loads the packs of a folder with `packs/…` (shipped), `own/…` and `values/…`. */
export function load(
  files: Readonly<Record<string, string>>,
  selection: Partial<PackSelection> = {},
): Promise<LoadedPacks> {
  return withFiles(files, async (folder) => {
    const own = Object.keys(files).some((path) => path.startsWith('own/')) ? [join(folder, 'own')] : []
    const loaded = await loadPacks({ shipped: join(folder, 'packs'), own, named: [], asOf, ...selection })
    if (!loaded.ok) throw new Error(loaded.problem.message)
    return loaded.value
  })
}

/** One own pack with these rules, compiled; problems are thrown. */
export async function compiled(rules: string, more: Readonly<Record<string, string>> = {}): Promise<CompiledRules> {
  const loaded = await load({ 'own/pack.yaml': packYaml, 'own/rules/all.yaml': rules, ...more })
  const problems = loaded.packs.flatMap((pack) => pack.problems)
  if (problems.length > 0) throw new Error(JSON.stringify(problems, null, 1))
  return compileRules(loaded)
}

/** A rule around a check, for tests of one kind. `check` is flow YAML, `more` further lines of the rule. */
export function rule(check: string, more = 'severity: error'): string {
  return `- id: test/rule\n  clauses: [T1]\n  message: "“{match}” against {clause}"\n  check: ${check}\n  ${more}\n`
}

export interface MessageParts extends Partial<Record<TextKind, string>> {
  readonly form?: MessageForm
  readonly channel?: Message['channel']
  readonly kind?: Message['kind']
  readonly headers?: readonly (readonly [string, string])[]
  readonly attachments?: readonly { readonly name: string; readonly type: string; readonly bytes: string }[]
  readonly gaps?: Message['gaps']
  readonly sendAt?: string
}

export function messageOf(parts: MessageParts): Message {
  const kinds: readonly TextKind[] = ['subject', 'from', 'preheader', 'title', 'text', 'html']
  const texts = kinds.flatMap((kind): TextPart[] => {
    const text = parts[kind]
    // A made-up input in which each part begins at a thousand of its own, a byte a unit.
    const base = 1000 * kinds.indexOf(kind)
    return text === undefined
      ? []
      : [{ part: kind, kind, text, toSource: ({ start, end }) => ({ start: base + start, end: base + end }) }]
  })
  return {
    id: 'm',
    input: 'm.eml',
    form: parts.form ?? (parts.headers === undefined ? 'text' : 'rfc5322'),
    channel: parts.channel === undefined ? 'email' : parts.channel,
    kind: parts.kind ?? null,
    campaign: null,
    client: null,
    date: null,
    sendAt: parts.sendAt ?? null,
    headers: (parts.headers ?? []).map(([name, value], at) => ({
      name,
      value,
      raw: value,
      range: { start: at * 100, end: at * 100 + 100 },
      toSource: ({ start, end }) => ({ start: at * 100 + start, end: at * 100 + end }),
    })),
    texts,
    attachments: (parts.attachments ?? []).map(({ name, type, bytes }) => ({
      name,
      part: `attachment:${name}`,
      mediaType: type,
      inline: false,
      contentId: null,
      range: { start: 9000, end: 9100 },
      nameRange: { start: 8900, end: 8900 + name.length },
      content: () => Uint8Array.from(bytes, (character) => character.charCodeAt(0)),
    })),
    fields: new Map(),
    gaps: parts.gaps ?? [],
    problem: null,
  }
}

export function judged(rules: CompiledRules, parts: MessageParts, region: readonly string[] = []): Judgement {
  return judge(rules, buildViews(messageOf(parts)), { asOf, region })
}

/** What was marked, as the part's own text shows it. */
export function marks(rules: CompiledRules, parts: MessageParts): string[] {
  const message = messageOf(parts)
  return judge(rules, buildViews(message), { asOf, region: [] }).findings.map(({ part, span }) => {
    const text =
      message.texts.find((one) => one.part === part)?.text ??
      message.texts.find((one) => one.kind === 'html' || one.kind === 'text')?.text ??
      ''
    return span === null ? part : text.slice(span.start, span.end)
  })
}
