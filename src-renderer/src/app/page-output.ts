import { useI18n } from 'vue-i18n'
import { useClient } from '../api/client.ts'
import { trustMessageHtml } from '../features/review/trust-message-html.ts'
import { useNotices } from './notices.ts'

/** A self-contained page on paper: the desktop saves a PDF where the person says, a browser prints it (or makes a PDF of it). */
export function usePageOutput() {
  const client = useClient()
  const notices = useNotices()
  const { t } = useI18n()
  const { savePdf } = client

  /** `name`: what the file is to be called, without its ending. */
  async function toPdf(html: string, name: string): Promise<void> {
    if (savePdf === null) {
      await printPage(html)
      return
    }
    const done = await savePdf(html, name)
    if (!done.ok) notices.report(done.problem)
    else if (done.value.saved) notices.announce(t('output.saved'))
  }

  return { toPdf, pdfLabel: savePdf === null ? 'output.print' : 'output.pdf' } as const
}

/** The browser's own dialog over a page that is shown nowhere else; resolves when the dialog is done with. */
async function printPage(html: string): Promise<void> {
  const frame = document.createElement('iframe')
  frame.setAttribute('sandbox', 'allow-same-origin allow-modals')
  frame.className = 'print-frame'
  frame.setAttribute('aria-hidden', 'true')
  frame.tabIndex = -1
  frame.srcdoc = trustMessageHtml(html)
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }))
  document.body.append(frame)
  await loaded
  frame.contentWindow?.print()
  frame.remove()
}
