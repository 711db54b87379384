import type { CampaignSettings } from '../../src-main/intake/campaign-settings.ts'

/** Settings of a manifest that says only this. */
export function settingsOf(said: Partial<CampaignSettings> = {}): CampaignSettings {
  return {
    consent: null,
    region: [],
    sender: { brand: null, domains: [], address: null },
    providerAdds: [],
    allow: { phrases: [], domains: [], brands: [] },
    audience: [],
    exclude: [],
    history: [],
    series: null,
    timezone: null,
    localTime: null,
    table: null,
    ...said,
  }
}
