import type { Answer } from '../../../../src-main/contract/operation-schemas.ts'

type Tree = Answer<'clauses.tree'>
type Imported = Answer<'library.policies'>['policies']
type VersionText = Answer<'library.version'>['clauses']
export type ClauseEntry = Tree['clauses'][number]

/** Policy → version → section → clause → sub-clause. */
export type TreeNode =
  | {
      readonly kind: 'policy' | 'section'
      readonly id: string
      readonly title: string
      readonly children: readonly TreeNode[]
    }
  | {
      readonly kind: 'version'
      readonly id: string
      readonly policy: string
      readonly title: string
      readonly secondHand: boolean
      /** Clauses; of a version whose text has not been asked for yet, as many as it will have. */
      readonly count: number
      /** What is in it is fetched when it is opened. */
      readonly isLoaded: boolean
      readonly children: readonly TreeNode[]
    }
  | {
      readonly kind: 'clause'
      readonly id: string
      readonly clause: ClauseEntry
      readonly children: readonly TreeNode[]
    }

export interface TreeParts {
  /** Of the pack; null: none is loaded. */
  readonly pack: Tree | null
  readonly imported: Imported
  /** Texts of versions that were opened, by `policy@version`. */
  readonly texts: ReadonlyMap<string, VersionText>
}

/** A filter keeps clauses with all its words in number or heading, and what stands above them. */
export function clauseTree({ pack, imported, texts }: TreeParts, filter: string): readonly TreeNode[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  const names = [...new Set([...(pack === null ? [] : [pack.policy]), ...imported.map(({ policy }) => policy)])]
  return names.flatMap((policy): TreeNode[] => {
    const own = imported.find((one) => one.policy === policy)
    const versions = (own?.versions ?? []).toReversed()
    const isPacks = pack?.policy === policy
    const packNode = isPacks ? [versionNode(pack, pack.clauses, true)] : []
    const others = versions
      .filter(({ version }) => !isPacks || version !== pack.version)
      .map(({ version, basis, clauses }) => {
        const text = texts.get(`${policy}@${version}`)
        const entries = (text ?? []).map((clause) => entryOf(clause, policy, version))
        return versionNode({ policy, version, basis }, entries, text !== undefined, clauses)
      })
    const children = [...packNode, ...others].filter(
      (node) => words.length === 0 || (node.isLoaded && node.children.length > 0),
    )
    if (children.length === 0) return []
    return [{ kind: 'policy', id: `policy ${policy}`, title: (isPacks ? pack.title : own?.title) ?? policy, children }]
  })

  function versionNode(
    { policy, version, basis }: Pick<Tree, 'policy' | 'version' | 'basis'>,
    clauses: readonly ClauseEntry[],
    isLoaded: boolean,
    count = clauses.filter(({ parent }) => parent === null).length,
  ): Extract<TreeNode, { kind: 'version' }> {
    const id = `version ${policy}@${version}`
    return {
      kind: 'version',
      id,
      policy,
      title: version,
      secondHand: basis === 'second-hand',
      count,
      isLoaded,
      children: sectionsOf(clauses, id),
    }
  }

  function sectionsOf(clauses: readonly ClauseEntry[], above: string): readonly TreeNode[] {
    const byParent = new Map<string, ClauseEntry[]>()
    for (const clause of clauses) {
      const key = `${clause.parent ?? ''}\n${clause.section}`
      byParent.set(key, [...(byParent.get(key) ?? []), clause])
    }
    const ids = new Set(clauses.map(({ id }) => id))

    function childrenOf(entries: readonly ClauseEntry[]): readonly TreeNode[] {
      return entries.flatMap((clause) => {
        const children = childrenOf(byParent.get(`${clause.id}\n${clause.section}`) ?? [])
        const has = `${clause.number} ${clause.heading}`.toLowerCase()
        const kept = children.length > 0 || words.every((word) => has.includes(word))
        return kept ? [{ kind: 'clause', id: clause.id, clause, children } as const] : []
      })
    }

    const isTop = ({ parent }: ClauseEntry): boolean => parent === null || !ids.has(parent)
    return [...new Set(clauses.filter(isTop).map(({ section }) => section))].flatMap((section): TreeNode[] => {
      const children = childrenOf(clauses.filter((clause) => isTop(clause) && clause.section === section))
      if (children.length === 0) return []
      // Clauses before the first heading stand beside the sections.
      return section === ''
        ? [...children]
        : [{ kind: 'section', id: `section ${above} ${section}`, title: section, children }]
    })
  }
}

const headingLength = 70

/** A clause of an imported version: nobody has given it a heading, so it goes by its first words. */
function entryOf(
  { id, parent, section, number, text, to }: VersionText[number],
  policy: string,
  version: string,
): ClauseEntry {
  const name = (clause: string): string => `${policy}@${version}:${clause}`
  return {
    id: name(id),
    number: to ?? number,
    parent: parent === null ? null : name(parent),
    section,
    heading: text.length > headingLength ? `${text.slice(0, headingLength).replace(/\s+\S*$/, '')} …` : text,
    rules: 0,
    counts: { error: 0, warning: 0, info: 0 },
  }
}

export interface FlatNode {
  readonly node: TreeNode
  /** 1-based. */
  readonly level: number
  readonly open: boolean
  /** There is something in it, known or yet to be fetched. */
  readonly canOpen: boolean
  readonly position: number
  readonly siblings: number
  readonly parent: string | null
}

/** The visible lines of the tree, from top to bottom. */
export function flatten(
  nodes: readonly TreeNode[],
  isOpen: (node: TreeNode) => boolean,
  level = 1,
  parent: string | null = null,
): readonly FlatNode[] {
  return nodes.flatMap((node, index) => {
    const canOpen = node.children.length > 0 || (node.kind === 'version' && !node.isLoaded)
    const open = canOpen && isOpen(node)
    const own: FlatNode = { node, level, open, canOpen, position: index + 1, siblings: nodes.length, parent }
    return [own, ...(open ? flatten(node.children, isOpen, level + 1, node.id) : [])]
  })
}
