import { describe, expect, it } from 'vitest'
import { openedName, shownPaths } from '../../../src-main/review/shown-paths.ts'

describe('shownPaths', () => {
  it.each([
    ['a file', ['/home/u/launch.eml'], '/home/u/launch.eml', 'launch.eml'],
    ['a file in a folder', ['/home/u/spring'], '/home/u/spring/a/b.eml', 'spring/a/b.eml'],
    ['files of two folders', ['/home/u/a/x.eml', '/home/u/b/x.eml'], '/home/u/b/x.eml', 'b/x.eml'],
    ['folders with one beginning', ['/home/u/spring', '/home/u/spring-2'], '/home/u/spring-2/x', 'spring-2/x'],
    ['nothing in common', ['/a/x', '/b/y'], '/b/y', 'b/y'],
    ['a path outside', ['/home/u/a'], '/etc/passwd', 'passwd'],
  ])('%s', (_, opened, path, expected) => {
    expect(shownPaths(opened)(path)).toBe(expected)
  })
})

describe('openedName', () => {
  it.each([
    [['/home/u/spring'], 'spring'],
    [['/home/u/a.eml', '/home/u/b.eml', '/x/c.eml'], 'a.eml + 2'],
    [[], ''],
  ])('%j is %s', (opened, name) => {
    expect(openedName(opened)).toBe(name)
  })
})
