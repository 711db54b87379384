import eslint from '@eslint/js'
import prettier from 'eslint-config-prettier'
import vue from 'eslint-plugin-vue'
import type { Linter } from 'eslint'
import globals from 'globals'
import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'
import vueParser from 'vue-eslint-parser'
import { vueScriptParser } from './scripts/vue-script-parser.ts'

/** The order of `src-main`: a folder imports only what stands before it. */
const order = [
  ['contract'],
  ['intake'],
  ['views'],
  ['rules'],
  ['policy'],
  ['store'],
  ['report'],
  ['review'],
  ['router.ts', 'environment.ts', 'page-policy.ts', 'page-files.ts', 'data-folder.ts', 'local-date.ts'],
  ['shell', 'serve'],
  // The command line is the entry of every command, `serve` among them.
  ['cli'],
] as const

interface Pattern {
  readonly group: string[]
  readonly message: string
}

const electronBan: Pattern = {
  group: ['electron', 'electron/*'],
  message: 'Only shell/, preload/ and index.ts import electron.',
}
const rendererBan: Pattern = { group: ['**/src-renderer/**'], message: 'The main process never imports the renderer.' }

/** What a folder may not name, neither in `import … from` nor in `import()`. */
function laterNames(rank: number, own: string): { readonly folders: string[]; readonly files: string[] } {
  const names = (from: number): string[] => order.slice(from).flat()
  return {
    folders: [...names(rank).filter((name) => name !== own && !name.endsWith('.ts')), 'preload'],
    files: names(rank + 1).filter((name) => name.endsWith('.ts')),
  }
}

const bans = [
  { selector: "NewExpression[callee.name='BrowserWindow']", message: 'Windows are made in shell/windows.ts alone.' },
  { selector: "ImportSpecifier[imported.name='ipcMain']", message: 'IPC is wired in shell/ipc.ts alone.' },
  {
    selector: "MemberExpression[property.name='openExternal'][object.name='shell']",
    message: 'Addresses are opened in shell/external-links.ts alone.',
  },
  {
    selector: "MemberExpression[object.name='process'][property.name='env']",
    message: 'The environment is read in environment.ts alone.',
  },
]

/** All bans but those whose one place this file is. */
function bansWithout(...words: readonly string[]): ['error', ...typeof bans] {
  return ['error', ...bans.filter((ban) => !words.some((word) => ban.selector.includes(word)))]
}

const boundaries = order.flatMap((names, rank) =>
  names.map((name) => {
    const { folders, files } = laterNames(rank, name)
    const message = `${name} imports only what stands before it: ${order.flat().join(', ')}.`
    const later: Pattern = {
      group: [...folders.map((folder) => `**/${folder}/**`), ...files.map((file) => `**/../${file}`)],
      message,
    }
    const patterns = [later, rendererBan, ...(name === 'shell' ? [] : [electronBan])]
    const dynamic = {
      selector: `ImportExpression > Literal[value=/\\.\\.\\u002f(${folders.join('|')})\\u002f|^electron$/]`,
      message,
    }
    return {
      files: name.endsWith('.ts') ? [`src-main/${name}`] : [`src-main/${name}/**/*.ts`],
      rules: {
        'no-restricted-imports': ['error', { patterns }],
        'no-restricted-syntax': [...bansWithout(), dynamic],
      },
    } satisfies Linter.Config
  }),
)

export default defineConfig(
  { ignores: ['node_modules/', 'out/', 'out-22/', '.cache/', 'coverage/', 'test-results/', 'playwright-report/'] },
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  ...vue.configs['flat/recommended'],
  {
    languageOptions: {
      parserOptions: {
        project: './tsconfig.test.json',
      },
      globals: globals.node,
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      'no-restricted-syntax': bansWithout(),
      // Strings are spread into code points, which is what the rule warns of and what is wanted here.
      '@typescript-eslint/no-misused-spread': 'off',
      // Control characters are what this program looks for.
      'no-control-regex': 'off',
    },
  },
  { files: ['src-main/**/*.ts'], languageOptions: { parserOptions: { project: './tsconfig.main.json' } } },
  { files: ['src-main/preload/**/*.ts'], languageOptions: { parserOptions: { project: './tsconfig.preload.json' } } },
  { files: ['src-renderer/**/*.ts'], languageOptions: { parserOptions: { project: './tsconfig.renderer.json' } } },
  {
    files: ['**/*.vue'],
    languageOptions: {
      parser: vueParser,
      parserOptions: {
        parser: vueScriptParser,
        project: './tsconfig.renderer.json',
        extraFileExtensions: ['.vue'],
      },
      globals: globals.browser,
    },
  },
  {
    files: ['src-renderer/**/*.{ts,vue}'],
    languageOptions: { globals: globals.browser },
    rules: {
      'vue/multi-word-component-names': 'off',
      'vue/no-v-html': 'error',
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            electronBan,
            {
              group: ['**/src-main/!(contract)/**'],
              message: 'Of the main process the renderer knows only the contract.',
            },
            { group: ['monaco-editor', 'monaco-editor/*'], message: 'Only src/editor imports monaco-editor.' },
          ],
        },
      ],
    },
  },
  {
    files: ['src-renderer/src/editor/**/*.{ts,vue}'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            electronBan,
            {
              group: ['**/src-main/!(contract)/**'],
              message: 'Of the main process the renderer knows only the contract.',
            },
          ],
        },
      ],
    },
  },
  ...boundaries,
  {
    files: ['src-main/contract/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^(?!zod$|\\./)', message: 'contract imports nothing but zod and itself.' }] },
      ],
    },
  },
  {
    files: ['src-main/contract/{operations,bridge,codes,result,span}.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^(?!\\./)|schemas', message: 'Preload and page take these files: no zod in them.' }] },
      ],
    },
  },
  {
    files: ['src-main/preload/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^(?!electron$|\\./|\\.\\./contract/(operations|bridge)\\.ts$)',
              message: 'The preload takes electron and the names of the contract, nothing else.',
            },
          ],
        },
      ],
    },
  },
  { files: ['src-main/shell/windows.ts'], rules: { 'no-restricted-syntax': bansWithout('BrowserWindow') } },
  { files: ['src-main/shell/ipc.ts'], rules: { 'no-restricted-syntax': bansWithout('ipcMain') } },
  { files: ['src-main/shell/external-links.ts'], rules: { 'no-restricted-syntax': bansWithout('openExternal') } },
  { files: ['src-main/environment.ts'], rules: { 'no-restricted-syntax': bansWithout("'process'") } },
  {
    files: ['test/**/*.ts', 'scripts/**/*.ts', '*.config.ts'],
    rules: {
      'no-restricted-syntax': 'off',
      '@typescript-eslint/no-empty-function': 'off',
    },
  },
  prettier,
)
