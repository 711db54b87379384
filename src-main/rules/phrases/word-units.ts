const letterOrDigit = /[\p{L}\p{N}\p{M}_]/u
const unspacedScript =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

const kinds = wordUnitTable()

function wordUnitTable(): Uint8Array {
  const table = new Uint8Array(0x10000)
  for (let unit = 0; unit < 0x10000; unit++) {
    const character = String.fromCharCode(unit)
    if (letterOrDigit.test(character)) table[unit] = unspacedScript.test(character) ? 2 : 1
  }
  return table
}

/** Whether the UTF-16 unit is part of a word: a letter, digit, mark or underscore. NaN (beyond the text) is not. */
export function isWordUnit(unit: number): boolean {
  return kinds[unit] === 1 || kinds[unit] === 2
}

/** Whether the unit is part of a word in a script with spaces between words. */
export function isSpacedUnit(unit: number): boolean {
  return kinds[unit] === 1
}

/** Whether a word in a script with spaces between words would go on from one unit to the other. */
function continues(before: number, after: number): boolean {
  return isSpacedUnit(before) && isSpacedUnit(after)
}

const apostrophe = 0x27

/** Whether a word ends at `end` of a folded text. `'s` and `s'` do not belong to it. */
export function endsWord(text: string, end: number): boolean {
  const last = text.charCodeAt(end - 1)
  const next = text.charCodeAt(end)
  if (next !== apostrophe) return !continues(last, next)
  const after = text.charCodeAt(end + 1)
  if (!continues(last, after)) return true
  return (after === 0x73 || after === 0x53) && !isWordUnit(text.charCodeAt(end + 2))
}
