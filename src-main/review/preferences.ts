import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { z } from 'zod'
import type { Answer, Args } from '../contract/operation-schemas.ts'
import { settingsSchema } from '../contract/operation-schemas.ts'
import { firstSettings } from '../contract/settings-words.ts'
import { createSettingsFile } from './settings-file.ts'
import { openedName } from './shown-paths.ts'

export interface Preferences {
  readonly settings: () => Promise<Answer<'settings.get'>>
  readonly change: (change: Args<'settings.set'>) => Promise<void>
  readonly recents: () => Promise<readonly Recent[]>
  /** Remembers what was opened; but not uploads, which lie in the program's own temporary folders and are gone when it ends. */
  readonly opened: (paths: readonly string[], at: Date) => Promise<void>
}

export interface Recent {
  readonly id: string
  readonly name: string
  readonly openedAt: string
  readonly paths: readonly string[]
}

const maxRecents = 12
const maxPanes = 100

/** A file of an earlier version lacks what came later. */
const fileSchema = z.strictObject({
  theme: settingsSchema.shape.theme,
  language: settingsSchema.shape.language.default(firstSettings.language),
  motion: settingsSchema.shape.motion.default(firstSettings.motion),
  zoom: settingsSchema.shape.zoom.default(firstSettings.zoom),
  letterKeys: settingsSchema.shape.letterKeys.default(firstSettings.letterKeys),
  keys: settingsSchema.shape.keys.default({}),
  panes: settingsSchema.shape.panes,
  welcomed: settingsSchema.shape.welcomed.default(firstSettings.welcomed),
})

const recentsSchema = z.array(
  z.strictObject({ id: z.string(), name: z.string(), openedAt: z.string(), paths: z.array(z.string()) }),
)

/** Settings and recents, in two small files of the data folder. */
export function createPreferences(dataDir: string): Preferences {
  const settings = createSettingsFile({
    path: join(dataDir, 'settings.json'),
    schemaName: 'clausebench-settings/1',
    schema: fileSchema,
    fallback: { ...firstSettings, keys: {}, panes: {} },
  })
  const recents = createSettingsFile({
    path: join(dataDir, 'recents.json'),
    schemaName: 'clausebench-recents/1',
    schema: recentsSchema,
    fallback: [],
  })
  // Reading, changing and writing is one step: two changes at once must not lose each other.
  let last: Promise<unknown> = Promise.resolve()
  const oneByOne = (step: () => Promise<void>): Promise<void> => {
    const done = last.then(step)
    last = done.catch(() => undefined)
    return done
  }

  return {
    settings: () => settings.read(),
    change: (change) =>
      oneByOne(async () => {
        const before = await settings.read()
        const panes = Object.fromEntries(Object.entries({ ...before.panes, ...change.panes }).slice(-maxPanes))
        await settings.write(fileSchema.parse({ ...before, ...definedOnly(change), panes }))
      }),
    recents: () => recents.read(),
    opened: (paths, at) =>
      oneByOne(async () => {
        if (paths.length === 0 || paths.some(isTemporary)) return
        const id = createHash('sha256').update(JSON.stringify(paths)).digest('hex').slice(0, 32)
        const recent = { id, name: openedName(paths), openedAt: at.toISOString(), paths: [...paths] }
        const before = await recents.read()
        await recents.write([recent, ...before.filter((other) => other.id !== id)].slice(0, maxRecents))
      }),
  }
}

/** A key that was left out must not take away what is there. */
function definedOnly(change: Args<'settings.set'>): Args<'settings.set'> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
}

function isTemporary(path: string): boolean {
  return relative(tmpdir(), path).startsWith('clausebench-')
}
