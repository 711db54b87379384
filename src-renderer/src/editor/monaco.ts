import 'monaco-editor/features/clipboard/register'
import 'monaco-editor/features/codicon/register'
import 'monaco-editor/features/find/register'
import 'monaco-editor/features/hover/register'
import 'monaco-editor/features/toggleTabFocusMode/register'
import 'monaco-editor/features/unicodeHighlighter/register'
import 'monaco-editor/features/wordOperations/register'
import * as monaco from 'monaco-editor/editor'
import workerUrl from 'monaco-editor/editor/editor.worker?worker&url'
import type { Severity } from '../../../src-main/contract/report.ts'
import type { CodeMark } from './code-mark.ts'
import { lineIndex, type LineIndex } from './line-index.ts'

/** The one place that knows Monaco. Loaded when an editor is first shown; its objects never become reactive. */

export interface CodeViewOptions {
  readonly container: HTMLElement
  readonly label: string
  readonly theme: 'light' | 'dark'
  /** Offset in the text that was clicked. */
  readonly onClick: (offset: number) => void
}

export interface CodeView {
  /** A new text; marks are set apart. */
  readonly setText: (text: string, headingLines: readonly number[]) => void
  readonly setMarks: (marks: readonly CodeMark[], chosen: ReadonlySet<number>) => void
  readonly reveal: (offset: number) => void
  readonly setTheme: (theme: 'light' | 'dark') => void
  readonly dispose: () => void
}

interface WorkerUrlPolicy {
  readonly createScriptURL: (url: string) => string
}

const workerUrlPolicy = (
  globalThis as { trustedTypes?: { createPolicy: (name: string, rules: WorkerUrlPolicy) => WorkerUrlPolicy } }
).trustedTypes?.createPolicy('monaco-worker', {
  createScriptURL(url) {
    if (url !== workerUrl) throw new TypeError('not the editor’s worker')
    return url
  },
})

globalThis.MonacoEnvironment = {
  getWorker: () =>
    new Worker(workerUrlPolicy?.createScriptURL(workerUrl) ?? workerUrl, { type: 'module', name: 'editor' }),
}

defineTheme('light')
defineTheme('dark')

/** Colours of Monaco's own parts; marks are styled in `marks.css` with the tokens. */
function defineTheme(theme: 'light' | 'dark'): void {
  const dark = theme === 'dark'
  monaco.editor.defineTheme(`clausebench-${theme}`, {
    base: dark ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [],
    colors: {
      'editor.background': dark ? '#1e1f22' : '#ffffff',
      'editor.foreground': dark ? '#e3e5e9' : '#1d1f23',
      'editorLineNumber.foreground': dark ? '#8d939d' : '#6b7078',
      'editorLineNumber.activeForeground': dark ? '#e3e5e9' : '#1d1f23',
      'editorGutter.background': dark ? '#1e1f22' : '#ffffff',
      'editor.lineHighlightBackground': '#00000000',
      'editor.lineHighlightBorder': '#00000000',
      'editorWidget.background': dark ? '#26292d' : '#f6f6f7',
      'editorWidget.border': dark ? '#3a3e45' : '#d9dbe0',
      focusBorder: dark ? '#9aa8ff' : '#4250c4',
      'editorUnicodeHighlight.border': dark ? '#e8ae4c' : '#8a5300',
    },
  })
}

const overviewColours: Readonly<Record<Severity, { light: string; dark: string }>> = {
  error: { light: '#b3261e', dark: '#ff8f85' },
  warning: { light: '#8a5300', dark: '#e8ae4c' },
  info: { light: '#1a62b8', dark: '#7db8ff' },
}

const lineHeightPx = 20

