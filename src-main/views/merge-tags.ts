import type { Utf16Span } from '../contract/span.ts'

/** A field that the provider fills in when it sends, or a word of its template language. */
export interface MergeTag {
  /** In the text that was looked at. */
  readonly span: Utf16Span
  readonly dialect: MergeTagDialect
  /** `value`: a text stands in its place. `logic`: conditions, loops, blocks. `comment`: nothing does. */
  readonly kind: 'value' | 'logic' | 'comment'
  /** Of the field, as it is written, without filters; empty where there is none. */
  readonly name: string
  readonly meaning: MergeTagMeaning | null
  /** What stands in its place where the field is empty; null: the tag does not say. */
  readonly fallback: string | null
}

/** `braces`: Django, Jinja, Liquid, Handlebars. `star-bar`: `*|TAG|*`. `percent`: `%%tag%%`, `%tag%`. */
export type MergeTagDialect = 'braces' | 'star-bar' | 'percent' | 'ampscript' | 'brackets' | 'erb' | 'dollar'

export type MergeTagMeaning =
  'unsubscribe' | 'preferences' | 'postal-address' | 'web-view' | 'sender-name' | 'name' | 'email' | 'phone' | 'coupon'

/** Each alternative is bounded, so a text of opening marks takes no longer than another of its length. */
const tag = new RegExp(
  [
    String.raw`(?<comment>\{#[^#]{0,500}#\}|\{\{!--[\s\S]{0,500}?--\}\}|\{\{![^}]{0,500}\}\})`,
    String.raw`\{%-?\s*(?<block>[^%}]{0,300}?)\s*-?%\}`,
    String.raw`\{\{\{?~?\s*(?<brace>[^{}]{0,300}?)\s*~?\}?\}\}`,
    String.raw`\*\|\s*(?<star>[^|*]{1,200}?)\s*\|\*`,
    String.raw`%%=\s*(?<amp>[^%]{1,300}?)\s*=%%`,
    String.raw`%%\[(?<ampBlock>[^%]{0,2000}?)\]%%`,
    String.raw`%%\s*(?<percents>[A-Za-z_][\w .:-]{0,80}?)\s*%%`,
    String.raw`%(?<percent>[A-Za-z_][\w.-]{2,40})%`,
    String.raw`\[\[?\s*(?<bracket>[A-Za-z_][\w.:-]{2,60})\s*\]?\]`,
    String.raw`<%=?\s*(?<erb>[^%>]{1,200}?)\s*%>`,
    String.raw`\$\{\s*(?<dollar>[\w.-]{1,80})\s*\}`,
  ].join('|'),
  'g',
)

/** Blocks of Django, Jinja and Liquid that stand for a text of their own. */
const logicWords =
  /^(?:if|elif|else|elsif|endif|for|endfor|unless|endunless|case|when|endcase|with|endwith|assign|set|capture|endcapture|block|endblock|include|extends|load|comment|endcomment|raw|endraw|macro|endmacro|cycle|layout|render|section|while|endwhile|var|switch|each|end)\b/i

const meanings: readonly (readonly [MergeTagMeaning, RegExp])[] = [
  [
    'unsubscribe',
    /unsub(?:scribe)?(?:_?(?:link|url|preferences_link|center_url|tag))?$|^list_unsubscribe|opt_?out(?:_?(?:link|url))?$|^stop_link$/,
  ],
  [
    'preferences',
    /(?:^|[._])(?:manage_?)?preferences?(?:_(?:link|url|center|centre))?$|update_?profile|(?:profile|subscription|sub)_center(?:_url)?$/,
  ],
  [
    'postal-address',
    /full_address|(?:organi[sz]ation|company|sender|list|member|account|shop|business)[._:]?(?:postal_)?addr(?:ess)?(?:line)?(?:_html)?$|^(?:postal|physical|mailing|street)_address$/,
  ],
  [
    'web-view',
    /web_?view|view_(?:in_browser|email|online|as_web)|browser_(?:link|url)|^archive(?:_?url)?$|mirror_(?:page|link)|online_version/,
  ],
  [
    'sender-name',
    /^(?:organi[sz]ation|company|account|shop|list|business|sender)[._:]?(?:name|company)$|^(?:company|shop_name)$/,
  ],
  ['name', /(?:^|[._])(?:first_?name|last_?name|full_?name|fname|lname|given_?name|surname|name|salutation)$/],
  ['email', /(?:^|[._])(?:e_?mail(?:_?addr(?:ess)?)?|emailaddr)$/],
  ['phone', /(?:^|[._])(?:phone(?:_?number)?|mobile)$/],
  ['coupon', /coupon|voucher|promo_?code|discount_?code/],
]

