import type { Locator, Page } from '@playwright/test'

/** Deciding, signing off and what lies around them, by role and name. */
export interface PeoplePage {
  /** The first time anybody acts. */
  readonly sayName: (name: string) => Promise<void>
  readonly decide: (name: 'Confirm' | 'False alarm' | 'Accept risk' | 'Ask') => Locator
  /** The form on the chosen card. */
  readonly form: Locator
  readonly outcome: Locator
  readonly signButton: Locator
  readonly dialog: (name: string | RegExp) => Locator
  readonly overview: Locator
  /** Marks of decisions on the heads of cards. */
  readonly decisions: (name: string) => Locator
}

export function peoplePage(page: Page): PeoplePage {
  const findings = page.getByRole('region', { name: 'Findings', exact: true })
  const outcome = page.getByRole('region', { name: 'Outcome', exact: true })
  const dialog = (name: string | RegExp): Locator => page.getByRole('dialog', { name })
  return {
    async sayName(name) {
      await dialog('Who reviews?').getByRole('textbox', { name: 'Your name' }).fill(name)
      await page.keyboard.press('Enter')
      await dialog('Who reviews?').waitFor({ state: 'hidden' })
    },
    decide: (name) =>
      findings.getByRole('group', { name: 'Decide' }).getByRole('button', { name: new RegExp(`${name}$`) }),
    form: findings.getByRole('form'),
    outcome,
    signButton: outcome.getByRole('button', { name: /^Sign off: / }),
    dialog,
    overview: page.getByRole('region', { name: 'Overview', exact: true }),
    decisions: (name) => findings.locator('.decision-mark').filter({ hasText: name }),
  }
}
