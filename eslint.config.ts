import eslint from '@eslint/js'
import prettier from 'eslint-config-prettier'
import vue from 'eslint-plugin-vue'
import globals from 'globals'
import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'
import vueParser from 'vue-eslint-parser'

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
  ['router.ts', 'environment.ts', 'page-policy.ts'],
  ['shell', 'serve', 'cli'],
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

function laterPatterns(rank: number, own: string): Pattern[] {
  const later = order
    .filter((_, index) => index >= rank)
    .flat()
    .filter((name) => name !== own && !name.endsWith('.ts'))
  const files = order
    .filter((_, index) => index > rank)
    .flat()
    .filter((name) => name.endsWith('.ts'))
  return [
    {
      group: [...later.map((name) => `**/${name}/**`), ...files.map((name) => `**/../${name}`), '**/preload/**'],
      message: `${own} imports only what stands before it: ${order.flat().join(', ')}.`,
    },
  ]
}

const boundaries = order.flatMap((names, rank) =>
  names.map((name) => {
    const electronAllowed = name === 'shell'
    const patterns = [...laterPatterns(rank, name), rendererBan, ...(electronAllowed ? [] : [electronBan])]
    return {
      files: name.endsWith('.ts') ? [`src-main/${name}`] : [`src-main/${name}/**/*.ts`],
      rules: { 'no-restricted-imports': ['error', { patterns }] },
    } as const
  }),
)

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

export default defineConfig(
  { ignores: ['node_modules/', 'out/', 'out-22/', '.cache/', 'coverage/', 'test-results/', 'playwright-report/'] },
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  ...vue.configs['flat/recommended'],
  {
    languageOptions: {
      parserOptions: {
        project: [
          './tsconfig.main.json',
          './tsconfig.preload.json',
          './tsconfig.renderer.json',
          './tsconfig.test.json',
        ],
        extraFileExtensions: ['.vue'],
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
      // Control characters are what this program looks for.
      'no-control-regex': 'off',
    },
  },
  {
    files: ['**/*.vue'],
    languageOptions: {
      parser: vueParser,
      parserOptions: { parser: tseslint.parser },
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
            { group: ['**/src-main/!(contract)/**'], message: 'Of the main process the renderer knows only the contract.' },
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
            { group: ['**/src-main/!(contract)/**'], message: 'Of the main process the renderer knows only the contract.' },
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
        { patterns: [{ regex: '^(?!electron$|\\./|\\.\\./contract/(operations|bridge)\\.ts$)', message: 'The preload takes electron and the names of the contract, nothing else.' }] },
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
