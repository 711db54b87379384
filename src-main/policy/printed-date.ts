import type { Block } from './block.ts'
import { datesIn, orderOf, type DateOrder } from './date-words.ts'

/** Days as the document prints them; `2023-01` where it names no day. */
export interface PrintedDates {
  /** When it was last changed, or posted. */
  readonly date: string | null
  /** From when it holds. */
  readonly effective: string | null
  /** How a date was read that can be read two ways. */
  readonly notice: string | null
}

const effectiveWords =
  /\beffective(?:\s+(?:date|as of|from|on|since))?\b|\b(?:in force|valid|applies|applicable)\s+(?:from|since|as of)\b|(?:gültig|wirksam|in kraft)\s+(?:ab|seit|vom)\b|\bdatum des inkrafttretens|\binkrafttreten|\b(?:date d['’]\s?)?(?:entrée en vigueur|prise d['’]effet)|\ben vigueur\s+(?:depuis|à compter|à partir|au|le|dès)|\b(?:applicable|valable)\s+(?:à compter|à partir|depuis)|\b(?:fecha de )?(?:entrada en vigor|vigencia)\b|\b(?:vigente|en vigor|válid[oa])\s+(?:desde|a partir)/iu
const updatedWords =
  /\b(?:last\s+)?(?:updated|revised|modified|changed|amended)\b|\blast\s+(?:update|revision|change|modification|amendment)\b|\b(?:revision|update|modification)\s+date\b|\bdate of (?:last )?(?:revision|update|modification)\b|\bversion\s+(?:of|dated|date)\b|(?<!\p{L})(?:zuletzt|letztmalig)\s+(?:aktualisiert|geändert|überarbeitet)|(?<!\p{L})letzte\s+(?:aktualisierung|änderung|überarbeitung|bearbeitung)|(?<!\p{L})aktualisiert\b|(?<!\p{L})stand(?:\s*:|\s+(?:vom|\d|\p{Lu}\p{L}+\s+\d))|(?<!\p{L})fassung\s+vom\b|(?<!\p{L})dernière\s+(?:mise\s+à\s+jour|modification|révision|actualisation)|(?<!\p{L})mise?\s+à\s+jour|(?<!\p{L})version\s+(?:du|en date)|(?<!\p{L})(?:última|ultima)\s+(?:actualización|actualizacion|modificación|modificacion|revisión|revision)|(?<!\p{L})(?:actualizad[oa]|modificad[oa]|revisad[oa])\b|(?<!\p{L})fecha de (?:la última )?(?:actualización|revisión|modificación)|(?<!\p{L})versión\s+(?:de|del)/iu
const postedWords =
  /\b(?:posted|published|adopted|issued|date|dated|version)\b|(?<!\p{L})(?:veröffentlicht|datum|publiée?|date|publicad[oa]|fecha)(?!\p{L})/iu

const longestLine = 240
const linesAtEnds = 14
const linesBelowTitle = 6
/** From the words to the date that they speak of. */
const nearUnits = 60

/** Reads “Updated: …”, “Gültig ab …”, “Dernière mise à jour …” in the first and last lines of the document. */
export function printedDates(blocks: readonly Block[]): PrintedDates {
  const lines = [...blocks.slice(0, linesAtEnds), ...blocks.slice(linesAtEnds).slice(-linesAtEnds)].filter(
    ({ text }) => text.length <= longestLine,
  )
  const order = orderOf(lines.map(({ text }) => text))
  const ambiguous: string[] = []
  const near = (words: RegExp): string | null => {
    for (const { text } of lines) {
      const dates = datesIn(text, order)
      for (const match of dates.length === 0 ? [] : text.matchAll(new RegExp(words, 'giu'))) {
        const end = match.index + match[0].length
        const found =
          dates.find(({ start, end: last }) => last > end && start >= match.index && start - end <= nearUnits) ??
          // “24 September 2021 (last updated)”
          (text.length <= 90
            ? dates.findLast(({ end: last }) => last <= match.index && match.index - last <= 12)
            : undefined)
        if (found === undefined) continue
        if (found.isAmbiguous) ambiguous.push(text.slice(found.start, found.end))
        return found.day
      }
    }
    return null
  }
  const effective = near(effectiveWords)
  const date = near(updatedWords) ?? near(postedWords) ?? effective ?? bareDate(blocks, order)
  const [unclear] = ambiguous
  return {
    date,
    effective,
    notice:
      unclear === undefined
        ? null
        : `The date ${unclear} can be read two ways; it was read with the ${order === 'day-first' ? 'day' : 'month'} first.`,
  }
}

/** A line below the title that is nothing but a day. */
function bareDate(blocks: readonly Block[], order: DateOrder): string | null {
  for (const { text } of blocks.slice(0, linesBelowTitle)) {
    const [found] = text.length <= 40 ? datesIn(text, order) : []
    if (found !== undefined && text.length - (found.end - found.start) <= 4) return found.day
  }
  return null
}

/** The day in a file's name: `2024-05-28b.md`, `aup_20240528.html`, `AUP 28.05.2024.pdf`. */
export function dateOfName(name: string): string | null {
  const plain = /(?<!\d)((?:19|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)/.exec(name)
  const iso = plain === null ? null : datesIn(plain.slice(1, 4).join('-'), 'month-first')[0]
  return (
    (
      iso ??
      datesIn(name.replace(/\.\w{2,5}$/, '').replaceAll('_', ' '), 'month-first').find(({ day }) => day.length === 10)
    )?.day ?? null
  )
}

/** “Last updated: March 1, 2023”: a line that tells dates and nothing else. */
export function isDateLine(block: Block | undefined): boolean {
  if (block === undefined || block.text.length > 120) return false
  const { text } = block
  const dates = datesIn(text, 'month-first')
  if (dates.length === 0) return false
  const rest = dates.reduceRight((left, { start, end }) => left.slice(0, start) + left.slice(end), text)
  if (rest.trim().length <= 4) return true
  return rest.length <= 60 && [effectiveWords, updatedWords, postedWords].some((words) => words.test(text))
}