/** All merge tags of the common dialects in a text, in their order. */
export function mergeTagsIn(text: string): readonly MergeTag[] {
  // Most texts have none of the marks.
  if (!/[{%*[$]/.test(text)) return []
  const tags: MergeTag[] = []
  for (const found of text.matchAll(tag)) {
    const span = { start: found.index, end: found.index + found[0].length }
    const read = readTag(found.groups ?? {})
    if (read !== null) tags.push({ span, ...read })
  }
  return tags
}

type Groups = Readonly<Record<string, string | undefined>>

function readTag(groups: Groups): Omit<MergeTag, 'span'> | null {
  const { comment, block, brace, star, amp, ampBlock, percents, percent, bracket, erb, dollar } = groups
  if (comment !== undefined) return { dialect: 'braces', kind: 'comment', name: '', meaning: null, fallback: null }
  if (block !== undefined) return expression(block, 'braces', logicWords.test(block))
  if (brace !== undefined) return expression(brace, 'braces', /^[#/^>]|^else\b/.test(brace))
  if (star !== undefined) return expression(star, 'star-bar', /^(?:IF|IFNOT|ELSE|ELSEIF|END|INTERESTED)\b/.test(star))
  if (amp !== undefined) return ampscript(amp)
  if (ampBlock !== undefined) return { dialect: 'ampscript', kind: 'logic', name: '', meaning: null, fallback: null }
  if (percents !== undefined) return expression(percents, 'percent', false)
  if (percent !== undefined) return expression(percent, 'percent', false)
  if (bracket !== undefined) return expression(bracket, 'brackets', false)
  if (erb !== undefined) return expression(erb, 'erb', logicWords.test(erb))
  return dollar === undefined ? null : expression(dollar, 'dollar', false)
}

function expression(written: string, dialect: MergeTagDialect, isLogic: boolean): Omit<MergeTag, 'span'> {
  const looked = /lookup:\s*["']([^"']{1,80})["']/.exec(written)?.[1]
  const name = looked ?? /^[#/^>]?\s*([^\s|"'()]{1,80})/.exec(written)?.[1] ?? ''
  const fallback = /default:?\s*\(?\s*["']([^"']{0,80})["']/.exec(written)?.[1] ?? null
  return { dialect, kind: isLogic ? 'logic' : 'value', name, meaning: isLogic ? null : meaningOf(name), fallback }
}

/** `v(@FirstName)`, `ProperCase(AttributeValue("FirstName"))`: the innermost name counts. */
function ampscript(written: string): Omit<MergeTag, 'span'> {
  const names = [...written.matchAll(/[@"']?([A-Za-z_]\w{0,60})["']?(?=\s*[),])|^@?([A-Za-z_]\w{0,60})$/g)]
  const [inner] = names
  const name = inner?.[1] ?? inner?.[2] ?? /^\w{1,60}/.exec(written)?.[0] ?? ''
  return { dialect: 'ampscript', kind: 'value', name, meaning: meaningOf(name), fallback: null }
}

/** What a field of this name holds; null: its name does not say. */
export function meaningOf(name: string): MergeTagMeaning | null {
  const key = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[\s:-]+/g, '_')
  return meanings.find(([, pattern]) => pattern.test(key))?.[0] ?? null
}
