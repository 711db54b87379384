import type { Segment, Wording } from './parse.ts'
import { space, type Tokens, vocabularyBuilder, vocabularyOf } from './tokens.ts'

/** All segments of all phrases in one automaton over words, made deterministic as far as texts walk it. */
export interface WordAutomaton {
  readonly tokensOf: (text: string) => Tokens
  /** What ends where; a segment may stand in several of the endings. They hold until the next scan. */
  readonly scan: (tokens: Tokens) => readonly Ending[]
  /** The tokens that a segment may begin with when it ends with the token `last`; the furthest first. */
  readonly firsts: (tokens: Tokens, segment: number, last: number) => readonly number[]
}

/** What segments are for: the key of a phrase is looked at first, the rest of it where the key is. */
export interface SegmentRoles {
  readonly isKey: (segment: number) => boolean
  /** It is part of a phrase that is looked for in every text. */
  readonly isSought: (segment: number) => boolean
}

export interface WordAutomatonBuilder {
  /** The segment's number; they count from 0. */
  readonly add: (segment: Segment) => number
  readonly build: () => WordGraph
}

/** The segments as plain data. */
export interface WordGraph {
  readonly words: readonly string[]
  /** By node, in `tokens` and `targets`: where its edges begin; they are in order of their tokens. */
  readonly edges: Int32Array
  readonly tokens: Int32Array
  readonly targets: Int32Array
  /** By token, in `begun`: where the nodes begin that the token as the first of segments leads to. */
  readonly beginnings: Int32Array
  readonly begun: Int32Array
  /** By segment: the node that it begins with, and the tokens of its longest way. */
  readonly roots: Int32Array
  readonly longest: Int32Array
  /** By node: the segment that ends there; -1: none. */
  readonly endings: Int32Array
}

type Node = number

/** Where a part of a segment ends, and the tokens of its longest way. */
interface Part {
  readonly ends: readonly Node[]
  readonly tokens: number
}

interface OptionalPart extends Part {
  /** It may be said in no words. */
  readonly optional: boolean
}

/** What is walked at once. */
interface State extends Ending {
  readonly base: Base
  /** Reached by segments that began with an earlier token. */
  readonly nodes: readonly Node[]
  readonly next: Map<number, State>
  /** Half of all tokens are spaces. */
  afterSpace: State | null
  lasts: number[]
  /** The scan that `lasts` is of. */
  scan: number
}

/** What the last word alone leads to; many states share one, and the words that are common in phrases have large ones. */
interface Base {
  readonly key: string
  /** All ways on, by token. */
  readonly onward: ReadonlyMap<number, readonly Node[]>
  readonly ends: readonly number[]
}

/** Where segments end: their numbers, and the tokens that are the last ones of each. */
export interface Ending {
  readonly segments: readonly number[]
  /** Those of them that are keys, and that are sought. */
  readonly keys: readonly number[]
  readonly sought: readonly number[]
  readonly lasts: readonly number[]
}

/** Beyond it, what was made deterministic is forgotten, and made anew as needed. */
const maxStates = 50_000

