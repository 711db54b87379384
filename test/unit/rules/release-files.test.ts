import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { loadPacks } from '../../../src-main/rules/load-packs.ts'
import { openVerdictCache, plainVerdict } from '../../../src-main/rules/patterns/safety.ts'
import { packJsonSchemas } from '../../../src-main/rules/release-files.ts'
import { asOf } from './pack-fixture.ts'

const resources = join(import.meta.dirname, '../../../resources')

describe('JSON Schemas of packs', () => {
  it.each([...packJsonSchemas()])('%s is as the code has it', async (file, text) => {
    expect(await readFile(join(resources, 'schemas', file), 'utf8')).toBe(text)
  })

  it('takes a shipped file, and refuses an unknown key', async () => {
    const schema = JSON.parse(packJsonSchemas().get('clausebench-pack-1-rules.schema.json') ?? '{}') as object
    const validate = new Ajv2020({ strict: false }).compile(schema)
    const rules = parse(
      await readFile(join(resources, 'packs/klaviyo-aup/rules/C13-hidden-text.yaml'), 'utf8'),
    ) as object[]
    expect(validate(rules), JSON.stringify(validate.errors)).toBe(true)
    expect(validate([{ ...rules[0], colour: 'red' }])).toBe(false)
  })
})

describe('verdicts on shipped patterns', () => {
  it('are all shipped', async () => {
    const loaded = await loadPacks({ shipped: join(resources, 'packs'), own: [], named: [], asOf })
    const verdicts = await openVerdictCache(null, [resources])
    const missing = loaded.ok
      ? [...loaded.value.patterns.keys()].filter(
          (source) => plainVerdict(source) === null && verdicts.get(source) === undefined,
        )
      : ['no packs']
    expect(missing).toEqual([])
  })
})
