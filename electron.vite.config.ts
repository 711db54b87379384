import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'
import packageJson from './package.json' with { type: 'json' }
import { shippedPackages } from './scripts/shipped-packages.ts'
import { programOf } from './src-main/rules/program.ts'

const root = import.meta.dirname

// `root` as the renderer's own option would also be where `--outDir` starts from; so a plugin sets it (below).

/** They look for files of their own (a worker, data, a program) and must stay where npm put them. */
const external = ['piscina', 'css-tree', 'recheck']
const bundled = Object.keys(packageJson.dependencies).filter((name) => !external.includes(name))

/**
 * Set where the build is for an older Electron than the one in package.json, as for end-to-end tests on one that can be
 * had without a download: `ELECTRON_MAJOR_VER=22 electron-vite build --outDir out-22`.
 */
const olderElectron = process.env.ELECTRON_MAJOR_VER === '22'

/** The shipped packs, compiled once beside the program. */
const compiledPacks = {
  name: 'compiled-packs',
  async writeBundle({ dir = '' }: { readonly dir?: string }) {
    await promisify(execFile)(process.execPath, [join(root, 'scripts', 'keep-packs.ts'), join(dir, '..', 'packs')])
  },
}

/** What the page about the program lists. */
const aboutPackages = {
  name: 'shipped-packages',
  resolveId: (id: string) => (id === 'virtual:shipped-packages' ? `\0${id}` : null),
  load: (id: string) =>
    id === '\0virtual:shipped-packages' ? `export default ${JSON.stringify(shippedPackages(root))}` : null,
}

export default defineConfig({
  main: {
    define: { __PROGRAM__: JSON.stringify(programOf(root)) },
    plugins: [compiledPacks],
    build: {
      externalizeDeps: { exclude: bundled },
      sourcemap: false,
      minify: false,
      rolldownOptions: {
        input: {
          index: join(root, 'src-main', 'index.ts'),
          worker: join(root, 'src-main', 'review', 'worker.ts'),
          'store-worker': join(root, 'src-main', 'store', 'store-worker.ts'),
        },
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: 'chunk-[name]-[hash].cjs' },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: { exclude: bundled },
      rolldownOptions: {
        input: { index: join(root, 'src-main', 'preload', 'index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    plugins: [vue(), { name: 'page-root', config: () => ({ root: join(root, 'src-renderer') }) }, aboutPackages],
    ...(olderElectron
      ? { css: { transformer: 'lightningcss', lightningcss: { targets: { chrome: 108 << 16 } } } as const }
      : {}),
    build: {
      rolldownOptions: { input: { index: join(root, 'src-renderer', 'index.html') } },
      minify: true,
      // Monaco is one large chunk, loaded when a source is first shown.
      chunkSizeWarningLimit: 4000,
      // The page's policy allows no fonts or scripts from data: addresses.
      assetsInlineLimit: 0,
      // The page is shown in the desktop's Chromium and in whatever browser its user has.
      ...(olderElectron ? { cssMinify: 'lightningcss' as const } : { target: 'es2023' }),
    },
  },
})
