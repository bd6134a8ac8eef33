import { beforeEach, describe, expect, test, vi } from 'vitest'
import { readCompletion } from '../../src/core.ts'
import { answer, bodyOf, textChunk } from './support/chat.ts'
import { errorOf } from './support/expect-error.ts'
import { pass, stopTheClock } from './support/fake-time.ts'
import { observe } from './support/observe.ts'
import { trackedStream } from './support/tracked-stream.ts'
import { turns } from './support/turns.ts'
import { running, streaming } from './support/timed-run.ts'

beforeEach(stopTheClock)

test('without timeouts, no timer is set', async () => {
  const { status, request } = await running(undefined)
  expect(vi.getTimerCount()).toBe(0)
  request.respond()
  await pass(24 * 3_600_000)
  expect(status()).toBe('streaming')
})

describe('response', () => {
  test('fails a run whose headers do not arrive, and closes the connection', async () => {
    const { settled, request, status } = await running({ response: 1000 })
    await pass(999)
    expect(status()).toBe('connecting')
    await pass(2)
    const error = errorOf(await settled)
    expect(error).toMatchObject({ kind: 'timeout', timeout: 'response' })
    expect(error.message).toContain('1000 ms (timeouts.response)')
    expect(request.closedByClient).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('ends with the headers', async () => {
    const { request, status } = await running({ response: 1000 })
    await pass(900)
    request.respond()
    await pass(5000)
    expect(status()).toBe('streaming')
    expect(vi.getTimerCount()).toBe(0)
  })

  test('fails a run whose headers function never resolves', async () => {
    const { client, requests } = observe({
      timeouts: { response: 1000 },
      headers: () => new Promise(() => undefined),
    })
    const settled = client.start('a')
    await pass(1001)
    expect(errorOf(await settled)).toMatchObject({ timeout: 'response' })
    expect(requests).toHaveLength(0)
  })

  test('fails a run whose fetch ignores its signal, and discards a later response', async () => {
    const tracked = trackedStream<Uint8Array>()
    let answerNow!: (response: Response) => void
    const { client } = observe({
      timeouts: { response: 1000 },
      fetch: () => new Promise<Response>((resolve) => (answerNow = resolve)),
    })
    const settled = client.start('a')
    await pass(1001)
    expect(errorOf(await settled)).toMatchObject({ timeout: 'response' })
    answerNow(new Response(tracked.stream))
    await turns()
    expect(tracked.cancelled).toBe(true)
  })
})

describe('firstToken', () => {
  test('counts from the request; comments and empty chunks do not reset it', async () => {
    const { settled, request, status } = await running({ firstToken: 1000 })
    await pass(500)
    request.respond()
    request.send(': thinking\n\n')
    request.send(bodyOf(textChunk('')))
    await pass(499)
    expect(status()).toBe('streaming')
    await pass(2)
    expect(errorOf(await settled)).toMatchObject({ kind: 'timeout', timeout: 'firstToken' })
    expect(request.closedByClient).toBe(true)
  })

  test('ends with the first content', async () => {
    const { request, status } = await streaming({ firstToken: 1000 })
    request.send(textChunk('Hello'))
    await pass(5000)
    expect(status()).toBe('streaming')
    expect(vi.getTimerCount()).toBe(0)
  })

  test('also ends with reasoning', async () => {
    const { request, status } = await streaming({ firstToken: 1000 })
    request.send({ choices: [{ index: 0, delta: { reasoning_content: 'Hm' } }] })
    await pass(5000)
    expect(status()).toBe('streaming')
  })
})

describe('idle', () => {
  test('fails a stream that has gone silent, and keeps its text', async () => {
    const { settled, request, status } = await streaming({ idle: 1000 })
    request.send(textChunk('Hello'))
    await pass(999)
    expect(status()).toBe('streaming')
    await pass(2)
    const state = await settled
    expect(state.text).toBe('Hello')
    expect(errorOf(state)).toMatchObject({ kind: 'timeout', timeout: 'idle' })
    expect(request.closedByClient).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('is reset by any byte, including a comment and half an event', async () => {
    const { settled, request, status } = await streaming({ idle: 1000 })
    for (const piece of [': keep-alive\n\n', 'data: {"choices"', ':', '[', ': ', '\n', 'd']) {
      await pass(900)
      request.send(piece)
    }
    await pass(900)
    expect(status()).toBe('streaming')
    await pass(200)
    expect(errorOf(await settled)).toMatchObject({ timeout: 'idle' })
  })

  test('does not start before the response headers', async () => {
    const { request, status } = await running({ idle: 1000 })
    await pass(60_000)
    expect(status()).toBe('connecting')
    request.respond()
    await pass(999)
    expect(status()).toBe('streaming')
    await pass(2)
    expect(status()).toBe('error')
  })

  test('does not set a timer for every chunk', async () => {
    const { request } = await streaming({ idle: 1000 })
    const set = vi.fn(setTimeout)
    // Not a spy, because restoring spies later would bring back the timer of this test.
    vi.stubGlobal('setTimeout', set)
    for (let index = 0; index < 100; index++) {
      request.send(textChunk('x'))
      await turns(1)
    }
    vi.unstubAllGlobals()
    expect(set).not.toHaveBeenCalled()
  })
})

describe('total', () => {
  test('fails a run that takes too long, even while data arrives', async () => {
    const { settled, request } = await streaming({ total: 1000, idle: 300 })
    for (let index = 0; index < 20; index++) {
      request.send(textChunk('.'))
      await pass(100)
    }
    const state = await settled
    expect(errorOf(state)).toMatchObject({ kind: 'timeout', timeout: 'total' })
    expect(state.text).toMatch(/^\.{9,12}$/)
    expect(state.timing.settledAt! - state.timing.startedAt).toBeLessThan(1100)
    expect(request.closedByClient).toBe(true)
  })

  test('ends when the run is complete', async () => {
    const { settled, request } = await streaming({ total: 1000 })
    request.send(answer('Hello'))
    expect((await settled).status).toBe('complete')
    await pass(5000)
    expect((await settled).status).toBe('complete')
  })
})

describe('the body of an error that never ends', () => {
  test('is awaited for at most five seconds, with or without timeouts', async () => {
    for (const timeouts of [undefined, { idle: 100, firstToken: 200, response: 300 }]) {
      const { settled, request } = await running(timeouts)
      request.respond({ status: 503, headers: { 'content-type': 'application/json' } })
      request.send('{"error": {"message": "over')
      await pass(5001)
      const error = errorOf(await settled)
      expect(error).toMatchObject({
        kind: 'http',
        status: 503,
        body: '{"error": {"message": "over',
      })
      expect(request.closedByClient).toBe(true)
      expect(vi.getTimerCount()).toBe(0)
    }
  })

  test('does not outlive the total', async () => {
    const { settled, request } = await running({ total: 1000 })
    request.respond({ status: 503 })
    await pass(1001)
    expect(errorOf(await settled)).toMatchObject({ kind: 'timeout', timeout: 'total' })
    expect(vi.getTimerCount()).toBe(0)
  })
})

test('queued bytes are read before the timer fires', async () => {
  const { request, status, client } = await streaming({ idle: 1000 })
  await pass(999)
  // In the queue of the stream, but not read yet.
  request.send(textChunk('late'))
  vi.advanceTimersByTime(1)
  await turns()
  await pass(500)
  expect(status()).toBe('streaming')
  expect(client.getState().text).toBe('late')
})

test('a timeout longer than timers support is off', async () => {
  const { status } = await running({ total: 2 ** 40, response: Infinity })
  await pass(24 * 3_600_000 * 30)
  expect(status()).toBe('connecting')
})

test('the current options apply when they are checked', async () => {
  const { client, request, settled } = await streaming({ total: 1000 })
  client.setOptions({ timeouts: { total: 3000 } })
  await pass(2000)
  expect(client.getState().status).toBe('streaming')
  await pass(1100)
  expect(errorOf(await settled)).toMatchObject({ timeout: 'total' })
  expect(request.closedByClient).toBe(true)
})

test('readCompletion has timeouts too, including the wait for its source', async () => {
  const silent = readCompletion(new Promise<Response>(() => undefined), {
    timeouts: { response: 1000 },
  })
  const tracked = trackedStream()
  const idle = readCompletion(tracked.stream, { timeouts: { idle: 1000 } })
  await turns()
  tracked.send(textChunk('Hello'))
  await pass(1100)
  expect(errorOf(await silent.result)).toMatchObject({ timeout: 'response' })
  expect(errorOf(await idle.result)).toMatchObject({ timeout: 'idle' })
  expect((await idle.result).text).toBe('Hello')
  expect(tracked.cancelled).toBe(true)
  expect(vi.getTimerCount()).toBe(0)
})
