import 'monaco-editor/features/bracketMatching/register'
import 'monaco-editor/features/clipboard/register'
import 'monaco-editor/features/codicon/register'
import 'monaco-editor/features/comment/register'
import 'monaco-editor/features/cursorUndo/register'
import 'monaco-editor/features/find/register'
import 'monaco-editor/features/gotoError/register'
import 'monaco-editor/features/hover/register'
import 'monaco-editor/features/indentation/register'
import 'monaco-editor/features/linesOperations/register'
import 'monaco-editor/features/snippet/register'
import 'monaco-editor/editor/contrib/suggest/browser/suggestController'
import 'monaco-editor/features/suggest/register'
import 'monaco-editor/features/toggleTabFocusMode/register'
import 'monaco-editor/features/unicodeHighlighter/register'
import 'monaco-editor/features/wordOperations/register'
import 'monaco-editor/languages/definitions/yaml/register'
import * as monaco from 'monaco-editor/editor'
import workerUrl from 'monaco-editor/editor/editor.worker?worker&url'
import type { Severity } from '../../../src-main/contract/report.ts'
import type { CodeMark } from './code-mark.ts'
import type { EditorTheme } from './editor-theme.ts'
import { lineIndex, type LineIndex } from './line-index.ts'

/**
 * The one place that knows Monaco. Loaded when an editor is first shown; its objects never become reactive. What editors of rules need is
 * named here too: services that are registered after the first theme is defined are never found.
 */

export interface CodeViewOptions {
  readonly container: HTMLElement
  readonly label: string
  readonly theme: EditorTheme
  /** Offset in the text that was clicked. */
  readonly onClick: (offset: number) => void
  readonly onScroll: () => void
}

export interface CodeView {
  /** A new text; marks are set apart. */
  readonly setText: (text: string, headingLines: readonly number[]) => void
  readonly setMarks: (marks: readonly CodeMark[], chosen: ReadonlySet<number>) => void
  readonly reveal: (offset: number) => void
  /** In pixels. */
  readonly scroll: {
    readonly top: () => number
    readonly range: () => number
    readonly to: (top: number) => void
    readonly topOf: (offset: number) => number
  }
  readonly setTheme: (theme: EditorTheme) => void
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

interface EditorColours {
  readonly base: 'vs' | 'vs-dark' | 'hc-light' | 'hc-black'
  readonly paper: string
  readonly ink: string
  readonly number: string
  readonly raised: string
  readonly line: string
  readonly focus: string
  readonly severities: Readonly<Record<Severity, string>>
}

/** Colours of Monaco's own parts, as `tokens.css` has them; marks are styled in `marks.css`. */
const colours: Readonly<Record<EditorTheme, EditorColours>> = {
  light: {
    base: 'vs',
    paper: '#ffffff',
    ink: '#1d1f23',
    number: '#6b7078',
    raised: '#f6f6f7',
    line: '#d9dbe0',
    focus: '#4250c4',
    severities: { error: '#b3261e', warning: '#8a5300', info: '#1a62b8' },
  },
  dark: {
    base: 'vs-dark',
    paper: '#1e1f22',
    ink: '#e3e5e9',
    number: '#8d939d',
    raised: '#26292d',
    line: '#3a3e45',
    focus: '#9aa8ff',
    severities: { error: '#ff8f85', warning: '#e8ae4c', info: '#7db8ff' },
  },
  'contrast-light': {
    base: 'hc-light',
    paper: '#ffffff',
    ink: '#000000',
    number: '#000000',
    raised: '#ffffff',
    line: '#000000',
    focus: '#0b1f9e',
    severities: { error: '#8c0f08', warning: '#5c3600', info: '#0a3f80' },
  },
  'contrast-dark': {
    base: 'hc-black',
    paper: '#000000',
    ink: '#ffffff',
    number: '#ffffff',
    raised: '#000000',
    line: '#ffffff',
    focus: '#ffe14d',
    severities: { error: '#ffb3ac', warning: '#ffd27a', info: '#a9d2ff' },
  },
}

for (const [theme, own] of Object.entries(colours)) {
  monaco.editor.defineTheme(`clausebench-${theme}`, {
    base: own.base,
    inherit: true,
    rules: [],
    colors: {
      'editor.background': own.paper,
      'editor.foreground': own.ink,
      'editorLineNumber.foreground': own.number,
      'editorLineNumber.activeForeground': own.ink,
      'editorGutter.background': own.paper,
      'editor.lineHighlightBackground': '#00000000',
      'editor.lineHighlightBorder': '#00000000',
      'editorWidget.background': own.raised,
      'editorWidget.border': own.line,
      focusBorder: own.focus,
      'editorUnicodeHighlight.border': own.severities.warning,
    },
  })
}

const lineHeightPx = 20

export function createCodeView({ container, label, theme, onClick, onScroll }: CodeViewOptions): CodeView {
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
      // Quotes and dashes as typesetters set them look like others, and deceive nobody.
      allowedCharacters: Object.fromEntries([...'‘’‚“”„‹›«»–—…·′″'].map((character) => [character, true])),
    },
    padding: { top: 8, bottom: 8 },
    scrollbar: { useShadows: false },
  })
  const marks = editor.createDecorationsCollection()
  const headings = editor.createDecorationsCollection()
  const clicks = editor.onMouseUp((event) => {
    if (event.event.leftButton && event.target.position !== null) onClick(index.offsetAt(event.target.position))
  })

  const scrolls = editor.onDidScrollChange((event) => {
    if (event.scrollTopChanged) onScroll()
  })

  // Told by an event that rises to whoever asks what is selected: a person's own finding stands there.
  editor.onDidChangeCursorSelection(({ selection }) => {
    const detail = {
      label,
      start: index.offsetAt(selection.getStartPosition()),
      end: index.offsetAt(selection.getEndPosition()),
    }
    container.dispatchEvent(new CustomEvent('code-selection', { bubbles: true, detail }))
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
      marks.set(list.map((mark) => markDecoration(mark, chosen.has(mark.number), index, shownTheme)))
    },
    reveal(offset) {
      const position = index.positionAt(offset)
      editor.setPosition(position)
      editor.revealPositionInCenterIfOutsideViewport(position, monaco.editor.ScrollType.Immediate)
    },
    scroll: {
      top: () => editor.getScrollTop(),
      range: () => editor.getScrollHeight() - editor.getLayoutInfo().height,
      to: (top) => editor.setScrollTop(top, monaco.editor.ScrollType.Immediate),
      topOf: (offset) => editor.getTopForPosition(index.positionAt(offset).lineNumber, index.positionAt(offset).column),
    },
    setTheme(next) {
      shownTheme = next
      monaco.editor.setTheme(`clausebench-${next}`)
    },
    dispose() {
      clicks.dispose()
      scrolls.dispose()
      marks.clear()
      headings.clear()
      const model = editor.getModel()
      editor.dispose()
      model?.dispose()
    },
  }
}

/** How a finding's mark looks in an editor. */
export function markDecoration(
  mark: CodeMark,
  chosen: boolean,
  index: Pick<LineIndex, 'positionAt'>,
  theme: EditorTheme,
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
      overviewRuler: {
        color: colours[theme].severities[mark.severity],
        position: monaco.editor.OverviewRulerLane.Right,
      },
      zIndex: chosen ? 2 : 1,
    },
  }
}

/** Hovers are Markdown; what packs say is plain text. */
function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!<>|~&]/g, '\\$&')
}
