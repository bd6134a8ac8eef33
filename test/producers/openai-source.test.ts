// @vitest-environment node
import type OpenAI from 'openai'
import { describe, expect, test } from 'vitest'
import { createCompletion } from '../../src/core.ts'
import type { CompletionOptions } from '../../src/types.ts'
import { data } from '../support/wire-text.ts'
import { abortAtFirstText } from './support/abort-at-first-text.ts'
import { recording, startOpenAIServer } from './support/openai-server.ts'

type Responses = Omit<OpenAI.Responses.ResponseCreateParamsStreaming, 'stream'>
type Chat = Omit<OpenAI.Chat.ChatCompletionCreateParamsStreaming, 'stream'>

// The sources as in an app. Part of the test is that they compile without a cast.
const apis = {
  'responses.create': {
    text: 'responses-text',
    calls: 'responses-reasoning-tool-call',
    run: (client: OpenAI, options: Partial<CompletionOptions<Responses>>, abort = false) =>
      run<Responses>(
        {
          ...options,
          source: (input, { signal }) =>
            client.responses.create({ ...input, stream: true }, { signal }),
        },
        { model: 'm', input: 'Hi' },
        abort,
      ),
    careless: (client: OpenAI) =>
      run<Responses>(
        { source: (input) => client.responses.create({ ...input, stream: true }) },
        { model: 'm', input: 'Hi' },
        true,
      ),
  },
  'responses.stream': {
    text: 'responses-text',
    calls: 'responses-reasoning-tool-call',
    run: (client: OpenAI, options: Partial<CompletionOptions<Responses>>, abort = false) =>
      run<Responses>(
        {
          ...options,
          source: (input, { signal }) => client.responses.stream(input, { signal }),
        },
        { model: 'm', input: 'Hi' },
        abort,
      ),
    careless: (client: OpenAI) =>
      run<Responses>(
        { source: (input) => client.responses.stream(input) },
        { model: 'm', input: 'Hi' },
        true,
      ),
  },
  'chat.completions.create': {
    text: 'chat-text',
    calls: 'chat-parallel-tool-calls',
    run: (client: OpenAI, options: Partial<CompletionOptions<Chat>>, abort = false) =>
      run<Chat>(
        {
          ...options,
          source: (input, { signal }) =>
            client.chat.completions.create({ ...input, stream: true }, { signal }),
        },
        { model: 'm', messages: [] },
        abort,
      ),
    careless: (client: OpenAI) =>
      run<Chat>(
        { source: (input) => client.chat.completions.create({ ...input, stream: true }) },
        { model: 'm', messages: [] },
        true,
      ),
  },
  'chat.completions.stream': {
    text: 'chat-text',
    calls: 'chat-parallel-tool-calls',
    run: (client: OpenAI, options: Partial<CompletionOptions<Chat>>, abort = false) =>
      run<Chat>(
        {
          ...options,
          source: (input, { signal }) => client.chat.completions.stream(input, { signal }),
        },
        { model: 'm', messages: [] },
        abort,
      ),
    careless: (client: OpenAI) =>
      run<Chat>(
        { source: (input) => client.chat.completions.stream(input) },
        { model: 'm', messages: [] },
        true,
      ),
  },
} as const

function run<Input>(options: CompletionOptions<Input>, input: Input, abort: boolean) {
  return abort ? abortAtFirstText(options, input) : createCompletion(options).start(input)
}

/** A body up to and including the first event with text. */
function upToFirstText(body: string): string {
  const events = body.split(/(?<=\n\n)/)
  const first = events.findIndex((event) => /"delta":"[^"]|"content":"[^"]/.test(event))
  return events.slice(0, first + 1).join('')
}

describe.each(Object.keys(apis) as (keyof typeof apis)[])('client.%s() as a source', (name) => {
  const api = apis[name]

  test('is read to the end', async () => {
    const { body, expected } = await recording(api.text)
    const { client, requests } = await startOpenAIServer(body)
    const { text, responseId, model, usage } = expected
    expect(await api.run(client, {})).toMatchObject({
      status: 'complete',
      text,
      responseId,
      model,
      finishReason: 'stop',
      ...(usage === null ? {} : { usage: { raw: usage } }),
    })
    expect(requests).toMatchObject([{ model: 'm', stream: true }])
  })

  test('has its tool calls', async () => {
    const { body, expected } = await recording(api.calls)
    const { client } = await startOpenAIServer(body)
    const { reasoning, toolCalls } = expected
    expect(await api.run(client, {})).toMatchObject({
      status: 'complete',
      reasoning,
      toolCalls,
      finishReason: 'tool-calls',
    })
  })

  test('an abort closes its connection', async () => {
    const { body } = await recording(api.text)
    const { client, closed } = await startOpenAIServer(upToFirstText(body), { staysOpen: true })
    expect(await api.run(client, {}, true)).toMatchObject({ status: 'aborted', error: undefined })
    await closed
  })

  test('an abort closes its connection even if the app did not pass on the signal', async () => {
    const { body } = await recording(api.text)
    const { client, closed } = await startOpenAIServer(upToFirstText(body), { staysOpen: true })
    expect(await api.careless(client)).toMatchObject({ status: 'aborted', error: undefined })
    await closed
  })

  test('an HTTP error has its status', async () => {
    const error = { message: 'Slow down.', type: 'requests', code: 'rate_limit_exceeded' }
    const { client } = await startOpenAIServer(JSON.stringify({ error }), {
      init: {
        status: 429,
        headers: { 'content-type': 'application/json', 'x-request-id': 'req_1' },
      },
    })
    const { status, error: reported } = await api.run(client, {})
    expect(status).toBe('error')
    expect(reported).toMatchObject({
      kind: 'http',
      status: 429,
      message: 'Slow down.',
      code: 'rate_limit_exceeded',
      requestId: 'req_1',
    })
  })

  test('an error in the stream is an api error', async () => {
    const { body } = await recording(api.text)
    const error = { message: 'No luck.', type: 'server_error', code: 'server_error' }
    const { client } = await startOpenAIServer(upToFirstText(body) + data({ error }))
    const result = await api.run(client, {})
    expect(result).toMatchObject({
      status: 'error',
      error: { kind: 'api', message: 'No luck.', code: 'server_error' },
    })
    expect(result.text).not.toBe('')
  })

  test('a stream that was cut is truncated', async () => {
    const { body } = await recording(api.text)
    const { client } = await startOpenAIServer(upToFirstText(body))
    const result = await api.run(client, {})
    expect(result).toMatchObject({ status: 'error', error: { kind: 'truncated' } })
    expect(result.text).not.toBe('')
  })

  test('an unreachable server is a network error', async () => {
    const { client } = await startOpenAIServer('')
    const offline = client.withOptions({ baseURL: 'http://127.0.0.1:1/' })
    expect(await api.run(offline, {})).toMatchObject({
      status: 'error',
      error: { kind: 'network' },
    })
  })
})

test('an `error` event of the Responses API is an error with its code', async () => {
  const { body } = await recording('responses-error-event')
  const { client } = await startOpenAIServer(body)
  const { status, error } = await apis['responses.create'].run(client, {})
  expect(status).toBe('error')
  expect(error?.kind).toBe('api')
})
