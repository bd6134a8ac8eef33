import { describe, expect, test, vi } from 'vitest'
import { answer, bodyOf, doneMarker, finishChunk, textChunk } from './support/chat.ts'
import { last, observe } from './support/observe.ts'
import { callbacksOfOneFrame, stubFrames } from './support/stub-frames.ts'
import { turns } from './support/turns.ts'
import { firstPublished } from './support/first-published.ts'

describe("publishing by 'frame'", () => {
  test('publishes the first content immediately, without waiting for a frame', async () => {
    stubFrames()
    const observed = observe({ publish: 'frame' })
    await firstPublished(observed)
    expect(observed.published.map(({ status, text }) => [status, text])).toEqual([
      ['connecting', ''],
      ['streaming', '0'],
    ])
  })

  test.each<[string, object]>([
    ['reasoning', { reasoning_content: 'Hm' }],
    ['a refusal', { refusal: 'No' }],
    [
      'a tool call',
      { tool_calls: [{ index: 0, id: 'c', function: { name: 'f', arguments: '{' } }] },
    ],
  ])('%s also counts as the first content', async (_, delta) => {
    stubFrames()
    const { client, requests, published } = observe({ publish: 'frame' })
    void client.start('a')
    await turns()
    requests[0]!.respond()
    requests[0]!.send({ choices: [{ index: 0, delta: { role: 'assistant' } }] })
    await turns()
    expect(published.map(({ status }) => status)).toEqual(['connecting'])
    requests[0]!.send({ choices: [{ index: 0, delta }] })
    await turns()
    expect(published.map(({ status }) => status)).toEqual(['connecting', 'streaming'])
  })

  test('publishes at most once per frame', async () => {
    const frames = stubFrames()
    const observed = observe({ publish: 'frame' })
    const { request } = await firstPublished(observed)
    const { published, client } = observed
    const count = published.length

    for (let frame = 1; frame <= 5; frame++) {
      for (let delta = 0; delta < 20; delta++) {
        request.send(textChunk('.'))
        await turns(2)
      }
      expect(published).toHaveLength(count + frame - 1)
      frames.draw()
      expect(published).toHaveLength(count + frame)
    }
    expect(client.getState().text).toBe(`0${'.'.repeat(100)}`)
  })

  test('publishes the headers with the next frame', async () => {
    const frames = stubFrames()
    const { client, requests } = observe({ publish: 'frame' })
    void client.start('a')
    await turns()
    requests[0]!.respond()
    await turns()
    expect(client.getState().status).toBe('connecting')
    frames.draw()
    expect(client.getState().status).toBe('streaming')
  })

  test('publishes 10,000 deltas that arrive in one piece only a few times', async () => {
    const frames = stubFrames()
    const { client, requests, published } = observe({ publish: 'frame' })
    const settled = client.start('a')
    await turns()
    const deltas = Array.from({ length: 10_000 }, (_, index) => textChunk(`${index} `))
    requests[0]!.respond()
    requests[0]!.send(bodyOf(...deltas, finishChunk(), doneMarker))
    const state = await settled
    frames.draw()

    expect(published.length).toBeLessThanOrEqual(4)
    expect(state).toMatchObject({ status: 'complete', timing: { textEvents: 10_000 } })
    expect(state.text).toBe(deltas.map((_, index) => `${index} `).join(''))
  })

  test('publishes the settled state immediately, with the final text in the same snapshot', async () => {
    const frames = stubFrames()
    const observed = observe({ publish: 'frame' })
    const { request, settled } = await firstPublished(observed)
    request.send(bodyOf(textChunk('1'), textChunk('2'), finishChunk(), doneMarker))
    await turns()

    expect(observed.client.getState()).toBe(await settled)
    expect(observed.published.map(({ status, text }) => [status, text])).toEqual([
      ['connecting', ''],
      ['streaming', '0'],
      ['complete', '012'],
    ])
    expect(frames.waiting).toBe(0)
  })

  test.each([
    [
      'settles',
      ({ request }: { request: { send(piece: string): void } }) => request.send(doneMarker),
    ],
    ['is aborted', ({ client }: { client: { abort(): void } }) => client.abort()],
    ['is reset', ({ client }: { client: { reset(): void } }) => client.reset()],
  ])('cancels the queued frame and its timer when the run %s', async (_, end) => {
    const frames = stubFrames()
    const observed = observe({ publish: 'frame' })
    const { request } = await firstPublished(observed)
    request.send(textChunk('1'))
    await turns()
    expect(frames.waiting).toBe(callbacksOfOneFrame)
    expect(vi.getTimerCount()).toBe(callbacksOfOneFrame)

    end({ request, client: observed.client })
    await turns()

    expect(frames.waiting).toBe(0)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('publishes without a frame if none fires for a while', async () => {
    stubFrames()
    const observed = observe({ publish: 'frame' })
    const { request } = await firstPublished(observed)
    request.send(textChunk('1'))
    await turns()
    expect(observed.client.getState().text).toBe('0')

    vi.advanceTimersByTime(250)
    expect(observed.client.getState().text).toBe('01')
  })

  test('publishes a change once, whether the frame or the timer fires first', async () => {
    const frames = stubFrames()
    const observed = observe({ publish: 'frame' })
    const { request } = await firstPublished(observed)
    const count = observed.published.length
    for (const first of ['frame', 'timer'] as const) {
      request.send(textChunk('.'))
      await turns()
      if (first === 'frame') frames.draw()
      vi.advanceTimersByTime(1000)
      frames.draw()
    }
    expect(observed.published).toHaveLength(count + 2)
  })

  test('publishes without any animation frames', async () => {
    stubFrames()
    const { requestAnimationFrame } = globalThis
    Object.assign(globalThis, { requestAnimationFrame: undefined })
    const observed = observe({ publish: 'frame' })
    const { request } = await firstPublished(observed)
    request.send(textChunk('1'))
    await turns()
    vi.advanceTimersByTime(100)
    Object.assign(globalThis, { requestAnimationFrame })
    expect(observed.client.getState().text).toBe('01')
  })
})

describe("publishing by 'sync'", () => {
  test('publishes after every event that changes something', async () => {
    const frames = stubFrames()
    const observed = observe({ publish: 'sync' })
    const { request, settled } = await firstPublished(observed)
    request.send(
      bodyOf(textChunk('1'), ': a comment\n\n', textChunk('2'), finishChunk(), doneMarker),
    )
    await settled
    expect(observed.published.map(({ status, text }) => [status, text])).toEqual([
      ['connecting', ''],
      ['streaming', ''],
      ['streaming', '0'],
      ['streaming', '01'],
      ['streaming', '012'],
      ['streaming', '012'],
      ['complete', '012'],
    ])
    expect(frames.asked).toBe(0)
  })
})

describe('publishing by { every }', () => {
  test('publishes at most once per interval, and the settled state immediately', async () => {
    const frames = stubFrames()
    const observed = observe({ publish: { every: 200 } })
    const { request, settled } = await firstPublished(observed)
    const texts = () => observed.published.map(({ text }) => text)
    for (const delta of ['1', '2']) {
      request.send(textChunk(delta))
      await turns()
    }
    vi.advanceTimersByTime(199)
    expect(texts()).toEqual(['', '0'])
    vi.advanceTimersByTime(1)
    expect(texts()).toEqual(['', '0', '012'])

    request.send(textChunk('3'))
    await turns()
    vi.advanceTimersByTime(199)
    expect(texts()).toEqual(['', '0', '012'])
    request.send(doneMarker)
    await settled
    expect(texts()).toEqual(['', '0', '012', '0123'])
    expect(vi.getTimerCount()).toBe(0)
    expect(frames.asked).toBe(0)
  })
})

describe('publishing by { every } with an unusual number', () => {
  test.each([Infinity, 2 ** 31, Number.MAX_VALUE])(
    '%s: only the first content and the settled state are published',
    async (every) => {
      stubFrames()
      const observed = observe({ publish: { every } })
      const { request, settled } = await firstPublished(observed)
      request.send(textChunk('1'))
      await turns()
      vi.advanceTimersByTime(100_000)
      expect(observed.published.map(({ text }) => text)).toEqual(['', '0'])
      expect(vi.getTimerCount()).toBe(0)
      request.send(doneMarker)
      await settled
      expect(observed.published.map(({ text }) => text)).toEqual(['', '0', '01'])
    },
  )

  test.each([NaN, -1, -Infinity])('%s: they are published by frame', async (every) => {
    const frames = stubFrames()
    const observed = observe({ publish: { every } })
    const { request } = await firstPublished(observed)
    request.send(textChunk('1'))
    await turns()
    expect(observed.published).toHaveLength(2)
    frames.draw()
    expect(observed.published.map(({ text }) => text)).toEqual(['', '0', '01'])
  })
})

describe('an event that changes nothing', () => {
  test.each<[string, string]>([
    ['a comment', ': keep-alive\n\n'],
    ['an event of an unknown type', bodyOf({ type: 'from.the.future' })],
    ['a chunk without choices', bodyOf({ choices: [] })],
    ['an empty delta', bodyOf(textChunk(''))],
    ['the same metadata again', bodyOf({ id: 'chatcmpl-1', model: 'gpt-5', choices: [] })],
  ])('publishes nothing: %s', async (_, piece) => {
    stubFrames()
    const observed = observe({ publish: 'sync' })
    const { request } = await firstPublished(observed)
    const state = observed.client.getState()
    const count = observed.published.length
    request.send(piece)
    await turns()
    expect(observed.client.getState()).toBe(state)
    expect(observed.published).toHaveLength(count)
  })

  test('requests no frame', async () => {
    const frames = stubFrames()
    const observed = observe({ publish: 'frame' })
    const { request } = await firstPublished(observed)
    const { asked } = frames
    request.send(': keep-alive\n\n')
    await turns()
    expect(frames.asked).toBe(asked)
  })
})

test('an answer that arrives together with the headers is published in one state', async () => {
  stubFrames()
  const { client, requests, published } = observe({ publish: 'frame' })
  const settled = client.start('a')
  await turns()
  requests[0]!.respond()
  requests[0]!.send(answer('Hello'))
  await settled
  expect(last(published)).toBe(await settled)
})