/** `foldLiteral` turns a literal into what the scanned texts hold. */
export function wordAutomatonBuilder(foldLiteral: (literal: string) => string): WordAutomatonBuilder {
  const vocabulary = vocabularyBuilder()
  const edges: Map<number, Node[]>[] = []
  const learned = new Map<string, readonly number[]>()
  const roots: Node[] = []
  const longest: number[] = []
  /** By node; the segment that ends there. */
  const ending = new Map<Node, number>()

  const newNode = (): Node => edges.push(new Map()) - 1

  function link(from: Node, token: number, to: Node): void {
    const targets = edges[from]?.get(token)
    if (targets === undefined) edges[from]?.set(token, [to])
    else targets.push(to)
  }

  function tokensOf(literal: string): readonly number[] {
    const known = learned.get(literal)
    if (known !== undefined) return known
    const written = vocabulary.learn(foldLiteral(literal))
    const tokens = written.slice(0, written.findLastIndex((token) => token !== space) + 1)
    learned.set(literal, tokens)
    return tokens
  }

  /** Where no word was said before, a space or hyphen in front of a literal says nothing. */
  function addLiterals(starts: readonly Node[], literals: readonly string[], first: boolean): Part {
    const end = newNode()
    /** What several literals begin with is walked once. */
    const begun = new Map<string, Node>()
    let longestWay = 0
    for (const literal of literals) {
      const written = tokensOf(literal)
      const from = first ? written.findIndex((token) => token !== space) : 0
      const last = written.at(-1)
      if (last === undefined) continue
      longestWay = Math.max(longestWay, written.length - from)
      let nodes = starts
      let key = ''
      for (let at = from; at < written.length - 1; at++) {
        const token = written[at] ?? 0
        key += `${token} `
        const known = begun.get(key)
        const middle = known ?? newNode()
        if (known === undefined) for (const node of nodes) link(node, token, middle)
        begun.set(key, middle)
        nodes = [middle]
      }
      for (const node of nodes) link(node, last, end)
    }
    return { ends: longestWay === 0 ? [] : [end], tokens: longestWay }
  }

  function addWording(starts: readonly Node[], wording: Wording, first: boolean): OptionalPart {
    if (wording.kind === 'literals') {
      const part = addLiterals(starts, wording.literals, first)
      return { ...part, optional: wording.literals.some((literal) => tokensOf(literal).length === 0) }
    }
    const parts = wording.branches.map((branch) => addSegment(starts, branch, first))
    return {
      ends: parts.flatMap(({ ends }) => ends),
      tokens: Math.max(0, ...parts.map(({ tokens }) => tokens)),
      optional: parts.some(({ optional }) => optional),
    }
  }

  function addSegment(starts: readonly Node[], segment: Segment, first: boolean): OptionalPart {
    /** Where no word of the segment was said yet, and where one was. */
    let bare = starts
    let ends: readonly Node[] = []
    let tokens = 0
    for (const wording of segment) {
      const parts = [
        ...(bare.length > 0 ? [addWording(bare, wording, first)] : []),
        ...(ends.length > 0 ? [addWording([spaced(ends)], wording, false)] : []),
      ]
      const optional = parts.every((part) => part.optional)
      ends = [...(optional ? ends : []), ...parts.flatMap((part) => part.ends)]
      if (!optional) bare = []
      tokens += Math.max(...parts.map((part) => part.tokens)) + 1
    }
    return { ends, tokens: Math.max(0, tokens - 1), optional: bare.length > 0 }
  }

  function spaced(ends: readonly Node[]): Node {
    const behind = newNode()
    for (const end of ends) link(end, space, behind)
    return behind
  }

  return {
    add(segment) {
      const number = roots.length
      const root = newNode()
      const { ends, tokens } = addSegment([root], segment, true)
      roots.push(root)
      longest.push(tokens)
      for (const end of ends) ending.set(end, number)
      return number
    },
    build() {
      const graph = flat(edges)
      const endings = new Int32Array(edges.length).fill(-1)
      for (const [node, segment] of ending) endings[node] = segment
      const words = vocabulary.words()
      const begin = beginningsOf(words.length + space + 1, roots, edges)
      return { words, ...graph, ...begin, roots: Int32Array.from(roots), longest: Int32Array.from(longest), endings }
    },
  }
}

function flat(nodes: readonly ReadonlyMap<number, readonly Node[]>[]): Pick<WordGraph, 'edges' | 'tokens' | 'targets'> {
  const edges: number[] = []
  const tokens: number[] = []
  const targets: Node[] = []
  for (const node of nodes) {
    edges.push(tokens.length)
    for (const [token, reached] of [...node].sort(([a], [b]) => a - b)) {
      for (const target of reached) {
        tokens.push(token)
        targets.push(target)
      }
    }
  }
  edges.push(tokens.length)
  return { edges: Int32Array.from(edges), tokens: Int32Array.from(tokens), targets: Int32Array.from(targets) }
}

