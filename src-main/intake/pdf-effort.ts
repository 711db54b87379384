import type { PdfObjects, PdfStream } from './pdf-objects.ts'
import { nameOf } from './pdf-objects.ts'
import type { PdfDict, PdfValue } from './pdf-syntax.ts'
import { isArray, isDict } from './pdf-syntax.ts'

/** How many bytes of drawing a page comes to, what it draws over and over counted each time; Infinity: too many to tell. */
export type PageEffort = (page: PdfDict) => number

/** What a stream of drawing names, and how often: `/Form1 Do`, `/Shade gs`, `/Tiles scn`. */
interface Drawing {
  readonly bytes: number
  readonly named: ReadonlyMap<string, number>
}

const maxFormDepth = 30

/**
 * Told from the streams before any of them is drawn: forms that draw forms that draw forms (a billion of them in a kilobyte) take
 * no time to count.
 */
export function pageEffort(objects: PdfObjects): PageEffort {
  const drawings = new Map<PdfStream, Drawing>()
  const efforts = new Map<PdfStream, number>()

  function drawing(stream: PdfStream): Drawing {
    let known = drawings.get(stream)
    if (known === undefined) {
      const unpacked = objects.unpack(stream)
      known =
        'bytes' in unpacked
          ? { bytes: unpacked.bytes.length, named: namedIn(unpacked.bytes.toString('latin1')) }
          : { bytes: unpacked.failure === 'too-large' ? Infinity : 0, named: new Map() }
      drawings.set(stream, known)
    }
    return known
  }

  function effortOf(stream: PdfStream, outer: PdfDict, depth: number): number {
    const known = efforts.get(stream)
    if (known !== undefined) return known
    // While it is under way it counts as nothing: programs do not follow circles either.
    efforts.set(stream, depth > maxFormDepth ? Infinity : 0)
    const own = objects.resolve(stream.dict.get('Resources'))
    const effort = effortWith(drawing(stream), isDict(own) ? own : outer, depth)
    efforts.set(stream, effort)
    return effort
  }

  function effortWith({ bytes, named }: Drawing, resources: PdfDict, depth: number): number {
    let effort = bytes
    for (const [name, count] of named) {
      for (const stream of streamsNamed(name, resources))
        effort += count * (64 + effortOf(stream, resources, depth + 1))
    }
    return effort
  }

  function streamsNamed(name: string, resources: PdfDict): readonly PdfStream[] {
    const find = (category: string): PdfValue | undefined => {
      const dict = objects.resolve(resources.get(category))
      return isDict(dict) ? dict.get(name) : undefined
    }
    const state = objects.resolve(find('ExtGState'))
    const mask = isDict(state) ? objects.resolve(state.get('SMask')) : null
    const font = objects.resolve(find('Font'))
    const glyphs = isDict(font) ? objects.resolve(font.get('CharProcs')) : null
    return [
      find('XObject'),
      find('Pattern'),
      isDict(mask) ? mask.get('G') : undefined,
      ...(isDict(glyphs) ? glyphs.values() : []),
    ].flatMap((value) => {
      const stream = objects.stream(value)
      return stream === null || nameOf(stream.dict.get('Subtype')) === 'Image' ? [] : [stream]
    })
  }

  return (page) => {
    const resources = inherited(page, 'Resources', objects)
    const contents = objects.resolve(page.get('Contents'))
    const streams = isArray(contents) ? contents : [page.get('Contents')]
    let effort = 0
    for (const value of streams) {
      const stream = objects.stream(value)
      if (stream !== null) effort += effortWith(drawing(stream), isDict(resources) ? resources : new Map(), 0)
    }
    return effort
  }
}

function inherited(page: PdfDict, key: string, objects: PdfObjects): PdfValue {
  let node: PdfValue = page
  for (let depth = 0; isDict(node) && depth < 50; depth++) {
    const own = objects.resolve(node.get(key))
    if (own !== null) return own
    node = objects.resolve(node.get('Parent'))
  }
  return null
}

const uses =
  /\/([^\0\t\n\f\r ()<>[\]{}/%]{1,200})[\0\t\n\f\r ]{1,20}(?:(?:Do|gs|scn|SCN)(?![A-Za-z])|[-.\d]{1,20}[\0\t\n\f\r ]{1,20}Tf)/g

function namedIn(text: string): ReadonlyMap<string, number> {
  const named = new Map<string, number>()
  for (const [use, name = ''] of text.matchAll(uses)) {
    // A font is made once, however often it is chosen.
    named.set(name, use.endsWith('Tf') ? Math.max(1, named.get(name) ?? 0) : (named.get(name) ?? 0) + 1)
  }
  return named
}
