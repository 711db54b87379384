/**
 * Pieces of text of which every match of a pattern must hold at least one, so that a text without any need not be
 * searched; null when there are none worth it. ASCII letters and digits in lower case: the folded lens shows them
 * wherever the pattern (flags `iu`) could match them.
 */
export function requiredPieces(source: string): readonly string[] | null {
  const pieces = new Reader(source).alternatives()
  if (pieces === null || pieces.length > maxPieces) return null
  // Few texts hold an address.
  return pieces.every((piece) => piece.length >= minPieceUnits || piece.includes('@')) ? pieces : null
}

const minPieceUnits = 3
const maxPieces = 200

/** Null: nothing is known of what must be there. */
type Pieces = readonly string[] | null

/** Reads a pattern whose syntax is known to be right; only as far as pieces need it. */
class Reader {
  readonly source: string
  at = 0

  constructor(source: string) {
    this.source = source
  }

  /** Up to the end or an unopened `)`. */
  alternatives(): Pieces {
    const branches: Pieces[] = [this.sequence()]
    while (this.source.charAt(this.at) === '|') {
      this.at += 1
      branches.push(this.sequence())
    }
    return branches.some((branch) => branch === null) ? null : branches.flatMap((branch) => branch ?? [])
  }

  /** One branch: the best of what stands in it one after the other. */
  private sequence(): Pieces {
    let best: Pieces = null
    let run = ''
    const offer = (pieces: Pieces): void => {
      if (pieces !== null && worth(pieces) > worth(best)) best = pieces
    }
    const endRun = (): void => {
      if (run !== '') offer([run])
      run = ''
    }
    while (this.at < this.source.length) {
      const character = this.source.charAt(this.at)
      if (character === '|' || character === ')') break
      const atom = this.atom(character)
      const repeat = this.quantifier()
      if (atom.letter !== null && repeat === 'once') {
        run += atom.letter
        continue
      }
      if (atom.letter !== null && repeat === 'more') {
        run += atom.letter
        endRun()
        continue
      }
      if (atom.width) endRun()
      if (repeat !== 'maybe') offer(atom.pieces)
    }
    endRun()
    return best
  }

  /** `letter`: one literal letter or digit. `width`: takes up text, so that a run of letters ends. */
  private atom(character: string): { letter: string | null; pieces: Pieces; width: boolean } {
    const nothing = { letter: null, pieces: null, width: true }
    this.at += 1
    switch (character) {
      case '(':
        return this.group()
      case '[':
        this.characterClass()
        return nothing
      case '\\':
        return this.escape()
      case '^':
      case '$':
        return { ...nothing, width: false }
      default:
        return /[a-z0-9@]/i.test(character) ? { letter: character.toLowerCase(), pieces: null, width: true } : nothing
    }
  }

  private group(): { letter: null; pieces: Pieces; width: boolean } {
    const head = /^\?(?::|<?[=!]|<[\w$]+>)/.exec(this.source.slice(this.at, this.at + 80))?.[0] ?? ''
    this.at += head.length
    const pieces = this.alternatives()
    this.at += 1
    const lookAround = /^\?<?[=!]/.test(head)
    return { letter: null, pieces: lookAround ? null : pieces, width: !lookAround }
  }

  private characterClass(): void {
    while (this.at < this.source.length && this.source.charAt(this.at) !== ']')
      this.at += this.source.charAt(this.at) === '\\' ? 2 : 1
    this.at += 1
  }

  private escape(): { letter: null; pieces: Pieces; width: boolean } {
    const rest = this.source.slice(this.at)
    const long = /^(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[\dA-Fa-f]{4}|x[\dA-Fa-f]{2}|k<[^>]*>|c[A-Za-z]|\d+)/.exec(rest)?.[0]
    this.at += long?.length ?? 1
    return { letter: null, pieces: null, width: !/^[bB]/.test(rest) }
  }

  private quantifier(): 'once' | 'maybe' | 'more' {
    const found = /^(?:[*+?]|\{(\d+)(?:,\d*)?\})\??/.exec(this.source.slice(this.at, this.at + 20))
    if (found === null) return 'once'
    this.at += found[0].length
    if (found[0].startsWith('*') || found[0].startsWith('?') || found[1] === '0') return 'maybe'
    return 'more'
  }
}

/** Few long pieces are worth more than many short ones. */
function worth(pieces: Pieces): number {
  if (pieces === null || pieces.length === 0) return 0
  return Math.min(...pieces.map((piece) => (piece.includes('@') ? minPieceUnits : piece.length))) * 10 - pieces.length
}
