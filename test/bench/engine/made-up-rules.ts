import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compileRules, type CompiledRules } from '../../../src-main/rules/compile.ts'
import { loadPacks } from '../../../src-main/rules/load-packs.ts'

/** A pack of its own with these rules (YAML), alone. */
export async function packOf(
  yaml: string,
): Promise<{ readonly rules: CompiledRules; readonly problems: readonly string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'clausebench-bench-'))
  try {
    mkdirSync(join(folder, 'own', 'rules'), { recursive: true })
    writeFileSync(join(folder, 'own', 'pack.yaml'), 'id: bench\nversion: "1"\ntitle: Bench\npolicy: bench\n')
    writeFileSync(join(folder, 'own', 'rules', 'all.yaml'), yaml)
    const loaded = await loadPacks({
      shipped: join(folder, 'none'),
      own: [join(folder, 'own')],
      named: ['bench'],
      asOf: '2026-11-23',
    })
    if (!loaded.ok) throw new Error(loaded.problem.message)
    const problems = loaded.value.packs.flatMap((pack) =>
      pack.problems.map(({ code, rule }) => `${rule ?? ''} ${code}`),
    )
    return { rules: compileRules(loaded.value), problems }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
