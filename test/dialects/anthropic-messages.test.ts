import { describe, expect, test } from 'vitest'
import { anthropicMessages } from '../../src/core.ts'
import { readEveryWay } from '../support/read-body.ts'
import { named } from '../support/wire-text.ts'

interface Event {
  type: string
}

const format = { format: anthropicMessages }
const stream = (...events: Event[]) => events.map((event) => named(event.type, event)).join('')
const read = (...events: Event[]) => readEveryWay(stream(...events), format)

const start = {
  type: 'message_start',
  message: {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'claude',
    content: [],
    stop_reason: null,
    usage: {
      input_tokens: 10,
      cache_creation_input_tokens: 5,
      cache_read_input_tokens: 100,
      output_tokens: 1,
    },
  },
}
const open = (index: number, content_block: object) => ({
  type: 'content_block_start',
  index,
  content_block,
})
const delta = (index: number, value: object) => ({
  type: 'content_block_delta',
  index,
  delta: value,
})
const text = (value: string, index = 0) => delta(index, { type: 'text_delta', text: value })
const close = (index: number) => ({ type: 'content_block_stop', index })
const stopped = (stop_reason: string, usage: object = { output_tokens: 42 }) => ({
  type: 'message_delta',
  delta: { stop_reason, stop_sequence: null },
  usage,
})
const end = { type: 'message_stop' }
const ping = { type: 'ping' }

test('text, thinking, and usage from both ends of the stream', async () => {
  const outcome = await read(
    start,
    open(0, { type: 'thinking', thinking: '', signature: '' }),
    ping,
    delta(0, { type: 'thinking_delta', thinking: 'Hm.' }),
    delta(0, { type: 'signature_delta', signature: 'c2ln' }),
    close(0),
    open(1, { type: 'text', text: '' }),
    text('Grüße', 1),
    text(' 🎉', 1),
    close(1),
    stopped('end_turn'),
    end,
  )
  expect(outcome).toMatchObject({
    status: 'complete',
    text: 'Grüße 🎉',
    reasoning: 'Hm.',
    responseId: 'msg_1',
    model: 'claude',
    finishReason: 'stop',
    rawFinishReason: 'end_turn',
    output: [{ type: 'reasoning' }, { type: 'message' }],
    usage: {
      inputTokens: 115,
      outputTokens: 42,
      totalTokens: undefined,
      cachedInputTokens: 100,
      raw: {
        input_tokens: 10,
        cache_creation_input_tokens: 5,
        cache_read_input_tokens: 100,
        output_tokens: 42,
      },
    },
  })
})

test('counts that the last usage omits or sets to null are kept', async () => {
  const usage = { input_tokens: null, output_tokens: 2 }
  const outcome = await read(start, text('Hi'), stopped('end_turn', usage), end)
  expect(outcome.usage).toMatchObject({ inputTokens: 115, outputTokens: 2 })
})

describe('ends properly with message_stop', () => {
  test('but not with a stop reason, the end of a block, or [DONE]', async () => {
    const cut = [start, text('Hi'), close(0), stopped('end_turn')]
    for (let length = 2; length <= cut.length; length++) {
      const outcome = await read(...cut.slice(0, length))
      expect(outcome).toMatchObject({ status: 'error', text: 'Hi', error: { kind: 'truncated' } })
      expect(outcome.error?.message).toContain('message_stop')
    }
    expect(await readEveryWay(stream(...cut) + 'data: [DONE]\n\n', format)).toMatchObject({
      error: { kind: 'truncated' },
    })
  })

  test.each([
    ['stop_sequence', 'stop'],
    ['max_tokens', 'length'],
    ['model_context_window_exceeded', 'length'],
    ['tool_use', 'tool-calls'],
    ['refusal', 'refusal'],
    ['pause_turn', 'other'],
  ])('for the reason %s', async (raw, finishReason) => {
    expect(await read(text('Hi'), stopped(raw), end)).toMatchObject({
      status: 'complete',
      finishReason,
      rawFinishReason: raw,
    })
  })
})

describe('row 26: an error through a proxy', () => {
  const error = {
    type: 'error',
    error: { type: 'overloaded_error', message: 'Overloaded' },
    request_id: 'req_1',
  }
  const expected = {
    status: 'error',
    error: { kind: 'api', type: 'overloaded_error', message: 'Overloaded' },
  }

  test('instead of the answer', async () => {
    expect(await read(error)).toMatchObject(expected)
    expect(await read(ping, error)).toMatchObject(expected)
  })

  test('in the middle of it', async () => {
    expect(await read(start, text('Half'), ping, error)).toMatchObject({
      ...expected,
      text: 'Half',
    })
  })

  test('without a format option', async () => {
    expect(await readEveryWay(stream(error))).toMatchObject(expected)
  })
})

