import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { describeBug } from '../../src-main/review/log.ts'
import { createRouter } from '../../src-main/router.ts'
import { createLog } from '../../src-main/shell/log-file.ts'
import { sampleHandlers } from '../support/sample-handlers.ts'

/** S17: a log says where in the code, never what was in a mail or where it lies. */

const canary = 'CANARY 4111 1111 1111 1111 in /home/someone/spring/launch.eml'

let dir: string

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'clausebench-log-'))
})
afterEach(() => rm(dir, { recursive: true }))

class CanaryError extends Error {
  override name = canary
}

const bugs: readonly (readonly [string, unknown])[] = [
  ['its message', new Error(canary)],
  ['a message of many lines that looks like a stack', new Error(`x\n    at ${canary} (${canary}:1:1)\n${canary}`)],
  ['its name', new CanaryError('x')],
  ['its cause', new Error('x', { cause: canary })],
  ['its own properties', Object.assign(new Error('x'), { path: canary, code: canary })],
  ['a text that was thrown', canary],
  ['an object that was thrown', { message: canary, stack: canary }],
  ['its stack', Object.assign(new Error('x'), { stack: canary })],
]

test.each(bugs)('a bug with mail text in %s', async (_what, bug) => {
  const lines: string[] = []
  const log = createLog(dir, (line) => lines.push(line))
  log.bug('test', bug)
  const written = await readFile(join(dir, 'clausebench.log'), 'utf8')
  expect(lines.join('')).toBe(written)
  expect(written).toContain('"event":"test"')
  expect(written).not.toMatch(/CANARY|4111|someone|launch/)
})

test('places in the code are told by file name alone', () => {
  const { name, frames } = describeBug(new TypeError('x'))
  expect(name).toBe('TypeError')
  expect(frames[0]).toMatch(/^log\.test\.ts:\d+:\d+$/)
  expect(frames.join(' ')).not.toContain('/')
})

test('the whole way: a handler that fails over a mail leaves a line without the mail', async () => {
  const log = createLog(dir, () => undefined)
  const { handlers } = sampleHandlers({ 'message.text': () => Promise.reject(new Error(canary)) })
  const answer = await createRouter(handlers, log.bug).call('message.text', { campaign: 'c', message: canary })
  const written = await readFile(join(dir, 'clausebench.log'), 'utf8')
  expect(written).toContain('"event":"message.text"')
  expect(written + JSON.stringify(answer)).not.toContain('CANARY')
})

describe('the file', () => {
  test('is for this user alone', async () => {
    createLog(join(dir, 'log'), () => undefined).note('start', { type: 'GPU' })
    expect((await stat(join(dir, 'log'))).mode & 0o777).toBe(0o700)
    expect((await stat(join(dir, 'log', 'clausebench.log'))).mode & 0o777).toBe(0o600)
  })

  test('is put aside when it has grown', async () => {
    await writeFile(join(dir, 'clausebench.log'), 'x'.repeat(1024 * 1024 + 1))
    createLog(dir, () => undefined).note('start', {})
    expect((await readdir(dir)).sort()).toEqual(['clausebench.log', 'clausebench.log.1'])
    expect((await readFile(join(dir, 'clausebench.log'), 'utf8')).length).toBeLessThan(200)
  })

  test('that cannot be written stops nothing', async () => {
    await writeFile(join(dir, 'file'), '')
    expect(() => createLog(join(dir, 'file'), () => undefined).note('start', {})).not.toThrow()
  })
})
