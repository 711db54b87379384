import { spanMapBuilder, type SpanMap } from '../../intake/span-map.ts'
import { fold, type LensText, type LineBreak } from './fold.ts'

/**
 * The deobfuscated lens: letters set apart (`f r e e`, `c.a.s.i.n.o`) are put together, and digits and signs that stand
 * for letters inside words (`c4sin0`) are read as letters; then folded. Null when the text has nothing of the kind.
 */
export function deobfuscate(text: string, lineBreak: LineBreak): LensText | null {
  if (!maybeSpaced.test(text) && !maybeLeet.test(text)) return null
  const changes = [...spacedLetters(text), ...leetLetters(text)].sort((a, b) => a.at - b.at)
  if (changes.length === 0) return null
  const builder = spanMapBuilder<'utf16', 'utf16'>()
  let made = ''
  let done = 0
  for (const change of changes) {
    if (change.at < done) continue
    made += text.slice(done, change.at) + change.becomes
    builder.linear(change.at - done, done)
    builder.linear(change.becomes.length, change.at)
    done = change.at + 1
  }
  made += text.slice(done)
  builder.linear(text.length - done, done)
  const folded = fold(made, lineBreak)
  return { text: folded.text, toView: chainMaps(folded.toView, builder.build()) }
}

// Cheap looks ahead: most texts disguise nothing.
const maybeSpaced = /[ .\-_*\u00b7\u2022|][^\s.\-_*]([ .\-_*\u00b7\u2022|])[^\s.\-_*]\1[^\s.\-_*](?:\1|$)/
const maybeLeet = /[a-z][013457@$!|]{1,6}[a-z]|[@$][a-z]/i

/** One unit of the text that becomes another, or nothing. */
interface Change {
  readonly at: number
  readonly becomes: string
}

const spaced = /(?<![\p{L}\p{N}])\p{L}([ .\-_*\u00b7\u2022|])\p{L}(?:\1\p{L})+(?![\p{L}\p{N}])/gu
const minSpacedLetters = 4

function* spacedLetters(text: string): Generator<Change> {
  for (const found of text.matchAll(spaced)) {
    const separator = found[1] ?? ''
    if (found[0].split(separator).length < minSpacedLetters) continue
    for (let at = found[0].indexOf(separator); at >= 0; at = found[0].indexOf(separator, at + 1)) {
      yield { at: found.index + at, becomes: '' }
    }
  }
}

const leet = new Map([
  ['0', 'o'],
  ['1', 'i'],
  ['3', 'e'],
  ['4', 'a'],
  ['5', 's'],
  ['7', 't'],
  ['@', 'a'],
  ['$', 's'],
  ['!', 'i'],
  ['|', 'l'],
])
const leetWord = /(?<![a-z0-9@$!|])[a-z0-9@$!|]{3,40}(?![a-z0-9@$|])/gi
const disguised = /[a-z][013457@$!|]+[a-z]|^[@$][a-z]/i
const amountWithUnit = /^[$]?\d+[a-z]{1,4}$/i

function* leetLetters(text: string): Generator<Change> {
  for (const found of text.matchAll(leetWord)) {
    const word = found[0].replace(/[!|]+$/, '')
    if (!disguised.test(word) || amountWithUnit.test(word) || /\d{4}/.test(word) || isAddress(word, text, found.index))
      continue
    for (let at = 0; at < word.length; at++) {
      const letter = leet.get(word.charAt(at))
      if (letter !== undefined) yield { at: found.index + at, becomes: letter }
    }
  }
}

/** `me@acme.example` and the like. */
function isAddress(word: string, text: string, at: number): boolean {
  return /[a-z0-9]@[a-z0-9]/i.test(word) && /^\.[a-z]/i.test(text.slice(at + word.length, at + word.length + 2))
}

function chainMaps(outer: SpanMap<'utf16', 'utf16'>, inner: SpanMap<'utf16', 'utf16'>): SpanMap<'utf16', 'utf16'> {
  return {
    length: outer.length,
    toOrigin: (span) => inner.toOrigin(outer.toOrigin(span)),
    fromOrigin: (span) => {
      const between = inner.fromOrigin(span)
      return between === null ? null : outer.fromOrigin(between)
    },
  }
}
