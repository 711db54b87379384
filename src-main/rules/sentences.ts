import type { Hit } from './kinds/kind.ts'
import type { LoadedPacks } from './load-packs.ts'
import type { Rule } from './pack.ts'
import type { RuleSentences } from './schemas/locale-schema.ts'

export interface Told {
  readonly title: string
  readonly message: string
  readonly why: string
  readonly fix: string
}

/** A finding's sentences: from the pack's locale, else from the rule; `{match}` and `{clause}` filled in. */
export function tell(rule: Rule, hit: Hit, match: string, loaded: LoadedPacks, language: string): Told {
  const local: RuleSentences = loaded.resources.get(rule.pack.id)?.locales.get(language)?.rules?.[rule.id] ?? {}
  const message =
    hit.tell === 'draft'
      ? (local.draft ?? draftOf(rule) ?? local.message ?? rule.message)
      : (local.message ?? rule.message)
  const fill = (sentence: string): string =>
    sentence.replace(/\{(match|clause)\}/g, (_, name: string) => (name === 'match' ? match : clauseName(rule)))
  return {
    title: fill(local.title ?? rule.title),
    message: fill(message),
    why: fill(local.why ?? rule.why),
    fix: fill(local.fix ?? rule.fix),
  }
}

function draftOf({ check }: Rule): string | undefined {
  return 'draft' in check && typeof check.draft === 'string' ? check.draft : undefined
}

/** `clause C3.9`, for sentences. */
function clauseName({ clauses }: Rule): string {
  return `clause ${clauses[0]?.split(':')[1] ?? ''}`
}
