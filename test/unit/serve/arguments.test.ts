import { describe, expect, test } from 'vitest'
import { parseServeArguments } from '../../../src-main/serve/arguments.ts'

const given = { kind: 'serve', paths: [], port: 0, openBrowser: true, dataDir: null }

test.each([
  [[], given],
  [['spring', '/mails/a.eml'], { ...given, paths: ['/home/x/spring', '/mails/a.eml'] }],
  [['--port', '4711'], { ...given, port: 4711 }],
  [['--port=0', 'a'], { ...given, paths: ['/home/x/a'] }],
  [['--no-open'], { ...given, openBrowser: false }],
  [['--data', 'd', '--no-open', 'a'], { ...given, dataDir: '/home/x/d', openBrowser: false, paths: ['/home/x/a'] }],
  [['--data=/d'], { ...given, dataDir: '/d' }],
  [['--', '--port', '-'], { ...given, paths: ['/home/x/--port', '/home/x/-'] }],
  [['-h', '--nonsense'], { kind: 'help' }],
  [['a', '--help'], { kind: 'help' }],
])('%j', (argv, expected) => {
  expect(parseServeArguments(argv, '/home/x')).toEqual({ ok: true, value: expected })
})

describe('wrong calls', () => {
  test.each([
    [['--port']],
    [['--port', 'x']],
    [['--port', '70000']],
    [['--port', '-1']],
    [['--port=']],
    [['--data']],
    [['--data=']],
    [['--no-open=1']],
    [['--host', '0.0.0.0']],
    [['-x']],
  ])('%j', (argv) => {
    expect(parseServeArguments(argv, '/home/x')).toMatchObject({ ok: false, problem: { code: 'bad-request' } })
  })
})
