import { element, type OutputNode } from './output-tree.ts'

/**
 * Characters that a reader does not see, or that turn the order of what is seen around, become small labelled boxes.
 * Joiners stay where a script or a picture sign needs them.
 */
const special =
  /[\u034f\u17b4\u17b5\ufe00-\ufe0f\u{e0100}-\u{e01ef}\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}][\u034f\u17b4\u17b5\ufe00-\ufe0f\u{e0100}-\u{e01ef}\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f} \u00a0]*/gu

const joining =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Myanmar}\p{Script=Khmer}\p{Script=Mongolian}\p{Script=Tibetan}]$/u
const pictured = /[\ufe0f\p{Extended_Pictographic}\p{Emoji_Modifier}0-9#*\u{e0020}-\u{e007f}]$/u

/** Boxes of one text: millions of them would be a page that no browser shows. */
const maxBoxes = 1_000

/** The nodes of a text, its unseen characters shown; past `maxBoxes` they are counted in one box and left out. */
export function readableText(text: string): OutputNode[] {
  const nodes: OutputNode[] = []
  let from = 0
  let boxes = 0
  for (const match of text.matchAll(special)) {
    const at = match.index
    if (isLegitimate(match[0], text.slice(Math.max(0, at - 4), at))) continue
    if (++boxes > maxBoxes) {
      for (const node of withoutUnseen(text, from)) nodes.push(node)
      return nodes
    }
    if (at > from) nodes.push({ text: text.slice(from, at) })
    nodes.push(element('span', { 'data-show': 'character' }, [{ text: label(match[0]) }]))
    from = at + match[0].length
    if (/[ \u00a0]$/.test(match[0])) nodes.push({ text: ' ' })
  }
  if (from < text.length) nodes.push({ text: text.slice(from) })
  return nodes
}

function withoutUnseen(text: string, from: number): OutputNode[] {
  const rest = text.slice(from)
  let count = 0
  const seen = rest.replace(special, (run, at: number) => {
    if (isLegitimate(run, text.slice(Math.max(0, from + at - 4), from + at))) return run
    const blanks = run.replace(/[^ \u00a0]+/g, '').length
    count += run.length - blanks
    return blanks > 0 ? ' ' : ''
  })
  return [element('span', { 'data-show': 'character' }, [{ text: `… ×${String(count)}` }]), { text: seen }]
}

/** Longest that can be one picture: a flag of a region with its letters, a joiner and a variation. */
const maxLegitimate = 24

function isLegitimate(run: string, before: string): boolean {
  if (run.length > maxLegitimate) return false
  const characters = Array.from(run.trimEnd())
  if (characters.length === 1 && (run.startsWith('\u200c') || run.startsWith('\u200d')) && joining.test(before))
    return true
  // signs of one picture: variation, joiner, flag letters
  return (
    /^(?:\ufe0f|\u200d|\ufe0e|[\u{e0020}-\u{e007f}]+|\ufe0f\u200d)$/u.test(characters.join('')) && pictured.test(before)
  )
}

const maxKinds = 4

function label(run: string): string {
  const counts = new Map<number, number>()
  for (const character of run) {
    if (character === ' ' || character === '\u00a0') continue
    const code = character.codePointAt(0) ?? 0
    counts.set(code, (counts.get(code) ?? 0) + 1)
  }
  const names = [...counts].slice(0, maxKinds + 1).map(([code, count]) => {
    const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
    return count === 1 ? name : `${name} ×${String(count)}`
  })
  return names.length > maxKinds ? `${names.slice(0, maxKinds).join(' ')} …` : names.join(' ')
}
