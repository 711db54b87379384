import { EventEmitter } from 'node:events'
import type { App } from 'electron'
import { expect, test, vi } from 'vitest'
import { endCleanly } from '../../../src-main/shell/end.ts'

function fakeApp() {
  const emitter = new EventEmitter()
  const quit = vi.fn()
  return { app: Object.assign(emitter, { quit }) as unknown as App, emitter, quit }
}

test.each([
  ['closes', () => Promise.resolve()],
  ['fails to close', () => Promise.reject(new Error('no'))],
])('the program ends once what is open %s', async (_what, close) => {
  const { app, emitter, quit } = fakeApp()
  const closed = vi.fn(close)
  endCleanly(app, closed)
  const event = { preventDefault: vi.fn() }
  emitter.emit('will-quit', event)
  expect(event.preventDefault).toHaveBeenCalledOnce()
  await vi.waitFor(() => expect(quit).toHaveBeenCalledOnce())
  const second = { preventDefault: vi.fn() }
  emitter.emit('will-quit', second)
  expect(second.preventDefault).not.toHaveBeenCalled()
  expect(closed).toHaveBeenCalledOnce()
})

test('a close that never ends holds the program five seconds', async () => {
  vi.useFakeTimers()
  const { app, emitter, quit } = fakeApp()
  endCleanly(app, () => new Promise(() => undefined))
  emitter.emit('will-quit', { preventDefault: () => undefined })
  await vi.advanceTimersByTimeAsync(4999)
  expect(quit).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(2)
  expect(quit).toHaveBeenCalledOnce()
  vi.useRealTimers()
})
