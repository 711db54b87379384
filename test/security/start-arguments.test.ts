import type { App } from 'electron'
import { EventEmitter } from 'node:events'
import { describe, expect, test } from 'vitest'
import { claimSingleInstance } from '../../src-main/shell/single-instance.ts'
import { handedPaths, parseStartArguments } from '../../src-main/shell/start-arguments.ts'

/** S20: command lines and second starts come from anyone. */

const dir = '/home/someone'
const none = { paths: [], dataDir: null }

describe('installed: the program and its arguments', () => {
  test.each([
    [[], none],
    [['spring'], { paths: ['/home/someone/spring'], dataDir: null }],
    [['/mails/a.eml', 'b.eml'], { paths: ['/mails/a.eml', '/home/someone/b.eml'], dataDir: null }],
    [['--data', 'd', 'a.eml'], { paths: ['/home/someone/a.eml'], dataDir: '/home/someone/d' }],
    [['--data=/d'], { paths: [], dataDir: '/d' }],
    [['--data'], none],
    [['--data='], none],
    [['--', '--data', '-x'], { paths: ['/home/someone/--data', '/home/someone/-x'], dataDir: null }],
    [['--no-sandbox', '--inspect', '--remote-debugging-port=1', '--gpu-launcher=sh', '-x'], none],
    [['--load-extension=/evil', '--user-data-dir=/tmp/x', 'a.eml'], { paths: ['/home/someone/a.eml'], dataDir: null }],
    [['javascript:alert(1)', 'file:///etc/passwd', 'https://acme.example/', 'clausebench://open?x'], none],
    [['a\u0000b', '', 'x'.repeat(5000)], none],
    [['--data=a\u0000b'], none],
  ])('%j', (given, expected) => {
    expect(parseStartArguments(['/usr/bin/clausebench', ...given], dir, false)).toEqual(expected)
  })
})

describe('in the checkout: Electron, its switches, the script, then ours', () => {
  test.each([
    [['.'], none],
    [['.', 'spring'], { paths: ['/home/someone/spring'], dataDir: null }],
    [
      ['--inspect=0', '--remote-debugging-port=0', 'out/main/index.cjs', '--user-data-dir=/t', 'a.eml'],
      { paths: ['/home/someone/a.eml'], dataDir: null },
    ],
    [['-r', '/loader.js', 'out/main/index.cjs', 'a.eml'], { paths: ['/home/someone/a.eml'], dataDir: null }],
    [['--require', '/loader.js', '.', '--data', '/d'], { paths: [], dataDir: '/d' }],
  ])('%j', (given, expected) => {
    expect(parseStartArguments(['electron', ...given], dir, true)).toEqual(expected)
  })
})

test('no more paths than a person could mean', () => {
  const many = Array.from({ length: 30_000 }, (_, index) => `f${index}`)
  expect(parseStartArguments(['clausebench', ...many], dir, false).paths).toHaveLength(20_000)
})

const refused: readonly unknown[] = [
  null,
  undefined,
  'text',
  {},
  [],
  { 0: '/a', length: 1 },
  ['relative.eml'],
  ['../x'],
  ['/a', 7],
  ['/a', null],
  ['/a\u0000'],
  ['/' + 'x'.repeat(5000)],
  ['file:///etc/passwd'],
  Array.from({ length: 20_001 }, () => '/a'),
]

test.each(refused.map((value) => [value] as const))('paths handed over: %j is refused whole', (value) => {
  expect(handedPaths(value)).toBeNull()
})

test('absolute paths are taken', () => {
  expect(handedPaths(['/mails/a.eml', '/b'])).toEqual(['/mails/a.eml', '/b'])
})

describe('a second start', () => {
  function start(first: boolean) {
    const app = Object.assign(new EventEmitter(), { requestSingleInstanceLock: () => first })
    const opened: (readonly string[])[] = []
    const isFirst = claimSingleInstance(app as unknown as App, ['/a'], (paths) => opened.push(paths))
    return { app, opened, isFirst }
  }

  test('ends itself', () => {
    expect(start(false).isFirst).toBe(false)
  })

  test.each([
    [{ paths: ['/a.eml'] }, ['/a.eml']],
    [{ paths: ['a.eml'] }, []],
    [{ paths: '/a.eml' }, []],
    [{}, []],
    [null, []],
    ['/a.eml', []],
  ])('hands over %j', (data, paths) => {
    const { app, opened, isFirst } = start(true)
    expect(isFirst).toBe(true)
    app.emit('second-instance', {}, ['clausebench', '/etc/passwd'], '/somewhere', data)
    expect(opened).toEqual([paths])
  })
})
