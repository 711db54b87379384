// Forms that no rule gives; only words that promotional copy uses often.
const irregular = new Map<string, readonly string[]>([
  ['be', ['is', 'are', 'was', 'were', 'been', 'being']],
  ['become', ['became']],
  ['begin', ['began', 'begun']],
  ['bring', ['brought']],
  ['buy', ['bought']],
  ['child', ['children']],
  ['choose', ['chose', 'chosen']],
  ['do', ['did', 'done']],
  ['draw', ['drew', 'drawn']],
  ['eat', ['ate', 'eaten']],
  ['find', ['found']],
  ['get', ['got', 'gotten']],
  ['give', ['gave', 'given']],
  ['go', ['went', 'gone']],
  ['grow', ['grew', 'grown']],
  ['have', ['has', 'had']],
  ['hide', ['hid', 'hidden']],
  ['keep', ['kept']],
  ['know', ['knew', 'known']],
  ['leave', ['left']],
  ['lend', ['lent']],
  ['lose', ['lost']],
  ['make', ['made']],
  ['man', ['men']],
  ['meet', ['met']],
  ['pay', ['paid']],
  ['person', ['people']],
  ['run', ['ran']],
  ['see', ['saw', 'seen']],
  ['sell', ['sold']],
  ['send', ['sent']],
  ['speak', ['spoke', 'spoken']],
  ['spend', ['spent']],
  ['spin', ['spun']],
  ['steal', ['stole', 'stolen']],
  ['take', ['took', 'taken']],
  ['tell', ['told']],
  ['think', ['thought']],
  ['win', ['won']],
  ['woman', ['women']],
  ['write', ['wrote', 'written']],
])

/**
 * A word's English forms, itself first: third person and plural, past, present participle, possessive. Where spelling
 * depends on stress (`offered`, `betting`) both spellings are given; one of them is then no word and matches nothing.
 * The last word of `text` is inflected.
 */
export function inflections(text: string): string[] {
  const start = text.search(/[\p{L}\p{M}']+$/u)
  const before = text.slice(0, start)
  const word = text.slice(start)
  const lower = word.toLowerCase()
  const forms = new Set([word, ...verbForms(word, lower), `${word}'s`, `${word}s'`, ...(irregular.get(lower) ?? [])])
  return [...forms].map((form) => before + form)
}

function verbForms(word: string, lower: string): string[] {
  if (/[^aeiou]y$/.test(lower)) {
    const stem = word.slice(0, -1)
    return [`${stem}ies`, `${stem}ied`, `${word}ing`]
  }
  if (lower.endsWith('ie')) return [`${word}s`, `${word}d`, `${word.slice(0, -2)}ying`]
  if (lower.endsWith('ee')) return [`${word}s`, `${word}d`, `${word}ing`]
  if (lower.endsWith('e')) return [`${word}s`, `${word}d`, `${word.slice(0, -1)}ing`]
  const regular = [`${word}ed`, `${word}ing`]
  if (/(?:s|x|z|ch|sh)$/.test(lower)) regular.push(`${word}es`)
  else if (lower.endsWith('o')) regular.push(`${word}es`, `${word}s`)
  else regular.push(`${word}s`)
  if (/[^aeiou][aeiou][bdgklmnprt]$/.test(lower)) {
    const doubled = word + word.slice(-1)
    regular.push(`${doubled}ed`, `${doubled}ing`)
  }
  return regular
}
