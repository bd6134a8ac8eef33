import { describe, expect, test } from 'vitest'
import { answer, bodyOf, textChunk } from './support/chat.ts'
import { observe } from './support/observe.ts'
import { stubFrames } from './support/stub-frames.ts'
import { turns } from './support/turns.ts'

describe.each(['sync', 'frame'] as const)('a second start, publishing by %s', (publish) => {
  test('aborts the first and closes its connection', async () => {
    stubFrames()
    const { client, requests } = observe({ publish })
    const a = client.start('a')
    await turns()
    requests[0]!.respond()
    requests[0]!.send(textChunk('of a'))
    await turns()

    const b = client.start('b')

    expect(requests[0]!.closedByClient).toBe(true)
    expect(await a).toMatchObject({ status: 'aborted', abortReason: 'superseded', text: 'of a' })
    await turns()
    requests[1]!.respond()
    requests[1]!.send(answer('of b'))
    expect(await b).toMatchObject({ status: 'complete', text: 'of b' })
  })

  test('shows its own empty state immediately', async () => {
    stubFrames()
    const { client, requests, published } = observe({ publish })
    void client.start('a')
    await turns()
    requests[0]!.respond()
    requests[0]!.send(textChunk('of a'))
    await turns()
    const count = published.length

    void client.start('b')

    expect(client.getState()).toMatchObject({ status: 'connecting', text: '' })
    expect(published.slice(count)).toEqual([client.getState()])
  })

  test('late data of the first run never reaches the state', async () => {
    const frames = stubFrames()
    const late: ((piece: string) => void)[] = []
    const { client, published } = observe({
      publish,
      source: () => ({
        [Symbol.asyncIterator]: () => ({
          next: () =>
            new Promise<IteratorResult<unknown>>((resolve) => {
              late.push((piece) => resolve({ done: false, value: piece }))
            }),
        }),
      }),
    })
    const a = client.start('a')
    await turns()
    const b = client.start('b')
    await turns()
    const [sendA, sendB] = late

    sendA!(answer('of a'))
    await turns()
    frames.draw()
    sendB!(bodyOf(textChunk('of b')))
    await turns()
    frames.draw()

    expect(await a).toMatchObject({ status: 'aborted', text: '' })
    expect(client.getState()).toMatchObject({ status: 'streaming', text: 'of b' })
    expect(published.map(({ text }) => text)).not.toContain('of a')
    client.abort()
    expect(await b).toMatchObject({ status: 'aborted', text: 'of b' })
  })

  test('is not disturbed by a late rejection of the first', async () => {
    stubFrames()
    const rejections: ((error: unknown) => void)[] = []
    const { client } = observe({
      publish,
      fetch: () => new Promise<Response>((_, reject) => rejections.push(reject)),
    })
    void client.start('a')
    await turns()
    void client.start('b')
    await turns()
    const state = client.getState()

    rejections[0]!(new TypeError('Load failed'))
    await turns()

    expect(client.getState()).toBe(state)
    expect(state.status).toBe('connecting')
  })

  test('several starts in one tick send only the last request', async () => {
    stubFrames()
    const { client, requests } = observe({ publish })
    const runs = ['a', 'b', 'c'].map((input) => client.start(input))
    await turns()

    expect(requests.map(({ init }) => init.body)).toEqual(['{"input":"c"}'])
    requests[0]!.respond()
    requests[0]!.send(answer('of c'))
    expect((await Promise.all(runs)).map(({ status }) => status)).toEqual([
      'aborted',
      'aborted',
      'complete',
    ])
  })
})

test('a settled run is not superseded: its result does not change', async () => {
  const { client, requests, calls } = observe()
  const a = client.start('a')
  await turns()
  requests[0]!.respond()
  requests[0]!.send(answer('of a'))
  expect((await a).status).toBe('complete')

  void client.start('b')

  expect(calls.filter(({ name }) => name === 'onFinish')).toHaveLength(1)
  expect((await a).status).toBe('complete')
})
