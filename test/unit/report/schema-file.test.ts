import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { schemaFiles } from '../../../scripts/schemas.ts'
import { aFinding, aMessage, aReport } from '../../support/report-parts.ts'

const files = await schemaFiles()

describe('resources/schemas', () => {
  it.each([...files])('%s is what scripts/schemas.ts writes', (file, text) => {
    expect(readFileSync(file, 'utf8')).toBe(text)
  })

  it('accepts the campaign of the documents, and refuses a field that no one knows', () => {
    const [schema] = [...files].filter(([file]) => basename(file).startsWith('clausebench-campaign'))
    const valid = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(JSON.parse(schema?.[1] ?? ''))
    const page = readFileSync(new URL('../../../docs/formats.md', import.meta.url), 'utf8')
    const campaign: unknown = parse(/```yaml\n(schema: clausebench-campaign[^]*?)```/.exec(page)?.[1] ?? '')
    expect([valid(campaign), valid.errors]).toEqual([true, null])
    expect(valid({ schema: 'clausebench-campaign/1', nme: 'x' })).toBe(false)
    expect(valid({ schema: 'clausebench-campaign/1', region: 'Utopia' })).toBe(false)
  })

  it('accepts a report and refuses one with a field that no one knows, or without one', () => {
    const [schema] = [...files]
      .filter(([file]) => basename(file).startsWith('clausebench-report'))
      .map(([, text]) => text)
    const parsed: unknown = JSON.parse(schema ?? '')
    if (typeof parsed !== 'object' || parsed === null) throw new Error('the schema is no object')
    const valid = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(parsed)
    const report = aReport({ messages: [aMessage({ findings: [aFinding()] })] })
    expect(valid(report)).toBe(true)
    expect(valid({ ...report, verdict: 'compliant' })).toBe(false)
    const { attestations, ...incomplete } = report
    expect([attestations, valid(incomplete)]).toEqual([[], false])
  })
})
