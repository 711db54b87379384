import { expect, it } from 'vitest'
import { jsonReport } from '../../../src-main/report/json.ts'
import { aMessage, aReport } from '../../support/report-parts.ts'

it('is the report, and lets nothing act on a terminal', () => {
  const report = aReport({ messages: [aMessage({ subject: 'Grüße \u009b31m \u202e\u001b[1m 漢字 😀' })] })
  const text = jsonReport(report)
  expect(JSON.parse(text)).toEqual(report)
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
  expect(text).toContain('Grüße \\u009b31m \\u202e\\u001b[1m 漢字 😀')
  expect(text.endsWith('}\n')).toBe(true)
})
