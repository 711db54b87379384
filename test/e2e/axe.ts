import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** Violations of WCAG 2.2 A and AA in what is ours: the mail's own document is judged by nobody. */
export function violations(page: Page): Promise<readonly string[]> {
  return found(builder(page).withTags(tags))
}

/** Of all but the colours, which a zoom does not change and which take the most time. */
export function layoutViolations(page: Page): Promise<readonly string[]> {
  return found(builder(page).withTags(tags).disableRules(['color-contrast']))
}

/** Of the colours alone: all that another theme changes. */
export function colourViolations(page: Page): Promise<readonly string[]> {
  return found(builder(page).withRules(['color-contrast', 'link-in-text-block']))
}

/** The same in the dark theme; the page is in the light one before and after. */
export async function darkViolations(page: Page): Promise<readonly string[]> {
  await page.emulateMedia({ colorScheme: 'dark' })
  const dark = await colourViolations(page)
  await page.emulateMedia({ colorScheme: 'light' })
  return dark
}

function builder(page: Page): AxeBuilder {
  // Electron has no second page to work in.
  return new AxeBuilder({ page }).setLegacyMode(true).exclude('iframe')
}

async function found(axe: AxeBuilder): Promise<readonly string[]> {
  const result = await axe.analyze()
  return result.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => `${id} ${target.join(' ')}: ${failureSummary}`),
  )
}
