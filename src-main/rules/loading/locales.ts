import type { PackProblem } from '../../contract/report.ts'
import { localeSchema, type LocaleFile } from '../schemas/locale-schema.ts'
import { readBySchema } from './read-schema.ts'
import { parseYaml } from './yaml-file.ts'

/** Sentences by language; English stands in the rules themselves. */
export type Locales = ReadonlyMap<string, LocaleFile>

export function readLocales(files: ReadonlyMap<string, string>): {
  readonly locales: Locales
  readonly problems: readonly PackProblem[]
} {
  const locales = new Map<string, LocaleFile>()
  const problems: PackProblem[] = []
  for (const [file, text] of files) {
    const language = /^locales\/([^/]+)\.yaml$/.exec(file)?.[1]
    if (language === undefined) continue
    const parsed = parseYaml(text)
    const read =
      'problems' in parsed
        ? { ok: false as const, problems: parsed.problems }
        : readBySchema(localeSchema, parsed.file.value, parsed.file)
    if (read.ok) locales.set(language, read.value)
    else problems.push(...read.problems.map((problem) => ({ ...problem, rule: null, file })))
  }
  return { locales, problems }
}
