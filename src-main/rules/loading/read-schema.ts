import type { z } from 'zod'
import { problemCodes, type ProblemCode } from '../../contract/codes.ts'
import type { YamlFile, YamlProblem } from './yaml-file.ts'

type Issue = z.core.$ZodIssue

/** Reads a value at a path of a YAML file by a schema; problems stand at the place in the file and say what is allowed. */
export function readBySchema<T>(
  schema: z.ZodType<T>,
  value: unknown,
  file: YamlFile,
  path: readonly PropertyKey[] = [],
): { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly YamlProblem[] } {
  const read = schema.safeParse(value, { error: wording, reportInput: true })
  if (read.success) return { ok: true, value: read.data }
  return {
    ok: false,
    problems: flatten(read.error.issues, path)
      .slice(0, 5)
      .map((issue) => problemOf(issue, file)),
  }
}

interface PlacedIssue {
  readonly issue: Issue
  readonly path: readonly PropertyKey[]
}

/** A value that fits no branch of a union is told by the branch it comes nearest to: the one it got deepest into. */
function flatten(issues: readonly Issue[], path: readonly PropertyKey[]): PlacedIssue[] {
  return issues.flatMap((issue): PlacedIssue[] => {
    const here = [...path, ...issue.path]
    if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{ issue, path: here }]
    const branches = issue.errors.map((branch) => flatten(branch, here)).filter((branch) => branch.length > 0)
    const ofRightType = branches.filter(
      (branch) => !branch.some((one) => one.path.length === here.length && isWrongType(one.issue)),
    )
    const [best] = (ofRightType.length > 0 ? ofRightType : branches).sort(
      (a, b) => depth(b) - depth(a) || a.length - b.length,
    )
    return ofRightType.length === 0 || best === undefined ? [{ issue, path: here }] : best
  })
}

function isWrongType(issue: Issue): boolean {
  return issue.code === 'invalid_type' || (issue.code === 'invalid_value' && issue.path.length === 0)
}

function depth(issues: readonly PlacedIssue[]): number {
  return Math.max(...issues.map(({ path }) => path.length))
}

function problemOf({ issue, path }: PlacedIssue, file: YamlFile): YamlProblem {
  const code = codeOf(issue)
  if (issue.code === 'unrecognized_keys') return { code, message: issue.message, ...file.placeOf(path, issue.keys[0]) }
  if (code === 'missing-key')
    return {
      code,
      message: `${String(path.at(-1) ?? 'value')} is missing; ${issue.message}`,
      ...file.placeOf(path.slice(0, -1)),
    }
  return { code, message: withName(issue.message, path), ...file.placeOf(path) }
}

function withName(message: string, path: readonly PropertyKey[]): string {
  const name = path.filter((key) => typeof key === 'string').at(-1)
  return name === undefined ? message : `${name}: ${message}`
}

function codeOf(issue: Issue): ProblemCode {
  if (issue.code === 'unrecognized_keys') return 'unknown-key'
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'missing-key'
  if (issue.code === 'custom') return problemCodes.find((code) => code === issue.params?.code) ?? 'bad-value'
  return 'bad-value'
}

/** What is wrong and what is allowed, for people who write YAML. */
function wording(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'unrecognized_keys': {
      const allowed = keysOf(issue.inst)
      return `unknown key ${issue.keys.map((key) => `“${key}”`).join(', ')}${allowed === '' ? '' : `; allowed: ${allowed}`}`
    }
    case 'invalid_type':
      return `${typeNames.get(issue.expected) ?? issue.expected} is needed${issue.input === undefined ? '' : ` here, not ${kindOf(issue.input)}`}`
    case 'invalid_value':
      return `${kindOf(issue.input)} is not allowed; allowed: ${issue.values.map(String).join(', ')}`
    case 'invalid_format':
      return typeof issue.inst?._zod.def.error === 'function'
        ? undefined
        : `${kindOf(issue.input)} is not of the form that is needed`
    case 'too_small':
      return issue.origin === 'array'
        ? 'the list may not be empty'
        : `it is too ${issue.origin === 'string' ? 'short' : 'small'}; at least ${String(issue.minimum)}`
    case 'too_big':
      return `it is too ${issue.origin === 'string' ? 'long' : 'large'}; at most ${String(issue.maximum)}`
    case 'invalid_union':
      return `${kindOf(issue.input)} fits none of the allowed forms`
    default:
      return undefined
  }
}

const typeNames = new Map<string, string>([
  ['string', 'a text'],
  ['array', 'a list'],
  ['object', 'a mapping (key: value)'],
  ['record', 'a mapping (key: value)'],
  ['number', 'a number'],
  ['int', 'a whole number'],
  ['boolean', 'true or false'],
])

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (value === null) return 'nothing'
  if (typeof value === 'object') return 'a mapping'
  if (typeof value === 'string') return value.length > 60 ? `“${value.slice(0, 60)}…”` : `“${value}”`
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : 'this value'
}

function keysOf(schema: unknown): string {
  // zod hands over the schema that refused; only an object has a shape.
  const shape = (schema as { _zod?: { def?: { shape?: Record<string, unknown> } } } | undefined)?._zod?.def?.shape
  return shape === undefined ? '' : Object.keys(shape).join(', ')
}
