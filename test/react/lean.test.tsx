import { renderHook, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { resumable } from '../../src/index.ts'
import {
  createCompletion,
  openaiChat,
  openaiResponses,
  useStreamingCompletion,
  withAnyFraming,
  withFastReading,
  withPageLifecycle,
  withRetry,
  withTimeouts,
  type Feature,
} from '../../src/lean.ts'
import { responseBody, responseEvents } from '../client/support/responses-stream.ts'
import { chatChunk, chatStream } from '../support/wire-text.ts'

const source = () =>
  new Response(chatStream({ content: 'Hi' }), {
    headers: { 'content-type': 'text/event-stream' },
  })

test('the lean hook reads the given format', async () => {
  const { result } = renderHook(() => useStreamingCompletion({ source, format: openaiChat }))
  void result.current.start('a')
  await waitFor(() => expect(result.current).toMatchObject({ status: 'complete', text: 'Hi' }))
})

test('the lean hook does not read another format, and names it in the error', async () => {
  const { start } = createCompletion({ source, format: openaiResponses })
  const { status, error } = await start('a')
  expect([status, error?.kind]).toEqual(['error', 'protocol'])
  expect(error?.message).toContain('openai-chat')
})

test.each(['auto', 'openai-chat', undefined])(
  'a lean completion with the format %s is an error that names the import',
  async (format) => {
    const { start } = createCompletion({ source, format: format as never })
    const { error } = await start('a')
    expect(error?.kind).toBe('app')
    expect(error?.message).toContain('Import a format')
  },
)

describe('without features, a lean completion', () => {
  const answer = JSON.stringify({
    object: 'chat.completion',
    choices: [{ index: 0, message: { content: 'Hi' }, finish_reason: 'stop' }],
  })
  const settle = async (body: string, contentType?: string) => {
    const init = contentType ? { headers: { 'content-type': contentType } } : {}
    const { start } = createCompletion({
      source: () => new Response(body, init),
      format: openaiChat,
    })
    const { status, text, error } = await start('a')
    return [status, text, error?.kind]
  }

  test.each([
    ['a stream with another content type', chatStream({ content: 'Hi' }), 'text/plain'],
    ['a whole response on one line', answer, 'application/json'],
    ['a whole response over many lines', JSON.stringify(JSON.parse(answer), null, 2), undefined],
    ['newline-delimited JSON', `${answer}\n`, 'application/x-ndjson'],
  ])('reads %s', async (_, body, contentType) => {
    expect(await settle(body, contentType)).toEqual(['complete', 'Hi', undefined])
  })

  const cut = `data: ${JSON.stringify(chatChunk({ content: 'Hi' }))}\n\n`

  test.each([
    ['an HTML page', '<!doctype html>\n<p>Sign in</p>', 'protocol', ''],
    ['plain text', 'Once upon a time', 'protocol', ''],
    ['a cut stream', cut, 'truncated', 'Hi'],
    ['a cut line', cut + 'data: {"id":"chat_1"', 'truncated', 'Hi'],
    ['an empty body', '', 'truncated', ''],
    ['an error in the stream', cut + 'data: {"error":{"message":"No"}}\n\n', 'api', 'Hi'],
  ])('never reports %s as complete', async (_, body, kind, text) => {
    expect(await settle(body)).toEqual(['error', text, kind])
  })

  test.each([
    [{ retry: 1 }, 'withRetry'],
    [{ timeouts: { total: 1000 } }, 'withTimeouts'],
  ])('rejects the option %j and names the feature to import', async (option, feature) => {
    const { start } = createCompletion({ source, format: openaiChat, ...option })
    const { error } = await start('a')
    expect(error?.kind).toBe('app')
    expect(error?.message).toContain(feature)
  })

  test('does not listen to events of the page', () => {
    const listen = vi.spyOn(globalThis, 'addEventListener')
    const { start, abort } = createCompletion({ source, format: openaiChat })
    void start('a')
    abort()
    expect(listen).not.toHaveBeenCalled()
    listen.mockRestore()
  })
})

describe('with features, a lean completion', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('sends a failed request again', async () => {
    const responses = [new Response('', { status: 503 }), source()]
    const { start } = createCompletion({
      source: () => responses.shift()!,
      format: openaiChat,
      features: [withRetry],
      retry: 1,
    })
    const result = start('a')
    await vi.advanceTimersByTimeAsync(1000)
    expect(await result).toMatchObject({ status: 'complete', text: 'Hi', attempt: 2 })
  })

  test('ends a silent request after a timeout', async () => {
    const { start } = createCompletion({
      source: () => new Promise<Response>(() => undefined),
      format: openaiChat,
      features: [withTimeouts],
      timeouts: { response: 500 },
    })
    const result = start('a')
    await vi.advanceTimersByTimeAsync(1000)
    expect((await result).error).toMatchObject({ kind: 'timeout', timeout: 'response' })
  })

  test('reopens a broken stream, even without the retry feature', async () => {
    const events = responseEvents('Hel', 'lo')
    const bodies = [responseBody(events, 0, 4), responseBody(events, 4)]
    const { start } = createCompletion({
      source: () => new Response(bodies.shift()),
      format: openaiResponses,
      resume: resumable({ delay: 1000 }),
    })
    const result = start('a')
    await vi.advanceTimersByTimeAsync(1000)
    expect(await result).toMatchObject({ status: 'complete', text: 'Hello', attempt: 2 })
  })

  test('reads events that only continue a text without parsing them', async () => {
    const deltas = Array.from({ length: 1000 }, (_, at) => ({ content: `${at} ` }))
    const text = deltas.map(({ content }) => content).join('')
    const parsesWith = async (...features: Feature[]) => {
      const parse = vi.spyOn(JSON, 'parse')
      const { start } = createCompletion({
        source: () => new Response(chatStream(...deltas)),
        format: openaiChat,
        features,
      })
      expect(await start('a')).toMatchObject({ status: 'complete', text })
      const { length } = parse.mock.calls
      parse.mockRestore()
      return length
    }
    expect(await parsesWith()).toBeGreaterThanOrEqual(1000)
    expect(await parsesWith(withFastReading)).toBeLessThan(30)
  })

  test('names an HTML page in the error', async () => {
    const { start } = createCompletion({
      source: () => new Response('<!doctype html><p>Sign in</p>'),
      format: openaiChat,
      features: [withAnyFraming],
    })
    expect((await start('a')).error?.message).toContain('HTML page')
  })

  test('reports a broken connection only once a page that is being left returns', async () => {
    const { start, getState } = createCompletion({
      source: () =>
        new ReadableStream({
          pull(controller) {
            dispatchEvent(new Event('beforeunload'))
            controller.error(new TypeError('Lost'))
          },
        }),
      format: openaiChat,
      features: [withPageLifecycle],
    })
    const result = start('a')
    await vi.advanceTimersByTimeAsync(2000)
    expect(getState().status).toBe('streaming')
    await vi.advanceTimersByTimeAsync(2000)
    expect((await result).error?.kind).toBe('network')
  })
})
