import type { HtmlMail } from './html-mails.ts'
import type { PageReason, PageText } from './seen-in-page.ts'
import { shownByView, type ViewText } from './shown-by-view.ts'
import { newTally, type Tally } from './tally.ts'

export interface Disagreement {
  readonly mail: HtmlMail
  /** Why Chromium hides the node; null: it shows it. */
  readonly browser: PageReason | null
  readonly view: ViewText['hiddenBy']
  /** The markup before the node and its first words. */
  readonly markup: string
}

export interface Compared {
  /** null: the two parsers made different trees of the mail. */
  readonly nodes: Tally | null
  readonly disagreements: readonly Disagreement[]
  readonly viewMs: number
}

/** Holds what the view says of a mail against what the browser says, text node by text node. */
export function compareMail(mail: HtmlMail, page: readonly PageText[]): Compared {
  const started = performance.now()
  const view = shownByView(mail.html)
  const viewMs = performance.now() - started
  const isSameTree = page.length === view.length && page.every(({ text }, at) => text === view[at]?.text)
  if (!isSameTree) return { nodes: null, disagreements: [], viewMs }
  const nodes = newTally()
  const disagreements: Disagreement[] = []
  page.forEach(({ apart, hidden, text }, at) => {
    const said = view[at]
    if (apart || said === undefined) return
    if (hidden === null) {
      nodes.shown++
      if (!said.shown) nodes.wronglyHidden++
    } else {
      nodes.hidden++
      if (!said.shown) nodes.found++
    }
    if ((hidden === null) === said.shown) return
    const before = mail.html.slice(Math.max(0, said.start - 90), said.start)
    disagreements.push({
      mail,
      browser: hidden,
      view: said.hiddenBy,
      markup: JSON.stringify(`${before}${text.slice(0, 30)}`),
    })
  })
  return { nodes, disagreements, viewMs }
}
