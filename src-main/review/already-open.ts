import { limits } from '../intake/limits.ts'
import { loadFile } from '../intake/load.ts'
import type { OpenCampaign } from './open-campaigns.ts'
import { sha256Of } from './review-file.ts'

/** Whether these very files are what the campaign holds, byte for byte: then it is shown instead of read once more. */
export async function holdsUnchanged(campaign: OpenCampaign, paths: readonly string[]): Promise<boolean> {
  const known = new Set(campaign.inputs.map(({ sha256 }) => sha256))
  for (const path of paths) {
    // A folder may have more in it than before: it is read anew.
    const loaded = await loadFile(path, { maxBytes: limits.maxFileBytes })
    if (!loaded.ok || !known.has(sha256Of(loaded.value))) return false
  }
  return paths.length > 0
}
