import type { Result } from '../contract/result.ts'
import { ok } from '../contract/result.ts'
import type { OfficePackage } from '../intake/office-package.ts'

/** Numbers that a Word document gives its paragraphs (ECMA-376 part 1, 17.9): they are counted, not written. */
export interface DocxNumbers {
  /** Counts a paragraph of a list on; null: it has a bullet, or nothing. */
  readonly next: (list: string, level: number) => string | null
}

interface Level {
  format: string
  /** `%1.%2.` */
  text: string
  start: number
}

/** Of a list's level that nothing is said of. */
const plainLevel: Level = { format: 'bullet', text: '', start: 1 }
const maxLevels = 9

export async function readDocxNumbers(office: OfficePackage): Promise<Result<DocxNumbers>> {
  const shapes = new Map<string, Map<number, Level>>()
  const shapeOfList = new Map<string, string>()
  let levels: Map<number, Level> | null = null
  let level: Level | null = null
  let list: string | null = null
  const result = await office.read('word/numbering.xml', {
    open(name, attributes) {
      const value = attributes.get('val') ?? ''
      if (name === 'abstractNum') {
        levels = new Map<number, Level>()
        shapes.set(attributes.get('abstractNumId') ?? '', levels)
      } else if (name === 'num') list = attributes.get('numId') ?? ''
      else if (name === 'abstractNumId' && list !== null) shapeOfList.set(list, value)
      else if (name === 'lvl' && list === null && levels !== null) {
        level = { format: 'decimal', text: '', start: 1 }
        levels.set(Number(attributes.get('ilvl') ?? 0), level)
      } else if (level !== null) {
        if (name === 'numFmt') level.format = value
        else if (name === 'lvlText') level.text = value
        else if (name === 'start') level.start = Number(value)
      }
    },
    close(name) {
      if (name === 'lvl') level = null
      else if (name === 'abstractNum') levels = null
      else if (name === 'num') list = null
    },
    text: () => undefined,
  })
  if (!result.ok) return result
  const counted = new Map<string, number[]>()
  return ok({
    next(wanted, at) {
      const shape = shapeOfList.get(wanted)
      const mine = shape === undefined ? undefined : shapes.get(shape)
      if (shape === undefined || mine === undefined || at >= maxLevels) return null
      const counts = counted.get(shape) ?? []
      counted.set(shape, counts)
      const own = mine.get(at) ?? plainLevel
      for (let upper = 0; upper < at; upper++) counts[upper] ??= mine.get(upper)?.start ?? 1
      counts[at] = (counts[at] ?? own.start - 1) + 1
      counts.length = at + 1
      if (own.format === 'bullet' || own.format === 'none') return null
      const number = own.text.replace(/%(\d)/g, (_, which: string) => {
        const index = Number(which) - 1
        return formatted(counts[index] ?? 1, mine.get(index)?.format ?? 'decimal')
      })
      return number === '' ? null : number
    },
  })
}

const romanDigits = [
  ['m', 1000],
  ['cm', 900],
  ['d', 500],
  ['cd', 400],
  ['c', 100],
  ['xc', 90],
  ['l', 50],
  ['xl', 40],
  ['x', 10],
  ['ix', 9],
  ['v', 5],
  ['iv', 4],
  ['i', 1],
] as const

/** A count as a list shows it: `decimal`, `lowerLetter`, `upperRoman` … */
export function formatted(count: number, format: string): string {
  switch (format) {
    case 'lowerLetter':
    case 'upperLetter': {
      const letter = String.fromCharCode(97 + ((count - 1) % 26)).repeat(Math.min(4, Math.ceil(count / 26)))
      return format === 'upperLetter' ? letter.toUpperCase() : letter
    }
    case 'lowerRoman':
    case 'upperRoman': {
      const roman = romanOf(count)
      return format === 'upperRoman' ? roman.toUpperCase() : roman
    }
    default:
      return String(count)
  }
}

function romanOf(count: number): string {
  let left = Math.min(count, 3999)
  let roman = ''
  for (const [digits, value] of romanDigits) {
    while (left >= value) {
      roman += digits
      left -= value
    }
  }
  return roman
}
