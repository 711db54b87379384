import type { Answer } from '../../../../src-main/contract/operation-schemas.ts'

type Lineage = Answer<'library.lineage'>

/** A clause in one version: a column for each version, a row for each clause beside others of the same one. */
export interface PlacedNode {
  readonly node: Lineage['nodes'][number]
  readonly column: number
  readonly row: number
}

export interface PlacedEdge {
  readonly edge: Lineage['edges'][number]
  readonly from: PlacedNode
  readonly to: PlacedNode
}

export interface LineageLayout {
  readonly columns: readonly string[]
  readonly rows: number
  readonly nodes: readonly PlacedNode[]
  readonly edges: readonly PlacedEdge[]
}

/** Versions from left to right; what stands in none of them before the clause began is left out. */
export function lineageLayout({ versions, nodes, edges }: Lineage): LineageLayout {
  const first = Math.min(...nodes.map(({ version }) => versions.indexOf(version)))
  const columns = Number.isFinite(first) ? versions.slice(first) : []
  const counts = new Map<string, number>()
  const placed = nodes.map((node): PlacedNode => {
    const row = counts.get(node.version) ?? 0
    counts.set(node.version, row + 1)
    return { node, column: columns.indexOf(node.version), row }
  })
  const find = ({ version, clause }: Lineage['edges'][number]['from']): PlacedNode | undefined =>
    placed.find(({ node }) => node.version === version && node.clause === clause)
  return {
    columns,
    rows: Math.max(1, ...counts.values()),
    nodes: placed,
    edges: edges.flatMap((edge): PlacedEdge[] => {
      const [from, to] = [find(edge.from), find(edge.to)]
      return from === undefined || to === undefined ? [] : [{ edge, from, to }]
    }),
  }
}
