import { element, type OutputElement, type OutputNode } from './output-tree.ts'

/** The frame's own policy: with it nothing is fetched whatever the markup says. */
export const framePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; form-action 'none'; base-uri 'none'"

/**
 * Layers: an important declaration of the first layer wins over all later ones, so that no style of the mail can hide or
 * imitate a mark.
 */
const ownStyle = `@layer clausebench, base, mail;
@layer clausebench {
html, body { display: block !important; visibility: visible !important; opacity: 1 !important; }
mark[data-finding] {
  display: inline !important; visibility: visible !important; position: static !important; float: none !important;
  opacity: 1 !important; background: var(--soft) !important; color: var(--ink) !important; border: 0 !important;
  border-bottom: 2px solid var(--line) !important; padding: 0 1px !important; margin: 0 !important; border-radius: 2px !important;
  cursor: pointer !important; clip-path: none !important; transform: none !important; text-indent: 0 !important;
}
mark[data-finding][id]::before {
  content: attr(data-finding); font: 700 10px/14px system-ui, sans-serif; color: var(--paper); background: var(--line);
  padding: 0 3px; margin: 0 3px 0 0; border-radius: 3px; vertical-align: text-top; text-decoration: none; letter-spacing: 0;
}
mark[data-finding]:has(> img), mark[data-finding]:has(> span[data-show=picture]) {
  display: inline-block !important; border: 2px solid var(--line) !important;
}
mark[data-chosen] { outline: 2px solid var(--line) !important; outline-offset: 2px !important; }
mark[data-severity=error] { --soft: #fbdcd9; --line: #b3261e; --ink: #1b1b1b; --paper: #fff; }
mark[data-severity=warning] { --soft: #fdeac2; --line: #8a5a00; --ink: #1b1b1b; --paper: #fff; }
mark[data-severity=info] { --soft: #dbe8fd; --line: #1f5fbf; --ink: #1b1b1b; --paper: #fff; }
[data-theme=dark] mark[data-severity=error] { --soft: #55211d; --line: #ff8a80; --ink: #fff; --paper: #1b1b1b; }
[data-theme=dark] mark[data-severity=warning] { --soft: #4a380b; --line: #f2b84b; --ink: #fff; --paper: #1b1b1b; }
[data-theme=dark] mark[data-severity=info] { --soft: #1d365f; --line: #8ab4ff; --ink: #fff; --paper: #1b1b1b; }
[data-show] {
  visibility: visible !important; opacity: 1 !important; text-indent: 0 !important; text-transform: none !important;
  letter-spacing: 0 !important; transform: none !important;
}
span[data-show=hidden] {
  display: inline-block !important; font: 13px/18px system-ui, sans-serif !important; color: #1b1b1b !important;
  background: #f4f4f5 !important; border: 1px dashed #6b6b70 !important; border-radius: 4px !important; padding: 2px 6px !important;
  margin: 2px !important; max-width: 100% !important; max-height: none !important; height: auto !important; width: auto !important;
  text-align: left !important; white-space: normal !important; position: static !important; overflow: visible !important;
}
span[data-show=label] { display: inline !important; font: 600 11px/16px system-ui, sans-serif !important; color: #55555a !important; }
span[data-show=character] {
  font: 600 10px/14px ui-monospace, monospace !important; color: #5b2c83 !important; background: #f1e6fa !important;
  border: 1px solid #8e5bb8 !important; border-radius: 3px !important; padding: 0 3px !important; margin: 0 1px !important;
  display: inline-block !important; direction: ltr !important; unicode-bidi: isolate !important; white-space: nowrap !important;
}
}
@layer base {
html { color-scheme: light; }
html[data-theme=dark] { color-scheme: dark; }
body { margin: 12px 16px; font: 15px/1.5 system-ui, sans-serif; color: #1b1b1b; background: #fff; overflow-wrap: break-word; }
body[data-theme=dark] { color: #e8e8ea; background: #1e1f22; }
a[data-link] { color: #1a56b0; text-decoration: underline; cursor: pointer; }
body[data-theme=dark] a[data-link] { color: #8ab4ff; }
a[data-link]:focus-visible { outline: 2px solid currentcolor; outline-offset: 1px; }
img { max-width: 100%; }
span[data-show=picture] {
  display: inline-block; box-sizing: border-box; max-width: 100%; min-width: 16px; min-height: 16px; overflow: hidden; vertical-align: middle;
  border: 1px dashed #9a9aa0; background: #f6f6f7; color: #46464a; font-size: 12px; line-height: 16px; text-align: center;
}
span[data-show=pixel] { display: none; }
span[data-show=button] { display: inline-block; border: 1px solid #77777c; border-radius: 4px; padding: 1px 8px; background: #efeff1; color: #1b1b1b; }
[data-show=text] { white-space: pre-wrap; overflow-wrap: anywhere; max-width: 46em; }
[data-show=text] p { margin: 0 0 1em; }
div[data-show=page] {
  display: flex; align-items: center; gap: 8px; margin: 8px 0 16px; font: 600 11px/16px system-ui, sans-serif; color: #55555a; white-space: nowrap;
}
div[data-show=page]::before { content: attr(aria-label); }
div[data-show=page]::after { content: ''; flex: 1; border-top: 1px dashed #9a9aa0; }
[data-theme=dark] div[data-show=page] { color: #b4b4ba; }
}`

/** A whole document for the isolated frame. */
export function documentOf(
  body: OutputElement,
  css: string,
  attributes: Readonly<Record<string, string>>,
  title: string,
): readonly OutputNode[] {
  const head = element('head', {}, [
    element('meta', { 'http-equiv': 'Content-Security-Policy', content: framePolicy }),
    element('meta', { charset: 'utf-8' }),
    element('meta', { name: 'referrer', content: 'no-referrer' }),
    element('title', {}, [{ text: title }]),
    element('style', {}, [{ text: ownStyle }]),
    ...(css.trim() === '' ? [] : [element('style', {}, [{ text: `@layer mail {\n${css}\n}` }])]),
  ])
  return [element('html', attributes, [head, body])]
}
