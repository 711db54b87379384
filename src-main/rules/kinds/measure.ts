import { z } from 'zod'
import type { Look } from '../../views/view.ts'
import { fillMergeTags } from '../merge-tags.ts'
import type { Rule } from '../pack.ts'
import { countSegments } from '../sms-segments.ts'
import type { Scene, SceneText } from '../scene.ts'
import type { Evaluate, Hit, Kind } from './kind.ts'

/** Of a text, looked at where the rule's `look` says (the subject when it says nothing). */
const ofText = ['characters', 'words', 'capitals', 'punctuation', 'emoji', 'segments'] as const
/** Of the whole message. */
const ofMessage = ['links', 'images', 'attachments', 'bytes', 'visible-characters'] as const

const schema = z
  .strictObject({
    kind: z.literal('measure'),
    of: z.enum([...ofText, ...ofMessage]).meta({
      description:
        'characters, words, capitals (percent of the letters), punctuation (longest run of ! and ?), emoji, segments (of an SMS) of a text; links, images, attachments, bytes (of the HTML), visible-characters of the message',
    }),
    above: z.int().min(0).max(100_000_000).optional().meta({ description: 'More than so many' }),
    below: z.int().min(1).max(100_000_000).optional().meta({ description: 'Fewer than so many' }),
    'min-characters': z
      .int()
      .min(0)
      .max(10_000)
      .optional()
      .meta({ description: 'Texts with fewer letters are not measured; for capitals 8 when left out' }),
  })
  .refine((check) => check.above !== undefined || check.below !== undefined, 'measure needs above or below')
export type MeasureOptions = z.infer<typeof schema>
type Measure = MeasureOptions['of']

/** Length, share or number of something, against a limit. */
export const measureKind: Kind<MeasureOptions> = {
  name: 'measure',
  schema,
  refers: () => ({}),
  compile,
  explain: (options) => `Measures ${unitOf(options.of)} and applies where there are ${limitOf(options)}.`,
}

function limitOf({ above, below }: MeasureOptions): string {
  return [
    ...(above === undefined ? [] : [`more than ${String(above)}`]),
    ...(below === undefined ? [] : [`fewer than ${String(below)}`]),
  ].join(' or ')
}

function unitOf(of: Measure): string {
  switch (of) {
    case 'capitals':
      return 'percent of capitals'
    case 'punctuation':
      return 'exclamation and question marks in a row'
    case 'segments':
      return 'parts of a text message'
    case 'bytes':
      return 'bytes of HTML'
    case 'visible-characters':
      return 'characters a reader sees'
    default:
      return of
  }
}

const leastLetters = 8

function compile(rule: Rule<MeasureOptions>): Evaluate {
  const { of, above, below } = rule.check
  const least = rule.check['min-characters'] ?? (of === 'capitals' ? leastLetters : 0)
  const wanted: readonly Look[] = rule.look.length > 0 ? rule.look : of === 'segments' ? ['text'] : ['subject']
  const isOut = (value: number): boolean =>
    (above !== undefined && value > above) || (below !== undefined && value < below)
  const limit = limitOf(rule.check)

  return (scene) => {
    const whole = messageMeasure(of, scene)
    if (whole !== null) return isOut(whole) ? [hitOf(rule, null, whole, limit)] : []
    return scene.texts.flatMap((text) => {
      if (!wanted.includes(text.view.look) || lettersIn(text.view.text) < least) return []
      const value = textMeasure(of, text, scene)
      return value !== null && isOut(value) ? [hitOf(rule, text, value, limit)] : []
    })
  }
}

function messageMeasure(of: Measure, { views }: Scene): number | null {
  switch (of) {
    case 'links':
      return views.links.filter(({ element }) => element !== 'form').length
    case 'images':
      return views.images.filter(({ trackingPixel }) => !trackingPixel).length
    case 'attachments':
      return views.attachments.length
    case 'bytes':
      return views.message.texts
        .filter(({ kind }) => kind === 'html')
        .reduce((sum, { text }) => sum + Buffer.byteLength(text), 0)
    case 'visible-characters':
      return views.visibleLength
    default:
      return null
  }
}

const emoji = /\p{Extended_Pictographic}/gu
const run = /[!?\u00a1\u00bf\uff01\uff1f]+/g

function textMeasure(of: Measure, { view: { text } }: SceneText, { audience }: Scene): number | null {
  switch (of) {
    case 'characters':
      return Array.from(text.trim()).length
    case 'words':
      return text.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu)?.length ?? 0
    case 'capitals': {
      const letters = text.match(/\p{Lu}|\p{Ll}/gu)?.length ?? 0
      return letters === 0 ? null : Math.round(((text.match(/\p{Lu}/gu)?.length ?? 0) * 100) / letters)
    }
    case 'punctuation':
      return Math.max(0, ...(text.match(run) ?? []).map(({ length }) => length))
    case 'emoji':
      return text.match(emoji)?.length ?? 0
    case 'segments':
      // Of the recipient whose names are longest, where a list is there.
      return countSegments(audience === null ? text : fillMergeTags(text, audience.samples).longest).segments
    default:
      return null
  }
}

function lettersIn(text: string): number {
  return text.match(/\p{L}/gu)?.length ?? 0
}

const maxAround = 10_000

function hitOf(rule: Rule<MeasureOptions>, text: SceneText | null, value: number, limit: string): Hit {
  const { of } = rule.check
  const shown = text?.view.text.slice(0, maxAround) ?? ''
  const isText = text !== null && text.view.source !== null
  return {
    part: text?.view.part ?? 'message',
    source: text?.view.source ?? null,
    span: isText ? text.view.toPart.toOrigin({ start: 0, end: text.view.text.length }) : null,
    certainty: rule.certainty,
    match: String(value),
    normalised: { match: '', sentence: '' },
    measured: `${of} ${String(value)}`,
    around: { text: shown, start: 0, end: shown.length },
    explain: [`${String(value)} ${unitOf(of)}`, `the rule allows no ${limit}`],
  }
}
