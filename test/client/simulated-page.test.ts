import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createCompletion } from '../../src/core.ts'
import { completionStream, scriptedFetch } from '../../src/testing.ts'

/** In a variable, so that the compiler does not look for types, which do not exist. */
const simulation: string = 'jsdom'
const { JSDOM } = (await import(simulation)) as { JSDOM: new (html: string) => { window: Window } }

/** A page that accepts only signals of its own realm, like simulated pages in Jest and Vitest. */
let page: Window
const add = vi.fn<Window['addEventListener']>()
const remove = vi.fn<Window['removeEventListener']>()

beforeEach(() => {
  vi.useFakeTimers()
  page = new JSDOM('').window
  add.mockReset().mockImplementation(page.addEventListener.bind(page))
  remove.mockReset().mockImplementation(page.removeEventListener.bind(page))
  vi.stubGlobal('addEventListener', add)
  vi.stubGlobal('removeEventListener', remove)
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('the page of this test rejects signals of another realm', () => {
  const { signal } = new AbortController()
  expect(() => page.addEventListener('online', () => {}, { signal })).toThrow(TypeError)
})

test('a run completes in a page that rejects signals of another realm', async () => {
  const stream = completionStream({ text: 'Hello' })
  const { start } = createCompletion({ url: '/api', fetch: scriptedFetch(stream) })
  const settled = start('Hi')
  await vi.runAllTimersAsync()
  expect(await settled).toMatchObject({ status: 'complete', text: 'Hello' })
})

test('a run that is aborted or retried leaves no listener on such a page', async () => {
  const refused = () => Promise.reject(new TypeError('Failed to fetch'))
  const tried = createCompletion({ url: '/api', fetch: refused, retry: { attempts: 1, delay: 1 } })
  const failed = tried.start('Hi')
  await vi.runAllTimersAsync()
  expect((await failed).status).toBe('error')
  const stream = completionStream({ text: 'Hello' }, { end: 'stall' })
  const stalled = createCompletion({ url: '/api', fetch: scriptedFetch(stream) })
  const settled = stalled.start('Hi')
  stalled.abort()
  expect((await settled).status).toBe('aborted')
  const types = add.mock.calls.map(([type]) => type)
  const leaving = ['beforeunload', 'pagehide', 'pageshow', 'pageshow', 'resume']
  expect(types.sort()).toEqual(['online', ...leaving, ...leaving].sort())
  for (const call of add.mock.calls) {
    expect(remove).toHaveBeenCalledWith(...call)
  }
})
