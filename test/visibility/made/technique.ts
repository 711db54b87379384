/** One way to write a piece of a mail. What it is worth is for the browser to say, not for this list. */
export interface Technique {
  readonly name: string
  /** Goes into the mail's style sheet; `$` stands for a class name of its own. */
  readonly css?: string
  /** `@` stands for the words, `$` for the class name. */
  readonly html: string
}

export function technique(name: string, html: string, css?: string): Technique {
  return css === undefined ? { name, html } : { name, html, css }
}

/** The words in a block that bears a style. */
export function styled(...styles: readonly string[]): Technique[] {
  return styles.map((style) => technique(style, `<div style="${style}">@</div>`))
}
