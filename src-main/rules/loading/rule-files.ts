import type { PackProblem } from '../../contract/report.ts'
import type { ProblemCode } from '../../contract/codes.ts'
import { kindNames, kinds, type CheckOptions } from '../kinds/kinds.ts'
import type { Placed } from '../kinds/kind.ts'
import { ruleSchema, type RuleDeclaration } from '../schemas/rule-schema.ts'
import { readBySchema } from './read-schema.ts'
import { parseYaml, type YamlFile } from './yaml-file.ts'
import type { PackPhrases, WordLists } from './words.ts'

/** A rule as written, its `check` read by its kind, with the way to its place. */
export interface DeclaredRule {
  readonly declaration: RuleDeclaration
  readonly check: CheckOptions
  readonly file: string
  readonly patterns: readonly Placed<string>[]
  /** Other rules that it names. */
  readonly rules: readonly Placed<string>[]
  /** A problem at a path inside the rule. */
  readonly problem: (code: ProblemCode, message: string, path: readonly PropertyKey[]) => PackProblem
}

/** What the rules of a pack may name. */
export interface RuleSurroundings {
  readonly words: WordLists
  readonly phrases: PackPhrases
  readonly hasValues: (name: string) => boolean
}

/** Reads `rules/**`; a rule with a problem is left out, the others stay. */
export function readRuleFiles(
  files: ReadonlyMap<string, string>,
  surroundings: RuleSurroundings,
): { readonly rules: readonly DeclaredRule[]; readonly problems: readonly PackProblem[] } {
  const rules: DeclaredRule[] = []
  const problems: PackProblem[] = []
  for (const [file, text] of files) {
    if (!file.startsWith('rules/')) continue
    const parsed = parseYaml(text)
    if ('problems' in parsed) {
      problems.push(...parsed.problems.map((problem) => ({ ...problem, rule: null, file })))
      continue
    }
    const { value } = parsed.file
    if (value === null || value === undefined) continue
    if (!Array.isArray(value)) {
      problems.push({
        code: 'bad-value',
        rule: null,
        file,
        message: 'a file of rules is a list: each rule begins with “- id: …”',
        ...parsed.file.placeOf([]),
      })
      continue
    }
    value.forEach((item: unknown, at) => {
      const read = readRule(item, at, file, parsed.file, surroundings)
      if ('problems' in read) problems.push(...read.problems)
      else rules.push(read)
    })
  }
  return { rules, problems }
}

function readRule(
  item: unknown,
  at: number,
  file: string,
  yaml: YamlFile,
  surroundings: RuleSurroundings,
): DeclaredRule | { readonly problems: PackProblem[] } {
  const rule = nameOf(item)
  const read = readBySchema(ruleSchema, item, yaml, [at])
  if (!read.ok) return { problems: read.problems.map((problem) => ({ ...problem, rule, file })) }
  const problem: DeclaredRule['problem'] = (code, message, path) => ({
    code,
    rule,
    file,
    message,
    ...yaml.placeOf([at, ...path]),
  })

  const declaration = read.value
  const kind = kinds.get(declaration.check.kind)
  if (kind === undefined) {
    return {
      problems: [
        problem('bad-value', `kind: there is no check “${declaration.check.kind}”; allowed: ${kindNames.join(', ')}`, [
          'check',
          'kind',
        ]),
      ],
    }
  }
  const check = readBySchema(kind.schema, declaration.check, yaml, [at, 'check'])
  if (!check.ok) return { problems: check.problems.map((one) => ({ ...one, rule, file })) }

  const refers = kind.refers(check.value)
  const problems: PackProblem[] = []
  for (const { value, path } of refers.words ?? []) {
    if (!surroundings.words.has(value))
      problems.push(problem('missing-words', `there is no file words/${value}.txt`, ['check', ...path]))
  }
  for (const { value, path } of refers.values ?? []) {
    if (!surroundings.hasValues(value))
      problems.push(problem('missing-words', `there is no file values/${value}.yaml`, ['check', ...path]))
  }
  for (const { value, path } of refers.phrases ?? []) {
    const parsed = surroundings.phrases.parsed(value)
    if (!parsed.ok)
      problems.push(
        problem(parsed.problem.includes('no file words') ? 'missing-words' : 'bad-pattern', parsed.problem, [
          'check',
          ...path,
        ]),
      )
  }
  if (problems.length > 0) return { problems }
  return { declaration, check: check.value, file, patterns: refers.patterns ?? [], rules: refers.rules ?? [], problem }
}

function nameOf(item: unknown): string | null {
  if (typeof item !== 'object' || item === null || !('id' in item)) return null
  return typeof item.id === 'string' ? item.id.slice(0, 200) : null
}
