import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Linter } from 'eslint'
import tseslint from 'typescript-eslint'
import ts from 'typescript'
import { parse } from 'vue/compiler-sfc'

/**
 * The parser of `<script>` in Vue files, for ESLint: typescript-eslint over one program of all of them.
 *
 * Left alone, it takes each Vue file for a change of the program, and checks the types of everything anew: of a
 * hundred files that is most of the time of a lint run.
 */

const configFile = 'tsconfig.renderer.json'
const typescript: ScriptParser = tseslint.parser
let program: ts.Program | undefined

interface ScriptParser {
  /** What ESLint's cache knows it by. */
  readonly meta?: { readonly name?: string; readonly version?: string }
  readonly parseForESLint: (code: string, options: ParserOptions) => unknown
}

type ParserOptions = Linter.ParserOptions & { readonly project?: unknown; readonly filePath?: string }

/**
 * Called by vue-eslint-parser: with `project` for the script as a whole, without for each expression of a template.
 * Text that is not the file's own (of an editor, of a fix) takes the slow way.
 */
export const vueScriptParser: ScriptParser = {
  meta: { name: 'vue-script-parser', version: '1' },
  parseForESLint(code, options) {
    const { project, filePath, ...others } = options
    if (project === undefined || filePath === undefined) return typescript.parseForESLint(code, options)
    program ??= programOf(configFile)
    const isOwn = program.getSourceFile(filePath)?.text === code
    return typescript.parseForESLint(code, isOwn ? { ...others, filePath, programs: [program] } : options)
  },
}

/** The program of a configuration, in which a Vue file is the text of its script. */
function programOf(config: string): ts.Program {
  const { options, fileNames } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(config, (path) => ts.sys.readFile(path)).config,
    ts.sys,
    dirname(config),
    { allowNonTsExtensions: true },
    config,
    undefined,
    [{ extension: 'vue', isMixedContent: true, scriptKind: ts.ScriptKind.Deferred }],
  )
  const host = ts.createCompilerHost(options, true)
  return ts.createProgram(fileNames, options, {
    ...host,
    getSourceFile: (name, target, ...rest) =>
      name.endsWith('.vue')
        ? ts.createSourceFile(name, scriptOf(readFileSync(name, 'utf8')), target, true, ts.ScriptKind.TS)
        : host.getSourceFile(name, target, ...rest),
  })
}

function scriptOf(file: string): string {
  const { scriptSetup, script } = parse(file).descriptor
  return (scriptSetup ?? script)?.content ?? ''
}
