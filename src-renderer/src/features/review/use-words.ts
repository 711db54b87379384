import { useI18n } from 'vue-i18n'
import type { MessageSummary } from '../../../../src-main/contract/operation-schemas.ts'
import type { Severity, Verdict } from '../../../../src-main/contract/report.ts'

type Counts = MessageSummary['counts']

/** Phrases that several parts of the screen share. */
export function useWords() {
  const { t, n, d } = useI18n()

  /** “2 errors, 1 warning”; hints only where nothing graver stands. */
  function countWords(counts: Counts): string {
    const grave = [
      counts.error > 0 ? t('counts.errors', { n: n(counts.error) }, counts.error) : '',
      counts.warning > 0 ? t('counts.warnings', { n: n(counts.warning) }, counts.warning) : '',
    ].filter(Boolean)
    if (grave.length > 0) return grave.join(', ')
    return counts.info > 0 ? t('counts.hints', { n: n(counts.info) }, counts.info) : ''
  }

  function verdictWords(verdict: Verdict, counts: Counts): string {
    const said = countWords(counts)
    switch (verdict) {
      case 'errors':
      case 'to-review':
        return said || t(`verdict.${verdict}`)
      case 'not-fully-checked':
      case 'nothing-found':
        return said === '' ? t(`verdict.${verdict}`) : `${t(`verdict.${verdict}`)}, ${said}`
    }
  }

  function severityWord(severity: Severity): string {
    return t(`severity.${severity}`)
  }

  function dateTime(iso: string | null, style: 'short' | 'long'): string {
    if (iso === null) return ''
    const date = new Date(iso)
    if (Number.isNaN(date.getTime())) return iso
    return d(date, style)
  }

  return { countWords, verdictWords, severityWord, dateTime }
}
