import { expect, test } from 'vitest'
import { createCompletion, type CompletionOptions, type SettledState } from '../../src/core.ts'
import { createControlledFetch } from '../../src/testing.ts'
import { answer } from './support/chat.ts'
import { turns } from './support/turns.ts'

/** A completion that starts the next run at every end, up to a limit that is never reached if it works. */
function createChain(
  name: 'onFinish' | 'onError',
  options: Partial<CompletionOptions<string>> = {},
  bound = 5000,
) {
  const { fetch, requests } = createControlledFetch()
  let calls = 0
  let depth = 0
  let deepest = 0
  const next = () => {
    calls++
    deepest = Math.max(deepest, ++depth)
    if (calls < bound) void completion.start('next')
    depth--
  }
  const completion = createCompletion<string>({
    url: '/',
    fetch,
    ...options,
    [name]: next,
  })
  return { completion, requests, calls: () => calls, deepest: () => deepest }
}

/** Counts the calls before the next task. */
async function callsInOneTask(calls: () => number) {
  // Microtasks only: they all run before the next task.
  for (let turn = 0; turn < 10_000; turn++) await Promise.resolve()
  return calls()
}

test('start(a); start(b) with a start in onFinish neither nests nor loops', async () => {
  const { completion, calls, deepest } = createChain('onFinish')
  void completion.start('a')
  void completion.start('b')
  expect(calls()).toBe(0)
  expect(await callsInOneTask(calls)).toBeLessThanOrEqual(2)
  await turns(3)
  expect(calls()).toBeLessThan(20)
  expect(deepest()).toBe(1)
  completion.setOptions({ url: '/' })
  completion.reset()
})

test('the callbacks of a superseded run are called after the start that superseded it has returned', async () => {
  const order: string[] = []
  const { fetch } = createControlledFetch()
  const { start, reset } = createCompletion<string>({
    url: '/',
    fetch,
    onFinish: ({ abortReason }) => order.push(`onFinish: ${String(abortReason)}`),
  })
  const a = start('a')
  void start('b')
  order.push('returned')
  expect((await a).abortReason).toBe('superseded')
  expect(order).toEqual(['returned', 'onFinish: superseded'])
  reset()
})

test('abort in onFinish of a run that it started does not nest', async () => {
  const { fetch } = createControlledFetch()
  let calls = 0
  let depth = 0
  const { start, abort, setOptions } = createCompletion<string>({
    url: '/',
    fetch,
    onFinish() {
      expect(++depth).toBe(1)
      if (++calls < 5000) {
        void start('next')
        abort()
      }
      depth--
    },
  })
  void start('a')
  abort()
  expect(await callsInOneTask(() => calls)).toBeLessThanOrEqual(2)
  setOptions({ url: '/', fetch })
  await turns()
  expect(calls).toBeLessThan(100)
})

test.each(['onFinish', 'onError'] as const)(
  'a start in %s of runs that fail immediately does not block the page',
  async (name) => {
    const { completion, calls } = createChain(name, {
      source() {
        throw new Error('no')
      },
    })
    void completion.start('a')
    expect(await callsInOneTask(calls)).toBeLessThanOrEqual(2)
    completion.setOptions({ url: '/' })
    completion.reset()
  },
)

test('in a chain of runs, each run has one call, in order, and its promise resolves', async () => {
  const { fetch, requests } = createControlledFetch()
  const finished: SettledState[] = []
  const { start } = createCompletion<string>({
    url: '/',
    fetch,
    onFinish: (result) => finished.push(result),
  })
  const results = ['a', 'b', 'c', 'd'].map((input) => start(input))
  await turns()
  requests[0]!.respond()
  requests[0]!.send(answer('of d'))
  expect(await Promise.all(results)).toEqual(finished)
  expect(finished.map(({ status, text }) => [status, text])).toEqual([
    ['aborted', ''],
    ['aborted', ''],
    ['aborted', ''],
    ['complete', 'of d'],
  ])
})
