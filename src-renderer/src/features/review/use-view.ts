import { ref, shallowRef, watch } from 'vue'
import type { Answer } from '../../../../src-main/contract/operation-schemas.ts'
import type { OperationName } from '../../../../src-main/contract/operations.ts'
import type { Problem, Result } from '../../../../src-main/contract/result.ts'
import type { MessageRef } from './campaigns.ts'
import { useOpenMessage } from './open-message.ts'

/**
 * A view of the message on the screen, read when it is first looked at and again when the message (or what `key` says)
 * changes. The old answer stays until the new one is there, so nothing flickers.
 */
export function useView<O extends OperationName>(
  of: () => MessageRef | null,
  active: () => boolean,
  key: () => string,
  ask: (of: MessageRef) => Promise<Result<Answer<O>>>,
) {
  const answer = shallowRef<Answer<O> | null>(null)
  const problem = ref<Problem | null>(null)
  let asked = ''
  const open = useOpenMessage()

  watch(
    [of, active, key, () => open.marksVersion],
    async () => {
      const message = of()
      if (message === null) {
        answer.value = null
        asked = ''
        return
      }
      const wanted = `${message.campaign} ${message.message} ${key()} ${open.marksVersion}`
      if (!active() || asked === wanted) return
      asked = wanted
      const result = await ask(message)
      if (asked !== wanted) return
      answer.value = result.ok ? result.value : null
      problem.value = result.ok ? null : result.problem
      // Looking at the view again asks again.
      if (!result.ok) asked = ''
    },
    { immediate: true },
  )

  return { answer, problem }
}
