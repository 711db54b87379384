import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { reportMessageSchema } from '../../contract/report.ts'

/** Kept messages as files in a folder, with a manifest that says what their names do not. */

export interface KeptMessage {
  readonly content: string
  readonly bytes: Uint8Array
  /** JSON: its report when it was kept. */
  readonly report: string
}

/** Makes the folder, and returns how many messages are in it: the same content lies there once. */
export async function layOut(folder: string, name: string, messages: readonly KeptMessage[]): Promise<number> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const seen = new Set<string>()
  const entries: { readonly file: string; readonly channel?: string }[] = []
  for (const { content, bytes, report } of messages) {
    if (seen.has(content)) continue
    seen.add(content)
    const read = reportMessageSchema.safeParse(JSON.parse(report))
    const input = read.success ? read.data.input : 'message.eml'
    const file = `${String(seen.size).padStart(4, '0')}-${safeName(input)}`
    await writeFile(join(folder, file), bytes, { mode: 0o600 })
    const channel = read.success ? read.data.channel : null
    entries.push(channel === null || channel === 'email' ? { file } : { file, channel })
  }
  const manifest = { schema: 'clausebench-campaign/1', name, messages: entries }
  await writeFile(join(folder, 'campaign.yaml'), stringify(manifest), { mode: 0o600 })
  return seen.size
}

const maxName = 80

/** The last part of an input's name, in letters that every system takes; its extension says of what kind it is. */
function safeName(input: string): string {
  const last = input.split(/[\\/]/).at(-1) ?? ''
  return (
    last
      .replace(/[^\p{L}\p{N}._-]+/gu, '-')
      .replace(/^[.-]+/, '')
      .slice(-maxName) || 'message'
  )
}
