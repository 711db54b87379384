import { attachmentKind, type AttachmentOptions } from './attachment.ts'
import { audienceKind, type AudienceOptions } from './audience.ts'
import { combineKind, type CombineOptions } from './combine.ts'
import { headerKind, type HeaderOptions } from './header.ts'
import { identifierKind, type IdentifierOptions } from './identifier.ts'
import { identityKind, type IdentityOptions } from './identity.ts'
import type { Kind } from './kind.ts'
import { linkKind, type LinkOptions } from './link.ts'
import { measureKind, type MeasureOptions } from './measure.ts'
import { patternKind, type PatternOptions } from './pattern.ts'
import { phrasesKind, type PhrasesOptions } from './phrases.ts'
import { requiredKind, type RequiredOptions } from './required.ts'
import { scheduleKind, type ScheduleOptions } from './schedule.ts'
import { seriesKind, type SeriesOptions } from './series.ts'
import { signsKind, type SignsOptions } from './signs.ts'
import { visibilityKind, type VisibilityOptions } from './visibility.ts'

/** `check` of a rule, as validated. */
export type CheckOptions =
  | PhrasesOptions
  | PatternOptions
  | IdentifierOptions
  | RequiredOptions
  | LinkOptions
  | HeaderOptions
  | VisibilityOptions
  | AttachmentOptions
  | AudienceOptions
  | IdentityOptions
  | MeasureOptions
  | CombineOptions
  | ScheduleOptions
  | SeriesOptions
  | SignsOptions

const all = [
  phrasesKind,
  patternKind,
  identifierKind,
  requiredKind,
  linkKind,
  headerKind,
  visibilityKind,
  attachmentKind,
  audienceKind,
  identityKind,
  measureKind,
  combineKind,
  scheduleKind,
  seriesKind,
  signsKind,
] as const

/** Kinds by name. A kind is only ever given options that its own schema has read, so the wider type is safe. */
export const kinds: ReadonlyMap<string, Kind<CheckOptions>> = new Map(
  all.map((kind) => [kind.name, kind as unknown as Kind<CheckOptions>]),
)

export const kindNames: readonly string[] = [...kinds.keys()]

/** Kinds that look at the texts a rule's `look` names; the others know themselves where to look. */
export const lookingKinds: ReadonlySet<string> = new Set(['phrases', 'pattern', 'identifier', 'signs'])

/** Kinds that look for words of a language. */
export const wordKinds: ReadonlySet<string> = new Set(['phrases', 'pattern', 'required', 'signs'])
