import { z } from 'zod'
import { providerAdditions } from '../../intake/campaign-settings.ts'
import { stepCertainty } from '../certainty.ts'
import { judgeCommercial, type Commercial } from '../commercial.ts'
import { asList, placedList } from '../context.ts'
import { isImageOnly } from '../image-only.ts'
import { findMergeTag } from '../merge-tags.ts'
import type { Rule } from '../pack.ts'
import type { PhraseSet } from '../phrases/phrase-index.ts'
import { postalAddressIn } from '../postal-address.ts'
import type { Scene } from '../scene.ts'
import { reach } from '../reach.ts'
import { placeSchema } from '../schemas/values-schema.ts'
import { phrasesSchema, wordsSchema } from './context-schema.ts'
import type { Build, Evaluate, Hit, Kind, References } from './kind.ts'
import { senderNameIn } from './sender-name.ts'
import { textHit, viewRange } from './text-hit.ts'

const keywordSchema = z.string().regex(/^\p{Ll}{2,30}$/u, 'one word in small letters')

const waySchema = z.union([
  z.strictObject({ 'link-text': phrasesSchema }),
  z.strictObject({ 'link-href': phrasesSchema }),
  z.strictObject({ text: phrasesSchema }),
  z.strictObject({ keyword: z.array(keywordSchema).min(1).max(100) }),
  z.strictObject({ 'merge-tag': z.array(z.string().min(1).max(80)).min(1).max(100) }),
  z.strictObject({ header: z.string().regex(/^[!-9;-~]{1,80}$/, 'the name of a header field, without the colon') }),
  z.strictObject({ 'postal-address': z.literal(true) }),
  z.strictObject({ 'sender-name': z.literal(true) }),
])
type Way = z.infer<typeof waySchema>

const schema = z.strictObject({
  kind: z.literal('required'),
  of: z.enum(['commercial', 'every']).optional(),
  when: z
    .strictObject({ any: phrasesSchema.optional(), words: wordsSchema.optional() })
    .refine((when) => when.any !== undefined || when.words !== undefined, 'when needs any or words')
    .optional()
    .meta({ description: 'Only messages that say one of these are asked; it is marked' }),
  once: z
    .strictObject({ 'except-in': z.array(placeSchema).min(1).max(100).optional() })
    .optional()
    .meta({
      description:
        'All messages of a sender’s campaign that lack it are one group; but for recipients in these places each counts',
    }),
  signs: z
    .strictObject({ any: phrasesSchema.optional(), words: wordsSchema.optional() })
    .refine((signs) => signs.any !== undefined || signs.words !== undefined, 'signs needs any or words')
    .optional(),
  any: z.array(waySchema).min(1).max(30),
  draft: z.string().min(1).max(1_000).optional(),
  adds: z.array(z.enum(providerAdditions)).min(1).optional(),
})
export type RequiredOptions = z.infer<typeof schema>

/** Something that must be there and that a reader must see. */
export const requiredKind: Kind<RequiredOptions> = {
  name: 'required',
  schema,
  refers: (options): References => ({
    phrases: [
      ...placedList(options.signs?.any, ['signs', 'any']),
      ...placedList(options.when?.any, ['when', 'any']),
      ...options.any.flatMap((way, at) => {
        const phrases = phrasesOf(way)
        return phrases === null ? [] : placedList(phrases.any, ['any', at, phrases.key])
      }),
    ],
    words: [
      ...placedList(options.signs?.words, ['signs', 'words']),
      ...placedList(options.when?.words, ['when', 'words']),
    ],
  }),
  compile,
  explain: (options) =>
    `Asks ${options.of === 'every' ? 'every message' : 'commercial messages'} for ${options.any.map((way) => Object.keys(way).join()).join(', or ')}.`,
}

function phrasesOf(way: Way): { key: 'link-text' | 'link-href' | 'text'; any: readonly string[] } | null {
  if ('link-text' in way) return { key: 'link-text', any: way['link-text'] }
  if ('link-href' in way) return { key: 'link-href', any: way['link-href'] }
  if ('text' in way) return { key: 'text', any: way.text }
  return null
}

/** Why it is there; null when it is not. */
type Finds = (scene: Scene) => { readonly mergeTag: string | null } | null

function compile(rule: Rule<RequiredOptions>, build: Build): Evaluate {
  const { check } = rule
  const signs = check.signs === undefined ? null : build.phrases(check.signs.any ?? [], asList(check.signs.words))
  const when = check.when === undefined ? null : build.phrases(check.when.any ?? [], asList(check.when.words))
  const ways = check.any.map((way) => compileWay(way, build))

  return (scene) => {
    const { message } = scene.views
    if (message.channel === null || message.gaps.some(({ code }) => code === 'body-encrypted')) return []
    const added = check.adds?.find((addition) => message.settings?.providerAdds.includes(addition) === true)
    const commercial = check.of === 'every' ? { is: true, offers: true, why: [] } : judgeCommercial(scene, signs)
    if (!commercial.is) return []
    const asked = when === null ? null : saidIn(scene, when)
    if (when !== null && asked === null) return []
    if (added !== undefined) {
      scene.cannotCheck({
        code: 'draft',
        reason: `the provider adds it (${added}), as the manifest says`,
        material: false,
      })
      return []
    }
    let tag: string | null = null
    for (const finds of ways) {
      const found = finds(scene)
      if (found === null) continue
      if (found.mergeTag === null) return []
      tag ??= found.mergeTag
    }
    if (tag !== null) {
      scene.cannotCheck({
        code: 'merge-tag',
        reason: `given by the merge tag ${tag}; its value is not in the file`,
        material: false,
      })
      return []
    }
    return [missing(rule, scene, commercial, asked)]
  }
}

