import { diffWordsWithSpace } from 'diff'
import { targetsOf } from './align.ts'
import { retypeset } from './normalise.ts'

export interface WordChange {
  readonly op: 'equal' | 'delete' | 'insert'
  readonly text: string
}

/** What was said differently: words only, for the noise of typesetting is gone from both sides. */
export function wordChanges(older: string, newer: string): WordChange[] {
  const changes = diffWordsWithSpace(retypeset(older), retypeset(newer))
  return inPhrases(
    changes.map(({ added, removed, value }) => ({
      op: added ? 'insert' : removed ? 'delete' : 'equal',
      text: value,
    })),
  )
}

/** Changes with nothing but a blank, a sign or a little word between them read as one phrase for another. */
function inPhrases(changes: readonly WordChange[]): WordChange[] {
  const phrases: WordChange[] = []
  let gone = ''
  let come = ''
  const flush = (): void => {
    const lead = gone === '' || come === '' ? '' : (/^\s+/.exec(gone)?.[0] ?? '')
    const isLed = lead !== '' && come.startsWith(lead)
    if (isLed) [gone, come] = [gone.slice(lead.length), come.slice(lead.length)]
    const tail = gone === '' || come === '' ? '' : (/\s+$/.exec(gone)?.[0] ?? '')
    const isTailed = tail !== '' && come.endsWith(tail)
    if (isTailed) [gone, come] = [gone.slice(0, -tail.length), come.slice(0, -tail.length)]
    if (isLed) put('equal', lead)
    put('delete', gone)
    put('insert', come)
    if (isTailed) put('equal', tail)
    gone = come = ''
  }
  const put = (op: WordChange['op'], text: string): void => {
    const last = phrases.at(-1)
    if (text === '') return
    if (last?.op === op) phrases[phrases.length - 1] = { op, text: last.text + text }
    else phrases.push({ op, text })
  }
  changes.forEach(({ op, text }, index) => {
    if (op === 'delete') gone += text
    else if (op === 'insert') come += text
    else if (isBetween(text, gone, come) && index < changes.length - 1) {
      gone += text
      come += text
    } else {
      flush()
      put('equal', text)
    }
  })
  flush()
  return phrases
}

function isBetween(text: string, gone: string, come: string): boolean {
  if (gone === '' && come === '') return false
  if (/^\s*$/.test(text)) return gone !== '' && come !== ''
  const changed = Math.min(gone.length, come.length)
  return changed > 12 && /^\s*(?:(?:a|an|the|of|to|in|on|or|and|de|la|der|die|das|und)|[.,;:'"()-]+)\s*$/i.test(text)
}

/** Targets of links that changed while their words may not have. */
export function linkChanges(older: readonly string[], newer: readonly string[]): WordChange[] {
  const [before, after] = [targetsOf(older), targetsOf(newer)]
  const gone = before.filter((href) => !after.includes(href))
  const come = after.filter((href) => !before.includes(href))
  return [
    ...gone.map((href): WordChange => ({ op: 'delete', text: ` <${href}>` })),
    ...come.map((href): WordChange => ({ op: 'insert', text: ` <${href}>` })),
  ]
}

/** Words that say who must, may or must not do what, and how much. */
const duty =
  /\b(?:may|must|shall|should|will|can|cannot|could|would|not|never|no|only|unless|except|required?|requires|prohibited|permitted|allowed|forbidden|solely|reasonable|immediately|without|including|or|and|all|any|each|every)\b|\d+(?:[.,]\d+)*%?/gi
const parties =
  /\b(?:you|your|we|our|us|users?|customers?|subscribers?|advertisers?|partners?|affiliates?|third part(?:y|ies)|vendors?|agents?|employees?|members?|sellers?|buyers?|publishers?|suppliers?)\b/gi

/** `may→must`, `→not`, `30→14`: duty words, numbers and parties that the change takes out or puts in. */
export function dutyChanges(changes: readonly WordChange[]): string[] {
  const found: string[] = []
  for (let at = 0; at < changes.length; at++) {
    const { op, text } = changes[at] ?? { op: 'equal', text: '' }
    // The target of a link says nothing of a duty.
    if (/^ <\S*>$/.test(text)) continue
    if (op === 'equal') continue
    const next = changes[at + 1]
    const pairs = op === 'delete' && next?.op === 'insert'
    const gone = op === 'delete' ? text : ''
    const come = op === 'insert' ? text : pairs ? next.text : ''
    for (const words of [duty, parties]) found.push(...replaced(keyWords(gone, words), keyWords(come, words)))
    if (pairs) at++
  }
  return [...new Set(withoutMoves(found))]
}

/** The “and” before a list's last item goes and comes with the item; a “not” that goes elsewhere forbids something else. */
function withoutMoves(found: readonly string[]): string[] {
  const kept = [...found]
  for (const gone of found) {
    if (gone !== 'and→' && gone !== 'or→') continue
    const come = kept.indexOf(`→${gone.slice(0, -1)}`)
    if (come < 0) continue
    kept.splice(come, 1)
    kept.splice(kept.indexOf(gone), 1)
  }
  return kept
}

function keyWords(text: string, words: RegExp): string[] {
  return [...text.matchAll(words)].map(([word]) => word.toLowerCase())
}

function replaced(gone: readonly string[], come: readonly string[]): string[] {
  const left = gone.filter((word) => !come.includes(word))
  const right = come.filter((word) => !gone.includes(word))
  return Array.from(
    { length: Math.max(left.length, right.length) },
    (_, index) => `${left[index] ?? ''}→${right[index] ?? ''}`,
  )
}
