import 'monaco-editor/features/diffEditor/register'
import * as monaco from 'monaco-editor/editor'
import type { EditorTheme } from './editor-theme.ts'
// Themes and the worker are the same for every editor.
import './monaco.ts'

/** Loaded when two whole texts are first compared; its objects never become reactive. */

interface TextDiffOptions {
  readonly container: HTMLElement
  readonly label: string
  readonly theme: EditorTheme
}

export interface TextDiff {
  readonly setTexts: (older: string, newer: string) => void
  /** To the next change, or to the one before. */
  readonly step: (step: 1 | -1) => void
  readonly setTheme: (theme: EditorTheme) => void
  readonly dispose: () => void
}

const maxComputationMs = 5_000

export function createTextDiff({ container, label, theme }: TextDiffOptions): TextDiff {
  const editor = monaco.editor.createDiffEditor(container, {
    readOnly: true,
    domReadOnly: true,
    originalAriaLabel: label,
    modifiedAriaLabel: label,
    theme: `clausebench-${theme}`,
    automaticLayout: true,
    fixedOverflowWidgets: true,
    fontFamily: getComputedStyle(container).getPropertyValue('--font'),
    fontSize: 13,
    lineHeight: 20,
    wordWrap: 'on',
    diffWordWrap: 'on',
    renderSideBySide: true,
    useInlineViewWhenSpaceIsLimited: true,
    hideUnchangedRegions: { enabled: true },
    maxComputationTime: maxComputationMs,
    renderGutterMenu: false,
    renderMarginRevertIcon: false,
    lineNumbers: 'off',
    folding: false,
    links: false,
    minimap: { enabled: false },
    contextmenu: false,
    scrollBeyondLastLine: false,
    unusualLineTerminators: 'off',
    // Policies are typeset: their quotes and dashes deceive nobody.
    unicodeHighlight: { ambiguousCharacters: false },
    scrollbar: { useShadows: false },
    padding: { top: 8, bottom: 8 },
  })

  function dropModel(): void {
    const old = editor.getModel()
    editor.setModel(null)
    old?.original.dispose()
    old?.modified.dispose()
  }

  return {
    setTexts(older, newer) {
      dropModel()
      editor.setModel({
        original: monaco.editor.createModel(older, 'plaintext'),
        modified: monaco.editor.createModel(newer, 'plaintext'),
      })
    },
    step: (step) => editor.goToDiff(step === 1 ? 'next' : 'previous'),
    setTheme: (next) => monaco.editor.setTheme(`clausebench-${next}`),
    dispose() {
      dropModel()
      editor.dispose()
    },
  }
}
