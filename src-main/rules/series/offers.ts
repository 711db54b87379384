/** What a message offers, in a form in which two messages can be compared. */

const maxOffers = 12

/** A code that is written in capitals after its name. */
const namedCode =
  /(?:^|[^\p{L}\p{N}])(?:promo ?|discount ?|coupon ?|voucher ?)?(?:code|coupon|voucher|gutschein(?:code)?|rabattcode|cup[oó]n|c[oó]digo|codice)(?: is| ist| est| es)?[\s:“”"'«»*=]{1,4}([\p{L}\p{N}][\p{L}\p{N}-]{2,19})(?![\p{L}\p{N}])/giu
const codeParameter = /[?&](?:coupon|code|discount|promo|voucher)=([A-Za-z0-9-]{3,20})(?=[&#\s]|$)/g

/** Codes as they are written in a text (its own letter case). */
export function codesIn(text: string): string[] {
  const codes = [...text.matchAll(namedCode)].flatMap(([, code = '']) =>
    code === code.toUpperCase() && /\p{Lu}/u.test(code) ? [code] : [],
  )
  const parameters = [...text.matchAll(codeParameter)].map(([, code = '']) => code.toUpperCase())
  return [...new Set([...codes, ...parameters])].slice(0, maxOffers).map((code) => `code ${code}`)
}

const less = 'off|discount|rabatt|nachlass|reduction|remise|descuento|desconto|sconto|korting|rea|less|rebate'
const percent = new RegExp(String.raw`(?<![\d.,])(\d{1,2}(?:[.,]\d)?) ?%(?= ?(?:[\p{L}-]+ ){0,2}(?:${less})\b)`, 'gu')
const saved =
  /\b(?:save|spare[n]?|economisez|ahorra|risparmia)(?: up to| an extra| an additional| bis zu)? (\d{1,2}) ?%/gu
const amount = new RegExp(
  String.raw`(?<![\d.,])([$€£] ?\d{1,4}|\d{1,4} ?[€£])(?:[.,]\d\d)?(?= ?(?:[\p{L}-]+ )?(?:${less})\b)`,
  'gu',
)
const savedAmount = /\bsave(?: up to| an extra)? ([$€£] ?\d{1,4})(?![\d])/gu
const twoForOne = /\b(?:buy (?:one|1),? get (?:one|1)|bogo|(?:2|two) for (?:the price of )?(?:1|one))\b/u
const freeShipping =
  /\bfree (?:shipping|delivery)\b|\bversandkostenfrei\b|\blivraison (?:gratuite|offerte)\b|\benvio gratis\b/u

/** Discounts in a folded text. */
export function discountsIn(folded: string): string[] {
  const found = [
    ...[...folded.matchAll(percent), ...folded.matchAll(saved)].map(
      ([, value = '']) => `${value.replace(',', '.')}% off`,
    ),
    ...[...folded.matchAll(amount), ...folded.matchAll(savedAmount)].map(
      ([, value = '']) => `${value.replace(/(\d+) ?([€£])/, '$2$1').replace(/ /g, '')} off`,
    ),
    ...(twoForOne.test(folded) ? ['two for one'] : []),
    ...(freeShipping.test(folded) ? ['free shipping'] : []),
  ]
  return [...new Set(found)].slice(0, maxOffers)
}

export function isCode(offer: string): boolean {
  return offer.startsWith('code ')
}
