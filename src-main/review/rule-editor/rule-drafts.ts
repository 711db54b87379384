import { join } from 'node:path'
import { z } from 'zod'
import { ruleDraftSchema, type RuleDraft } from '../../contract/rule-operations.ts'
import { createSettingsFile } from '../settings-file.ts'

/** What was written in the rule editor and not saved, from one start of the program to the next. */
export interface RuleDrafts {
  readonly read: () => Promise<readonly RuleDraft[]>
  /** These and no others; what is past the size of the file is not kept. */
  readonly keep: (drafts: readonly RuleDraft[]) => Promise<void>
}

/** As JSON; with room for what stands around them. */
const maxKeptBytes = 800_000
const schema = z.strictObject({ drafts: z.array(ruleDraftSchema).max(50) })

export function createRuleDrafts(dataDir: string): RuleDrafts {
  const file = createSettingsFile({
    path: join(dataDir, 'rule-drafts.json'),
    schemaName: 'clausebench-rule-drafts/1',
    schema,
    fallback: { drafts: [] },
  })
  return {
    read: async () => (await file.read()).drafts,
    async keep(drafts) {
      let bytes = 0
      const kept = drafts.filter((draft) => {
        const own = Buffer.byteLength(JSON.stringify(draft))
        if (bytes + own > maxKeptBytes) return false
        bytes += own
        return true
      })
      await file.write({ drafts: kept })
    },
  }
}
