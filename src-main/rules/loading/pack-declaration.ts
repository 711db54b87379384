import { packIdSchema, packSchema, type PackDeclaration } from '../schemas/pack-schema.ts'
import { readBySchema } from './read-schema.ts'
import type { YamlFile, YamlProblem } from './yaml-file.ts'

/**
 * Reads `pack.yaml`. A key that is wrong is a problem and left out, so that one slip does not silence every rule of the
 * pack; what a pack cannot be without is then taken from its folder's name. Null: it is no mapping at all.
 */
export function readDeclaration(
  file: YamlFile,
  folderName: string,
): { readonly declaration: PackDeclaration | null; readonly problems: readonly YamlProblem[] } {
  const whole = readBySchema(packSchema, file.value, file)
  if (whole.ok) return { declaration: whole.value, problems: [] }
  const { problems } = whole
  if (!isMapping(file.value)) return { declaration: null, problems }
  const rest = { ...stoodIn(folderName), ...usable(file.value) }
  const read = packSchema.safeParse(rest)
  return { declaration: read.success ? read.data : null, problems }
}

/** The keys whose values can be used; of `adjust` the entries. */
function usable(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  for (const [key, schema] of Object.entries(packSchema.shape)) {
    const given = value[key]
    if (given === undefined) continue
    if (schema.safeParse(given).success) kept[key] = given
    else if (key === 'adjust' && Array.isArray(given))
      kept[key] = given.map((entry: unknown) => (schema.safeParse([entry]).success ? entry : null)).filter(isMapping)
  }
  return kept
}

function stoodIn(folderName: string): Record<string, unknown> {
  const id = packIdSchema.safeParse(folderName).success ? folderName : 'own-pack'
  return { id, title: folderName === '' ? id : folderName.slice(0, 200), policy: id }
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
