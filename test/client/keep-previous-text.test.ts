import { describe, expect, test } from 'vitest'
import type { CompletionOptions } from '../../src/core.ts'
import { answer, textChunk } from './support/chat.ts'
import { last, observe } from './support/observe.ts'
import { turns } from './support/turns.ts'

/** A client whose first run has the text `Old`, and whose second run has just been started. */
async function restarted(options: Partial<CompletionOptions> = {}) {
  const observed = observe({ keepPreviousText: true, ...options })
  const { client, requests, published } = observed
  void client.start('a')
  await turns()
  requests[0]!.respond()
  requests[0]!.send(answer('Old'))
  await turns()
  const before = published.length
  const settled = client.start('b')
  await turns()
  const request = last(requests)
  return {
    ...observed,
    settled,
    request,
    texts: () => published.slice(before).map(({ status, text }) => `${status}: ${text}`),
  }
}

describe('keepPreviousText', () => {
  test('shows the previous text until the first token of the new run', async () => {
    const { request, settled, texts, client } = await restarted()
    request.respond()
    await turns()
    request.send({ choices: [{ index: 0, delta: { role: 'assistant' } }] })
    await turns()
    request.send(textChunk('N'))
    await turns()
    request.send(answer('ew'))
    expect(texts()).toEqual(['connecting: Old', 'streaming: Old', 'streaming: N'])
    expect(await settled).toMatchObject({ status: 'complete', text: 'New' })
    expect(client.getState()).toBe(await settled)
  })

  test('is off by default: a new run starts without text', async () => {
    const { texts, client } = await restarted({ keepPreviousText: undefined })
    expect(texts()).toEqual(['connecting: '])
    client.abort()
  })

  test('keeps nothing but the text', async () => {
    const { client } = await restarted()
    expect(client.getState()).toMatchObject({
      text: 'Old',
      output: [],
      finishReason: undefined,
      timing: { textEvents: 0 },
    })
  })

  test.each<[string, object]>([
    ['reasoning', { reasoning_content: 'Hm' }],
    ['a refusal', { refusal: 'No' }],
  ])('is never shown with content of the new run: %s replaces it too', async (_, delta) => {
    const { request, client } = await restarted()
    request.respond()
    request.send({ choices: [{ index: 0, delta }] })
    await turns()
    expect(client.getState()).toMatchObject({ status: 'streaming', text: '' })
  })

  test.each<[string, (run: Awaited<ReturnType<typeof restarted>>) => void, string]>([
    ['fails', ({ request }) => request.fail(), 'error'],
    [
      'is cut',
      ({ request }) => {
        request.respond()
        request.end()
      },
      'error',
    ],
    ['is aborted', ({ client }) => client.abort(), 'aborted'],
    [
      'answers nothing',
      ({ request }) => {
        request.respond()
        request.send(answer(''))
      },
      'complete',
    ],
  ])(
    'a run that %s before its first token settles with its own, empty text',
    async (_, end, status) => {
      const run = await restarted()
      end(run)
      expect(await run.settled).toMatchObject({ status, text: '' })
      expect(run.client.getState()).toBe(await run.settled)
    },
  )

  test('keeps the text through a run that was superseded before its first token', async () => {
    const { client, requests, settled } = await restarted()
    void client.start('c')
    await turns()
    expect(client.getState()).toMatchObject({ status: 'connecting', text: 'Old' })
    expect(await settled).toMatchObject({ status: 'aborted', abortReason: 'superseded', text: '' })
    last(requests).respond()
    last(requests).send(textChunk('New'))
    await turns()
    expect(client.getState().text).toBe('New')
  })

  test('keeps the text that a superseded run had shown', async () => {
    const { client, request } = await restarted()
    request.respond()
    request.send(textChunk('Half'))
    await turns()
    void client.start('c')
    expect(client.getState()).toMatchObject({ status: 'connecting', text: 'Half' })
  })

  test('reset clears the text, and the next run keeps none', async () => {
    const { client } = await restarted()
    client.reset()
    expect(client.getState()).toMatchObject({ status: 'idle', text: '' })
    void client.start('c')
    expect(client.getState()).toMatchObject({ status: 'connecting', text: '' })
  })

  test('the state is the same reference until something changes', async () => {
    const { client, request, published } = await restarted()
    request.respond()
    await turns()
    const state = client.getState()
    const count = published.length
    request.send(': keep-alive\n\n')
    await turns()
    expect(client.getState()).toBe(state)
    expect(published).toHaveLength(count)
  })
})
