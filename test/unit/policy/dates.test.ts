import { describe, expect, it } from 'vitest'
import { markdownBlocks } from '../../../src-main/policy/markdown-blocks.ts'
import { dateOfName, printedDates } from '../../../src-main/policy/printed-date.ts'
import { savedFrom } from '../../../src-main/policy/saved-page.ts'

const dates = (line: string) => {
  const { date, effective } = printedDates(markdownBlocks(`# Rules\n\n${line}\n\nSenders ask before they write.`))
  return [date, effective]
}

describe('printed dates', () => {
  it.each([
    ['Updated: September 24, 2021', '2021-09-24', null],
    ['Last modified on 24 Sep 2021', '2021-09-24', null],
    ['Last Revised: 9/24/2021', '2021-09-24', null],
    ['Last updated 24/09/2021', '2021-09-24', null],
    ['Last updated: 2021.09.24', '2021-09-24', null],
    ['Revision date: 24-Sep-2021', '2021-09-24', null],
    ['Last updated: 9/24/21', '2021-09-24', null],
    ['Last amended the 24th day of September, 2021', '2021-09-24', null],
    ['24 September 2021 (last updated)', '2021-09-24', null],
    ['Effective Date: October 1, 2021. Last Updated: September 24, 2021.', '2021-09-24', '2021-10-01'],
    ['Posted September 24, 2021; effective from October 1, 2021', '2021-09-24', '2021-10-01'],
    ['In force since 1 October 2021', '2021-10-01', '2021-10-01'],
    ['Version dated March 2023', '2023-03', null],
    ['September 24, 2021', '2021-09-24', null],
    ['Stand: 24. September 2021', '2021-09-24', null],
    ['Zuletzt aktualisiert am 24.09.2021', '2021-09-24', null],
    ['Letzte Änderung: 24.9.2021, gültig ab 1. Oktober 2021', '2021-09-24', '2021-10-01'],
    ['Fassung vom 3. März 2020', '2020-03-03', null],
    ['Dernière mise à jour : 24 septembre 2021', '2021-09-24', null],
    ['Mis à jour le 1er août 2021', '2021-08-01', null],
    ['Date d’entrée en vigueur : 1er octobre 2021', '2021-10-01', '2021-10-01'],
    ['Última actualización: 24 de septiembre de 2021', '2021-09-24', null],
    ['Vigente desde el 1 de octubre de 2021', '2021-10-01', '2021-10-01'],
    ['Fecha de entrada en vigor: 01/10/2021', '2021-10-01', '2021-10-01'],
    ['Updated: February 30, 2021', null, null],
    ['We updated our offices on Main Street and moved the desk.', null, null],
  ])('%s', (line, date, effective) => {
    expect(dates(line)).toEqual([date, effective])
  })

  it('say how they were read where day and month could be either', () => {
    const both = printedDates(markdownBlocks('# Rules\n\nLast updated: 03/04/2021\n\nSenders ask first.'))
    expect(both.date).toBe('2021-03-04')
    expect(both.notice).toContain('03/04/2021')
    const german = printedDates(
      markdownBlocks('# Regeln\n\nZuletzt aktualisiert: 03/04/2021\n\nWer sendet, fragt vorher.'),
    )
    expect(german.date).toBe('2021-04-03')
    expect(printedDates(markdownBlocks('# Rules\n\nLast updated: 13/04/2021\n\nSenders ask.')).notice).toBeNull()
  })
})

describe('captured dates', () => {
  it.each([
    ['2024-05-28b.md', '2024-05-28'],
    ['aup_20240528.html', '2024-05-28'],
    ['AUP 28.05.2024.pdf', '2024-05-28'],
    ['policy (May 28, 2024).docx', '2024-05-28'],
    ['policy-v2.1.md', null],
    ['invoice 12345678.pdf', null],
  ])('of the name %s', (name, day) => {
    expect(dateOfName(name)).toBe(day)
  })

  it.each([
    [
      '<!-- saved from url=(0033)https://acme.example/legal/policy -->\n<html>',
      'https://acme.example/legal/policy',
      null,
    ],
    [
      '<!--\n Page saved with SingleFile \n url: https://acme.example/aup \n saved date: Mon Sep 27 2021 10:00:00 GMT\n-->',
      'https://acme.example/aup',
      '2021-09-27',
    ],
    ['<html></html>\n<!--\n     FILE ARCHIVED ON 20:07:57 Sep 24, 2021 AND RETRIEVED …-->', null, '2021-09-24'],
    ['<html><head><link rel="canonical" href="https://acme.example/aup"></head>', 'https://acme.example/aup', null],
  ])('of what the saving program wrote: %s', (markup, url, captured) => {
    expect(savedFrom(markup)).toEqual({ url, captured })
  })
})
