import type { Scene } from '../scene.ts'

/** `Acme: …`, `Acme here!`, `… from Acme`: how a short text says who sends it. */
const namesItself =
  /^\W{0,3}\p{Lu}[\p{L}\p{N}&'’.+/ -]{1,40}(?:\([^()\n]{1,40}\) ?)?(?::| ?[-–—] |!)|(?:^|[.!?] )\p{Lu}[\p{L}\p{N}&'’ ]{1,30} here[!,.:]|(?:^|\s)(?:from|at|by|team|your friends at) \p{Lu}[\p{L}\p{N}&'’]{1,30}|[-–—] ?\p{Lu}[\p{L}&'’ ]{1,30}\s*$/u

/** Whom the message says it is from, by name; null when it is from a bare address or number. */
export function senderNameIn(scene: Scene): string | null {
  for (const { view } of scene.texts) {
    if (view.look === 'from') {
      const name = view.text
        .replace(/<[^>]*>/g, '')
        .replace(/["']/g, '')
        .trim()
      if (/\p{L}{2,}/u.test(name) && !name.includes('@')) return name
    }
  }
  if (scene.views.message.channel === 'email') return null
  for (const { view } of scene.texts) {
    if (view.look !== 'text' && view.look !== 'title') continue
    const found = namesItself.exec(view.text)?.[0]
    if (found !== undefined) return found.trim()
  }
  return null
}
