import { datesIn } from './date-words.ts'

/** What the program that saved a page wrote into it: browsers, SingleFile, web archives. */
export interface SavedFrom {
  readonly url: string | null
  /** `2021-09-24` */
  readonly captured: string | null
}

const looksAt = 16 * 1024

/** Reads the comments at both ends of a saved page, and its canonical address. */
export function savedFrom(markup: string): SavedFrom {
  const ends = `${markup.slice(0, looksAt)}\n${markup.slice(-looksAt)}`
  const url =
    /<!-- saved from url=\(\d{4,}\)(https?:\/\/[^\s>]+)/i.exec(ends)?.[1] ??
    /<!--\s*Page saved with SingleFile\s+url:\s*(https?:\/\/\S+)/i.exec(ends)?.[1] ??
    /<link\b[^>]*\brel=["']?canonical\b[^>]*\bhref=["'](https?:\/\/[^"']+)/i.exec(ends)?.[1] ??
    /<link\b[^>]*\bhref=["'](https?:\/\/[^"']+)["'][^>]*\brel=["']?canonical\b/i.exec(ends)?.[1] ??
    null
  const said =
    /\bsaved date:\s*([^\n>]{6,60})/i.exec(ends)?.[1] ??
    /\bFILE ARCHIVED ON\s+([^\n]{6,60})/i.exec(ends)?.[1]?.replace(/^\d{1,2}:\d{2}:\d{2}\s*/, '') ??
    ''
  const inPath = /\/web\/(\d{4})(\d{2})(\d{2})\d{6}/.exec(url ?? '')
  const day = inPath === null ? dayOf(said) : `${inPath[1] ?? ''}-${inPath[2] ?? ''}-${inPath[3] ?? ''}`
  return { url, captured: day }
}

/** Also `Mon Sep 27 2021 12:00:00 GMT`. */
function dayOf(said: string): string | null {
  const found = datesIn(said, 'month-first').find(({ day }) => day.length === 10)
  return found?.day ?? null
}
