import { describe, expect, it } from 'vitest'
import { diffPolicies, type PolicyVersionText } from '../../../src-main/policy/diff-policies.ts'
import { readPolicy } from '../../../src-main/policy/read-policy.ts'
import { variedPairs } from '../../fixtures/policies/varied-pairs.ts'

async function side(text: string, path: string): Promise<PolicyVersionText> {
  const read = await readPolicy(Buffer.from(text), {
    path,
    policy: null,
    date: null,
    url: null,
    basis: 'primary',
    known: [],
  })
  if (!read.ok) throw new Error(read.problem.message)
  return { version: path, units: read.value.units }
}

describe('versions of policies of many forms', () => {
  it.each(variedPairs)('$name', async ({ file, newFile = file, older, newer, changes }) => {
    const told = diffPolicies(await side(older, file), await side(newer, newFile)).changes
    const shown = told.flatMap(({ kind, old, new: news }) =>
      kind === 'cosmetic' ? [] : [{ kind, texts: [...old, ...news].map(({ text }) => text) }],
    )
    for (const [kind, begins] of changes) {
      const at = shown.findIndex((one) => one.kind === kind && one.texts.some((text) => text.startsWith(begins)))
      expect(at, `${kind} ${begins}: ${JSON.stringify(shown)}`).not.toBe(-1)
      shown.splice(at, 1)
    }
    expect(shown).toEqual([])
  })
})
