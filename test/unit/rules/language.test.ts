import { describe, expect, it } from 'vitest'
import { languageOf } from '../../../src-main/rules/language.ts'
import { buildViews } from '../../../src-main/views/build.ts'
import { compiled, judged, messageOf, packYaml, rule } from './pack-fixture.ts'

describe('languageOf', () => {
  it.each<[string, string, string | null]>([
    ['English', 'Come and see what we have made for you: the spring sale is on and the shop is open.', 'en'],
    ['English, short', 'Place your bets now and claim the free spins at our casino', 'en'],
    ['German', 'Jetzt sparen: 20 % auf alles im Laden, nur heute und morgen, solange der Vorrat noch reicht', 'de'],
    ['French', 'Bonjour, votre commande est prête et vous pouvez venir la chercher dans notre magasin demain', 'fr'],
    [
      'Spanish',
      'La empresa ofrece a todos sus clientes un nuevo servicio de entrega que llega hasta la puerta de su casa en menos de veinticuatro horas, sin ningún coste adicional. Los pedidos que se realizan antes del mediodía salen de nuestro almacén el mismo día y puede seguirlos desde su cuenta.',
      'es',
    ],
    ['Japanese', '今すぐご注文ください。本日限りの特別価格です。', 'ja'],
    ['Greek', 'Έκπτωση σε όλα τα προϊόντα μόνο σήμερα στο κατάστημά μας', 'el'],
    ['too little', 'SALE 20% OFF', null],
    ['nothing', '', null],
    ['addresses and merge tags alone', 'https://acme.example/spring {{ first_name }} me@acme.example', null],
    ['no language', 'Brxtl kwqz fnord '.repeat(30), 'und'],
  ])('%s', (_, text, language) => {
    expect(languageOf(buildViews(messageOf({ text })))).toBe(language)
  })

  it('reads subject and HTML, not markup', () => {
    const html =
      '<p class="the and of to you your">Vielen Dank für Ihre Bestellung, wir haben sie heute verschickt.</p>'
    expect(languageOf(buildViews(messageOf({ subject: 'Ihre Bestellung ist unterwegs', html })))).toBe('de')
  })
})

describe('languages of rules', () => {
  const german =
    'Jetzt sparen: 20 % auf alles im Laden, nur heute und morgen, solange der Vorrat noch reicht. Freespins!'
  const english = 'Come and see what we have made for you: the spring sale is on and the shop is open. Freespins!'
  const phrase = '{ kind: phrases, any: [freespins] }'
  const unknown = { clause: 'house:T1', code: 'language-unknown', material: true }

  it('a rule that names its languages is silent in others, and the clause is told as not checked', async () => {
    const rules = await compiled(rule(phrase, 'languages: [en]'))
    expect(judged(rules, { text: english })).toMatchObject({
      findings: [{ part: 'text' }],
      notChecked: [],
      language: 'en',
    })
    expect(judged(rules, { text: german })).toMatchObject({ findings: [], notChecked: [unknown], language: 'de' })
    expect(judged(rules, { text: german }).verdict).toBe('not-fully-checked')
  })

  it('the languages of a pack keep no rule from running', async () => {
    const rules = await compiled(rule(phrase), { 'own/pack.yaml': `${packYaml}languages: [en]\n` })
    expect(judged(rules, { text: german })).toMatchObject({ findings: [{ part: 'text' }], notChecked: [unknown] })
    expect(judged(rules, { text: 'Freespins!' })).toMatchObject({ findings: [{}], notChecked: [], language: null })
  })

  it('text in no known language is not silence', async () => {
    const rules = await compiled(rule(phrase, 'languages: [en]'))
    expect(judged(rules, { text: 'Brxtl kwqz fnord '.repeat(30) })).toMatchObject({
      notChecked: [{ ...unknown, reason: 'the language of the text could not be told' }],
      language: null,
    })
  })

  it('a clause with a rule in the language too counts as checked', async () => {
    const both = rule(phrase, 'languages: [en]') + rule(phrase, 'languages: [de]').replace('test/rule', 'test/german')
    expect(judged(await compiled(both), { text: german })).toMatchObject({
      findings: [{ rule: 'test/german' }],
      notChecked: [],
    })
  })

  it('rules that look at no words need no language', async () => {
    const rules = await compiled(rule('{ kind: link, find: [ip-host] }'), {
      'own/pack.yaml': `${packYaml}languages: [en]\n`,
    })
    expect(judged(rules, { text: german }).notChecked).toEqual([])
  })
})
