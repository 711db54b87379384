import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PackProblem } from '../../contract/report.ts'
import { valuesSchema } from '../schemas/values-schema.ts'
import type { DatedValue } from '../values.ts'
import { compareText } from './pack-folder.ts'
import { readBySchema } from './read-schema.ts'
import { parseYaml } from './yaml-file.ts'

export type ValueLists = ReadonlyMap<string, readonly DatedValue[]>

/** Reads `values/*.yaml`; a file that cannot be read is a problem and left out. */
export function readValueLists(files: ReadonlyMap<string, string>): {
  readonly lists: ValueLists
  readonly problems: readonly PackProblem[]
} {
  const lists = new Map<string, readonly DatedValue[]>()
  const problems: PackProblem[] = []
  for (const [file, text] of files) {
    const name = /^values\/([^/]+)\.yaml$/.exec(file)?.[1]
    if (name === undefined) continue
    const parsed = parseYaml(text)
    if ('problems' in parsed) {
      problems.push(...parsed.problems.map((problem) => ({ ...problem, rule: null, file })))
      continue
    }
    const read = readBySchema(valuesSchema, parsed.file.value, parsed.file)
    if (!read.ok) {
      problems.push(...read.problems.map((problem) => ({ ...problem, rule: null, file })))
      continue
    }
    const { source = null } = read.value
    lists.set(
      name,
      read.value.values.map((value) =>
        typeof value === 'string'
          ? { value, from: null, until: null, source, verify: false, region: null }
          : {
              value: value.value,
              from: value.from ?? null,
              until: value.until ?? null,
              source: value.source ?? source,
              verify: value.verify ?? false,
              region:
                value.region === undefined ? null : typeof value.region === 'string' ? [value.region] : value.region,
            },
      ),
    )
  }
  return { lists, problems }
}

/** The files of the shipped values, which every pack may name, as `values/NAME.yaml`. Missing folder: none. */
export async function sharedValueFiles(folder: string): Promise<ReadonlyMap<string, string>> {
  let names: string[]
  try {
    names = await readdir(folder)
  } catch {
    names = []
  }
  const wanted = names.filter((name) => name.endsWith('.yaml') && !name.startsWith('.')).sort(compareText)
  const texts = await Promise.all(wanted.map((name) => readFile(join(folder, name), 'utf8')))
  return new Map(wanted.map((name, at) => [`values/${name}`, texts[at] ?? '']))
}
