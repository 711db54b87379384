/** A clause as the screen names it: of a pack (`klaviyo-aup:C3.9`), or as one version words it (`acme@2024-05-28:2.1`). */
export interface ClauseRef {
  readonly policy: string
  readonly version: string | null
  readonly clause: string
}

export function parseClauseRef(written: string): ClauseRef | null {
  const match = /^([^:@\s]+)(?:@([^:\s]+))?:(\S.*)$/.exec(written)
  const [, policy, version, clause] = match ?? []
  return policy === undefined || clause === undefined ? null : { policy, version: version ?? null, clause }
}

export function clauseRefText({ policy, version, clause }: ClauseRef): string {
  return `${policy}${version === null ? '' : `@${version}`}:${clause}`
}

const permalinkStart = 'clausebench:'

/** What is copied; pasted into the search it opens the clause again, in this library or one that has the same version. */
export function permalink(ref: ClauseRef): string {
  return `${permalinkStart}${clauseRefText(ref)}`
}

/** The clause that a permalink leads to; null: it is none. */
export function clauseOfPermalink(text: string): string | null {
  const trimmed = text.trim()
  if (!trimmed.startsWith(permalinkStart)) return null
  const written = trimmed.slice(permalinkStart.length)
  return parseClauseRef(written) === null ? null : written
}
