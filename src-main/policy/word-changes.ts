import { diffWordsWithSpace } from 'diff'
import { retypeset } from './normalise.ts'

export interface WordChange {
  readonly op: 'equal' | 'delete' | 'insert'
  readonly text: string
}

/** What was said differently: words only, for the noise of typesetting is gone from both sides. */
export function wordChanges(older: string, newer: string): WordChange[] {
  const changes = diffWordsWithSpace(retypeset(older), retypeset(newer))
  return changes.map(({ added, removed, value }) => ({
    op: added ? 'insert' : removed ? 'delete' : 'equal',
    text: value,
  }))
}

/** Targets of links that changed while their words may not have. */
export function linkChanges(older: readonly string[], newer: readonly string[]): WordChange[] {
  const gone = older.filter((href) => !newer.includes(href))
  const come = newer.filter((href) => !older.includes(href))
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
    if (op === 'equal') continue
    const next = changes[at + 1]
    const pairs = op === 'delete' && next?.op === 'insert'
    const gone = op === 'delete' ? text : ''
    const come = op === 'insert' ? text : pairs ? next.text : ''
    for (const words of [duty, parties]) found.push(...replaced(keyWords(gone, words), keyWords(come, words)))
    if (pairs) at++
  }
  return [...new Set(found)]
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