export function createCodeView({ container, label, theme, onClick }: CodeViewOptions): CodeView {
  let index: LineIndex = lineIndex('')
  let shownTheme = theme
  const editor = monaco.editor.create(container, {
    model: null,
    readOnly: true,
    domReadOnly: true,
    ariaLabel: label,
    theme: `clausebench-${theme}`,
    automaticLayout: true,
    fixedOverflowWidgets: true,
    fontFamily: getComputedStyle(container).getPropertyValue('--font-mono'),
    fontSize: 12,
    lineHeight: lineHeightPx,
    wordWrap: 'on',
    glyphMargin: true,
    folding: false,
    links: false,
    minimap: { enabled: false },
    lineNumbersMinChars: 3,
    lineDecorationsWidth: 8,
    renderLineHighlight: 'none',
    occurrencesHighlight: 'off',
    selectionHighlight: false,
    matchBrackets: 'never',
    contextmenu: false,
    scrollBeyondLastLine: false,
    overviewRulerBorder: false,
    hideCursorInOverviewRuler: true,
    unusualLineTerminators: 'off',
    renderControlCharacters: true,
    // Both kinds of deceit are shown whatever the reader's own language is.
    unicodeHighlight: {
      invisibleCharacters: true,
      ambiguousCharacters: true,
      nonBasicASCII: false,
      includeComments: true,
      includeStrings: true,
    },
    padding: { top: 8, bottom: 8 },
    scrollbar: { useShadows: false },
  })
  const marks = editor.createDecorationsCollection()
  const headings = editor.createDecorationsCollection()
  const clicks = editor.onMouseUp((event) => {
    if (event.event.leftButton && event.target.position !== null) onClick(index.offsetAt(event.target.position))
  })

  return {
    setText(text, headingLines) {
      index = lineIndex(text)
      const old = editor.getModel()
      editor.setModel(monaco.editor.createModel(text, 'plaintext'))
      old?.dispose()
      headings.set(
        headingLines.map((line) => ({
          range: new monaco.Range(line, 1, line, 1),
          options: { isWholeLine: true, className: 'code-heading-line', inlineClassName: 'code-heading' },
        })),
      )
    },
    setMarks(list, chosen) {
      marks.set(list.map((mark) => decoration(mark, chosen.has(mark.number), index, shownTheme)))
    },
    reveal(offset) {
      const position = index.positionAt(offset)
      editor.setPosition(position)
      editor.revealPositionInCenterIfOutsideViewport(position, monaco.editor.ScrollType.Immediate)
    },
    setTheme(next) {
      shownTheme = next
      monaco.editor.setTheme(`clausebench-${next}`)
    },
    dispose() {
      clicks.dispose()
      marks.clear()
      headings.clear()
      const model = editor.getModel()
      editor.dispose()
      model?.dispose()
    },
  }
}

function decoration(
  mark: CodeMark,
  chosen: boolean,
  index: LineIndex,
  theme: 'light' | 'dark',
): monaco.editor.IModelDeltaDecoration {
  const start = index.positionAt(mark.start)
  const end = index.positionAt(mark.end)
  const state = chosen ? ' is-chosen' : ''
  return {
    range: new monaco.Range(start.lineNumber, start.column, end.lineNumber, end.column),
    options: {
      stickiness: monaco.editor.TrackedRangeStickiness.NeverGrowsWhenTypingAtEdges,
      inlineClassName: `code-mark finding-${mark.number} is-${mark.severity}${state}`,
      glyphMarginClassName: `code-glyph is-${mark.severity}${state}`,
      glyphMarginHoverMessage: { value: `${mark.number} ${plain(mark.title)}`, isTrusted: false, supportHtml: false },
      hoverMessage: { value: `${mark.number} ${plain(mark.title)}`, isTrusted: false, supportHtml: false },
      before: {
        content: String(mark.number),
        inlineClassName: `code-number is-${mark.severity}${state}`,
        cursorStops: monaco.editor.InjectedTextCursorStops.None,
      },
      overviewRuler: { color: overviewColours[mark.severity][theme], position: monaco.editor.OverviewRulerLane.Right },
      zIndex: chosen ? 2 : 1,
    },
  }
}

/** Hovers are Markdown; what packs say is plain text. */
function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!<>|~&]/g, '\\$&')
}
