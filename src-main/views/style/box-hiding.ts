import type { MarkupElement } from '../markup.ts'
import type { HiddenReason } from '../view.ts'
import { isClippedAway, isCutAway } from './clipping.ts'
import type { Display } from './default-display.ts'
import { lengthPx, paneLengthPx } from './length.ts'
import { transformed } from './transform.ts'

/** A box, as far as it can be told without laying it out. */
export interface Box {
  readonly element: MarkupElement
  readonly display: Display
  /** It lies in a flex or grid container, which makes a block of it. */
  readonly isItem: boolean
  readonly fontSizePx: number
  /** Has no document type: parts of a height that is not given are parts of the page's (Quirks Mode, section 3.5). */
  readonly quirks: boolean
  readonly get: (property: string) => string | undefined
}

/** What is left of a text, at most this high or wide, shows nothing. */
const sliverPx = 2
/** Text this far to the left or above has nothing left in the page. */
const farAwayPx = -500
/** Nobody scrolls this far to the side. */
const farAsidePx = 2_500
/** Away from the right or lower edge of a page: the box may be wide itself. */
const farBackPx = 1_700

/** Why nothing in a box is seen, whatever its descendants say; null: it may be. */
export function boxHiding(box: Box): HiddenReason | null {
  const { get } = box
  const position = get('position')
  const positioned = position === 'absolute' || position === 'fixed'
  const float = get('float')
  const floats = float === 'left' || float === 'right'
  const isBlock = positioned || floats || box.isItem || box.display !== 'inline'
  if ((positioned && isClippedAway(get('clip'))) || isCutAway(get('clip-path'))) return 'clip'
  if (isBlock && box.display !== 'table' && hasZeroBox(box, positioned)) return 'zero-box'
  if (isFarOff(box, position, positioned)) return 'off-screen'
  return isBlock ? transformHiding(box) : null
}

/** Whether `overflow` of an element cuts off what goes beyond it, above and below. */
export function cutsHeight({ element, display, get }: Box): boolean {
  const overflow = get('overflow-y')
  if (display === 'inline' || display === 'table' || isPage(element)) return false
  return overflow === 'hidden' || overflow === 'clip'
}

/** The viewport takes over what these say of overflow. */
function isPage({ tagName }: MarkupElement): boolean {
  return tagName === 'html' || tagName === 'body'
}

function hasZeroBox({ element, get, fontSizePx, quirks }: Box, positioned: boolean): boolean {
  if (isPage(element)) return false
  const length = (property: string): number => lengthPx(get(property), fontSizePx) ?? 0
  const isTiny = (property: string, isPercentOpen: boolean): boolean => {
    const value = get(property)
    // a part of a height that is not given is no height
    if (value === undefined || (isPercentOpen && value.endsWith('%'))) return false
    const size = lengthPx(value.endsWith('%') ? value.replace(/%$/, 'px') : value, fontSizePx)
    return size !== null && size >= 0 && size <= sliverPx && (!value.endsWith('%') || size === 0)
  }
  const cuts = (overflow: string | undefined): boolean => overflow !== undefined && overflow !== 'visible'
  const tall = length('padding-top') + length('padding-bottom') > sliverPx || length('min-height') > sliverPx
  const wide = length('padding-left') + length('padding-right') > sliverPx || length('min-width') > sliverPx
  const isOpen = !positioned && !quirks
  const isFlat = (isTiny('height', isOpen) || isTiny('max-height', isOpen)) && !tall
  const isThin = (isTiny('width', false) || isTiny('max-width', false)) && !wide
  return (cuts(get('overflow-y')) && isFlat) || (cuts(get('overflow-x')) && isThin)
}

function isFarOff({ get, fontSizePx }: Box, position: string | undefined, positioned: boolean): boolean {
  const at = (property: string): number => paneLengthPx(get(property), fontSizePx) ?? 0
  const isAway = (px: number): boolean => px <= farAwayPx || px >= farAsidePx
  if (isAway(at('margin-left')) || at('margin-top') <= farAwayPx) return true
  if (!positioned && position !== 'relative') return false
  if (isAway(at('left')) || at('top') <= farAwayPx) return true
  if (get('left') === undefined && (at('right') >= farBackPx || at('right') <= -farAsidePx)) return true
  return get('top') === undefined && at('bottom') >= farBackPx
}

function transformHiding({ get, fontSizePx }: Box): HiddenReason | null {
  const moved = transformed(get, fontSizePx)
  if (moved === null) return null
  if (moved.scaleY * fontSizePx <= sliverPx || moved.scaleX < 0.05) return 'zero-box'
  return moved.xPx <= farAwayPx || moved.xPx >= farAsidePx || moved.yPx <= farAwayPx ? 'off-screen' : null
}
