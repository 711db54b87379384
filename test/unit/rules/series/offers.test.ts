import { describe, expect, it } from 'vitest'
import { codesIn, discountsIn } from '../../../../src-main/rules/series/offers.ts'

describe('codesIn', () => {
  it.each([
    ['Use code SPRING20 at checkout', ['code SPRING20']],
    ['Promo code: “SAVE-10”', ['code SAVE-10']],
    ['Coupon FRÜHLING5 einlösen', ['code FRÜHLING5']],
    ['the discount code is HELLO', ['code HELLO']],
    ['Gutscheincode: OSTERN', ['code OSTERN']],
    ['https://acme.example/?utm=x&coupon=spring20', ['code SPRING20']],
    [
      Array.from({ length: 15 }, (_, at) => `code A${String(at)}B`).join(', '),
      Array.from({ length: 12 }, (_, at) => `code A${String(at)}B`),
    ],
    ['code SPRING20 and again code SPRING20', ['code SPRING20']],
  ])('finds the codes of “%s”', (text, codes) => {
    expect(codesIn(text)).toEqual(codes)
  })

  it.each([
    'our code of conduct',
    'code Spring20',
    'ZIP code 90210',
    'a coupon for you',
    'decode THIS',
    'code: 123456',
  ])('finds none in “%s”', (text) => {
    expect(codesIn(text)).toEqual([])
  })
})

describe('discountsIn', () => {
  it.each([
    ['20% off everything', ['20% off']],
    ['20 % rabatt auf alles', ['20% off']],
    ['get a 15% introductory discount', ['15% off']],
    ['save up to 30% today', ['30% off']],
    ['$10 off your order', ['$10 off']],
    ['10€ de reduction', ['€10 off']],
    ['save $20', ['$20 off']],
    ['12,5% off', ['12.5% off']],
    ['10 € off', ['€10 off']],
    [
      Array.from({ length: 15 }, (_, at) => `${String(at + 10)}% off`).join(', '),
      Array.from({ length: 12 }, (_, at) => `${String(at + 10)}% off`),
    ],
    ['buy one, get one', ['two for one']],
    ['free shipping and 20% off', ['20% off', 'free shipping']],
  ])('finds the discounts of “%s”', (text, discounts) => {
    expect(discountsIn(text)).toEqual(discounts)
  })

  it.each(['50% wool, 50% cotton', '100% off-road', 'we are 20% done', '$10 only', 'off to the races'])(
    'finds none in “%s”',
    (text) => {
      expect(discountsIn(text)).toEqual([])
    },
  )
})
