import { linkTarget, type LinkTarget } from '../views/link-target.ts'
import type { Link, Look, TextView, Views } from '../views/view.ts'
import type { AudienceFacts } from './audience/audience-facts.ts'
import type { Hit, RuleGap } from './kinds/kind.ts'
import type { LensText } from './lens/fold.ts'
import { lensesOf, lineBreakOf, once, type LensName, type Lenses } from './lens/lens.ts'
import { scanStretches } from './long-text/look-by-stretches.ts'
import type { Stretch, StretchesOf, StretchMemo } from './long-text/stretches.ts'
import {
  nothingFound,
  type PhraseHit,
  type PhraseHits,
  type PhraseIndex,
  type PhraseSet,
} from './phrases/phrase-index.ts'
import type { SeriesNote } from './series/series-message.ts'
import { sentencesOf } from './text-places.ts'

/** One message as rules look at it; lenses and phrase hits are made once and shared by all rules. */
export interface Scene {
  readonly views: Views
  readonly asOf: string
  /** Places of the recipients, as `US`, `US-FL`, `EU`; empty: unknown. */
  readonly region: readonly string[]
  /** What is in the lists that the message goes to; null: none is known. */
  readonly audience: AudienceFacts | null
  /** `send_at`, else the day of the review: the day that dated values are chosen by. */
  readonly day: string
  readonly texts: readonly SceneText[]
  /** Where each link leads; taken apart once for all rules. */
  readonly targetOf: (link: Link) => LinkTarget
  /** Hits of a set in all texts, in their order. */
  readonly phraseHits: (set: PhraseSet, lens: PhraseLens) => readonly SceneHit[]
  /** What another rule finds in this message, by its id; nothing where there is no such rule, or it does not apply. */
  readonly hitsOf: (rule: string) => readonly Hit[]
  /** For the rule at work: what it could not look at. */
  readonly cannotCheck: (gap: RuleGap) => void
  /** For the rule at work: what the message has to say in a series. */
  readonly note: (note: SeriesNote) => void
  /** For the rule at work, on the clock of `performance.now()`. */
  readonly deadlineMs: () => number
}

/** How phrases see a text: the plain lens is case-blind for them. */
export type PhraseLens = LensName

export interface SceneText {
  readonly view: TextView
  readonly lenses: Lenses
  /** Hits in one lens, by set. */
  readonly hitsIn: (lens: PhraseLens) => PhraseHits
  /** The sentence around a range of the folded text. */
  readonly sentence: (range: { readonly start: number; readonly end: number }) => {
    readonly start: number
    readonly end: number
  }
  /** Of a long text as the view or a lens has it; null: it is short. */
  readonly stretches: (of: 'view' | 'folded' | 'deobfuscated') => readonly Stretch[] | null
}

export interface SceneHit extends PhraseHit {
  readonly text: SceneText
  readonly lens: LensText
}

export interface SceneSettings {
  readonly asOf: string
  readonly region: readonly string[]
  readonly audience: AudienceFacts | null
  readonly index: PhraseIndex
  /** Texts that no rule looks at need no scan. */
  readonly looks: ReadonlySet<Look>
  /** Header fields that rules look at where they do not look at all, in lower case. */
  readonly fields: ReadonlySet<string>
  /** What was found in stretches of long texts before. */
  readonly longTexts: StretchMemo
}

export function buildScene(
  views: Views,
  settings: SceneSettings,
  forRule: Pick<Scene, 'hitsOf' | 'cannotCheck' | 'note' | 'deadlineMs'>,
): Scene {
  settings.longTexts.begin(views.texts.map(({ text }) => text.length))
  const texts = views.texts.map((view) => sceneText(view, settings))
  const targets = new Map<Link, LinkTarget>()
  const hitsBySet: Partial<Record<PhraseLens, (set: PhraseSet) => readonly SceneHit[]>> = {}
  return {
    views,
    asOf: settings.asOf,
    region: settings.region,
    audience: settings.audience,
    day: /^\d{4}-\d{2}-\d{2}/.exec(views.message.sendAt ?? '')?.[0] ?? settings.asOf,
    texts,
    targetOf(link) {
      const known = targets.get(link)
      if (known !== undefined) return known
      const target = linkTarget(link.href)
      targets.set(link, target)
      return target
    },
    phraseHits: (set, lens) => (hitsBySet[lens] ??= gatheredHits(texts, lens))(set),
    ...forRule,
  }
}

const noHits: readonly SceneHit[] = []

function gatheredHits(texts: readonly SceneText[], lens: PhraseLens): (set: PhraseSet) => readonly SceneHit[] {
  const holding = new Map<PhraseSet, SceneText[]>()
  for (const text of texts) {
    for (const set of text.hitsIn(lens).sought.keys()) {
      const known = holding.get(set)
      if (known === undefined) holding.set(set, [text])
      else known.push(text)
    }
  }
  const gathered = new Map<PhraseSet, readonly SceneHit[]>()
  return (set) => {
    const textsOf = holding.get(set)
    if (textsOf === undefined) return noHits
    const before = gathered.get(set)
    if (before !== undefined) return before
    const made: SceneHit[] = []
    for (const text of textsOf) {
      const lensText = lensTextOf(text, lens)
      if (lensText === null) continue
      for (const { start, end, entry } of text.hitsIn(lens).sought.get(set) ?? [])
        made.push({ start, end, entry, text, lens: lensText })
    }
    gathered.set(set, made)
    return made
  }
}

/** What phrases are looked for in. */
export function lensTextOf(text: SceneText, lens: PhraseLens): LensText | null {
  switch (lens) {
    case 'plain':
      return text.lenses.cased()
    case 'folded':
      return text.lenses.folded()
    case 'deobfuscated':
      return text.lenses.deobfuscated()
  }
}

function sceneText(view: TextView, { index, looks, fields, longTexts }: SceneSettings): SceneText {
  const stretchesOf = cutOnce(longTexts.of)
  const lenses = lensesOf(view.text, lineBreakOf(view.look), index.holds, stretchesOf)
  const isScanned = looks.has(view.look) || (view.look === 'headers' && fields.has(fieldOf(view.part)))
  const scanned: Partial<Record<PhraseLens, PhraseHits>> = {}
  const sentences = once(() => sentencesOf(lenses.folded().text))
  const text: SceneText = {
    view,
    lenses,
    hitsIn: isScanned ? (lens) => (scanned[lens] ??= hits(lens)) : () => nothingFound,
    sentence: (range) => sentences()(range),
    stretches: (of) => stretchesOf(of === 'view' ? view.text : (lensTextOf(text, of)?.text ?? '')),
  }
  return text

  function hits(lens: PhraseLens): PhraseHits {
    const seen = lensTextOf(text, lens)?.text ?? ''
    const stretches = stretchesOf(seen)
    return stretches === null ? index.scan(seen) : scanStretches(stretches, index.scan)
  }
}

/** A text is cut once, however many look at its stretches. */
function cutOnce(stretchesOf: StretchesOf): StretchesOf {
  const known = new Map<string, readonly Stretch[]>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const stretches = stretchesOf(text)
    if (stretches !== null) known.set(text, stretches)
    return stretches
  }
}

/** `header:Subject:2` is of the field `subject`. */
function fieldOf(part: string): string {
  return part.replace(/^header:|:\d+$/g, '').toLowerCase()
}
