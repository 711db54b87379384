type Rgb = readonly [red: number, green: number, blue: number]

/** WCAG 2 contrast ratio of two colours (`#RRGGBB`, the `#` may be missing); null for what is no colour. */
export function contrastOf(ink: string, ground: string): number | null {
  const a = luminance(ink)
  const b = luminance(ground)
  return a === null || b === null ? null : (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

/** WCAG 2 relative luminance, 0 to 1. */
function luminance(colour: string): number | null {
  const channels = channelsOf(colour)
  if (channels === null) return null
  const [red, green, blue] = channels.map((channel) => {
    const share = channel / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0)
}

/** The colour that ink of this opacity makes on a ground. */
export function mixed(ink: string, ground: string, alpha: number): string {
  const over = channelsOf(ink)
  const below = channelsOf(ground)
  if (over === null || below === null || alpha >= 1) return ink
  const share = Math.max(0, alpha)
  const channel = (at: 0 | 1 | 2): string =>
    Math.round(over[at] * share + below[at] * (1 - share))
      .toString(16)
      .padStart(2, '0')
  return `#${channel(0)}${channel(1)}${channel(2)}`
}

function channelsOf(colour: string): Rgb | null {
  const hex = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour)
  if (hex === null) return null
  const [red = 0, green = 0, blue = 0] = hex.slice(1).map((channel) => Number.parseInt(channel, 16))
  return [red, green, blue]
}
