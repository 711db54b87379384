/** A number in digits (`5,000`, `2.5k`, `€9`) or in words that count by tens and more, in the main languages. */
const digits = '(?:[$£€+]\\s?)?\\d[\\d.,]*(?:\\s?(?:k|m|mio|mil|bn))?\\+?'
const said =
  '(?:(?:ten|twenty|thirty|forty|fifty|sixty|eighty|ninety|two|three|four|five|six|eight|nine|a few|a|several) )?(?:dozens?|hundreds?|thousands?|millions?|hundert|tausende?|millionen|cents?|mille|cientos|miles|mil|millones)|tens|ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety'
const word = "(?:\\s[\\p{L}']{1,20})"
// What stands further away says nothing of the place, and is not looked at.
const maxUnits = 60
const before = new RegExp(`(?<![\\p{L}\\d])(?:${digits}|${said})${word}{0,2}[\\s-]?$`, 'u')
const after = new RegExp(`^${word}{0,2}\\s?(?:${digits}|(?:${said})(?![\\p{L}\\d]))`, 'u')

/** Whether a number ends at most two words before `at` in a folded text. */
export function numberBefore(folded: string, at: number): boolean {
  return before.test(folded.slice(Math.max(0, at - maxUnits), at))
}

/** Whether a number begins at most two words behind `at` in a folded text. */
export function numberAfter(folded: string, at: number): boolean {
  return after.test(folded.slice(at, at + maxUnits))
}
