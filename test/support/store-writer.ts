import { enableCompileCache, flushCompileCache } from 'node:module'

/** Writes decisions into a workspace for as long as it lives, and says of each when it is kept: until the test kills it. */
const [path = '', cache = '', first = '0'] = process.argv.slice(2)
// Started a hundred times over: compiled once.
enableCompileCache(cache)
const { openWorkspace } = await import('../../src-main/store/workspace.ts')
if (first === '0') flushCompileCache()
const workspace = await openWorkspace(path)
if (!workspace.ok) throw new Error(workspace.problem.code)
const message = { place: 'a-place', reportId: 'spring.eml', name: 'Spring', campaign: 'spring', client: null }
for (let number = Number(first); ; number++) {
  const act = { kind: 'comment', fingerprint: null, text: `comment ${String(number)}` } as const
  workspace.value.act([{ message, content: 'c', act }], 'Mara', new Date().toISOString())
  process.stdout.write(`${String(number)}\n`)
}
