import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { z } from 'zod'
import { reportSchema } from '../src-main/contract/report.ts'

/**
 * Writes the JSON Schemas (draft 2020-12) of the formats that other programs read, from the same zod schemas that the program checks
 * with. `node scripts/schemas.ts --check` only says whether the committed files are current.
 */

const schemasDir = join(import.meta.dirname, '..', 'resources', 'schemas')

const schemas: Readonly<Record<string, { readonly title: string; readonly schema: z.ZodType }>> = {
  'clausebench-report-1.schema.json': { title: 'clausebench-report/1', schema: reportSchema },
}

export async function schemaFiles(): Promise<ReadonlyMap<string, string>> {
  const options = await resolveConfig(join(schemasDir, 'any.json'))
  const files = new Map<string, string>()
  for (const [name, { title, schema }] of Object.entries(schemas)) {
    const { $schema, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12' })
    const text = JSON.stringify({ $schema, title, ...rest })
    files.set(join(schemasDir, name), await format(text, { ...options, parser: 'json' }))
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
}
