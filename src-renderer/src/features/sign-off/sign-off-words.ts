import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { usePeople } from '../decide/people.ts'

/** “reviewed, with 2 accepted and 1 not checked”; never that it may be sent. */
export function useSignOffWords() {
  const { t, n } = useI18n()
  const people = usePeople()
  const statement = computed(() => {
    const review = people.review
    if (review === null) return t('signOff.reviewed')
    const { counts, unchecked } = review
    const undecided = counts.openErrors + counts.openOthers
    const parts = [
      counts.confirmed > 0 ? t('signOff.confirmed', { n: n(counts.confirmed) }) : '',
      counts.accepted > 0 ? t('signOff.accepted', { n: n(counts.accepted) }) : '',
      counts.asked > 0 ? t('signOff.waiting', { n: n(counts.asked) }) : '',
      undecided > 0 ? t('signOff.undecided', { n: n(undecided) }) : '',
      unchecked.length > 0 ? t('signOff.unchecked', { n: n(unchecked.length) }) : '',
    ].filter(Boolean)
    if (parts.length === 0) return t('signOff.reviewed')
    const last = parts.at(-1) ?? ''
    const list = parts.length === 1 ? last : t('signOff.and', { first: parts.slice(0, -1).join(', '), last })
    return t('signOff.reviewedWith', { list })
  })
  return { statement }
}