/** Where a reader is told what makes the message one that is asked. */
function saidIn(scene: Scene, when: PhraseSet): Hit | null {
  const said = scene
    .phraseHits(when, 'folded')
    .find(({ text }) => text.view.look === 'text' || text.view.look === 'html' || text.view.look === 'subject')
  if (said === undefined) return null
  const range = viewRange(said.lens, said)
  return textHit(said.text, range, said, { certainty: 'certain', explain: [] })
}

/** One sender's campaign; what it lacks, it lacks once. */
function programmeOf({ views }: Scene): string {
  const { message } = views
  const from = message.texts.find(({ kind }) => kind === 'from')?.text ?? ''
  return JSON.stringify([message.client, message.campaign, from])
}

function missing(rule: Rule<RequiredOptions>, scene: Scene, { offers, why }: Commercial, asked: Hit | null): Hit {
  const isMail = scene.views.message.form === 'rfc5322'
  const explain = [...why, 'looked for it in the links, the texts and the headers, and found none']
  // What is only in a picture is there for most readers, and not for the file.
  const inPicture = isImageOnly(scene.views)
  if (inPicture) explain.push('the message is a picture; it may be in there')
  if (!offers) explain.push('it offers nothing by name; it may be a newsletter that promotes nothing (-1)')
  const { once } = rule.check
  const isOnce = once !== undefined && reach({ regions: once['except-in'] ?? [] }, scene.region) !== 'somebody'
  return {
    ...(asked ?? nowhere),
    certainty: stepCertainty(rule.certainty, (inPicture ? -1 : 0) - (offers ? 0 : 1)),
    ...(isMail ? {} : { atMost: 'warning' as const, tell: 'draft' as const }),
    ...(isOnce ? { fact: programmeOf(scene) } : {}),
    explain,
  }
}

const nowhere: Pick<Hit, 'part' | 'source' | 'span' | 'match' | 'normalised' | 'around'> = {
  part: 'message',
  source: null,
  span: null,
  match: '',
  normalised: { match: '', sentence: '' },
  around: { text: '', start: 0, end: 0 },
}

function compileWay(way: Way, build: Build): Finds {
  const phrases = phrasesOf(way)
  if (phrases !== null) {
    const set = build.phrases(phrases.any, [])
    return phrases.key === 'text' ? inText(set) : inLink(set, phrases.key)
  }
  if ('keyword' in way) return inCapitals(way.keyword)
  if ('merge-tag' in way) return mergeTag(way['merge-tag'])
  if ('header' in way)
    return (scene) =>
      scene.views.headers.some(
        ({ name, value }) => name.toLowerCase() === way.header.toLowerCase() && value.trim() !== '',
      )
        ? plainly
        : null
  if ('postal-address' in way)
    return (scene) => (seenTexts(scene).some((text) => postalAddressIn(text) !== null) ? plainly : null)
  return (scene) => (senderNameIn(scene) === null ? null : plainly)
}

const plainly = { mergeTag: null }

function inText(set: PhraseSet): Finds {
  return (scene) =>
    scene
      .phraseHits(set, 'folded')
      .some(({ text }) => text.view.look === 'text' || text.view.look === 'html' || text.view.look === 'title')
      ? plainly
      : null
}

const capitalWord = /(?<![\p{L}\p{N}'’])\p{Lu}{2,30}(?![\p{L}\p{N}])/gu

/** A word to answer with, set in capitals as such words are; a text that is all in capitals sets none apart. */
function inCapitals(words: readonly string[]): Finds {
  const wanted = new Set(words)
  return (scene) =>
    scene.texts.some(
      ({ view }) =>
        (view.look === 'text' || view.look === 'html') &&
        /\p{Ll}/u.test(view.text) &&
        [...view.text.matchAll(capitalWord)].some(([word]) => wanted.has(word.toLowerCase())),
    )
      ? plainly
      : null
}

/** A link that a reader sees and that leads somewhere (a merge tag will). */
function inLink(set: PhraseSet, look: 'link-text' | 'link-href'): Finds {
  return (scene) => {
    const parts = new Set(
      scene.phraseHits(set, 'folded').flatMap(({ text }) => (text.view.look === look ? [text.view.part] : [])),
    )
    const found = scene.views.links.some((link) => {
      if (!parts.has(`link:${link.number}`) || !link.visible) return false
      const { placeholder } = scene.targetOf(link)
      return placeholder === null || placeholder === 'merge-tag'
    })
    return found ? plainly : null
  }
}

function mergeTag(names: readonly string[]): Finds {
  const wanted = new Set(names.map((name) => name.toLowerCase()))
  return (scene) => {
    for (const { view } of scene.texts) {
      if (view.look !== 'text' && view.look !== 'html' && view.look !== 'link-href') continue
      const tag = findMergeTag(view.text, wanted)
      if (tag !== null) return { mergeTag: tag }
    }
    return null
  }
}

function seenTexts(scene: Scene): string[] {
  return scene.texts
    .filter(({ view }) => view.look === 'text' || view.look === 'html' || view.look === 'image-alt')
    .map(({ lenses }) => lenses.folded().text)
}
