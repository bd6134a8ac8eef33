import OpenAI from 'openai'
import { describe, expect, test } from 'vitest'
import type { CompletionFormat, CompletionSource, SourceContext } from '../../src/core.ts'
import {
  answer,
  answerResponse,
  bodyOf,
  doneMarker,
  eventStream,
  textChunk,
} from './support/chat.ts'
import { errorOf } from './support/expect-error.ts'
import { observe } from './support/observe.ts'
import { trackedStream } from './support/tracked-stream.ts'
import { turns } from './support/turns.ts'
import { events, generated, streamed } from './support/sources.ts'

test('if a url is set too, only the source is used', async () => {
  const { client, requests } = observe({ url: '/', source: () => answerResponse('Hello') })
  expect(await client.start('a')).toMatchObject({ status: 'complete', text: 'Hello' })
  expect(requests).toHaveLength(0)
})

describe('a source may return', () => {
  const text = answer('Hello')
  const halves = [text.slice(0, 21), text.slice(21)]
  const encoder = new TextEncoder()

  test.each<[string, () => CompletionSource | Promise<CompletionSource>]>([
    ['a Response', () => answerResponse('Hello')],
    ['a promise of a Response', async () => answerResponse('Hello')],
    ['a stream of bytes', () => streamed(halves.map((half) => encoder.encode(half)))],
    ['a stream of strings', () => streamed(halves)],
    ['a stream of objects', () => streamed(events)],
    ['an async generator of objects', () => generated(events)],
    ['an async generator of strings', () => generated(halves)],
    ['an async generator of bytes', () => generated(halves.map((half) => encoder.encode(half)))],
  ])('%s', async (_, open) => {
    const { client } = observe({ source: open })
    expect(await client.start('a')).toMatchObject({
      status: 'complete',
      text: 'Hello',
      finishReason: 'stop',
    })
  })

  test('a stream of the openai package', async () => {
    const openai = new OpenAI({
      apiKey: 'unused',
      dangerouslyAllowBrowser: true,
      fetch: async () => answerResponse('Hello'),
    })
    const { client } = observe<string>({
      source: (content, { signal }) =>
        openai.chat.completions.create(
          { model: 'gpt-5', messages: [{ role: 'user', content }], stream: true },
          { signal },
        ),
    })
    expect(await client.start('Hi')).toMatchObject({ status: 'complete', text: 'Hello' })
  })

  test('is opened with the input, the signal of the run and the number of the attempt', async () => {
    const opened: { input: string; context: SourceContext }[] = []
    const { client } = observe<string>({
      source(input, context) {
        opened.push({ input, context })
        return generated(events)
      },
    })
    await client.start('a')
    expect(opened).toMatchObject([{ input: 'a', context: { attempt: 1 } }])
    expect(opened[0]!.context.signal.aborted).toBe(false)
  })

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a plain object', { text: 'Hello' }],
    ['a string', 'Hello'],
    ['an array', [textChunk('Hello')]],
  ])('%s is a protocol error that says so', async (_, given) => {
    const { client } = observe({ source: () => given as unknown as CompletionSource })
    const error = errorOf(await client.start('a'))
    expect(error.kind).toBe('protocol')
    expect(error.message).toMatch(/source/i)
    expect(error.message).toMatch(/Response/)
  })
})

describe('the end of a source', () => {
  test('after [DONE] the run settles immediately, and a body that stays open is cancelled', async () => {
    const tracked = trackedStream()
    const { client } = observe({ source: () => tracked.stream })
    const settled = client.start('a')
    await turns()
    tracked.send(bodyOf(textChunk('Hello'), doneMarker))
    expect(await settled).toMatchObject({
      status: 'complete',
      text: 'Hello',
      finishReason: undefined,
    })
    await turns()
    expect(tracked.cancelled).toBe(true)
    expect(tracked.stream.locked).toBe(false)
  })

  test('an early end is truncated, and the text is kept', async () => {
    const { client } = observe({ source: () => generated([textChunk('Hel')]) })
    const state = await client.start('a')
    expect(errorOf(state).kind).toBe('truncated')
    expect(state.text).toBe('Hel')
  })
})

describe('limits', () => {
  test('a text longer than limits.textLength ends the run, keeps the text, and cancels the body', async () => {
    const tracked = trackedStream()
    const { client } = observe({ source: () => tracked.stream, limits: { textLength: 8 } })
    const settled = client.start('a')
    await turns()
    tracked.send(textChunk('12345678'))
    await turns()
    expect(client.getState().status).toBe('streaming')
    tracked.send(textChunk('9'))
    const state = await settled
    expect(errorOf(state)).toMatchObject({ kind: 'limit' })
    expect(errorOf(state).message).toContain('8')
    expect(state.text).toBe('123456789')
    await turns()
    expect(tracked.cancelled).toBe(true)
  })

  test('an event longer than limits.eventLength ends the run', async () => {
    const { client } = observe({
      source: () => answerResponse('x'.repeat(2000)),
      limits: { eventLength: 1000 },
    })
    expect(errorOf(await client.start('a'))).toMatchObject({ kind: 'limit' })
  })
})

describe('an unknown format', () => {
  test('is a protocol error that names the formats, and the body is cancelled', async () => {
    const tracked = trackedStream()
    const { client } = observe({ source: () => tracked.stream, format: 'openai' as never })
    const error = errorOf(await client.start('a'))
    expect(error.kind).toBe('protocol')
    expect(error.message).toContain("'openai'")
    expect(error.message).toContain('openai-chat')
    await turns()
    expect(tracked.cancelled).toBe(true)
  })
})

describe('a format that throws', () => {
  const broken = (name: 'read' | 'end'): CompletionFormat => ({
    name: 'broken',
    properEnd: 'never',
    createReader: () => ({
      read: (_, emit) => {
        if (name === 'read') throw new TypeError('no such field')
        emit({ type: 'delta', choice: 0, item: 0, channel: 'output_text', part: 0, delta: 'kept' })
      },
      end: () => {
        throw new TypeError('no such field')
      },
    }),
  })

  test.each(['read', 'end'] as const)(
    'in %s is not reported as a connection error',
    async (name) => {
      const { client } = observe({
        source: () => eventStream(answer('Hello')),
        format: broken(name),
      })
      const result = await client.start('a')
      expect(errorOf(result)).toMatchObject({ kind: 'app', cause: { name: 'TypeError' } })
      expect(errorOf(result).message).toContain("'broken' could not read the stream: no such field")
      expect(result.text.startsWith('kept')).toBe(name === 'end')
    },
  )
})
