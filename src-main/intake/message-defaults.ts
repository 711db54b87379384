import type { MessageDefaults } from './message.ts'

/** What several manifests say of one file: the innermost that says something wins, then the fallback. */
export function innermostDefaults(said: readonly MessageDefaults[], fallback: MessageDefaults): MessageDefaults {
  const first = <K extends keyof MessageDefaults>(key: K): MessageDefaults[K] =>
    (said.find((defaults) => defaults[key] !== null) ?? fallback)[key]
  return {
    campaign: first('campaign'),
    client: first('client'),
    channel: first('channel'),
    kind: first('kind'),
    sendAt: first('sendAt'),
  }
}
