import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fail, ok, type Problem, type Result } from '../contract/result.ts'
import { openWorkspace, type Workspace } from './workspace.ts'

export interface WorkspaceListing {
  readonly id: string
  readonly title: string
  readonly isOpen: boolean
  /** Why it cannot be opened. */
  readonly problem: Problem | null
}

/** The workspaces of a data folder, one of them open. */
export interface Workspaces {
  /** The open one; at the first call the one that was open last, or a new one where there is none. */
  readonly current: () => Promise<Result<Workspace>>
  readonly list: () => Promise<WorkspaceListing[]>
  readonly create: (title: string, by: string, at: string) => Promise<Result<string>>
  readonly open: (id: string) => Promise<Result<Workspace>>
  readonly rename: (id: string, title: string, by: string, at: string) => Promise<Result<true>>
  readonly copy: (id: string, title: string, by: string, at: string) => Promise<Result<string>>
  /** Calls `use` with each that can be opened, until it has an answer. */
  readonly search: <T>(use: (workspace: Workspace) => T | null) => Promise<T | null>
  /** With the one that is named, whether it is open or not. */
  readonly within: <T>(id: string, use: (workspace: Workspace) => T) => Promise<Result<T>>
  /** One after the other; those that cannot be opened are passed over. */
  readonly each: (use: (workspace: Workspace, id: string) => void) => Promise<void>
  readonly close: () => void
}

const extension = '.sqlite'

export function createWorkspaces(folder: string): Workspaces {
  const lastFile = join(folder, 'last-opened')
  let open: { readonly id: string; readonly workspace: Workspace } | null = null
  let opening: Promise<Result<Workspace>> | null = null

  const pathOf = (id: string): string => join(folder, `${id}${extension}`)

  function ids(): string[] {
    if (!existsSync(folder)) return []
    return readdirSync(folder)
      .filter((name) => name.endsWith(extension) && !name.startsWith('.'))
      .map((name) => name.slice(0, -extension.length))
      .toSorted()
  }

  /** Which one to open at the next start; forgetting it costs a click. */
  function remember(id: string): void {
    try {
      writeFileSync(`${lastFile}.tmp`, id, { mode: 0o600 })
      renameSync(`${lastFile}.tmp`, lastFile)
    } catch {
      return
    }
  }

  function remembered(): string | null {
    try {
      const id = readFileSync(lastFile, 'utf8').slice(0, 200)
      return ids().includes(id) ? id : null
    } catch {
      return null
    }
  }

  /** Lends the open one, or opens another for one use. */
  async function borrow<T>(id: string, use: (workspace: Workspace) => T | Promise<T>): Promise<Result<T>> {
    if (!ids().includes(id)) return unknownWorkspace
    if (open?.id === id) return ok(await use(open.workspace))
    const other = await openWorkspace(pathOf(id))
    if (!other.ok) return other
    try {
      return ok(await use(other.value))
    } finally {
      other.value.close()
    }
  }

  async function switchTo(id: string): Promise<Result<Workspace>> {
    if (open?.id === id) return ok(open.workspace)
    const opened = await openWorkspace(pathOf(id))
    if (!opened.ok) return opened
    open?.workspace.close()
    open = { id, workspace: opened.value }
    remember(id)
    return opened
  }

  function newId(): string {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return `w-${randomBytes(6).toString('hex')}`
  }

  return {
    async current() {
      if (open !== null) return ok(open.workspace)
      // Two that ask at once get the same one.
      opening ??= switchTo(remembered() ?? ids()[0] ?? newId()).finally(() => (opening = null))
      return opening
    },
    async list() {
      const listings: WorkspaceListing[] = []
      for (const id of ids()) {
        const title = await borrow(id, (workspace) => workspace.title())
        listings.push({
          id,
          title: title.ok ? title.value : id,
          isOpen: open?.id === id,
          problem: title.ok ? null : title.problem,
        })
      }
      return listings
    },
    async create(title, by, at) {
      const id = newId()
      const made = await switchTo(id)
      if (!made.ok) return made
      made.value.act([{ message: null, content: null, act: { kind: 'title', title } }], by, at)
      return ok(id)
    },
    open: (id) => (ids().includes(id) ? switchTo(id) : Promise.resolve(unknownWorkspace)),
    async rename(id, title, by, at) {
      const renamed = await borrow(id, (workspace) =>
        workspace.act([{ message: null, content: null, act: { kind: 'title', title } }], by, at),
      )
      return renamed.ok ? ok(true) : renamed
    },
    async copy(id, title, by, at) {
      const copyId = newId()
      const copied = await borrow(id, (workspace) => workspace.copyTo(pathOf(copyId)))
      if (!copied.ok) return copied
      const named = await borrow(copyId, (workspace) =>
        workspace.act([{ message: null, content: null, act: { kind: 'title', title } }], by, at),
      )
      return named.ok ? ok(copyId) : named
    },
    async search(use) {
      for (const id of ids()) {
        const found = await borrow(id, use)
        if (found.ok && found.value !== null) return found.value
      }
      return null
    },
    within: (id, use) => borrow(id, use),
    async each(use) {
      for (const id of ids()) await borrow(id, (workspace) => use(workspace, id))
    },
    close() {
      open?.workspace.close()
      open = null
    },
  }
}

const unknownWorkspace = fail('not-found', 'There is no such workspace any more.')
