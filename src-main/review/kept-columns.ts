import { join } from 'node:path'
import { z } from 'zod'
import type { CampaignId } from '../contract/operation-schemas.ts'
import type { ListColumns } from './job.ts'
import { createSettingsFile } from './settings-file.ts'

/** What a person said of the columns of lists, kept with the files that a campaign was opened from. */
export interface KeptColumns {
  readonly opened: (campaign: CampaignId, paths: readonly string[]) => void
  readonly of: (paths: readonly string[]) => Promise<ListColumns>
  readonly keep: (campaign: CampaignId, columns: ListColumns) => Promise<void>
}

const maxKept = 200
const schema = z.strictObject({
  campaigns: z
    .array(
      z.strictObject({ paths: z.array(z.string()), lists: z.record(z.string(), z.record(z.string(), z.string())) }),
    )
    .max(maxKept),
})

export function createKeptColumns(dataDir: string): KeptColumns {
  const file = createSettingsFile({
    path: join(dataDir, 'columns.json'),
    schemaName: 'clausebench-columns/1',
    schema,
    fallback: { campaigns: [] },
  })
  const pathsOf = new Map<CampaignId, readonly string[]>()
  const isSame = (a: readonly string[], b: readonly string[]): boolean => JSON.stringify(a) === JSON.stringify(b)

  return {
    opened: (campaign, paths) => void pathsOf.set(campaign, paths),
    async of(paths) {
      const { campaigns } = await file.read()
      return campaigns.find((kept) => isSame(kept.paths, paths))?.lists ?? {}
    },
    async keep(campaign, columns) {
      const paths = pathsOf.get(campaign)
      if (paths === undefined) return
      const { campaigns } = await file.read()
      const others = campaigns.filter((kept) => !isSame(kept.paths, paths))
      const lists = Object.fromEntries(Object.entries(columns).map(([list, fields]) => [list, { ...fields }]))
      await file.write({ campaigns: [{ paths: [...paths], lists }, ...others].slice(0, maxKept) })
    },
  }
}
