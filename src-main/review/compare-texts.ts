import type { Answer } from '../contract/operation-schemas.ts'
import { diffWordsWithSpace } from 'diff'
import type { Views } from '../views/view.ts'
import { textSections } from './text-sections.ts'

export type ComparedTexts = Pick<Answer<'message.compare'>, 'texts' | 'facts'>

/** Beyond it a text is told as gone and come: word by word would take too long and say too little. */
const maxComparedUnits = 200_000

/** What readers read and where links lead, then and now. */
export function compareTexts(old: Views, now: Views): ComparedTexts {
  const before = sectionTexts(old)
  const after = sectionTexts(now)
  const parts = [...new Set([...after.keys(), ...before.keys()])]
  return {
    texts: parts.map((part) => ({ part, words: words(before.get(part) ?? '', after.get(part) ?? '') })),
    facts: links(old, now),
  }
}

function sectionTexts(views: Views): Map<string, string> {
  return new Map(textSections(views, []).map(({ part, text }) => [part, text]))
}

function words(old: string, now: string): ComparedTexts['texts'][number]['words'] {
  if (old === now) return now === '' ? [] : [{ op: 'equal', text: now }]
  if (old.length + now.length > maxComparedUnits) {
    return [
      { op: 'delete', text: old },
      { op: 'insert', text: now },
    ]
  }
  return diffWordsWithSpace(old, now).map(({ added, removed, value }) => ({
    op: added ? 'insert' : removed ? 'delete' : 'equal',
    text: value,
  }))
}

function links(old: Views, now: Views): ComparedTexts['facts'] {
  const before = new Set(old.links.map(({ href }) => href))
  const after = new Set(now.links.map(({ href }) => href))
  return [
    ...[...before].filter((href) => !after.has(href)).map((href) => ({ name: 'link', old: href, new: '' })),
    ...[...after].filter((href) => !before.has(href)).map((href) => ({ name: 'link', old: '', new: href })),
  ]
}
