import type { Locator, Page } from '@playwright/test'

/** The rules of the packs and the editor of own ones, by role and name. */
export interface RuleEditorPage {
  readonly list: Locator
  readonly search: Locator
  /** Texts that are not saved. */
  readonly drafts: Locator
  readonly rule: Locator
  readonly editor: Locator
  readonly side: Locator
  /** Puts a text in the place of what is in the editor, as from the clipboard: what is typed would be indented. */
  readonly write: (text: string) => Promise<void>
}

export function ruleEditorPage(page: Page): RuleEditorPage {
  const rule = page.getByRole('region', { name: 'Rule', exact: true })
  const editor = rule.locator('.rule-code[data-ready="true"]')
  return {
    list: page.getByRole('listbox', { name: 'Rules', exact: true }),
    search: page.getByRole('searchbox', { name: 'Search rules' }),
    drafts: page.getByRole('region', { name: 'Not saved' }),
    rule,
    editor,
    side: page.getByRole('region', { name: 'Problems, examples and hits' }),
    async write(text) {
      await editor.click()
      await page.keyboard.press('ControlOrMeta+a')
      await page.evaluate((words) => {
        const clipboardData = new DataTransfer()
        clipboardData.setData('text/plain', words)
        document.activeElement?.dispatchEvent(
          new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
        )
      }, text)
    },
  }
}

export const cupsRule = `- id: own/cups
  clauses: [C8]
  title: Speaks of cups
  severity: warning
  check:
    kind: phrases
    any: ["cups"]
  message: "“{match}” is told apart by {clause}."
  examples:
    violates: ["Look at our {{cups}}"]
    fine: ["Look at our plates"]
`
