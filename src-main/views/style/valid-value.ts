import { parseColour } from './colour.ts'
import { lengthPx } from './length.ts'

/** The values that a browser takes for a property; it leaves out a declaration with any other (CSS Syntax 3, section 9). */
export function isValidValue(property: string, value: string, quirks: boolean): boolean {
  if (everywhere.has(value) || value.includes('var(')) return true
  if (lengths.has(property)) return isLength(value, quirks)
  switch (property) {
    case 'display':
      return displays.has(value) || /^(?:block|inline|run-in) (?:flow|flow-root|table|flex|grid|ruby)$/.test(value)
    case 'visibility':
      return value === 'visible' || value === 'hidden' || value === 'collapse'
    case 'opacity':
      return /^[+-]?[\d.]+(?:e[+-]?\d+)?%?$/.test(value) || /^(?:calc|min|max|clamp)\(/.test(value)
    case 'font-size':
      return fontSizes.has(value) || (isLength(value, quirks) && value !== 'auto' && value !== 'none')
    case 'line-height':
      return value === 'normal' || isLength(value, true)
    case 'color':
    case 'background-color':
    case '-webkit-text-fill-color':
      return isColour(value, quirks)
    case 'position':
      return /^(?:static|relative|absolute|fixed|sticky|-webkit-sticky)$/.test(value)
    case 'float':
      return /^(?:none|left|right|inline-start|inline-end)$/.test(value)
    case 'overflow-x':
    case 'overflow-y':
      return /^(?:visible|hidden|clip|scroll|auto|overlay)$/.test(value)
    case 'white-space':
      return /^(?:normal|pre|nowrap|pre-wrap|pre-line|break-spaces|collapse|preserve|wrap|(?:collapse|preserve|preserve-breaks) (?:wrap|nowrap))$/.test(
        value,
      )
    case 'content-visibility':
      return value === 'visible' || value === 'auto' || value === 'hidden'
    case 'transform':
    case 'filter':
      return value === 'none' || /^(?:[a-z0-9-]+\([^()]*(?:\([^()]*\)[^()]*)*\)\s*)+$/.test(value)
    default:
      return value !== ''
  }
}

const everywhere = new Set(['inherit', 'initial', 'unset', 'revert', 'revert-layer'])

const lengths = new Set(
  (
    'width height min-width min-height max-width max-height left right top bottom text-indent ' +
    'margin-left margin-top margin-right margin-bottom padding-left padding-top padding-right padding-bottom'
  ).split(' '),
)

const displays = new Set(
  (
    'none inline block inline-block flex inline-flex grid inline-grid table inline-table table-row table-cell table-caption ' +
    'table-row-group table-header-group table-footer-group table-column table-column-group list-item contents flow-root flow ' +
    'ruby ruby-text math -webkit-box -webkit-inline-box -webkit-flex -webkit-inline-flex'
  ).split(' '),
)

const fontSizes = new Set(
  'xx-small x-small small medium large x-large xx-large xxx-large smaller larger -webkit-xxx-large math'.split(' '),
)

const lengthWords = new Set(
  'auto none min-content max-content fit-content -webkit-fill-available stretch -webkit-fit-content'.split(' '),
)

function isLength(value: string, quirks: boolean): boolean {
  const [first = ''] = value.split(/\s(?=hanging|each-line)/)
  if (lengthWords.has(first) || /^[+-]?[\d.]+%$/.test(first) || /^(?:calc|min|max|clamp|fit-content)\(/.test(first))
    return true
  // unitless lengths are for documents without a type only (Quirks Mode, section 3.4)
  if (/^[+-]?[\d.]+(?:e[+-]?\d+)?$/.test(first)) return quirks || Number(first) === 0
  return lengthPx(first, 16) !== null
}

const otherColours = new Set(
  (
    'currentcolor transparent canvas canvastext linktext visitedtext activetext buttonface buttontext buttonborder field ' +
    'fieldtext highlight highlighttext selecteditem selecteditemtext mark marktext graytext accentcolor accentcolortext ' +
    'window windowtext windowframe background menu menutext infobackground infotext captiontext activecaption appworkspace ' +
    'activeborder inactiveborder inactivecaption inactivecaptiontext scrollbar threedface threedhighlight threedshadow ' +
    'threeddarkshadow threedlightshadow buttonhighlight buttonshadow -webkit-link -webkit-text -webkit-activelink'
  ).split(' '),
)

function isColour(value: string, quirks: boolean): boolean {
  return (
    otherColours.has(value) ||
    parseColour(value) !== null ||
    /^(?:color-mix|color|light-dark|rgba?|hsla?|hwb|lab|lch|oklab|oklch)\([^]*\)$/.test(value) ||
    (quirks && /^(?:[0-9a-f]{3}|[0-9a-f]{6})$/.test(value))
  )
}
