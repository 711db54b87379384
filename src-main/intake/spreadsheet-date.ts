const dayMs = 86_400_000

/** Number formats that are dates or times without being written out (ECMA-376 part 1, 18.8.30). */
export function isBuiltInDateFormat(id: number): boolean {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)
}

/** `dd.mm.yyyy hh:mm`, but not `0.00 "days"` nor `[Red]0`. */
export function isDateFormat(code: string): boolean {
  const bare = code.replace(/"[^"]*"|\\.|_.|\*./g, '').replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
  return !/general/i.test(bare) && /[ymdhs]/i.test(bare)
}

/** ISO 8601 without an offset, whole seconds; a time without a day stays a number, as what is no date. */
export function spreadsheetDate(written: string, is1904: boolean): string {
  const serial = Number(written)
  if (!Number.isFinite(serial) || serial < 1 || serial > 2_958_466) return written
  // The day after 28 February 1900 is 60, a day that never was.
  const epoch = is1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, serial < 60 ? 31 : 30)
  const date = new Date(epoch + Math.round((serial * dayMs) / 1000) * 1000)
  const iso = date.toISOString().slice(0, 19)
  return Number.isInteger(serial) ? iso.slice(0, 10) : iso
}
