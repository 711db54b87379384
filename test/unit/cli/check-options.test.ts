import { describe, expect, it } from 'vitest'
import { checkOptions, type CheckOptions } from '../../../src-main/cli/check-options.ts'
import { capturedIo } from '../../support/cli-io.ts'

function options(argv: readonly string[], io = capturedIo()): CheckOptions {
  const parsed = checkOptions(argv, io)
  if (!parsed.ok) throw new Error(parsed.problem.message)
  if (parsed.value === null) throw new Error('help was asked for')
  return parsed.value
}

describe('checkOptions', () => {
  it('has the defaults of the format', () => {
    expect(options(['spring'])).toMatchObject({
      paths: ['spring'],
      format: 'text',
      out: null,
      failOn: 'error',
      requireComplete: false,
      explain: false,
      jobs: 2,
      quiet: false,
      colours: false,
      settings: { region: [], packs: { own: [], named: [] } },
    })
  })

  it('takes today, where the person is, as the day', () => {
    const io = capturedIo({ now: () => new Date(2026, 10, 23, 23, 59) })
    const { asOf, packs } = options(['spring'], io).settings
    expect([asOf, packs.asOf]).toEqual(['2026-11-23', '2026-11-23'])
  })

  it.each([
    [['--format', 'json'], { format: 'json' }],
    [['--out', 'a/report.json'], { out: '/work/a/report.json' }],
    [['--fail-on', 'never'], { failOn: 'never' }],
    [['--require-complete', '--explain', '--quiet'], { requireComplete: true, explain: true, quiet: true }],
    [['--jobs', '4'], { jobs: 4 }],
    [['--as-of', '2024-02-29'], { settings: { asOf: '2024-02-29', packs: { asOf: '2024-02-29' } } }],
    [['--region', 'us-fl,US', '--region', 'GB'], { settings: { region: ['GB', 'US', 'US-FL'] } }],
    [
      ['--pack', 'klaviyo-aup@2021-09-24', '--pack', 'own'],
      { settings: { packs: { named: ['klaviyo-aup@2021-09-24', 'own'] } } },
    ],
    [['--packs', 'mine', '--packs', '/abs'], { settings: { packs: { own: ['/work/mine', '/abs'] } } }],
    [['--', '--strange-name.eml'], { paths: ['spring', '--strange-name.eml'] }],
  ])('%j', (argv, expected) => {
    expect(options(['spring', ...argv])).toMatchObject(expected)
  })

  it.each([
    ['no path', [], /Name at least one/],
    ['an unknown option', ['x', '--frobnicate'], /Unknown option '--frobnicate'/],
    ['an unknown format', ['x', '--format', 'xml'], /--format takes text, json, sarif, csv, html/],
    ['a value that is missing', ['x', '--out'], /--out/],
    ['a day that does not exist', ['x', '--as-of', '2026-02-30'], /--as-of takes a day/],
    ['a day in another form', ['x', '--as-of', '23.11.2026'], /--as-of takes a day/],
    ['a region in words', ['x', '--region', 'Florida'], /--region takes codes/],
    ['no region', ['x', '--region', ''], /--region names no place/],
    ['no worker', ['x', '--jobs', '0'], /--jobs takes a whole number/],
    ['half a worker', ['x', '--jobs', '1.5'], /--jobs takes a whole number/],
    ['an unknown threshold', ['x', '--fail-on', 'info'], /--fail-on takes error, warning, never/],
    [
      'an audience that is not there',
      ['x', '--audience', 'no-such-list.csv'],
      /--audience: there is no file “no-such-list.csv”/,
    ],
    [
      'a history that is not there',
      ['x', '--history', 'no-such-folder'],
      /--history: there is no file or folder “no-such-folder”/,
    ],
    ['an empty path', [''], /A path is empty/],
    ['a pack that is a path', ['x', '--pack', '../evil'], /--pack takes ID/],
  ])('refuses %s', (_, argv, message) => {
    const parsed = checkOptions(argv, capturedIo())
    expect(parsed.ok ? 'accepted' : parsed.problem.message).toMatch(message)
  })

  it.each([
    [{ stdoutIsTerminal: true }, [], true],
    [{ stdoutIsTerminal: false }, [], false],
    [{ stdoutIsTerminal: true }, ['--no-color'], false],
    [{ stdoutIsTerminal: true }, ['--out', 'x.txt'], false],
    [{ stdoutIsTerminal: true, environment: { ...capturedIo().environment, noColor: true } }, [], false],
  ])('colours %#', (io, argv, expected) => {
    expect(options(['x', ...argv], capturedIo(io)).colours).toBe(expected)
  })
})
