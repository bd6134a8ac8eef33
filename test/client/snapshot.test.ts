import { describe, expect, test } from 'vitest'
import { bodyOf, doneMarker, finishChunk, textChunk } from './support/chat.ts'
import { observe } from './support/observe.ts'
import { stubFrames } from './support/stub-frames.ts'
import { turns } from './support/turns.ts'
import { firstPublished } from './support/first-published.ts'

describe('a snapshot', () => {
  test('is the same reference until the next publish, whatever arrives in between', async () => {
    stubFrames()
    const observed = observe({ publish: 'frame' })
    const { request } = await firstPublished(observed)
    const state = observed.client.getState()
    for (const delta of ['1', '2', '3']) {
      request.send(textChunk(delta))
      await turns()
      expect(observed.client.getState()).toBe(state)
    }
  })

  test('is never modified: every published text is a prefix of the next', async () => {
    const observed = observe({ publish: 'sync' })
    const { request, settled } = await firstPublished(observed)
    request.send(bodyOf(...Array.from({ length: 50 }, (_, index) => textChunk(`${index}`))))
    request.send(bodyOf(finishChunk(), doneMarker))
    // The states are frozen as they are published: a write to one of them would break the run.
    expect((await settled).status).toBe('complete')
    const texts = observed.published.map(({ text }) => text)
    for (const [index, text] of texts.entries()) {
      expect(texts[index + 1] ?? text).toSatisfy((next: string) => next.startsWith(text))
    }
  })

  test('keeps the identity of an item that did not change', async () => {
    const observed = observe({ publish: 'sync', format: 'openai-responses' })
    const { client, requests, published } = observed
    void client.start('a')
    await turns()
    requests[0]!.respond()
    const delta = (output_index: number, text: string) => ({
      type: 'response.output_text.delta',
      output_index,
      content_index: 0,
      delta: text,
    })
    for (const event of [delta(0, 'one'), delta(1, 'two'), delta(1, ' more')]) {
      requests[0]!.send(event)
      await turns()
    }
    const [before, after] = published.slice(-2)
    expect(after!.text).toBe('onetwo more')
    expect(after!.output[0]).toBe(before!.output[0])
    expect(after!.output[1]).not.toBe(before!.output[1])
  })

  test('contains only times before its creation', async () => {
    const observed = observe({ publish: 'sync' })
    const { settled, request } = await firstPublished(observed)
    request.send(bodyOf(textChunk('1'), finishChunk(), doneMarker))
    const { timing } = await settled
    const first = observed.published.find(({ text }) => text === '0')!
    expect(observed.published[0]!.timing).toMatchObject({
      responseAt: undefined,
      firstTokenAt: undefined,
      settledAt: undefined,
      textEvents: 0,
    })
    expect(first.timing).toMatchObject({ settledAt: undefined, textEvents: 1 })
    expect(timing.startedAt).toBeLessThanOrEqual(timing.responseAt!)
    expect(timing.responseAt!).toBeLessThanOrEqual(timing.firstTokenAt!)
    expect(timing.firstTokenAt!).toBeLessThanOrEqual(timing.lastByteAt!)
    expect(timing.lastByteAt!).toBeLessThanOrEqual(timing.settledAt!)
    expect(timing.firstTokenAt).toBe(first.timing!.firstTokenAt)
    expect(timing.textEvents).toBe(2)
  })
})
