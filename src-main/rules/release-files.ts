import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Result } from '../contract/result.ts'
import { kinds } from './kinds/kinds.ts'
import { loadPacks } from './load-packs.ts'
import { beforeRelease } from './patterns/safety.ts'
import { clausesSchema } from './schemas/clauses-schema.ts'
import { localeSchema } from './schemas/locale-schema.ts'
import { packSchema } from './schemas/pack-schema.ts'
import { ruleSchema } from './schemas/rule-schema.ts'
import { valuesSchema } from './schemas/values-schema.ts'

/** The JSON Schemas of `clausebench-pack/1` by file name, made from the schemas that packs are read by. */
export function packJsonSchemas(): ReadonlyMap<string, string> {
  const checks = [...kinds.values()].map(({ schema }) => schema)
  const [first, ...rest] = checks
  if (first === undefined) throw new Error('there are no kinds')
  const rules = z.array(ruleSchema.extend({ check: z.union([first, ...rest]) }))
  const schemas = new Map<string, z.ZodType>([
    ['clausebench-pack-1.schema.json', packSchema],
    ['clausebench-pack-1-clauses.schema.json', clausesSchema],
    ['clausebench-pack-1-rules.schema.json', rules],
    ['clausebench-pack-1-values.schema.json', valuesSchema],
    ['clausebench-pack-1-locale.schema.json', localeSchema],
  ])
  return new Map([...schemas].map(([file, schema]) => [file, jsonSchemaOf(file, schema)]))
}

function jsonSchemaOf(file: string, schema: z.ZodType): string {
  const made = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input', unrepresentable: 'any' })
  return `${JSON.stringify({ title: file.replace('.schema.json', ''), ...made }, null, 2)}\n`
}

/** Writes the schemas into `resources/schemas/`. */
export async function writePackJsonSchemas(resourcesDir: string): Promise<void> {
  const folder = join(resourcesDir, 'schemas')
  await mkdir(folder, { recursive: true })
  for (const [file, text] of packJsonSchemas()) await writeFile(join(folder, file), text)
}

/**
 * Proves the patterns of the shipped packs with time enough, and writes the verdicts beside them
 * (`resources/pattern-verdicts.json`), so that no start has to. May take minutes for new patterns.
 */
export async function writePatternVerdicts(resourcesDir: string, asOf: string): Promise<Result<unknown>> {
  return loadPacks(
    { shipped: join(resourcesDir, 'packs'), own: [], named: [], asOf, cacheDir: resourcesDir },
    beforeRelease,
  )
}
