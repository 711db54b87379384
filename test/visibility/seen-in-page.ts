/**
 * What a reader sees of a page, told by the browser: runs inside Chromium, on what it computed and laid out. Written from
 * CSS alone; it shares no line with the program's own reading of styles. `docs/visibility.md` says in words what counts
 * as hidden.
 *
 * It is one function without imports, since its source is what is sent into the page.
 */

export type PageReason =
  | 'not-rendered'
  | 'visibility'
  | 'opacity'
  | 'font-size'
  | 'no-area'
  | 'clipped'
  | 'off-screen'
  | 'transparent'
  | 'contrast'
  | 'covered'

export interface PageText {
  readonly text: string
  /** Stands where no text for readers stands (script, style, an option …): not compared. */
  readonly apart: boolean
  /** null: it is seen. */
  readonly hidden: PageReason | null
}

export interface PageLimits {
  /** Letters of at most this size are a line of dots. */
  readonly tinyFontPx: number
  /** What is left of a text by clipping, at most this high or wide, shows nothing. */
  readonly sliverPx: number
  readonly lowestOpacity: number
  readonly lowestContrast: number
  /** Nobody scrolls this far to the side. */
  readonly farAsidePx: number
}

export const pageLimits: PageLimits = {
  tinyFontPx: 2,
  sliverPx: 2,
  lowestOpacity: 0.1,
  lowestContrast: 1.2,
  farAsidePx: 2_000,
}

