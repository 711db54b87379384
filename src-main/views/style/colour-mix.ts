import { converter, interpolateWithPremultipliedAlpha, type Mode, type Rgb } from 'culori'

/** The spaces of `color-mix()` by the names that culori gives them. */
const spaces = new Map<string, Mode>([
  ['srgb', 'rgb'],
  ['srgb-linear', 'lrgb'],
  ['lab', 'lab'],
  ['oklab', 'oklab'],
  ['lch', 'lch'],
  ['oklch', 'oklch'],
  ['hsl', 'hsl'],
  ['hwb', 'hwb'],
  ['xyz', 'xyz65'],
  ['xyz-d65', 'xyz65'],
  ['xyz-d50', 'xyz50'],
])

const toRgb = converter('rgb')
const maxDepth = 4

/** `color-mix(in SPACE, COLOUR P%, COLOUR P%)` (CSS Color 5, section 3); null where a part of it is not known here. */
export function mixedColour(value: string, colourOf: (value: string) => Rgb | null, depth = 0): Rgb | null {
  const written = /^color-mix\(\s*(?:in\s+([a-z0-9-]+)(?:\s+shorter\s+hue)?\s*,)?([^]*)\)$/.exec(value)
  const space = spaces.get(written?.[1] ?? 'oklab')
  const parts = written === null ? [] : cutAtCommas(written[2] ?? '')
  if (space === undefined || parts.length !== 2 || depth >= maxDepth) return null
  const inner = (text: string): Rgb | null =>
    text.startsWith('color-mix(') ? mixedColour(text, colourOf, depth + 1) : colourOf(text)
  const [first, second] = parts.map((part) => shareOf(part))
  const [a, b] = [inner(first?.colour ?? ''), inner(second?.colour ?? '')]
  if (a === null || b === null || first === undefined || second === undefined) return null
  const firstShare = first.share ?? (second.share === null ? 0.5 : 1 - second.share)
  const secondShare = second.share ?? 1 - firstShare
  const sum = firstShare + secondShare
  if (!(sum > 0) || firstShare < 0 || secondShare < 0) return null
  const mixed = toRgb(interpolateWithPremultipliedAlpha([a, b], space)(secondShare / sum))
  return sum >= 1 ? mixed : { ...mixed, alpha: (mixed.alpha ?? 1) * sum }
}

function shareOf(part: string): { readonly colour: string; readonly share: number | null } {
  const share = /^([\d.]+)%\s+|\s+([\d.]+)%$/.exec(part)
  if (share === null) return { colour: part, share: null }
  const colour = share.index === 0 ? part.slice(share[0].length) : part.slice(0, share.index)
  return { colour, share: Number(share[1] ?? share[2]) / 100 }
}

function cutAtCommas(text: string): readonly string[] {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text[at]
    if (unit === '(') depth++
    else if (unit === ')') depth--
    else if (unit === ',' && depth === 0) {
      parts.push(text.slice(start, at))
      start = at + 1
    }
  }
  return [...parts, text.slice(start)].map((part) => part.trim())
}
