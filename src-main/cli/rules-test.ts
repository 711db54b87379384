import { counted } from '../report/lines.ts'
import { visible } from '../report/visible.ts'
import { compileRules } from '../rules/compile.ts'
import { testExamples, type ExampleResult } from '../rules/examples.ts'
import type { Pack } from '../rules/pack.ts'
import type { RulesCall } from './rules-command.ts'

export interface RulesTested {
  readonly text: string
  /** An example failed, or a pack has problems. */
  readonly failed: boolean
}

/** Runs the examples inside the rules, and tells what is wrong in the packs. */
export function testRules({ format, loaded }: RulesCall): RulesTested {
  const results = testExamples(compileRules(loaded))
  const failed = results.some(({ ok }) => !ok) || loaded.packs.some(({ problems }) => problems.length > 0)
  if (format === 'json') {
    const packs = loaded.packs.map(({ id, version, problems }) => ({ id, version, problems }))
    return { text: `${JSON.stringify({ packs, examples: results }, null, 2)}\n`, failed }
  }
  const blocks = loaded.packs.map((pack) =>
    packLines(
      pack,
      results.filter(({ pack: id }) => id === pack.id),
    ),
  )
  return { text: `${blocks.flat().join('\n')}\n`, failed }
}

function packLines({ id, version, rules, problems }: Pack, results: readonly ExampleResult[]): string[] {
  const gaps = results.filter(({ expects }) => expects === 'gap')
  const failures = results.filter(({ ok }) => !ok)
  const counts = [
    counted(rules.length, 'rule'),
    counted(results.length - gaps.length, 'example'),
    `${failures.length} failed`,
    counted(gaps.length, 'known gap'),
    counted(problems.length, 'problem'),
  ]
  return [
    `${id} ${version}: ${counts.join(', ')}`,
    ...problems.map(
      ({ file, line, column, code, message }) => `  ${visible(`${file}:${line}:${column}: ${code}: ${message}`)}`,
    ),
    ...failures.map(exampleLine),
    ...gaps.filter(({ note }) => note !== 'still missed').map(exampleLine),
  ]
}

function exampleLine({ rule, expects, number, example, note }: ExampleResult): string {
  return `  ${rule} ${expects} ${number}: ${visible(note ?? '')}\n    ${visible(example)}`
}
