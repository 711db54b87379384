import type { Result } from '../contract/result.ts'
import { ok } from '../contract/result.ts'
import type { OfficePackage } from '../intake/office-package.ts'

/** What a paragraph's style says of its place in the document; by the style's id. */
export interface DocxHeadings {
  /** 1–6; null: no heading. */
  readonly level: (style: string) => number | null
  readonly isBold: (style: string) => boolean
  /** A line of the table of contents. */
  readonly isContents: (style: string) => boolean
  readonly list: (style: string) => string | null
  readonly listLevel: (style: string) => number | null
}

interface Style {
  base: string | null
  name: string
  outline: number | null
  isBold: boolean | null
  list: string | null
  listLevel: number | null
}

/** A style may be based on another, this often. */
const maxBases = 20

export async function readDocxHeadings(office: OfficePackage): Promise<Result<DocxHeadings>> {
  const styles = new Map<string, Style>()
  let style: Style | null = null
  let inTable = false
  const result = await office.read('word/styles.xml', {
    open(name, attributes) {
      const value = attributes.get('val') ?? ''
      if (name === 'tblStylePr') inTable = true
      if (name === 'style') {
        style = { base: null, name: '', outline: null, isBold: null, list: null, listLevel: null }
        styles.set(attributes.get('styleId') ?? '', style)
      } else if (style !== null && !inTable) {
        if (name === 'name') style.name = value.toLowerCase()
        else if (name === 'basedOn') style.base = value
        else if (name === 'outlineLvl') style.outline = Number(value)
        else if (name === 'b') style.isBold = !/^(?:0|false|off)$/.test(value)
        else if (name === 'numId') style.list = value
        else if (name === 'ilvl') style.listLevel = Number(value)
      }
    },
    close(name) {
      if (name === 'style') style = null
      if (name === 'tblStylePr') inTable = false
    },
    text: () => undefined,
  })
  if (!result.ok) return result

  /** What the style says, or else the nearest of those that it is based on. */
  function first<T>(id: string, pick: (style: Style) => T | null): T | null {
    let next: string | null = id
    for (let depth = 0; next !== null && depth < maxBases; depth++) {
      const one = styles.get(next)
      if (one === undefined) return null
      const value = pick(one)
      if (value !== null) return value
      next = one.base
    }
    return null
  }
  const nameOf = (id: string): string => styles.get(id)?.name ?? id.toLowerCase()
  return ok({
    level(id) {
      const named = /^(?:heading|überschrift|titre|título|encabezado)\s*([1-6])$/.exec(nameOf(id))?.[1]
      if (named !== undefined) return Number(named)
      if (/^(?:title|titel|titre|título)$/.test(nameOf(id))) return 1
      const outline = first(id, (one) => one.outline)
      return outline !== null && outline < 6 ? outline + 1 : null
    },
    isBold: (id) => first(id, (one) => one.isBold) === true,
    isContents: (id) => /^(?:toc|verzeichnis|tm|tdc)\s*\d/.test(nameOf(id)),
    list: (id) => first(id, (one) => one.list),
    listLevel: (id) => first(id, (one) => one.listLevel),
  })
}
