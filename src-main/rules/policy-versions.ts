import type { Clause, Lineage } from './pack.ts'
import { readDeclaration } from './loading/pack-declaration.ts'
import type { PackFiles } from './loading/pack-files.ts'
import { clausesOf, lineageOf, readClauseFiles, startOf } from './loading/policy-version.ts'
import { parseYaml } from './loading/yaml-file.ts'

/** A policy as the packs at hand know it: all versions of its clauses, oldest first. */
export interface PolicyVersions {
  readonly pack: string
  readonly policy: string
  readonly title: string
  readonly versions: readonly {
    readonly version: string
    readonly basis: 'primary' | 'second-hand'
    /** The day from which it is in force. */
    readonly from: string
    readonly clauses: readonly Clause[]
    readonly lineage: Lineage | null
  }[]
}

export function policyVersions({ shipped, own }: PackFiles): readonly PolicyVersions[] {
  return [...shipped, ...own].flatMap(({ name, files }): PolicyVersions[] => {
    const parsed = parseYaml(files.get('pack.yaml') ?? '')
    const declaration = 'problems' in parsed ? null : readDeclaration(parsed.file, name).declaration
    if (declaration === null) return []
    const { versions } = readClauseFiles(files, declaration.policy)
    if (versions.length === 0) return []
    return [
      {
        pack: declaration.id,
        policy: declaration.policy,
        title: versions.at(-1)?.title ?? declaration.title,
        versions: versions.map((file) => ({
          version: file.version,
          basis: file.basis,
          from: startOf(file),
          clauses: clausesOf(file),
          lineage: lineageOf(file),
        })),
      },
    ]
  })
}
