import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { answer, textChunk } from './support/chat.ts'
import { errorOf } from './support/expect-error.ts'
import { observe } from './support/observe.ts'
import { turns } from './support/turns.ts'

const leave = () => dispatchEvent(new Event('pagehide'))
const comeBack = () => dispatchEvent(new Event('pageshow'))

async function streaming() {
  const observed = observe()
  const settled = observed.client.start('a')
  await turns()
  const request = observed.requests[0]!
  request.respond()
  request.send(textChunk('Hel'))
  await turns()
  return { ...observed, settled, request }
}

describe('a page that is being left', () => {
  test('shows no error for connections that the browser closes', async () => {
    const { client, request, published, calls } = await streaming()
    leave()
    request.fail(new TypeError('Error in input stream'))
    await turns()
    expect(client.getState()).toMatchObject({ status: 'streaming', text: 'Hel' })
    expect(published.map(({ status }) => status)).not.toContain('error')
    expect(calls).toEqual([])
  })

  test('shows no error for a request without a response', async () => {
    const { client, requests, calls } = observe()
    void client.start('a')
    await turns()
    leave()
    requests[0]!.fail(new TypeError('NetworkError when attempting to fetch resource.'))
    await turns()
    expect(client.getState().status).toBe('connecting')
    expect(calls).toEqual([])
  })

  test('shows the error when the page returns from the cache, if the run cannot be resumed', async () => {
    const { request, settled, client } = await streaming()
    leave()
    request.fail()
    await turns()
    comeBack()
    const state = await settled
    expect(errorOf(state)).toMatchObject({ kind: 'network', phase: 'body' })
    expect(state.text).toBe('Hel')
    expect(client.getState()).toBe(state)
  })

  test('shows the error after leaving and returning more than once', async () => {
    const { request, settled, client } = await streaming()
    leave()
    comeBack()
    leave()
    request.fail()
    await turns()
    expect(client.getState().status).toBe('streaming')
    comeBack()
    expect((await settled).status).toBe('error')
  })

  test('continues reading when the page returns and nothing broke', async () => {
    const { request, settled } = await streaming()
    leave()
    comeBack()
    request.send(answer('lo'))
    expect(await settled).toMatchObject({ status: 'complete', text: 'Hello' })
  })

  test('still accepts a proper end and an abort', async () => {
    const first = await streaming()
    const second = await streaming()
    leave()
    first.request.send(answer('lo'))
    second.request.fail()
    await turns()
    second.client.abort()
    expect((await first.settled).status).toBe('complete')
    expect((await second.settled).status).toBe('aborted')
    comeBack()
    await turns()
    expect(second.client.getState().status).toBe('aborted')
  })
})

describe('a navigation that has begun', () => {
  const begin = () => dispatchEvent(new Event('beforeunload'))

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('shows no error for connections that the browser closes before the page is left', async () => {
    const { client, request, calls } = await streaming()
    begin()
    request.fail(new TypeError('Error in input stream'))
    await vi.advanceTimersByTimeAsync(2500)
    leave()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(client.getState()).toMatchObject({ status: 'streaming', text: 'Hel' })
    expect(calls).toEqual([])
  })

  test('shows the error when the page returns', async () => {
    const { request, settled } = await streaming()
    begin()
    request.fail()
    await turns()
    leave()
    comeBack()
    expect(errorOf(await settled).kind).toBe('network')
  })

  test('shows the error after three seconds if the page stays, as after a download', async () => {
    const { client, request } = await streaming()
    begin()
    request.fail()
    await turns()
    await vi.advanceTimersByTimeAsync(2999)
    expect(client.getState().status).toBe('streaming')
    await vi.advanceTimersByTimeAsync(1)
    expect(client.getState()).toMatchObject({ status: 'error', error: { kind: 'network' } })
  })

  test('ends after three seconds: a later error is shown immediately', async () => {
    const { request, settled } = await streaming()
    begin()
    await vi.advanceTimersByTimeAsync(3000)
    request.fail()
    expect((await settled).status).toBe('error')
  })

  test('leaves no timer once the run has settled', async () => {
    const { client, settled } = await streaming()
    begin()
    // Runs of other files may also receive the navigation event.
    const count = vi.getTimerCount()
    client.abort()
    await settled
    expect(vi.getTimerCount()).toBe(count - 1)
  })

  test('is also detected from WebKit’s error alone, which is held back briefly', async () => {
    const [left, stayed] = [await streaming(), await streaming()]
    left.request.fail(new TypeError('Load failed'))
    await turns()
    leave()
    comeBack()
    expect((await left.settled).status).toBe('error')
    stayed.request.fail(new TypeError('Load failed'))
    await turns()
    expect(stayed.client.getState().status).toBe('streaming')
    await vi.advanceTimersByTimeAsync(100)
    expect(stayed.client.getState().status).toBe('error')
  })
})

test('an error after the page has returned is shown immediately', async () => {
  const { request, settled } = await streaming()
  leave()
  comeBack()
  request.fail()
  expect(errorOf(await settled).kind).toBe('network')
})

test('no page listeners remain once a run has settled', async () => {
  const add = vi.spyOn(globalThis, 'addEventListener')
  const remove = vi.spyOn(globalThis, 'removeEventListener')
  const { client } = observe()
  const settled = client.start('a')
  await turns()
  client.abort()
  await settled
  const added = add.mock.calls.map(([type, listener]) => [type, listener])
  const removed = remove.mock.calls.map(([type, listener]) => [type, listener])
  add.mockRestore()
  remove.mockRestore()
  expect(added.length).toBeGreaterThan(0)
  expect(removed).toEqual(added)
})

test('no page listeners remain after a start that throws', () => {
  const add = vi.spyOn(globalThis, 'addEventListener')
  const { client } = observe({ resume: {} as never })
  expect(() => client.start('a')).toThrow(TypeError)
  expect(add).not.toHaveBeenCalled()
  add.mockRestore()
})
