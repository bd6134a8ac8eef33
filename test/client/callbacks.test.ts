import { describe, expect, test } from 'vitest'
import { answer, bodyOf, doneMarker, finishChunk, textChunk } from './support/chat.ts'
import { last, observe } from './support/observe.ts'
import { stubFrames } from './support/stub-frames.ts'
import { turns } from './support/turns.ts'

describe('the order of the callbacks', () => {
  test.each(['sync', 'frame'] as const)(
    'onFinish is called after the final state is published (publishing by %s)',
    async (publish) => {
      stubFrames()
      const { client, requests, calls, published } = observe({ publish })
      let publishedBefore: unknown
      client.setOptions({
        publish,
        onFinish: () => (publishedBefore = last(published)),
      })
      void client.start('a')
      await turns()
      requests[0]!.respond()
      requests[0]!.send(bodyOf(textChunk('Hel'), textChunk('lo'), finishChunk(), doneMarker))
      await turns()

      expect(calls).toEqual([
        { name: 'onFinish', result: client.getState(), seen: client.getState() },
      ])
      expect(publishedBefore).toBe(client.getState())
      expect(client.getState()).toMatchObject({ status: 'complete', text: 'Hello' })
    },
  )

  test('onError is called before onFinish, both with the published state', async () => {
    const { client, requests, calls } = observe()
    void client.start('a')
    await turns()
    requests[0]!.fail()
    await turns()
    const result = client.getState()
    expect(calls).toEqual([
      { name: 'onError', result, seen: result },
      { name: 'onFinish', result, seen: result },
    ])
  })

  test('the promise resolves after the callbacks', async () => {
    const order: string[] = []
    const { client, requests } = observe({ onFinish: () => order.push('onFinish') })
    void client.start('a').then(() => order.push('resolved'))
    await turns()
    requests[0]!.respond()
    requests[0]!.send(answer('Hello'))
    await turns()
    expect(order).toEqual(['onFinish', 'resolved'])
  })

  test('onEvent sees an event before the state does', async () => {
    const seen: string[] = []
    const { client, requests } = observe({
      onEvent: () => seen.push(client.getState().text),
    })
    void client.start('a')
    await turns()
    requests[0]!.respond()
    requests[0]!.send(answer('Hello'))
    await turns()
    expect(seen).toEqual(['', 'Hello', 'Hello'])
  })

  test('onEvent receives every event in order, including unknown ones', async () => {
    const events: unknown[] = []
    const { client, requests } = observe({ onEvent: (event) => events.push(event.json) })
    void client.start('a')
    await turns()
    const unknown = { type: 'from.the.future', value: 1 }
    requests[0]!.respond()
    requests[0]!.send(bodyOf(textChunk('Hello'), unknown, finishChunk()))
    await turns()
    expect(events).toEqual([textChunk('Hello'), unknown, finishChunk()])
  })
})
