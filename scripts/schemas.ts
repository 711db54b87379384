import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { z } from 'zod'
import { policyDiffSchema, policyDocumentSchema } from '../src-main/contract/policy-document.ts'
import { reportSchema } from '../src-main/contract/report.ts'
import { signOffSchema } from '../src-main/contract/sign-off.ts'
import { campaignSchema } from '../src-main/intake/manifest-schema.ts'
import { pageWithOptions } from '../src-main/rules/kind-pages.ts'
import { kindNames } from '../src-main/rules/kinds/kinds.ts'
import { packJsonSchemas, writePatternVerdicts } from '../src-main/rules/release-files.ts'

/**
 * Writes the JSON Schemas (draft 2020-12) of the formats that other programs read, from the same zod schemas that the program checks
 * with, the tables of options in `docs/rules/`, and the verdicts on shipped patterns that need a proof. `node scripts/schemas.ts --check` only says whether the committed files are current.
 */

const resourcesDir = join(import.meta.dirname, '..', 'resources')
const schemasDir = join(resourcesDir, 'schemas')

const schemas: Readonly<Record<string, { readonly title: string; readonly schema: z.ZodType }>> = {
  'clausebench-report-1.schema.json': { title: 'clausebench-report/1', schema: reportSchema },
  'clausebench-campaign-1.schema.json': { title: 'clausebench-campaign/1', schema: campaignSchema },
  'clausebench-sign-off-1.schema.json': { title: 'clausebench-sign-off/1', schema: signOffSchema },
  'clausebench-policy-1.schema.json': { title: 'clausebench-policy/1', schema: policyDocumentSchema },
  'clausebench-policy-diff-1.schema.json': { title: 'clausebench-policy-diff/1', schema: policyDiffSchema },
}

export async function schemaFiles(): Promise<ReadonlyMap<string, string>> {
  const options = await resolveConfig(join(schemasDir, 'any.json'))
  const files = new Map<string, string>()
  for (const [name, { title, schema }] of Object.entries(schemas)) {
    const { $schema, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12' })
    const text = JSON.stringify({ $schema, title, ...rest })
    files.set(join(schemasDir, name), await format(text, { ...options, parser: 'json' }))
  }
  for (const [name, text] of packJsonSchemas()) files.set(join(schemasDir, name), text)
  for (const kind of kindNames) {
    const file = join(resourcesDir, '..', 'docs', 'rules', `${kind}.md`)
    const page = existsSync(file) ? readFileSync(file, 'utf8') : `# \`${kind}\`\n`
    const style = await resolveConfig(file)
    files.set(file, await format(pageWithOptions(page, kind), { ...style, parser: 'markdown' }))
  }
  return files
}

if (import.meta.main) {
  for (const [file, text] of await schemaFiles()) {
    if (!process.argv.includes('--check')) writeFileSync(file, text)
    else if (readFileSync(file, 'utf8') !== text) {
      console.error(`${file} is not current: run node scripts/schemas.ts`)
      process.exitCode = 1
    }
  }
  if (!process.argv.includes('--check')) {
    const written = await writePatternVerdicts(resourcesDir, new Date().toISOString().slice(0, 10))
    if (!written.ok) throw new Error(written.problem.message)
  }
}
