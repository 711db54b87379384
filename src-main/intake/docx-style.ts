import type { Result } from '../contract/result.ts'
import { ok } from '../contract/result.ts'
import type { UnseenBy } from './message.ts'
import type { OfficePackage } from './office-package.ts'
import { contrastOf } from './text-contrast.ts'

/** What decides whether a reader sees a run of text (ECMA-376 part 1, 17.3.2); undefined: not said. */
export interface RunStyle {
  readonly isHidden?: boolean | undefined
  /** `RRGGBB`; `auto`: black or white, whichever is seen. */
  readonly colour?: string | undefined
  readonly fill?: string | undefined
  readonly halfPoints?: number | undefined
  /** Drawn without ink. */
  readonly isClear?: boolean | undefined
}

export interface DocxStyles {
  readonly defaults: RunStyle
  readonly of: (id: string) => RunStyle
  /** Whether a table style shades cells, by itself or for some of its rows and columns. */
  readonly isShaded: (id: string) => boolean
}

/** A style may be based on another, this often. */
const maxBases = 20

export async function readDocxStyles(office: OfficePackage): Promise<Result<DocxStyles>> {
  const styles = new Map<string, { readonly base: string | null; readonly style: RunStyle }>()
  let defaults: RunStyle = {}
  let id: string | null = null
  let base: string | null = null
  let style: RunStyle = {}
  let inDefaults = false
  let inConditional = false
  let inCell = false
  let isShading = false
  const shaded = new Set<string>()
  const result = await office.read('word/styles.xml', {
    open(name, attributes) {
      if (name === 'docDefaults') inDefaults = true
      else if (name === 'tblStylePr') inConditional = true
      else if (name === 'style') {
        id = attributes.get('styleId') ?? ''
        base = null
        style = {}
        isShading = false
      } else if (name === 'basedOn') base = attributes.get('val') ?? null
      else if (name === 'shd' && isColour(attributes.get('fill')) && (inConditional || inCell)) isShading = true
      else if (name === 'tcPr' || name === 'tblPr') inCell = true
      else if (inDefaults) defaults = withProperty(defaults, name, attributes)
      else if (id !== null && !inConditional) style = withProperty(style, name, attributes)
    },
    close(name) {
      if (name === 'tcPr' || name === 'tblPr') inCell = false
      if (name === 'docDefaults') inDefaults = false
      else if (name === 'tblStylePr') inConditional = false
      else if (name === 'style' && id !== null) {
        styles.set(id, { base, style })
        if (isShading) shaded.add(id)
        id = null
      }
    },
    text: () => undefined,
  })
  if (!result.ok) return result
  /** The style and those that it is based on, the innermost last. */
  function chainOf(wanted: string): readonly string[] {
    const chain: string[] = []
    let next: string | null = wanted
    for (let depth = 0; next !== null && styles.has(next) && depth < maxBases; depth++) {
      chain.unshift(next)
      next = styles.get(next)?.base ?? null
    }
    return chain
  }
  return ok({
    defaults,
    of: (id) => mergeStyles(chainOf(id).map((one) => styles.get(one)?.style ?? {})),
    isShaded: (id) => chainOf(id).some((one) => shaded.has(one)),
  })
}

/** Later ones win. */
export function mergeStyles(styles: readonly RunStyle[]): RunStyle {
  const last = <K extends keyof RunStyle>(key: K): RunStyle[K] =>
    [...styles].reverse().find((style) => style[key] !== undefined)?.[key]
  return {
    isHidden: last('isHidden'),
    colour: last('colour'),
    fill: last('fill'),
    halfPoints: last('halfPoints'),
    isClear: last('isClear'),
  }
}

/** The style with what one property element of it says. */
export function withProperty(style: RunStyle, name: string, attributes: ReadonlyMap<string, string>): RunStyle {
  const value = attributes.get('val')
  switch (name) {
    // Not `webHidden`: every table of contents has page numbers that no web page would need.
    case 'vanish':
    case 'specVanish':
      return { ...style, isHidden: style.isHidden === true || !/^(?:0|false|off)$/.test(value ?? '') }
    case 'color':
      return { ...style, colour: value ?? 'auto' }
    case 'shd':
      return { ...style, fill: attributes.get('fill') ?? 'auto' }
    case 'highlight':
      return { ...style, fill: highlights[value ?? ''] ?? 'auto' }
    case 'sz':
      return { ...style, halfPoints: Number(value ?? 0) }
    default:
      return style
  }
}

const highlights: Readonly<Record<string, string>> = {
  black: '000000',
  blue: '0000FF',
  cyan: '00FFFF',
  darkBlue: '00008B',
  darkCyan: '008B8B',
  darkGray: 'A9A9A9',
  darkGreen: '006400',
  darkMagenta: '8B008B',
  darkRed: '8B0000',
  darkYellow: '808000',
  green: '00FF00',
  lightGray: 'D3D3D3',
  magenta: 'FF00FF',
  red: 'FF0000',
  white: 'FFFFFF',
  yellow: 'FFFF00',
}

/** Letters smaller than this are a line, not a text. */
const minHalfPoints = 4

/** Below this no eye tells letters from paper (WCAG 2 contrast ratio). */
const minContrast = 1.2

/**
 * Why a reader does not see text of this style; null when it is seen. `ground`: behind it where it has no fill of its own; null: not
 * known.
 */
export function unseenBy(
  { isHidden, isClear, colour, fill, halfPoints }: RunStyle,
  ground: string | null,
): UnseenBy | null {
  if (isHidden === true) return 'display-none'
  if (isClear === true) return 'transparent'
  if (halfPoints !== undefined && halfPoints < minHalfPoints) return 'font-size'
  const behind = isColour(fill) ? fill : ground
  if (behind === null || !isColour(colour)) return null
  const contrast = contrastOf(colour, isColour(behind) ? behind : 'FFFFFF')
  return contrast !== null && contrast < minContrast ? 'contrast' : null
}

/** Not `auto`, which is black or white, whichever is seen. */
function isColour(colour: string | undefined): colour is string {
  return /^#?[0-9a-f]{6}$/i.test(colour ?? '')
}