/** Every text node of the document in its order. Opens `<details>`, scrolls; changes nothing else that is laid out. */
export function seenInPage(limits: PageLimits): PageText[] {
  interface Box {
    readonly left: number
    readonly top: number
    readonly right: number
    readonly bottom: number
  }
  interface Paint {
    readonly r: number
    readonly g: number
    readonly b: number
    readonly a: number
  }

  document.normalize()
  for (const details of document.querySelectorAll('details')) details.open = true
  // what lets a pointer through is painted all the same
  const sheet = new CSSStyleSheet()
  sheet.replaceSync('* { pointer-events: auto !important; scroll-behavior: auto !important }')
  document.adoptedStyleSheets = [sheet]

  const styles = new Map<Element, CSSStyleDeclaration>()
  const styleOf = (element: Element): CSSStyleDeclaration => {
    let style = styles.get(element)
    if (style === undefined) styles.set(element, (style = getComputedStyle(element)))
    return style
  }

  // colours of any notation, by painting them
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
  const paints = new Map<string, Paint>()
  const paintOf = (colour: string): Paint => {
    let paint = paints.get(colour)
    if (paint === undefined) {
      paint = { r: 0, g: 0, b: 0, a: 1 }
      const plain = /^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/.exec(colour)
      if (plain !== null) {
        paint = { r: Number(plain[1]), g: Number(plain[2]), b: Number(plain[3]), a: Number(plain[4] ?? 1) }
      } else if (context !== null) {
        context.clearRect(0, 0, 1, 1)
        context.fillStyle = colour
        context.fillRect(0, 0, 1, 1)
        const [r = 0, g = 0, b = 0, a = 0] = context.getImageData(0, 0, 1, 1).data
        paint = { r, g, b, a: a / 255 }
      }
      paints.set(colour, paint)
    }
    return paint
  }
  const lay = (top: Paint, alpha: number, bottom: Paint): Paint => ({
    r: top.r * alpha + bottom.r * (1 - alpha),
    g: top.g * alpha + bottom.g * (1 - alpha),
    b: top.b * alpha + bottom.b * (1 - alpha),
    a: 1,
  })
  // WCAG 2, relative luminance
  const channel = (value: number): number => {
    const part = value / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }
  const luminance = ({ r, g, b }: Paint): number => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b)
  const contrastOf = (a: Paint, b: Paint): number => {
    const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y)
    return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05)
  }

  const opacities = new Map<Element, number>()
  const opacityOf = (element: Element): number => {
    const known = opacities.get(element)
    if (known !== undefined) return known
    const style = styleOf(element)
    let opacity = Number(style.opacity)
    for (const match of style.filter.matchAll(/\bopacity\(([\d.]+)\)/g)) opacity *= Number(match[1])
    if (element.parentElement !== null) opacity *= opacityOf(element.parentElement)
    opacities.set(element, opacity)
    return opacity
  }

  const pageX = (): number => window.scrollX
  const pageY = (): number => window.scrollY
  const meet = (a: Box, b: Box): Box => ({
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  })
  const inPage = (rect: DOMRect): Box => ({
    left: rect.left + pageX(),
    top: rect.top + pageY(),
    right: rect.right + pageX(),
    bottom: rect.bottom + pageY(),
  })

  /** The element whose `overflow` the viewport takes over (CSS Overflow 3, section 3.3). */
  const root = document.documentElement
  const canvasOwner =
    styleOf(root).overflowX === 'visible' && styleOf(root).overflowY === 'visible' ? document.body : root

  const isTransformed = (style: CSSStyleDeclaration): boolean =>
    style.transform !== 'none' || style.perspective !== 'none' || style.filter !== 'none'

  /** What `overflow` of an element leaves of what is in it; null: all. */
  const overflowBox = (element: Element, style: CSSStyleDeclaration): Box | null => {
    if (element === canvasOwner || !(element instanceof HTMLElement)) return null
    if (style.display === 'inline' || style.display === 'contents') return null
    if (/^table-(?:row|column|.*-group)/.test(style.display)) return null
    if (style.overflowX === 'visible' && style.overflowY === 'visible') return null
    const box = inPage(element.getBoundingClientRect())
    const left = box.left + element.clientLeft
    const top = box.top + element.clientTop
    const right = box.right - parseFloat(style.borderRightWidth)
    const bottom = box.bottom - parseFloat(style.borderBottomWidth)
    // what can be scrolled to counts as seen, when there is something to scroll in
    const cuts = (overflow: string, size: number): boolean =>
      overflow === 'hidden' || overflow === 'clip' || (overflow !== 'visible' && size <= limits.sliverPx)
    const cutsX = cuts(style.overflowX, right - left)
    const cutsY = cuts(style.overflowY, bottom - top)
    return {
      left: cutsX ? left : -Infinity,
      right: cutsX ? right : Infinity,
      top: cutsY ? top : -Infinity,
      bottom: cutsY ? bottom : Infinity,
    }
  }

  const length = (text: string | undefined, whole: number): number => {
    if (text === undefined) return 0
    return text.endsWith('%') ? (parseFloat(text) / 100) * whole : parseFloat(text) || 0
  }

  /** What `clip` and `clip-path` leave of an element's border box, as the smallest rectangle around it; null: all. */
  const clipBox = (element: Element, style: CSSStyleDeclaration): Box | null => {
    let left: Box | null = null
    const placed = style.position === 'absolute' || style.position === 'fixed'
    const clip = placed ? /^rect\((.*)\)$/.exec(style.getPropertyValue('clip'))?.[1]?.split(/[\s,]+/) : undefined
    const path = /^([a-z]+)\(([^]*)\)/.exec(style.clipPath)
    if (clip === undefined && path === null) return null
    const box = inPage(element.getBoundingClientRect())
    const width = box.right - box.left
    const height = box.bottom - box.top
    if (clip !== undefined) {
      const [top, right, bottom, start] = clip
      left = {
        left: start === 'auto' ? -Infinity : box.left + length(start, 0),
        right: right === 'auto' ? Infinity : box.left + length(right, 0),
        top: top === 'auto' ? -Infinity : box.top + length(top, 0),
        bottom: bottom === 'auto' ? Infinity : box.top + length(bottom, 0),
      }
    }
    if (path !== null) {
      const args = path[2] ?? ''
      let shape: Box | null = null
      if (path[1] === 'inset') {
        const [top = '0', right = top, bottom = top, start = right] =
          args.split(' round ')[0]?.trim().split(/\s+/) ?? []
        shape = {
          left: box.left + length(start, width),
          right: box.right - length(right, width),
          top: box.top + length(top, height),
          bottom: box.bottom - length(bottom, height),
        }
      } else if (path[1] === 'circle' || path[1] === 'ellipse') {
        const [radii = '', at = '50% 50%'] = args.split(/\s*at\s+/)
        const [rx, ry = rx] = radii.trim().split(/\s+/)
        const [x = '50%', y = '50%'] = at.trim().split(/\s+/)
        const word = (text: string): string =>
          ({ left: '0%', top: '0%', center: '50%', right: '100%', bottom: '100%' })[text] ?? text
        const mean = Math.hypot(width, height) / Math.SQRT2
        const isNumber = (text: string | undefined): boolean => /^[\d.]/.test(text ?? '')
        if (isNumber(rx) && isNumber(ry)) {
          const middleX = box.left + length(word(x), width)
          const middleY = box.top + length(word(y), height)
          const halfX = length(rx, path[1] === 'circle' ? mean : width)
          const halfY = length(ry, path[1] === 'circle' ? mean : height)
          shape = { left: middleX - halfX, right: middleX + halfX, top: middleY - halfY, bottom: middleY + halfY }
        }
      } else if (path[1] === 'polygon') {
        const points = args
          .replace(/^(?:nonzero|evenodd)\s*,/, '')
          .split(',')
          .map((point) => point.trim().split(/\s+/))
        const xs = points.map(([x]) => box.left + length(x, width))
        const ys = points.map(([, y]) => box.top + length(y, height))
        shape = { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) }
      }
      if (shape !== null) left = left === null ? shape : meet(left, shape)
    }
    return left
  }

  /** What all elements around leave of the boxes of a text: those in whose content it is laid out. */
  const remains = (parent: Element): Box => {
    let region: Box = { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity }
    let waitsFor: 'nothing' | 'placed' | 'transformed' = 'nothing'
    for (let element: Element | null = parent; element !== null; element = element.parentElement) {
      const style = styleOf(element)
      const clip = clipBox(element, style)
      if (clip !== null) region = meet(region, clip)
      const holds =
        waitsFor === 'nothing' || isTransformed(style) || (waitsFor === 'placed' && style.position !== 'static')
      if (!holds) continue
      waitsFor = style.position === 'absolute' ? 'placed' : style.position === 'fixed' ? 'transformed' : 'nothing'
      const box = overflowBox(element, style)
      if (box !== null) region = meet(region, box)
    }
    return region
  }

  const pictures = 'img,video,canvas,svg,object,embed,iframe,input'

  /** Rows and their groups paint behind their cells, but no pointer ever hits them. */
  const withRows = (stack: readonly Element[]): Element[] => {
    const all: Element[] = []
    for (const element of stack) {
      if (!all.includes(element)) all.push(element)
      if (styleOf(element).display !== 'table-cell') continue
      for (
        let at = element.parentElement;
        at !== null && styleOf(at).display.startsWith('table-row');
        at = at.parentElement
      ) {
        if (!all.includes(at)) all.push(at)
      }
    }
    return all
  }

  const canvasPaint = (): Paint | null => {
    let paint: Paint = { r: 255, g: 255, b: 255, a: 1 }
    const owner = [root, document.body as HTMLElement | null].find((element) => {
      if (element === null) return false
      const style = styleOf(element)
      return style.backgroundImage !== 'none' || paintOf(style.backgroundColor).a > 0
    })
    if (owner === undefined || owner === null) return paint
    const style = styleOf(owner)
    if (style.backgroundImage !== 'none') return null
    const colour = paintOf(style.backgroundColor)
    paint = lay(colour, colour.a, paint)
    return paint
  }

  /** What lies behind a text at a point of the page; `unknown` behind it: a picture. */
  const behind = (parent: Element, x: number, y: number): { paint: Paint | 'unknown'; covered: boolean } => {
    if (y < pageY() || y >= pageY() + window.innerHeight || x < pageX() || x >= pageX() + window.innerWidth) {
      window.scrollTo(x - window.innerWidth / 2, y - window.innerHeight / 2)
    }
    const stack = withRows(document.elementsFromPoint(x - pageX(), y - pageY()))
    let from = -1
    for (let at: Element | null = parent; at !== null && from < 0; at = at.parentElement) from = stack.indexOf(at)
    const covered =
      from > 0 &&
      stack[from] === parent &&
      stack.slice(0, from).some((element) => {
        if (parent.contains(element)) return false
        const style = styleOf(element)
        const solid = style.backgroundImage !== 'none' ? 1 : paintOf(style.backgroundColor).a
        return solid * opacityOf(element) > 0.95
      })
    const layers: { paint: Paint; alpha: number }[] = []
    for (const element of from < 0 ? [] : stack.slice(from)) {
      if (element === root || element === document.body) continue
      const style = styleOf(element)
      if (element !== parent && element.matches(pictures)) return { paint: 'unknown', covered }
      if (style.backgroundImage !== 'none' && opacityOf(element) >= limits.lowestOpacity) {
        return { paint: 'unknown', covered }
      }
      const paint = paintOf(style.backgroundColor)
      const alpha = paint.a * opacityOf(element)
      if (alpha > 0) layers.push({ paint, alpha })
      if (alpha >= 1) break
    }
    const last = layers[layers.length - 1]
    let paint: Paint | null = last !== undefined && last.alpha >= 1 ? last.paint : canvasPaint()
    if (paint === null) return { paint: 'unknown', covered }
    for (const layer of layers.reverse()) paint = lay(layer.paint, layer.alpha, paint)
    return { paint, covered }
  }

  const clippedToText = (parent: Element): boolean => {
    for (let element: Element | null = parent; element !== null; element = element.parentElement) {
      if (styleOf(element).backgroundClip === 'text') return true
    }
    return false
  }

  /** Whether letters stand out from what lies behind them, by their colour, their outline or their shadow. */
  const colourHides = (parent: Element, back: Paint | 'unknown'): 'transparent' | 'contrast' | null => {
    const style = styleOf(parent)
    const opacity = opacityOf(parent)
    const inks = [paintOf(style.webkitTextFillColor)]
    if (parseFloat(style.webkitTextStrokeWidth) > 0) inks.push(paintOf(style.webkitTextStrokeColor))
    for (const shadow of style.textShadow.matchAll(/(?:rgba?|color|oklch|oklab|lab|lch|hsla?|hwb)\([^)]*\)/g)) {
      inks.push(paintOf(shadow[0]))
    }
    const seen = inks.filter((ink) => ink.a * opacity >= limits.lowestOpacity)
    if (seen.length === 0) return clippedToText(parent) ? null : 'transparent'
    if (back === 'unknown' || clippedToText(parent)) return null
    return seen.some((ink) => contrastOf(lay(ink, ink.a * opacity, back), back) >= limits.lowestContrast)
      ? null
      : 'contrast'
  }

  /** Laid out when asked for, never painted. */
  const isSkipped = (parent: Element): boolean => {
    for (let element: Element | null = parent; element !== null; element = element.parentElement) {
      const { contentVisibility, display } = styleOf(element)
      if (contentVisibility === 'hidden' && !/^(?:inline|contents|table.*)$/.test(display)) return true
    }
    return false
  }

  const range = document.createRange()
  const judge = (node: Text, parent: Element): PageReason | null => {
    const style = styleOf(parent)
    if (!parent.checkVisibility() || isSkipped(parent)) return 'not-rendered'
    if (style.visibility !== 'visible') return 'visibility'
    if (opacityOf(parent) < limits.lowestOpacity) return 'opacity'
    if (parseFloat(style.fontSize) <= limits.tinyFontPx) return 'font-size'
    range.selectNodeContents(node)
    const rects = [...range.getClientRects()]
    if (rects.length === 0) return 'not-rendered'
    const boxes = rects.map(inPage).filter(({ left, right }) => right - left > 0)
    const areas = boxes.filter(({ left, top, right, bottom }) => bottom - top > limits.tinyFontPx && right - left > 0.5)
    if (areas.length === 0) return 'no-area'
    const region = remains(parent)
    const kept = areas
      .map((box) => meet(box, region))
      .filter(({ left, top, right, bottom }, at) => {
        const area = areas[at]
        const narrow = area === undefined ? 0 : Math.min(limits.sliverPx, (area.right - area.left) / 2)
        return bottom - top > limits.sliverPx && right - left > narrow
      })
    if (kept.length === 0) return 'clipped'
    const rightToLeft = styleOf(root).direction === 'rtl' || styleOf(document.body).direction === 'rtl'
    const leftmost = rightToLeft ? -limits.farAsidePx : 0
    const rightmost = window.innerWidth + limits.farAsidePx
    const onPage = kept.filter(
      ({ left, right, bottom }) => right - leftmost > limits.sliverPx && bottom > limits.sliverPx && left < rightmost,
    )
    if (onPage.length === 0) return 'off-screen'
    let reason: PageReason | null = null
    for (const box of onPage.slice(0, 12)) {
      const x = (Math.max(box.left, leftmost) + Math.min(box.right, rightmost)) / 2
      const { paint, covered } = behind(parent, x, (Math.max(box.top, 0) + box.bottom) / 2)
      reason = colourHides(parent, paint) ?? (covered ? 'covered' : null)
      if (reason === null) return null
    }
    return reason
  }

  const apart = 'script,style,title,template,textarea,select,option,datalist,iframe,noframes,noembed,video,audio,canvas'
  const found: PageText[] = []
  const walker = document.createTreeWalker(document, NodeFilter.SHOW_TEXT)
  // only texts are asked for
  for (let node = walker.nextNode() as Text | null; node !== null; node = walker.nextNode() as Text | null) {
    const parent = node.parentElement
    const isApart = parent?.closest(apart) !== null
    const blank = /^[\s\p{Default_Ignorable_Code_Point}\u2800]*$/u.test(node.data)
    found.push({
      text: node.data,
      apart: isApart || blank,
      hidden: isApart || blank ? null : judge(node, parent),
    })
  }
  return found
}
