import { join, resolve } from 'node:path'
import { programOf } from '../src-main/rules/program.ts'
import { readyRules } from '../src-main/rules/ready-rules.ts'

/** `node scripts/keep-packs.ts FOLDER`: compiles the shipped packs once, so that no start of the program built there has to. */

const root = join(import.meta.dirname, '..')
const folder = process.argv[2]
if (folder === undefined) throw new Error('give the folder to write to')
const shipped = join(root, 'resources', 'packs')
const asOf = new Date().toISOString().slice(0, 10)
const kept = { program: programOf(root), folders: [], writable: resolve(folder) }
const ready = await readyRules({ shipped, own: [], named: [], asOf, kept })
if (!ready.ok) throw new Error(ready.problem.message)
