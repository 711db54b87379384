import type { Locator, Page } from '@playwright/test'

/** Importing, reading and comparing policies, by role and name. */
export interface PoliciesPage {
  readonly importButton: Locator
  /** Before anything is stored. */
  readonly preview: Locator
  readonly versions: Locator
  readonly detail: Locator
  readonly tab: (name: 'Clause' | 'History' | 'Redline') => Locator
  readonly history: Locator
  readonly redline: Locator
  readonly changes: Locator
  readonly hits: Locator
}

export function policiesPage(page: Page): PoliciesPage {
  const redline = page.getByRole('region', { name: 'Redline', exact: true })
  return {
    importButton: page.getByRole('button', { name: 'Import policy' }),
    preview: page.getByRole('article', { name: 'Before it is stored' }),
    versions: page.getByRole('listbox', { name: 'Versions' }),
    detail: page.getByRole('region', { name: 'Policy', exact: true }),
    tab: (name) => page.getByRole('tablist', { name: 'Views of the clause' }).getByRole('tab', { name, exact: true }),
    history: page.getByRole('region', { name: 'History', exact: true }),
    redline,
    changes: redline.getByRole('list', { name: 'Changes' }).locator(':scope > li'),
    hits: page.getByRole('region', { name: 'In the policies’ own words' }),
  }
}
