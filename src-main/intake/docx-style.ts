import type { Result } from '../contract/result.ts'
import { ok } from '../contract/result.ts'
import type { UnseenBy } from './message.ts'
import type { OfficePackage } from './office-package.ts'

/** What decides whether a reader sees a run of text (ECMA-376 part 1, 17.3.2); undefined: not said. */
export interface RunStyle {
  readonly isHidden?: boolean | undefined
  /** `RRGGBB`; `auto`: black or white, whichever is seen. */
  readonly colour?: string | undefined
  readonly fill?: string | undefined
  readonly halfPoints?: number | undefined
}

export interface DocxStyles {
  readonly defaults: RunStyle
  readonly of: (id: string) => RunStyle
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
  const result = await office.read('word/styles.xml', {
    open(name, attributes) {
      if (name === 'docDefaults') inDefaults = true
      else if (name === 'tblStylePr') inConditional = true
      else if (name === 'style') {
        id = attributes.get('styleId') ?? ''
        base = null
        style = {}
      } else if (name === 'basedOn') base = attributes.get('val') ?? null
      else if (inDefaults) defaults = withProperty(defaults, name, attributes)
      else if (id !== null && !inConditional) style = withProperty(style, name, attributes)
    },
    close(name) {
      if (name === 'docDefaults') inDefaults = false
      else if (name === 'tblStylePr') inConditional = false
      else if (name === 'style' && id !== null) {
        styles.set(id, { base, style })
        id = null
      }
    },
    text: () => undefined,
  })
  if (!result.ok) return result
  function of(wanted: string): RunStyle {
    const chain: RunStyle[] = []
    let next: string | null = wanted
    for (let depth = 0; next !== null && depth < maxBases; depth++) {
      const found = styles.get(next)
      if (found === undefined) break
      chain.unshift(found.style)
      next = found.base
    }
    return mergeStyles(chain)
  }
  return ok({ defaults, of })
}

/** Later ones win. */
export function mergeStyles(styles: readonly RunStyle[]): RunStyle {
  const last = <K extends keyof RunStyle>(key: K): RunStyle[K] =>
    [...styles].reverse().find((style) => style[key] !== undefined)?.[key]
  return { isHidden: last('isHidden'), colour: last('colour'), fill: last('fill'), halfPoints: last('halfPoints') }
}

/** The style with what one property element of it says. */
export function withProperty(style: RunStyle, name: string, attributes: ReadonlyMap<string, string>): RunStyle {
  const value = attributes.get('val')
  switch (name) {
    case 'vanish':
    case 'webHidden':
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

/** Why a reader does not see text of this style; null when it is seen. `paper`: behind it where it has no fill of its own. */
export function unseenBy({ isHidden, colour, fill, halfPoints }: RunStyle, paper: string): UnseenBy | null {
  if (isHidden === true) return 'display-none'
  if (halfPoints !== undefined && halfPoints < minHalfPoints) return 'font-size'
  const ink = luminance(colour)
  const ground = luminance(fill) ?? luminance(paper) ?? 1
  if (ink === null) return null
  const contrast = (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05)
  return contrast < minContrast ? 'contrast' : null
}

/** WCAG 2 relative luminance; null for `auto` and what is no colour. */
function luminance(colour: string | undefined): number | null {
  const hex = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour ?? '')
  if (hex === null) return null
  const [red = 0, green = 0, blue = 0] = hex.slice(1).map((channel) => {
    const share = Number.parseInt(channel, 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