function beginningsOf(
  tokenCount: number,
  roots: readonly Node[],
  edges: readonly ReadonlyMap<number, readonly Node[]>[],
): Pick<WordGraph, 'beginnings' | 'begun'> {
  const byToken: Node[][] = Array.from({ length: tokenCount }, () => [])
  for (const root of roots) for (const [token, reached] of edges[root] ?? []) byToken[token]?.push(...reached)
  const beginnings = new Int32Array(tokenCount + 1)
  const begun: Node[] = []
  byToken.forEach((nodes, token) => {
    beginnings[token] = begun.length
    for (const node of nodes) begun.push(node)
  })
  beginnings[tokenCount] = begun.length
  return { beginnings, begun: Int32Array.from(begun) }
}

const nowhere: readonly Node[] = []

export function wordAutomaton(graph: WordGraph, roles: SegmentRoles): WordAutomaton {
  const { edges, tokens: tokensOfEdges, targets, roots, longest, endings, beginnings, begun } = graph
  const nothing: Base = { key: '', onward: new Map(), ends: [] }
  const start = stateOf(nothing, [], [])
  const bases = new Map<string, Base>()
  let states = new Map<string, State>()
  let scans = 0

  function stateOf(base: Base, nodes: readonly Node[], segments: readonly number[]): State {
    const keys = segments.filter(roles.isKey)
    const sought = segments.filter(roles.isSought)
    return { base, nodes, segments, keys, sought, next: new Map(), afterSpace: null, lasts: [], scan: 0 }
  }

  function onwardOf(nodes: readonly Node[]): Map<number, Node[]> {
    const onward = new Map<number, Node[]>()
    for (const node of nodes) {
      const end = edges[node + 1] ?? 0
      for (let edge = edges[node] ?? 0; edge < end; edge++) {
        const token = tokensOfEdges[edge] ?? 0
        const known = onward.get(token)
        if (known === undefined) onward.set(token, [targets[edge] ?? 0])
        else known.push(targets[edge] ?? 0)
      }
    }
    return onward
  }

  /** The first edge of the node with this token or a later one. */
  function firstEdge(node: Node, token: number): number {
    let low = edges[node] ?? 0
    let high = edges[node + 1] ?? 0
    while (low < high) {
      const middle = (low + high) >> 1
      if ((tokensOfEdges[middle] ?? 0) < token) low = middle + 1
      else high = middle
    }
    return low
  }

  function follow(node: Node, token: number, reached: Set<Node>): void {
    const end = edges[node + 1] ?? 0
    for (let edge = firstEdge(node, token); edge < end && tokensOfEdges[edge] === token; edge++)
      reached.add(targets[edge] ?? 0)
  }

  function endingAt(node: Node): readonly number[] {
    const segment = endings[node] ?? -1
    return segment < 0 ? [] : [segment]
  }

  function endsOf(nodes: readonly Node[]): readonly number[] {
    return [...new Set(nodes.flatMap((node) => endingAt(node)))]
  }

  function baseOf(key: string, nodes: () => readonly Node[]): Base {
    const known = bases.get(key)
    if (known !== undefined) return known
    const reached = nodes()
    const base: Base = { key, onward: onwardOf(reached), ends: endsOf(reached) }
    bases.set(key, base)
    return base
  }

  /** No segment begins with a space, so what a space leads to is all of the word before it. */
  function nextBase(from: Base, token: number): Base {
    return token === space
      ? baseOf(`${from.key} `, () => from.onward.get(space) ?? nowhere)
      : baseOf(String(token), () => [...begun.subarray(beginnings[token], beginnings[token + 1])])
  }

  function step(from: State, token: number): State {
    const reached = new Set(token === space ? nowhere : from.base.onward.get(token))
    for (const node of from.nodes) follow(node, token, reached)
    const nodes = [...reached].sort((a, b) => a - b)
    const base = nextBase(from.base, token)
    const key = `${base.key}:${nodes.join(' ')}`
    const state = states.get(key) ?? newState(key, base, nodes)
    if (token === space) from.afterSpace = state
    else from.next.set(token, state)
    return state
  }

  function newState(key: string, base: Base, nodes: readonly Node[]): State {
    if (states.size >= maxStates) {
      start.next.clear()
      states = new Map()
    }
    const ends = nodes.length === 0 ? base.ends : [...new Set([...base.ends, ...endsOf(nodes)])]
    const state = stateOf(base, nodes, ends)
    states.set(key, state)
    return state
  }

  function scan(tokens: Tokens): readonly Ending[] {
    scans += 1
    const visited: State[] = []
    let state = start
    for (let at = 0; at < tokens.count; at++) {
      const token = tokens.ids[at] ?? 0
      if (token === 0) {
        state = start
        continue
      }
      state = (token === space ? state.afterSpace : state.next.get(token)) ?? step(state, token)
      if (state.segments.length === 0) continue
      if (state.scan === scans) state.lasts.push(at)
      else {
        state.scan = scans
        state.lasts = [at]
        visited.push(state)
      }
    }
    return visited
  }

  function firsts(tokens: Tokens, segment: number, last: number): readonly number[] {
    if (longest[segment] === 1) return [last]
    let first = last
    const least = Math.max(0, last - (longest[segment] ?? 1) + 1)
    while (first > least && tokens.ids[first - 1] !== 0) first--
    const found: number[] = []
    for (; first <= last; first++)
      if (tokens.ids[first] !== space && leads(tokens, segment, first, last)) found.push(first)
    return found
  }

  function leads(tokens: Tokens, segment: number, first: number, last: number): boolean {
    let nodes: Node[] = [roots[segment] ?? 0]
    for (let at = first; at <= last; at++) {
      const token = tokens.ids[at] ?? 0
      const reached: Node[] = []
      for (const node of nodes) {
        const end = edges[node + 1] ?? 0
        for (let edge = firstEdge(node, token); edge < end && tokensOfEdges[edge] === token; edge++) {
          const target = targets[edge] ?? 0
          if (!reached.includes(target)) reached.push(target)
        }
      }
      if (reached.length === 0) return false
      nodes = reached
    }
    for (const node of nodes) if ((endings[node] ?? -1) >= 0) return true
    return false
  }

  const { tokensOf } = vocabularyOf(graph.words)
  return { tokensOf, scan, firsts }
}

/** How often a segment is to be expected in texts, by segment: what its first words, and whether more must follow, say. */
export function commonnessOf({ words, roots, edges, tokens, targets, endings }: WordGraph): readonly number[] {
  const commonWords = new Map(everyday.map((word, rank) => [word, 2_000 / (rank + 4)]))
  return Array.from(roots, (root) => {
    let sum = 0
    for (let edge = edges[root] ?? 0; edge < (edges[root + 1] ?? 0); edge++) {
      const token = tokens[edge] ?? 0
      const often = token === space ? 1_000 : (commonWords.get(words[token - space - 1] ?? '') ?? 1)
      sum += (endings[targets[edge] ?? -1] ?? -1) >= 0 ? often : often / 20
    }
    return sum
  })
}

/** The words that mails are made of, the most frequent first. */
const everyday = (
  'the to and you of a your for in is this it on with we our or be that are from have at can by not all as if will any i an us my me ' +
  'get more free now do so no new just here time please email one out up but has was he she they who what when how there their them ' +
  'would like about only mail list click make money people need send see may don want use site order money see name us way best best ' +
  'help also work over day week month year home information offer buy sale off save today credit business company service product ' +
  'account online web internet address number call phone , . ! ? : ; \' " $ % - / ( )'
).split(' ')
