import { asList, placedList } from '../context.ts'
import type { NearOptions, UnlessOptions } from './context-schema.ts'
import type { References } from './kind.ts'

/** What `near` and `unless` refer to, beside what the kind's own options do. */
export function contextReferences(
  options: {
    readonly near?: NearOptions | readonly NearOptions[] | undefined
    readonly unless?: UnlessOptions | readonly UnlessOptions[] | undefined
  },
  own: References,
): References {
  const entries = [...placed('near', options.near), ...placed('unless', options.unless)]
  return {
    ...own,
    phrases: [...(own.phrases ?? []), ...entries.flatMap(({ entry, path }) => placedList(entry.any, [...path, 'any']))],
    words: [...(own.words ?? []), ...entries.flatMap(({ entry, path }) => placedList(entry.words, [...path, 'words']))],
  }
}

function placed<T>(key: string, value: T | readonly T[] | undefined): { entry: T; path: (string | number)[] }[] {
  return asList(value).map((entry, at) => ({ entry, path: Array.isArray(value) ? [key, at] : [key] }))
}
