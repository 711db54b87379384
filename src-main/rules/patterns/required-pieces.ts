/**
 * Pieces of text of which every match of a pattern must hold at least one, so that a text without any need not be
 * searched; null when there are none worth it. ASCII letters and digits in lower case, full stops and single spaces between them: the
 * folded lens shows them wherever the pattern (flags `iu`) could match them.
 */
export function requiredPieces(source: string): readonly string[] | null {
  const pieces = new Reader(source).alternatives()
  if (pieces === null || pieces.length > maxPieces) return null
  return pieces.every(isWorthIt) ? pieces : null
}

/** Few texts hold an address, or a short word with a full stop. */
function isWorthIt(piece: string): boolean {
  return piece.length >= minPieceUnits || piece.includes('@') || (piece.length > 1 && piece.includes('.'))
}

const minPieceUnits = 3
const maxPieces = 200

/** Null: nothing is known of what must be there. */
type Pieces = readonly string[] | null

interface Atom {
  /** One literal letter, digit, space or full stop. */
  readonly letter: string | null
  readonly pieces: Pieces
  /** It takes up text, so that a run of letters ends. */
  readonly width: boolean
  /** Of a group: its branches, when each is nothing but letters. */
  readonly literals: Pieces
}

const nothingKnown: Atom = { letter: null, pieces: null, width: true, literals: null }

/** Reads a pattern whose syntax is known to be right; only as far as pieces need it. */
class Reader {
  readonly source: string
  at = 0
  /** The branch that was read last, when it is nothing but letters. */
  private literal: string | null = null
  /** The branches that were read last, when all are. */
  private literals: Pieces = null

  constructor(source: string) {
    this.source = source
  }

  /** Up to the end or an unopened `)`. */
  alternatives(): Pieces {
    const branches: Pieces[] = [this.sequence()]
    const literals = [this.literal]
    while (this.source.charAt(this.at) === '|') {
      this.at += 1
      branches.push(this.sequence())
      literals.push(this.literal)
    }
    const known = literals.flatMap((literal) => (literal === null || literal === '' ? [] : [literal]))
    this.literals = known.length === literals.length ? known : null
    return branches.some((branch) => branch === null) ? null : branches.flatMap((branch) => branch ?? [])
  }

  /** One branch: the best of what stands in it one after the other. */
  private sequence(): Pieces {
    let best: Pieces = null
    let run = ''
    let literal: string | null = ''
    const offer = (pieces: Pieces): void => {
      if (pieces !== null && worth(pieces) > worth(best)) best = pieces
    }
    const endRun = (): void => {
      const piece = run.trim()
      if (piece !== '') offer([piece])
      run = ''
    }
    while (this.at < this.source.length) {
      const character = this.source.charAt(this.at)
      if (character === '|' || character === ')') break
      const atom = this.atom(character)
      const repeat = this.quantifier()
      literal = literal === null || atom.letter === null || repeat !== 'once' ? null : literal + atom.letter
      if (atom.letter !== null && repeat === 'once') {
        run += atom.letter
        continue
      }
      const before = run.trimStart()
      if (atom.literals !== null && repeat !== 'maybe') offer(atom.literals.map((branch) => (before + branch).trim()))
      if (atom.letter !== null && repeat === 'more') {
        run += atom.letter
        endRun()
        continue
      }
      if (atom.width) endRun()
      if (repeat !== 'maybe') offer(atom.pieces)
    }
    endRun()
    this.literal = literal
    return best
  }

  private atom(character: string): Atom {
    this.at += 1
    switch (character) {
      case '(':
        return this.group()
      case '[':
        this.characterClass()
        return nothingKnown
      case '\\':
        return this.escape()
      case '^':
      case '$':
        return { ...nothingKnown, width: false }
      default:
        return /[a-z0-9@ ]/i.test(character) ? { ...nothingKnown, letter: character.toLowerCase() } : nothingKnown
    }
  }

  private group(): Atom {
    const head = /^\?(?::|<?[=!]|<[\w$]+>)/.exec(this.source.slice(this.at, this.at + 80))?.[0] ?? ''
    this.at += head.length
    const pieces = this.alternatives()
    const { literals } = this
    this.at += 1
    const lookAround = /^\?<?[=!]/.test(head)
    return lookAround ? { ...nothingKnown, width: false } : { ...nothingKnown, pieces, literals }
  }

  private characterClass(): void {
    while (this.at < this.source.length && this.source.charAt(this.at) !== ']')
      this.at += this.source.charAt(this.at) === '\\' ? 2 : 1
    this.at += 1
  }

  private escape(): Atom {
    const rest = this.source.slice(this.at)
    if (rest.startsWith('.')) {
      this.at += 1
      return { ...nothingKnown, letter: '.' }
    }
    const long = /^(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[\dA-Fa-f]{4}|x[\dA-Fa-f]{2}|k<[^>]*>|c[A-Za-z]|\d+)/.exec(rest)?.[0]
    this.at += long?.length ?? 1
    return { ...nothingKnown, width: !/^[bB]/.test(rest) }
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
