import { describe, expect, it, vi } from 'vitest'
import { createRecent } from '../../../src-main/review/recent.ts'

const always = (): boolean => true

describe('createRecent', () => {
  it('asks once for what is asked for twice, at once and later', async () => {
    const recent = createRecent<number>(2)
    const make = vi.fn(() => Promise.resolve(7))
    expect(await Promise.all([recent('a', make, always), recent('a', make, always)])).toEqual([7, 7])
    await recent('a', make, always)
    expect(make).toHaveBeenCalledTimes(1)
  })

  it('forgets what was asked for longest ago', async () => {
    const recent = createRecent<string>(2)
    const make = vi.fn(() => Promise.resolve('x'))
    for (const key of ['a', 'b', 'a', 'c', 'a']) await recent(key, make, always)
    expect(make).toHaveBeenCalledTimes(3)
    await recent('b', make, always)
    expect(make).toHaveBeenCalledTimes(4)
  })

  it('asks anew after a failure', async () => {
    const recent = createRecent<boolean>(2)
    const make = vi.fn(() => Promise.resolve(false))
    await recent('a', make, (value) => value)
    await recent('a', make, (value) => value)
    expect(make).toHaveBeenCalledTimes(2)
  })
})
