import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { CampaignId, SessionPage } from '../contract/operation-schemas.ts'
import { sessionPageSchema } from '../contract/operation-schemas.ts'
import { createSettingsFile } from './settings-file.ts'

/** What was open and where a person was in it, from one start of the program to the next. */
export interface Session {
  /** Remembers which files are behind a campaign; the page knows campaigns only. */
  readonly opened: (campaign: CampaignId, paths: readonly string[]) => void
  /** Campaigns that were opened from these very paths, the last first. */
  readonly openedFrom: (paths: readonly string[]) => readonly CampaignId[]
  /** Campaigns that `opened` never heard of (uploads, samples) are left out. */
  readonly keep: (campaigns: readonly CampaignId[], page: SessionPage) => Promise<void>
  /** The paths of each campaign; those of which nothing is left on the disk are gone, and so is the place in them. */
  /** The message that was chosen last, with its campaign's id of this start of the program. */
  readonly current: () => MessageRef | null
  readonly last: () => Promise<{ readonly campaigns: readonly (readonly string[])[]; readonly page: SessionPage }>
}

interface MessageRef {
  readonly campaign: CampaignId
  readonly message: string
}

const schema = z.strictObject({ campaigns: z.array(z.array(z.string()).max(20_000)).max(50), page: sessionPageSchema })

const firstPage: SessionPage = {
  selected: null,
  view: 'rendered',
  second: 'auto',
  filter: '',
  sort: 'order',
  group: 'campaign',
}

export function createSession(dataDir: string): Session {
  const file = createSettingsFile({
    path: join(dataDir, 'session.json'),
    schemaName: 'clausebench-session/1',
    schema,
    fallback: { campaigns: [], page: firstPage },
  })
  let current: MessageRef | null = null
  const pathsOf = new Map<CampaignId, readonly string[]>()

  return {
    opened: (campaign, paths) => void pathsOf.set(campaign, paths),
    openedFrom(paths) {
      const wanted = JSON.stringify(paths)
      const known = [...pathsOf].filter(([, from]) => JSON.stringify(from) === wanted)
      return known.map(([campaign]) => campaign).reverse()
    },
    async keep(campaigns, page) {
      const known = campaigns.filter((campaign) => pathsOf.has(campaign))
      const chosen = page.selected === null ? undefined : campaigns[page.selected.campaign]
      const at = chosen === undefined ? -1 : known.indexOf(chosen)
      current = chosen === undefined || page.selected === null ? null : { ...page.selected, campaign: chosen }
      await file.write({
        campaigns: known.map((campaign) => [...(pathsOf.get(campaign) ?? [])]),
        page: {
          ...page,
          selected: at === -1 || page.selected === null ? null : { ...page.selected, campaign: at },
        },
      })
    },
    current: () => current,
    async last() {
      const { campaigns, page } = await file.read()
      const there = await Promise.all(campaigns.map(isThere))
      const kept = campaigns.filter((_, at) => there[at])
      const chosen = page.selected === null ? undefined : campaigns[page.selected.campaign]
      const at = chosen === undefined ? -1 : kept.indexOf(chosen)
      return {
        campaigns: kept,
        page: { ...page, selected: at === -1 || page.selected === null ? null : { ...page.selected, campaign: at } },
      }
    },
  }
}

async function isThere(paths: readonly string[]): Promise<boolean> {
  const found = await Promise.all(
    paths.map((path) =>
      stat(path).then(
        () => true,
        () => false,
      ),
    ),
  )
  return found.includes(true)
}
