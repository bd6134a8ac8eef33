import { describe, expect, test } from 'vitest'
import { answer, bodyOf, doneMarker, finishChunk, textChunk } from './support/chat.ts'
import { errorOf } from './support/expect-error.ts'
import { last, observe } from './support/observe.ts'
import { stubFrames } from './support/stub-frames.ts'
import { turns } from './support/turns.ts'

describe.each(['sync', 'frame'] as const)('abort, publishing by %s', (publish) => {
  test('settles immediately before the headers arrive, and closes the connection', async () => {
    stubFrames()
    const { client, requests } = observe({ publish })
    const settled = client.start('a')
    await turns()

    client.abort()

    expect(client.getState()).toMatchObject({ status: 'aborted', abortReason: 'abort', text: '' })
    expect(requests[0]!.closedByClient).toBe(true)
    expect(await settled).toBe(client.getState())
  })

  test('sends nothing if it follows start in the same tick', async () => {
    stubFrames()
    const { client, requests } = observe({ publish })
    const settled = client.start('a')

    client.abort()
    await turns()

    expect(await settled).toMatchObject({ status: 'aborted', abortReason: 'abort' })
    expect(requests).toHaveLength(0)
  })

  test('keeps the partial text in the middle of the body, and cancels the body', async () => {
    stubFrames()
    const { client, requests } = observe({ publish })
    const settled = client.start('a')
    await turns()
    requests[0]!.respond()
    requests[0]!.send(bodyOf(textChunk('Hel'), textChunk('lo')))
    await turns()

    client.abort()

    expect(client.getState()).toMatchObject({ status: 'aborted', text: 'Hello' })
    expect(requests[0]!.closedByClient).toBe(true)
    expect(await settled).toBe(client.getState())
  })

  test('changes nothing after [DONE]', async () => {
    stubFrames()
    const { client, requests } = observe({ publish })
    const settled = client.start('a')
    await turns()
    requests[0]!.respond()
    requests[0]!.send(answer('Hello'))
    await turns()
    const state = client.getState()

    client.abort()
    await turns()

    expect(state).toMatchObject({ status: 'complete', text: 'Hello', abortReason: undefined })
    expect(client.getState()).toBe(state)
    expect(await settled).toBe(state)
  })

  test('between the finish reason and [DONE] is still an abort', async () => {
    stubFrames()
    const { client, requests } = observe({ publish })
    const settled = client.start('a')
    await turns()
    requests[0]!.respond()
    requests[0]!.send(bodyOf(textChunk('Hello'), finishChunk()))
    await turns()

    client.abort()
    requests[0]!.send(doneMarker)
    await turns()

    expect(await settled).toMatchObject({ status: 'aborted', text: 'Hello', finishReason: 'stop' })
  })

  test('changes nothing after an error', async () => {
    stubFrames()
    const { client, requests } = observe({ publish })
    const settled = client.start('a')
    await turns()
    requests[0]!.fail()
    const state = await settled

    client.abort()
    await turns()

    expect(errorOf(state).kind).toBe('network')
    expect(client.getState()).toBe(state)
  })

  test('does nothing before the first start', () => {
    const { client, published } = observe({ publish })
    client.abort()
    expect(client.getState().status).toBe('idle')
    expect(published).toEqual([])
  })

  test('a second abort does not replace the reason of the first', async () => {
    stubFrames()
    const { client } = observe({ publish })
    const settled = client.start('a')
    client.abort('first')
    client.abort('second')
    expect(await settled).toMatchObject({ status: 'aborted', abortReason: 'first' })
    expect(client.getState()).toMatchObject({ abortReason: 'first' })
  })

  test('followed by start in one handler: all later states belong to the new run', async () => {
    const frames = stubFrames()
    const { client, requests, published } = observe({ publish })
    const a = client.start('a')
    await turns()
    requests[0]!.respond()
    requests[0]!.send(textChunk('of a'))
    await turns()
    requests[0]!.send(textChunk(' and more'))
    await turns()

    client.abort()
    const b = client.start('b')
    const before = published.length
    frames.draw()
    await turns()
    requests[1]!.respond()
    requests[1]!.send(answer('of b'))
    await turns()
    frames.draw()

    expect(await a).toMatchObject({ status: 'aborted', text: 'of a and more' })
    expect(await b).toMatchObject({ status: 'complete', text: 'of b' })
    expect(client.getState()).toBe(await b)
    expect(published.slice(before).filter(({ text }) => !'of b'.startsWith(text))).toEqual([])
    expect(published.slice(before).map(({ status }) => status)).not.toContain('aborted')
    expect(requests.map(({ closedByClient }) => closedByClient)).toEqual([true, true])
  })

  test('stops the run that followed another abort', async () => {
    stubFrames()
    const { client, requests } = observe({ publish })
    void client.start('a')
    client.abort()
    const b = client.start('b')
    await turns()
    requests[0]!.respond()
    requests[0]!.send(textChunk('of b'))
    await turns()

    client.abort()

    expect(await b).toMatchObject({ status: 'aborted', text: 'of b' })
    expect(requests[0]!.closedByClient).toBe(true)
  })
})

describe('an answer that ignores the abort', () => {
  test('a late chunk changes nothing', async () => {
    let send!: (piece: string) => void
    const { client, published } = observe({
      // Without a signal and without anything to cancel: the worst case of a custom transport.
      source: () => ({
        [Symbol.asyncIterator]: () => ({
          next: () =>
            new Promise<IteratorResult<unknown>>((resolve) => {
              send = (piece) => resolve({ done: false, value: piece })
            }),
        }),
      }),
    })
    void client.start('a')
    await turns()
    send(bodyOf(textChunk('in time')))
    await turns()
    client.abort()
    const state = client.getState()
    const count = published.length

    send(bodyOf(textChunk(', late')))
    await turns()

    expect(state).toMatchObject({ status: 'aborted', text: 'in time' })
    expect(client.getState()).toBe(state)
    expect(published).toHaveLength(count)
  })

  test('a late rejection changes nothing and is handled', async () => {
    let reject!: (error: unknown) => void
    const { client } = observe({
      fetch: () => new Promise<Response>((_, refuse) => (reject = refuse)),
    })
    void client.start('a')
    await turns()
    client.abort()
    const state = client.getState()

    reject(new TypeError('Failed to fetch'))
    await turns()

    expect(state.status).toBe('aborted')
    expect(client.getState()).toBe(state)
  })

  test('a source that never resolves does not delay the run', async () => {
    const { client } = observe({ source: () => new Promise<Response>(() => undefined) })
    const settled = client.start('a')
    await turns()
    client.abort()
    expect(await settled).toMatchObject({ status: 'aborted' })
  })
})

test('after an abort, only the aborted state is published, once', async () => {
  const frames = stubFrames()
  const { client, requests, published } = observe({ publish: 'frame' })
  void client.start('a')
  await turns()
  requests[0]!.respond()
  requests[0]!.send(textChunk('one'))
  await turns()
  requests[0]!.send(textChunk(' two'))
  await turns()

  client.abort()
  const count = published.length
  frames.draw()
  requests[0]!.send(textChunk(' three'))
  await turns()
  frames.draw()

  expect(last(published)).toMatchObject({ status: 'aborted', text: 'one two' })
  expect(published).toHaveLength(count)
})
