import type { PolicyClause, PolicyDiff, PolicyDocument } from '../../contract/policy-document.ts'
import { bestAssignment } from '../../policy/assignment.ts'
import { gistOf, likeness } from '../../policy/likeness.ts'
import { noiseless } from '../../policy/normalise.ts'
import type { PolicyStep } from './compare-policies.ts'

/** A policy's versions from old to new; `steps[i]` leads from the i-th to the next. */
export interface PolicyHistory {
  readonly documents: readonly PolicyDocument[]
  readonly steps: readonly (readonly PolicyStep[])[]
  /** Of the same pairs. */
  readonly stats: readonly PolicyDiff['stats'][]
}

export interface LineageNode {
  /** Index of the version. */
  readonly at: number
  readonly clause: PolicyClause
}

export interface LineageEdge {
  readonly kind: PolicyStep['kind']
  readonly from: LineageNode
  readonly to: LineageNode
}

export interface ClauseLineage {
  /** From old to new. */
  readonly nodes: readonly LineageNode[]
  readonly edges: readonly LineageEdge[]
}

/** Likeness from which parts of two wordings of one clause are each other's. */
const samePart = 0.45

/** Where a clause comes from and what it becomes, in both directions from the version it is looked at in. */
export function clauseLineage(history: PolicyHistory, at: number, clause: PolicyClause): ClauseLineage {
  const nodes = new Map<string, LineageNode>()
  const edges = new Map<string, LineageEdge>()
  const keyOf = (node: LineageNode): string => `${String(node.at)} ${node.clause.id}`

  function walk(start: LineageNode, direction: 1 | -1): void {
    let front = [start]
    while (front.length > 0) {
      const next: LineageNode[] = []
      for (const node of front) {
        for (const { kind, clause: other } of neighbours(history, node, direction)) {
          const found = { at: node.at + direction, clause: other }
          const edge = direction === 1 ? { kind, from: node, to: found } : { kind, from: found, to: node }
          edges.set(`${keyOf(edge.from)} ${keyOf(edge.to)}`, edge)
          if (nodes.has(keyOf(found))) continue
          nodes.set(keyOf(found), found)
          next.push(found)
        }
      }
      front = next
    }
  }

  const start = { at, clause }
  nodes.set(keyOf(start), start)
  walk(start, -1)
  walk(start, 1)
  return {
    nodes: [...nodes.values()].toSorted((a, b) => a.at - b.at || a.clause.span.start - b.clause.span.start),
    edges: [...edges.values()].toSorted(
      (a, b) => a.from.at - b.from.at || a.to.clause.span.start - b.to.clause.span.start,
    ),
  }
}

interface Neighbour {
  readonly kind: PolicyStep['kind']
  readonly clause: PolicyClause
}

/** What the clause was (`-1`) or becomes (`1`) in the version beside it. */
function neighbours(history: PolicyHistory, { at, clause }: LineageNode, direction: 1 | -1): readonly Neighbour[] {
  const steps = history.steps[direction === 1 ? at : at - 1]
  const own = history.documents[at]
  const other = history.documents[at + direction]
  if (steps === undefined || own === undefined || other === undefined) return []
  const whole = clause.parent === null ? clause : own.clauses.find(({ id }) => id === clause.parent)
  if (whole === undefined) return []
  const [near, far] = direction === 1 ? (['old', 'new'] as const) : (['new', 'old'] as const)
  const step = steps.find((one) => one[near].includes(whole.span.start))
  const wholes = (step?.[far] ?? []).flatMap(
    (start) => other.clauses.find((one) => one.parent === null && one.span.start === start) ?? [],
  )
  if (clause.parent === null) return wholes.map((one) => ({ kind: step?.kind ?? 'kept', clause: one }))
  const partner = partOf(clause, own, other, wholes)
  if (partner === null) return []
  const isSame = noiseless(partner.text) === noiseless(clause.text)
  const kind = isSame
    ? step?.kind === 'moved'
      ? 'moved'
      : partner.text === clause.text
        ? 'kept'
        : 'cosmetic'
    : 'reworded'
  return [{ kind, clause: partner }]
}

/** The same part of what its clause was or became: by the pack's id, by its words, by the best likeness of all parts. */
function partOf(
  part: PolicyClause,
  own: PolicyDocument,
  other: PolicyDocument,
  wholes: readonly PolicyClause[],
): PolicyClause | null {
  const matched = part.match === null ? undefined : other.clauses.find(({ match }) => match?.to === part.match?.to)
  if (matched !== undefined) return matched
  const candidates = wholes.flatMap((whole) => other.clauses.filter(({ parent }) => parent === whole.id))
  const same = candidates.find(({ text }) => noiseless(text) === noiseless(part.text))
  if (same !== undefined) return same
  const siblings = own.clauses.filter(({ parent }) => parent === part.parent)
  const gains = siblings.map((sibling) =>
    candidates.map((candidate) => {
      const alike = likeness(gistOf(sibling.text), gistOf(candidate.text))
      return alike >= samePart ? alike : 0
    }),
  )
  const column = bestAssignment(gains)[siblings.indexOf(part)]
  return column === null || column === undefined ? null : (candidates[column] ?? null)
}
