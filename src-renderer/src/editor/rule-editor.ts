import * as monaco from 'monaco-editor/editor'
import './monaco.ts'
import type { EditorTheme } from './editor-theme.ts'
import { helpFor, offersAt, type JsonSchema, type Offer } from './schema-help.ts'
import { yamlPlace, yamlValue } from './yaml-place.ts'

/** A place in the text that something is said of; lines and columns from 1. */
export interface RuleNote {
  readonly line: number
  readonly column: number
  readonly message: string
  readonly severity: 'error' | 'warning' | 'info'
}

/** Names that a rule may refer to. */
export interface RuleNames {
  readonly clauses: readonly { readonly id: string; readonly heading: string }[]
  readonly rules: readonly { readonly id: string; readonly title: string }[]
}

export interface RuleCodeOptions {
  readonly container: HTMLElement
  readonly label: string
  readonly theme: EditorTheme
  readonly text: string
  readonly readOnly: boolean
  readonly onChange: (text: string) => void
}

export interface RuleCode {
  /** Another file: what was undone before is forgotten. */
  readonly setText: (text: string) => void
  readonly setNotes: (notes: readonly RuleNote[]) => void
  readonly setReadOnly: (readOnly: boolean) => void
  readonly goTo: (line: number, column: number) => void
  readonly focus: () => void
  readonly setTheme: (theme: EditorTheme) => void
  readonly dispose: () => void
}

/** What every editor of rules completes from: set once the schema is there. */
let known: { readonly schema: JsonSchema; readonly names: RuleNames } | null = null

export function setRuleSchema(schema: string, names: RuleNames): void {
  // The published schema of rule files, as the program ships it.
  known = { schema: JSON.parse(schema) as JsonSchema, names }
}

const language = 'yaml'

function rangeOf(position: monaco.Position, written: string): monaco.IRange {
  return new monaco.Range(position.lineNumber, position.column - written.length, position.lineNumber, position.column)
}

monaco.languages.registerCompletionItemProvider(language, {
  triggerCharacters: [' ', ':', '[', '{', ',', '-'],
  provideCompletionItems(model, position) {
    const text = model.getValue(monaco.editor.EndOfLinePreference.LF)
    const offset = model.getOffsetAt(position)
    const place = yamlPlace(text, offset)
    if (known === null || place === null) return { suggestions: [] }
    const range = rangeOf(position, place.word)
    // A snippet's further lines begin where its first line does: after the dashes of lists they stand further in.
    const line = model.getLineContent(position.lineNumber)
    const indent = ' '.repeat(
      Math.max(0, position.column - 1 - place.word.length - (line.length - line.trimStart().length)),
    )
    const valueAt = (path: readonly (string | number)[]): unknown => yamlValue(text, path)
    const listed = place.key ?? place.path.findLast((step) => typeof step === 'string')
    const isList = typeof place.path.at(-1) === 'number' && place.key === null
    const names = namesFor(typeof listed === 'string' ? listed : '', isList, known.names)
    return {
      suggestions: [
        ...offersAt(known.schema, place, valueAt).map((offer, at) =>
          completion(offer, at, range, place.inFlow, indent),
        ),
        ...names.map(({ id, about }, at) => ({
          label: { label: id, description: about },
          kind: monaco.languages.CompletionItemKind.Reference,
          insertText: id,
          filterText: `${id} ${about}`,
          sortText: `2${String(at).padStart(5, '0')}`,
          range,
        })),
      ],
    }
  },
})

/** Clauses and rules are no part of the schema: which there are depends on the packs. */
function namesFor(
  key: string,
  isList: boolean,
  { clauses, rules }: RuleNames,
): readonly { readonly id: string; readonly about: string }[] {
  if ((key === 'clauses' && isList) || key === 'clause')
    return clauses.map(({ id, heading }) => ({ id, about: heading }))
  const namesRules = ['all', 'any', 'none'].includes(key) && isList
  return namesRules ? rules.map(({ id, title }) => ({ id, about: title })) : []
}

function completion(
  { kind, text, detail, description, isNeeded, opens }: Offer,
  at: number,
  range: monaco.IRange,
  inFlow: boolean,
  indent: string,
): monaco.languages.CompletionItem {
  const isKey = kind === 'key'
  const block = opens === 'mapping' ? `:\n${indent}  ` : opens === 'list' ? ': [$0]' : ': '
  const flow = opens === 'mapping' ? ': { $0 }' : opens === 'list' ? ': [$0]' : ': '
  return {
    label: text,
    kind: isKey ? monaco.languages.CompletionItemKind.Property : monaco.languages.CompletionItemKind.Value,
    detail,
    documentation: description,
    insertText: isKey ? `${text}${inFlow ? flow : block}` : text,
    sortText: `${isKey && isNeeded ? '0' : '1'}${String(at).padStart(5, '0')}`,
    range,
    ...(isKey
      ? {
          insertTextRules: monaco.languages.CompletionItemInsertTextRule.InsertAsSnippet,
          command: { id: 'editor.action.triggerSuggest', title: '' },
        }
      : {}),
  }
}

