import { expect, test } from 'vitest'
import { broadcast, createCompletionRegistry } from '../../src/core.ts'
import { createControlledFetch } from '../../src/testing.ts'
import { textChunk } from './support/chat.ts'
import { turns } from './support/turns.ts'

function optionsWith() {
  const { fetch, requests } = createControlledFetch()
  return { options: { url: '/', fetch, publish: 'sync' as const }, requests }
}

test('returns the same completion for the same key, with the options of the latest call', async () => {
  const registry = createCompletionRegistry()
  const { options, requests } = optionsWith()
  const first = registry.get<string>('a', options)
  expect(registry.get('a', { ...options, url: '/next' })).toBe(first)
  expect(registry.get('b', options)).not.toBe(first)
  void first.start('x')
  await turns()
  expect(requests.map(({ url }) => url)).toEqual(['/next'])
})

test('a run continues without subscribers', async () => {
  const registry = createCompletionRegistry()
  const { options, requests } = optionsWith()
  void registry.get<string>('a', options).start('x')
  await turns()
  requests[0]!.respond()
  requests[0]!.send(textChunk('Hello'))
  await turns()
  expect(registry.get('a', options).getState()).toMatchObject({
    status: 'streaming',
    text: 'Hello',
  })
})

test('removes the least recently used completions that are not running', async () => {
  const registry = createCompletionRegistry({ max: 2 })
  const { options } = optionsWith()
  const running = registry.get<string>('running', options)
  void running.start('x')
  const idle = registry.get('idle', options)
  registry.get('used later', options)
  expect(registry.get('running', options)).toBe(running)
  expect(registry.get('idle', options)).not.toBe(idle)
})

test('may hold more than max completions while all of them are running', () => {
  const registry = createCompletionRegistry({ max: 1 })
  const { options } = optionsWith()
  const all = ['a', 'b', 'c'].map((key) => {
    const completion = registry.get<string>(key, options)
    void completion.start('x')
    return completion
  })
  expect(['a', 'b', 'c'].map((key) => registry.get(key, options))).toEqual(all)
})

test('delete aborts the run', async () => {
  const registry = createCompletionRegistry()
  const { options } = optionsWith()
  const completion = registry.get<string>('a', options)
  const settled = completion.start('x')
  registry.delete('a')
  expect(await settled).toMatchObject({ status: 'aborted', abortReason: 'reset' })
  expect(registry.get('a', options)).not.toBe(completion)
  registry.delete('nothing')
})

test('a displayed completion is never removed, however many there are', async () => {
  const registry = createCompletionRegistry({ max: 1 })
  const { options, requests } = optionsWith()
  // As in React: all components render before any of them subscribes.
  const [first, second] = ['a', 'b'].map((key) => registry.get<string>(key, options))
  const ends = [first, second].map((completion) => completion!.subscribe(() => undefined))
  const settled = first!.start('x')
  await turns()
  requests[0]!.respond()
  requests[0]!.send(textChunk('Hello'))
  await turns()
  first!.abort()
  await settled
  expect(registry.get('b', options)).toBe(second)
  expect(registry.get('a', options)).toBe(first)
  expect(first!.getState().text).toBe('Hello')

  for (const end of [...ends, ...ends]) end()
  registry.get('c', options)
  expect(registry.get('a', options)).not.toBe(first)
})

test('a completion that was deleted while displayed is not returned for its key again', () => {
  const registry = createCompletionRegistry({ max: 1 })
  const { options } = optionsWith()
  const deleted = registry.get('a', options)
  const end = deleted.subscribe(() => undefined)
  registry.delete('a')
  const next = registry.get('a', options)
  deleted.subscribe(() => undefined)
  end()
  expect(registry.get('a', options)).toBe(next)
  expect(next).not.toBe(deleted)
})

test('a completion that is shared between tabs is removed once nothing displays it', () => {
  const registry = createCompletionRegistry({ max: 1 })
  const { options } = optionsWith()
  const completion = registry.get('a', options)
  const shared = broadcast('a', completion)
  expect(registry.get('a', options)).toBe(completion)
  const end = shared.subscribe(() => undefined)
  registry.get('b', options)
  expect(registry.get('a', options)).toBe(completion)
  end()
  registry.get('b', options)
  expect(registry.get('a', options)).not.toBe(completion)
})
