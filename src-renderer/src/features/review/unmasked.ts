import { defineStore } from 'pinia'
import { ref } from 'vue'

/** Whether what lists of recipients hold is shown as it is: a person said so, for as long as this window is open. */
export const useUnmasked = defineStore('unmasked', () => {
  const isOn = ref(false)
  return { isOn, show: () => void (isOn.value = true), mask: () => void (isOn.value = false) }
})