monaco.languages.registerHoverProvider(language, {
  provideHover(model, position) {
    const word = model.getWordAtPosition(position)
    if (known === null || word === null) return null
    const text = model.getValue(monaco.editor.EndOfLinePreference.LF)
    const at = { lineNumber: position.lineNumber, column: word.endColumn }
    const place = yamlPlace(text, model.getOffsetAt(at))
    if (place === null) return null
    const clause = known.names.clauses.find(({ id }) => place.word.endsWith(id))
    const path = place.key === null ? [...place.path, place.word.trim()] : [...place.path, place.key]
    const help = helpFor(known.schema, path, (steps) => yamlValue(text, steps))
    const told =
      clause !== undefined ? [`${clause.id} ${clause.heading}`] : help === null ? [] : [help.description, help.type]
    if (told.every((one) => one === '')) return null
    return {
      range: new monaco.Range(position.lineNumber, word.startColumn, position.lineNumber, word.endColumn),
      contents: told
        .filter((one) => one !== '')
        .map((value) => ({ value: plain(value), isTrusted: false, supportHtml: false })),
    }
  },
})

const owner = 'rules'
const severities = {
  error: monaco.MarkerSeverity.Error,
  warning: monaco.MarkerSeverity.Warning,
  info: monaco.MarkerSeverity.Info,
} as const

export function createRuleCode({ container, label, theme, text, readOnly, onChange }: RuleCodeOptions): RuleCode {
  const model = monaco.editor.createModel(text, language)
  model.updateOptions({ tabSize: 2, insertSpaces: true })
  const editor = monaco.editor.create(container, {
    model,
    readOnly,
    domReadOnly: readOnly,
    ariaLabel: label,
    theme: `clausebench-${theme}`,
    automaticLayout: true,
    fixedOverflowWidgets: true,
    fontFamily: getComputedStyle(container).getPropertyValue('--font-mono'),
    fontSize: 12,
    lineHeight: 20,
    wordWrap: 'on',
    folding: false,
    links: false,
    minimap: { enabled: false },
    lineNumbersMinChars: 3,
    renderLineHighlight: 'none',
    renderFinalNewline: 'on',
    renderValidationDecorations: 'on',
    occurrencesHighlight: 'off',
    contextmenu: false,
    scrollBeyondLastLine: false,
    overviewRulerBorder: false,
    quickSuggestions: { other: true, comments: false, strings: true },
    wordBasedSuggestions: 'off',
    suggest: { showWords: false, preview: false },
    padding: { top: 8, bottom: 8 },
    scrollbar: { useShadows: false },
  })
  let isSetting = false
  const changes = model.onDidChangeContent(() => {
    if (!isSetting) onChange(model.getValue(monaco.editor.EndOfLinePreference.LF))
  })

  return {
    setText(next) {
      isSetting = true
      model.setValue(next)
      isSetting = false
    },
    setNotes(notes) {
      monaco.editor.setModelMarkers(
        model,
        owner,
        notes.map(({ line, column, message, severity }) => {
          const startLineNumber = Math.min(line, model.getLineCount())
          const word = model.getWordAtPosition({ lineNumber: startLineNumber, column })
          const end = word?.endColumn ?? model.getLineMaxColumn(startLineNumber)
          return {
            startLineNumber,
            startColumn: column,
            endLineNumber: startLineNumber,
            endColumn: Math.max(column + 1, end),
            message,
            severity: severities[severity],
          }
        }),
      )
    },
    setReadOnly: (next) => editor.updateOptions({ readOnly: next, domReadOnly: next }),
    goTo(line, column) {
      const position = { lineNumber: line, column }
      editor.setPosition(position)
      editor.revealPositionInCenterIfOutsideViewport(position, monaco.editor.ScrollType.Immediate)
      editor.focus()
    },
    focus: () => editor.focus(),
    setTheme: (next) => monaco.editor.setTheme(`clausebench-${next}`),
    dispose() {
      changes.dispose()
      editor.dispose()
      model.dispose()
    },
  }
}

/** Hovers are Markdown; what packs and schemas say is plain text. */
function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!<>|~&]/g, '\\$&')
}
