import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fillMergeTags, findMergeTag } from '../../../src-main/rules/merge-tags.ts'
import { mergeTagsIn } from '../../../src-main/views/merge-tags.ts'

describe('mergeTagsIn', () => {
  it.each([
    ['{% unsubscribe %}', 'braces', 'value', 'unsubscribe', 'unsubscribe', null],
    ["{% unsubscribe 'Leave' %}", 'braces', 'value', 'unsubscribe', 'unsubscribe', null],
    ['{%- manage_preferences_link -%}', 'braces', 'value', 'manage_preferences_link', 'preferences', null],
    ['{% web_view_link %}', 'braces', 'value', 'web_view_link', 'web-view', null],
    ['{{ organization.full_address }}', 'braces', 'value', 'organization.full_address', 'postal-address', null],
    ['{{ organization.name }}', 'braces', 'value', 'organization.name', 'sender-name', null],
    ["{{ first_name|default:'friend' }}", 'braces', 'value', 'first_name', 'name', 'friend'],
    ['{{ person|lookup:"Pet Name" }}', 'braces', 'value', 'Pet Name', 'name', null],
    ["{{ customer.first_name | default: 'you' }}", 'braces', 'value', 'customer.first_name', 'name', 'you'],
    ['{{{raw_html}}}', 'braces', 'value', 'raw_html', null, null],
    ['{{#if vip}}', 'braces', 'logic', 'if', null, null],
    ['{{/if}}', 'braces', 'logic', 'if', null, null],
    ['{% if first_name %}', 'braces', 'logic', 'if', null, null],
    ['{# for the editor #}', 'braces', 'comment', '', null, null],
    ['{{!-- note --}}', 'braces', 'comment', '', null, null],
    ['*|FNAME|*', 'star-bar', 'value', 'FNAME', 'name', null],
    ['*|LIST:ADDRESS|*', 'star-bar', 'value', 'LIST:ADDRESS', 'postal-address', null],
    ['*|UNSUB|*', 'star-bar', 'value', 'UNSUB', 'unsubscribe', null],
    ['*|IF:VIP|*', 'star-bar', 'logic', 'IF:VIP', null, null],
    ['%%unsub_center_url%%', 'percent', 'value', 'unsub_center_url', 'unsubscribe', null],
    ['%%Member_Addr%%', 'percent', 'value', 'Member_Addr', 'postal-address', null],
    ['%%=v(@FirstName)=%%', 'ampscript', 'value', 'FirstName', 'name', null],
    ['%%=ProperCase(AttributeValue("FirstName"))=%%', 'ampscript', 'value', 'FirstName', 'name', null],
    ['%%[ SET @x = 1 ]%%', 'ampscript', 'logic', '', null, null],
    ['%FIRST_NAME%', 'percent', 'value', 'FIRST_NAME', 'name', null],
    ['[[unsubscribe]]', 'brackets', 'value', 'unsubscribe', 'unsubscribe', null],
    ['<%= coupon_code %>', 'erb', 'value', 'coupon_code', 'coupon', null],
    ['${email}', 'dollar', 'value', 'email', 'email', null],
  ])('knows %s', (written, dialect, kind, name, meaning, fallback) => {
    const text = `Hi ${written}, hello`
    expect(mergeTagsIn(text)).toEqual([
      { span: { start: 3, end: 3 + written.length }, dialect, kind, name, meaning, fallback },
    ])
  })

  it.each(['100% of it, 50% off', 'a {b} c', '2 * 3 | 4 * 5', '[1] and [ok', '{{', '%%', 'price: $5'])(
    'leaves “%s”',
    (text) => {
      expect(mergeTagsIn(text)).toEqual([])
    },
  )

  it('takes time with the length of the text, whatever it opens', () => {
    for (const piece of ['{{', '{%', '*|', '%%=', '%%[', '<%', '{{!--', '{#']) {
      const begun = performance.now()
      mergeTagsIn(piece.repeat(50_000))
      expect(performance.now() - begun).toBeLessThan(3_000)
    }
  })

  it('gives spans in order that hold what they say', () => {
    const pieces = fc.constantFrom('{{ a }}', '{% b %}', '*|C|*', '%%d%%', '{{', '%}', ' x ', '}}', '*|', '%%')
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        const text = parts.join('')
        let end = 0
        for (const { span, name } of mergeTagsIn(text)) {
          expect(span.start).toBeGreaterThanOrEqual(end)
          expect(text.slice(span.start, span.end)).toContain(name)
          end = span.end
        }
        expect(end).toBeLessThanOrEqual(text.length)
      }),
    )
  })
})

describe('findMergeTag', () => {
  it('finds the first of the names as it is written', () => {
    const names = new Set(['unsubscribe', 'list:address'])
    expect(findMergeTag("a {{ name }} {% unsubscribe 'x' %} b", names)).toBe("{% unsubscribe 'x' %}")
    expect(findMergeTag('*|LIST:ADDRESS|*', names)).toBe('*|LIST:ADDRESS|*')
    expect(findMergeTag('{% if unsubscribe %}', names)).toBeNull()
  })
})

describe('fillMergeTags', () => {
  const samples = new Map([
    ['First Name', ['Al', 'Maria', 'Wilhelmina-Charlotte']],
    ['City', ['Ulm', 'Berlin', 'Bad Neuenahr-Ahrweiler']],
  ])

  it.each([
    ['Hi {{ person.first_name }}!', ['Hi Al!', 'Hi Maria!', 'Hi Wilhelmina-Charlotte!']],
    ['*|FNAME|* in %%city%%', ['Al in Ulm', 'Maria in Berlin', 'Wilhelmina-Charlotte in Bad Neuenahr-Ahrweiler']],
    ["{{ first_name|default:'' }}, hi", [', hi', 'Maria, hi', 'Wilhelmina-Charlotte, hi']],
    ["{{ pet|default:'pet' }}", ['pet', 'pet', 'pet']],
    ['{% if vip %}VIP{% endif %}', ['VIP', 'VIP', 'VIP']],
    ['no tags', ['no tags', 'no tags', 'no tags']],
  ])('fills %s', (text, [shortest, typical, longest]) => {
    expect(fillMergeTags(text, samples)).toEqual({ shortest, typical, longest, unknown: [] })
  })

  it('leaves what nothing is known of, and names it', () => {
    const { typical, unknown } = fillMergeTags('Hi {{ pet }}', samples)
    expect(typical).toBe('Hi {{ pet }}')
    expect(unknown.map(({ name }) => name)).toEqual(['pet'])
  })
})
