import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compileRules, type CompiledRules } from '../../../src-main/rules/compile.ts'
import { loadPacks } from '../../../src-main/rules/load-packs.ts'

/** A pack of its own with these rules (YAML), alone. */
export async function packOf(
  yaml: string,
): Promise<{ readonly rules: CompiledRules; readonly problems: readonly string[] }> {
  return withPack(yaml, async (own) => {
    const selection = { shipped: join(own, 'none'), own: [own], named: ['bench'], asOf: '2026-11-23' }
    const loaded = await loadPacks(selection)
    if (!loaded.ok) throw new Error(loaded.problem.message)
    const problems = loaded.value.packs.flatMap((pack) =>
      pack.problems.map(({ code, rule }) => `${rule ?? ''} ${code}`),
    )
    return { rules: compileRules(loaded.value), problems }
  })
}

/** The folder of a pack with these rules; gone when `use` is done. */
export async function withPack<T>(yaml: string, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'clausebench-bench-'))
  try {
    mkdirSync(join(folder, 'own', 'rules'), { recursive: true })
    writeFileSync(join(folder, 'own', 'pack.yaml'), 'id: bench\nversion: "1"\ntitle: Bench\npolicy: klaviyo-aup\n')
    writeFileSync(join(folder, 'own', 'rules', 'all.yaml'), yaml)
    return await use(join(folder, 'own'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}
