import type { Answer } from '../../../../src-main/contract/operation-schemas.ts'

type Tree = Answer<'clauses.tree'>
export type ClauseEntry = Tree['clauses'][number]

/** Policy → section → clause → sub-clause. */
export type TreeNode =
  | {
      readonly kind: 'policy' | 'section'
      readonly id: string
      readonly title: string
      readonly children: readonly TreeNode[]
    }
  | {
      readonly kind: 'clause'
      readonly id: string
      readonly clause: ClauseEntry
      readonly children: readonly TreeNode[]
    }

/** A filter keeps clauses with all its words in number or heading, and what stands above them. */
export function clauseTree(tree: Tree, filter: string): readonly TreeNode[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  const ids = new Set(tree.clauses.map(({ id }) => id))

  function childrenOf(parent: string | null, section: string): readonly TreeNode[] {
    const own = tree.clauses.filter(
      (clause) => clause.section === section && (parent === null ? isTop(clause) : clause.parent === parent),
    )
    return own.flatMap((clause) => {
      const children = childrenOf(clause.id, section)
      const kept =
        children.length > 0 || words.every((word) => `${clause.number} ${clause.heading}`.toLowerCase().includes(word))
      return kept ? [{ kind: 'clause', id: clause.id, clause, children } as const] : []
    })
  }

  function isTop(clause: ClauseEntry): boolean {
    return clause.parent === null || !ids.has(clause.parent)
  }

  const sections = [...new Set(tree.clauses.filter(isTop).map(({ section }) => section))].flatMap((section) => {
    const children = childrenOf(null, section)
    return children.length > 0 ? [{ kind: 'section', id: `section ${section}`, title: section, children } as const] : []
  })
  return sections.length === 0
    ? []
    : [{ kind: 'policy', id: `policy ${tree.policy}`, title: tree.title, children: sections }]
}

export interface FlatNode {
  readonly node: TreeNode
  /** 1-based. */
  readonly level: number
  readonly open: boolean
  readonly position: number
  readonly siblings: number
  readonly parent: string | null
}

/** The visible lines of the tree, from top to bottom. */
export function flatten(
  nodes: readonly TreeNode[],
  closed: ReadonlySet<string>,
  level = 1,
  parent: string | null = null,
): readonly FlatNode[] {
  return nodes.flatMap((node, index) => {
    const open = node.children.length > 0 && !closed.has(node.id)
    const own: FlatNode = { node, level, open, position: index + 1, siblings: nodes.length, parent }
    return [own, ...(open ? flatten(node.children, closed, level + 1, node.id) : [])]
  })
}
