import * as monaco from 'monaco-editor/editor'
import { markDecoration } from './monaco.ts'
import type { CodeMark } from './code-mark.ts'
import type { EditorTheme } from './editor-theme.ts'
import { lineIndex } from './line-index.ts'

export interface DraftEditorOptions {
  readonly container: HTMLElement
  readonly label: string
  readonly theme: EditorTheme
  readonly text: string
  readonly onChange: (text: string) => void
}

/** A text that a person changes; its marks go along with what is typed until the next ones are set. */
export interface DraftEditor {
  readonly setMarks: (marks: readonly CodeMark[], chosen: number | null) => void
  readonly reveal: (offset: number) => void
  readonly setTheme: (theme: EditorTheme) => void
  readonly dispose: () => void
}

export function createDraftEditor(options: DraftEditorOptions): DraftEditor {
  let theme = options.theme
  const model = monaco.editor.createModel(options.text, 'plaintext')
  const editor = monaco.editor.create(options.container, {
    model,
    ariaLabel: options.label,
    theme: `clausebench-${theme}`,
    automaticLayout: true,
    fixedOverflowWidgets: true,
    fontFamily: getComputedStyle(options.container).getPropertyValue('--font-mono'),
    fontSize: 12,
    lineHeight: 20,
    wordWrap: 'on',
    folding: false,
    links: false,
    minimap: { enabled: false },
    lineNumbersMinChars: 3,
    renderLineHighlight: 'none',
    occurrencesHighlight: 'off',
    selectionHighlight: false,
    quickSuggestions: false,
    wordBasedSuggestions: 'off',
    autoClosingBrackets: 'never',
    autoClosingQuotes: 'never',
    contextmenu: false,
    scrollBeyondLastLine: false,
    // Else the number of an empty last line is dimmed past reading.
    renderFinalNewline: 'on',
    overviewRulerBorder: false,
    unusualLineTerminators: 'off',
    renderControlCharacters: true,
    padding: { top: 8, bottom: 8 },
    scrollbar: { useShadows: false },
  })
  const marks = editor.createDecorationsCollection()
  const written = (): string => model.getValue(undefined, true)
  const changes = model.onDidChangeContent(() => options.onChange(written()))
  return {
    setMarks(list, chosen) {
      const index = lineIndex(written())
      marks.set(list.map((mark) => markDecoration(mark, mark.number === chosen, index, theme)))
    },
    reveal(offset) {
      const position = lineIndex(written()).positionAt(offset)
      editor.setPosition(position)
      editor.revealPositionInCenterIfOutsideViewport(position, monaco.editor.ScrollType.Immediate)
      editor.focus()
    },
    setTheme(next) {
      theme = next
      monaco.editor.setTheme(`clausebench-${next}`)
    },
    dispose() {
      changes.dispose()
      editor.dispose()
      model.dispose()
    },
  }
}
