import { expect, test } from 'vitest'
import { errorOf } from './support/expect-error.ts'
import { observe } from './support/observe.ts'
import { turns } from './support/turns.ts'

test.each([
  ['a string', 'x'],
  ['null', null],
  ['an error', new Error('enough')],
  ['a TimeoutError', new DOMException('too slow', 'TimeoutError')],
  ['an object', { code: 7 }],
  ['zero', 0],
])('%s is kept unchanged', async (_, reason) => {
  const { client, requests } = observe()
  const settled = client.start('a')
  await turns()
  client.abort(reason)
  const state = await settled
  expect(state).toMatchObject({ status: 'aborted', error: undefined })
  expect(state.abortReason).toBe(reason)
  expect(requests[0]!.init.signal!.reason).toBe(reason)
})

test.each([
  ['undefined', undefined],
  ['the event of a DOM listener', new Event('click')],
  ['the event of a React handler', { type: 'click', nativeEvent: new Event('click') }],
])("%s counts as no reason: 'abort'", async (_, reason) => {
  const { client } = observe()
  const settled = client.start('a')
  await turns()
  client.abort(reason)
  expect(await settled).toMatchObject({ status: 'aborted', abortReason: 'abort' })
})

test('a rejection with the reason itself is an abort, whatever the reason is', async () => {
  const { client, requests } = observe()
  const settled = client.start('a')
  await turns()
  requests[0]!.respond()
  await turns()
  // A fetch rejects with the signal's reason, and a body errors with it.
  client.abort(new TypeError('Failed to fetch'))
  await turns()
  expect((await settled).status).toBe('aborted')
})

test.each(['AbortError', 'TimeoutError'])(
  'a fetch that rejects with its own %s is a network error, because the client did not abort',
  async (name) => {
    const { client, requests } = observe()
    const settled = client.start('a')
    await turns()
    requests[0]!.fail(new DOMException('gave up', name))
    const error = errorOf(await settled)
    expect(error).toMatchObject({ kind: 'network', phase: 'connect' })
    expect(error.message).toContain('gave up')
    expect(error.cause).toMatchObject({ name, message: 'gave up' })
  },
)

test.each(['AbortError', 'TimeoutError'])(
  'a body that breaks with its own %s is a network error, because the client did not abort',
  async (name) => {
    const { client, requests } = observe()
    const settled = client.start('a')
    await turns()
    requests[0]!.respond()
    requests[0]!.send({ choices: [{ index: 0, delta: { content: 'Hel' } }] })
    await turns()
    requests[0]!.fail(new DOMException('gave up', name))
    const state = await settled
    expect(errorOf(state)).toMatchObject({ kind: 'network', phase: 'body' })
    expect(state.text).toBe('Hel')
  },
)
