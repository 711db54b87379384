import { useI18n } from 'vue-i18n'

const named = [
  'subject',
  'preheader',
  'from',
  'text',
  'html',
  'title',
  'image',
  'link',
  'attachment',
  'audience',
  'schedule',
  'message',
  'series',
  'header',
] as const

/** Parts of a message as people call them: `html:2` → “HTML text 2”, `attachment:a.pdf` → “attachment a.pdf”. */
export function usePartNames() {
  const { t } = useI18n()

  function partName(part: string): string {
    const colon = part.indexOf(':')
    const kind = named.find((name) => name === (colon === -1 ? part : part.slice(0, colon)))
    if (kind === undefined) return part
    return colon === -1 ? t(`part.${kind}`) : `${t(`part.${kind}`)} ${part.slice(colon + 1)}`
  }

  return { partName }
}
