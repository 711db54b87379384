import type { CampaignSettings } from './campaign-settings.ts'
import type { MessageDefaults } from './message.ts'

/** What several manifests say of one file: the innermost that says something wins, then the fallback. */
export function innermostDefaults(said: readonly MessageDefaults[], fallback: MessageDefaults): MessageDefaults {
  const first = <K extends keyof MessageDefaults>(key: K): MessageDefaults[K] =>
    (said.find((defaults) => defaults[key] !== null) ?? fallback)[key]
  const settings = innermostSettings(
    [...said, fallback].flatMap((defaults) => (defaults.settings === undefined ? [] : [defaults.settings])),
  )
  return {
    campaign: first('campaign'),
    client: first('client'),
    channel: first('channel'),
    kind: first('kind'),
    sendAt: first('sendAt'),
    ...(settings === null ? {} : { settings }),
  }
}

function innermostSettings(said: readonly CampaignSettings[]): CampaignSettings | null {
  const [innermost, ...outer] = said
  if (innermost === undefined) return null
  return outer.reduce(
    (inner, next): CampaignSettings => ({
      consent: inner.consent ?? next.consent,
      region: filled(inner.region, next.region),
      sender: {
        brand: inner.sender.brand ?? next.sender.brand,
        domains: filled(inner.sender.domains, next.sender.domains),
        address: inner.sender.address ?? next.sender.address,
      },
      providerAdds: filled(inner.providerAdds, next.providerAdds),
      // What is the client's own stays so in a campaign inside the campaign.
      allow: {
        phrases: [...inner.allow.phrases, ...next.allow.phrases],
        domains: [...inner.allow.domains, ...next.allow.domains],
        brands: [...inner.allow.brands, ...next.allow.brands],
      },
      audience: filled(inner.audience, next.audience),
      exclude: [...inner.exclude, ...next.exclude],
      history: [...inner.history, ...next.history],
      series: inner.series ?? next.series,
      timezone: inner.timezone ?? next.timezone,
      localTime: inner.localTime ?? next.localTime,
      table: inner.table ?? next.table,
    }),
    innermost,
  )
}

function filled<T>(inner: readonly T[], outer: readonly T[]): readonly T[] {
  return inner.length > 0 ? inner : outer
}