describe('tools', () => {
  const tool = (id: string, input: object = {}) => ({
    type: 'tool_use',
    id,
    name: 'weather',
    input,
  })
  const json = (index: number, partial_json: string) =>
    delta(index, { type: 'input_json_delta', partial_json })

  test('interleaved pieces of arguments are assembled completely', async () => {
    const outcome = await read(
      start,
      text('Let me see.'),
      close(0),
      open(1, tool('toolu_1')),
      open(2, tool('toolu_2')),
      json(1, ''),
      json(1, '{"city": "Pa'),
      json(2, '{"city":"Rome"}'),
      json(1, 'ris"}'),
      close(1),
      close(2),
      stopped('tool_use'),
      end,
    )
    expect(outcome.toolCalls).toEqual([
      {
        id: 'toolu_1',
        type: 'function',
        name: 'weather',
        arguments: '{"city": "Paris"}',
        status: 'completed',
      },
      {
        id: 'toolu_2',
        type: 'function',
        name: 'weather',
        arguments: '{"city":"Rome"}',
        status: 'completed',
      },
    ])
    expect(outcome).toMatchObject({ text: 'Let me see.', finishReason: 'tool-calls' })
  })

  test('a call without pieces has the arguments of its start', async () => {
    const outcome = await read(
      open(0, tool('a')),
      json(0, ''),
      close(0),
      open(1, tool('b', { city: 'Rome' })),
      close(1),
      stopped('tool_use'),
      end,
    )
    expect(outcome.toolCalls.map((call) => call.arguments)).toEqual(['{}', '{"city":"Rome"}'])
  })

  test('a call that was cut off is incomplete', async () => {
    const outcome = await read(open(0, tool('a')), json(0, '{"ci'))
    expect(outcome.toolCalls).toMatchObject([{ arguments: '{"ci', status: 'incomplete' }])
  })

  test("calls of the provider's own tools are not for the app", async () => {
    const call = { type: 'server_tool_use', id: 's', name: 'web_search', input: {} }
    const result = { type: 'web_search_tool_result', tool_use_id: 's', content: [{ url: 'u' }] }
    const outcome = await read(
      open(0, call),
      json(0, '{"query":"x"}'),
      close(0),
      open(1, result),
      close(1),
      stopped('end_turn'),
      end,
    )
    expect(outcome).toMatchObject({ toolCalls: [], finishReason: 'stop' })
    expect(outcome.output).toEqual([
      { ...call, input: { query: 'x' }, status: 'completed' },
      { ...result, status: 'completed' },
    ])
  })
})

test('citations are annotations', async () => {
  const citation = { type: 'web_search_result_location', url: 'https://a.example' }
  const outcome = await read(
    open(0, { type: 'text', text: '', citations: [] }),
    text('Hi'),
    delta(0, { type: 'citations_delta', citation }),
    close(0),
    stopped('end_turn'),
    end,
  )
  expect(outcome.annotations).toEqual([citation])
})

test('the source of a search result is its URL, if it is a URL', async () => {
  const citation = (source: string) => ({ type: 'search_result_location', source, title: 'A' })
  const citations = [citation('https://a.example'), citation('doc 1')]
  const outcome = await read(
    open(0, { type: 'text', text: 'Hi', citations }),
    stopped('end_turn'),
    end,
  )
  expect(outcome.annotations).toEqual([{ ...citations[0], url: 'https://a.example' }, citations[1]])
})

test('the explanation of a refusal', async () => {
  const details = { type: 'refusal', category: 'cyber', explanation: 'Not that.' }
  const message = {
    type: 'message_delta',
    delta: { stop_reason: 'refusal', stop_details: details },
  }
  expect(await read(open(0, { type: 'text', text: 'Hi' }), message, message, end)).toMatchObject({
    text: 'Hi',
    refusal: 'Not that.',
    finishReason: 'refusal',
  })
})

test('a whole message, from a proxy that did not stream', async () => {
  const message = {
    ...start.message,
    content: [
      { type: 'thinking', thinking: 'Hm.' },
      { type: 'text', text: 'Hi' },
      { type: 'tool_use', id: 't', name: 'weather', input: { city: 'Rome' } },
    ],
    stop_reason: 'tool_use',
  }
  const options = { ...format, contentType: 'application/json' }
  expect(await readEveryWay(JSON.stringify(message), options)).toMatchObject({
    status: 'complete',
    text: 'Hi',
    reasoning: 'Hm.',
    finishReason: 'tool-calls',
    usage: { inputTokens: 115 },
    toolCalls: [{ id: 't', arguments: '{"city":"Rome"}' }],
  })
})

test('fields of the wrong type are treated as missing', async () => {
  const odd: unknown[] = [null, 1, 'x', [], {}, '__proto__']
  const events = odd.flatMap((value) => [
    { type: 'message_start', message: value },
    { type: 'content_block_start', index: value, content_block: value },
    { type: 'content_block_start', index: value, content_block: { type: value, id: value } },
    { type: 'content_block_delta', index: value, delta: value },
    { type: 'content_block_stop', index: value },
    { type: 'message_delta', delta: value, usage: value },
  ])
  expect(await read(...events, text('Hi', 9), end)).toMatchObject({
    status: 'complete',
    text: 'Hi',
  })
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
})
