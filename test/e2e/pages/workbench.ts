import type { FrameLocator, Locator, Page } from '@playwright/test'

export type ViewTab = 'Rendered' | 'Text' | 'Source' | 'Headers' | 'Files' | 'Recipients' | 'Schedule'

/** The workbench by role and name, as `Names to rely on` promises them. */
export interface WorkbenchPage {
  readonly page: Page
  /** Settings and what was open are read; nothing is under way. */
  readonly started: () => Promise<void>
  readonly nav: (name: 'Review' | 'Clauses' | 'Policies and rules' | 'Overview' | 'Settings') => Locator
  readonly messages: {
    readonly region: Locator
    readonly list: Locator
    readonly filter: Locator
    /** Messages; campaigns' own rows left out. */
    readonly options: Locator
    readonly option: (subject: string | RegExp) => Locator
    readonly selected: Locator
    readonly campaigns: Locator
  }
  readonly message: {
    readonly region: Locator
    readonly tab: (name: ViewTab) => Locator
    /** Of the view beside the first. */
    readonly secondTab: (name: ViewTab) => Locator
    readonly frameElement: Locator
    readonly frame: FrameLocator
    readonly marks: Locator
    readonly chosenMarks: Locator
    /** The text that is marked as finding N in the visible editor. */
    readonly editor: Locator
    /** The rendered document of the selected message is there. */
    readonly rendered: () => Promise<void>
  }
  readonly findings: {
    readonly region: Locator
    readonly list: Locator
    readonly cards: Locator
    readonly card: (label: string | RegExp) => Locator
    readonly chosen: Locator
    readonly hints: Locator
  }
  readonly clause: Locator
  readonly clauses: {
    readonly tree: Locator
    readonly search: Locator
    readonly item: (number: string) => Locator
    readonly page: Locator
  }
  readonly settings: {
    readonly region: Locator
    readonly search: Locator
    readonly choice: (name: string) => Locator
  }
  /** The command palette, or the list of messages to go to. */
  readonly pick: { readonly field: Locator; readonly options: Locator }
  readonly status: Locator
  readonly dialog: Locator
}

export function workbenchPage(page: Page): WorkbenchPage {
  const messages = page.getByRole('region', { name: 'Messages', exact: true })
  const message = page.getByRole('region', { name: 'Message', exact: true })
  const findings = page.getByRole('region', { name: 'Findings', exact: true })
  const list = messages.getByRole('listbox', { name: 'Messages', exact: true })
  const options = list.locator('[role="option"]:not([aria-label^="Campaign"])')
  const frameElement = message.locator('iframe[title="Rendered message"]')
  const frame = frameElement.contentFrame()
  const findingList = findings.getByRole('list', { name: 'Findings', exact: true })
  const tree = page.getByRole('tree', { name: 'Clauses', exact: true })
  return {
    page,
    started: () => page.locator('html[data-started]').waitFor({ state: 'attached' }),
    nav: (name) => page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name, exact: true }),
    messages: {
      region: messages,
      list,
      filter: messages.getByRole('searchbox', { name: 'Filter messages' }),
      options,
      option: (subject) => options.and(messages.getByRole('option', { name: subject })),
      selected: list.locator('[role="option"][aria-selected="true"]'),
      campaigns: list.locator('[role="option"][aria-label^="Campaign"]'),
    },
    message: {
      region: message,
      tab: (name) =>
        message.getByRole('tablist', { name: 'Views', exact: true }).getByRole('tab', { name, exact: true }),
      secondTab: (name) =>
        message.getByRole('tablist', { name: 'Second view' }).getByRole('tab', { name, exact: true }),
      frameElement,
      frame,
      marks: frame.locator('[data-finding]'),
      chosenMarks: frame.locator('[data-finding][data-chosen]'),
      editor: message.locator('.code-view[data-ready="true"]:visible'),
      rendered: () => frameElement.and(page.locator('[data-loaded]')).waitFor(),
    },
    findings: {
      region: findings,
      list: findingList,
      cards: findingList.getByRole('listitem').and(page.locator('[aria-label]')),
      card: (label) => findingList.getByRole('listitem', { name: label }),
      chosen: findingList.locator('[aria-current="true"]'),
      hints: findings.getByRole('button', { name: /hints?$/ }),
    },
    clause: page.getByRole('region', { name: 'Clause', exact: true }),
    clauses: {
      tree,
      search: page.getByRole('searchbox', { name: 'Search clauses' }),
      item: (number) => tree.locator(`[role="treeitem"][aria-label^="${number} "]`),
      page: page.getByRole('region', { name: 'Clause', exact: true }),
    },
    settings: {
      region: page.getByRole('region', { name: 'Settings', exact: true }),
      search: page.getByRole('searchbox', { name: 'Search settings' }),
      choice: (name) => page.getByRole('combobox', { name, exact: true }),
    },
    pick: {
      field: page.getByRole('dialog').getByRole('combobox'),
      options: page.getByRole('dialog').getByRole('option'),
    },
    status: page.getByRole('contentinfo'),
    dialog: page.getByRole('dialog'),
  }
}
