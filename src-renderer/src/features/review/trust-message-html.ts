/**
 * The policy `message-frame`: the one way by which HTML becomes a document on this page.
 * What passes here was sanitised by the main process and goes into the isolated frame only.
 */
const policy = (
  globalThis as {
    trustedTypes?: {
      createPolicy: (
        name: string,
        rules: { createHTML: (html: string) => string },
      ) => { createHTML: (html: string) => string }
    }
  }
).trustedTypes?.createPolicy('message-frame', { createHTML: (html) => html })

/** A `TrustedHTML` where the browser has them (Vue and the frame take it as the string it stands for). */
export function trustMessageHtml(html: string): string {
  return policy === undefined ? html : policy.createHTML(html)
}
