import { commonHiding, hidingTechniques } from './hiding.ts'
import { layouts } from './layouts.ts'
import { showingTechniques } from './showing.ts'
import type { Technique } from './technique.ts'
import { numbers, pick, sentence } from './words.ts'

export interface MadeMail {
  readonly name: string
  readonly html: string
}

/** Mails put together from seen and unseen pieces; the same number gives the same mail. */
export function madeMails(count: number): MadeMail[] {
  return Array.from({ length: count }, (_, at) => madeMail(at))
}

function madeMail(number: number): MadeMail {
  const random = numbers(number + 1)
  const layout = layouts[number % layouts.length] ?? pick(random, layouts)
  const css: string[] = []
  const pieces: string[] = []
  const add = ({ html, css: rules }: Technique): void => {
    const name = `c${String(pieces.length)}`
    if (rules !== undefined) css.push(rules.replaceAll('$', name))
    pieces.push(html.replaceAll('$', name).replace(/@/g, () => sentence(random)))
  }
  for (let at = 0; at < 14; at++) add(pick(random, showingTechniques))
  for (let at = 0; at < 4; at++) add(pick(random, commonHiding))
  // every way comes up, in every layout
  for (let at = 0; at < 5; at++) {
    const way = hidingTechniques[(number * 5 + at) % hidingTechniques.length]
    if (way !== undefined) add(way)
  }
  return { name: `${layout.name} ${String(number)}`, html: layout.mail(css.join('\n'), shuffled(pieces, random)) }
}

function shuffled<T>(all: readonly T[], random: () => number): T[] {
  return all
    .map((one) => ({ one, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ one }) => one)
}
