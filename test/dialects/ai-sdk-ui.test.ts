import { describe, expect, test } from 'vitest'
import { aiSdkUi } from '../../src/core.ts'
import { readEveryWay } from '../support/read-body.ts'
import { data, done } from '../support/wire-text.ts'

const read = (...events: (object | string)[]) =>
  readEveryWay(events.map(data).join(''), { format: aiSdkUi })

const start = { type: 'start', messageId: 'msg_1' }
const text = (delta: string, id = '0') => ({ type: 'text-delta', id, delta })
const finish = (finishReason?: string) => ({ type: 'finish', finishReason })

test('text, reasoning and the message’s identifier', async () => {
  const outcome = await read(
    start,
    { type: 'start-step' },
    { type: 'reasoning-start', id: 'r' },
    { type: 'reasoning-delta', id: 'r', delta: 'Hm.' },
    { type: 'reasoning-end', id: 'r' },
    { type: 'text-start', id: '0' },
    text('Grüße'),
    text(' 🎉'),
    { type: 'text-end', id: '0' },
    { type: 'finish-step' },
    finish('stop'),
    '[DONE]',
  )
  expect(outcome).toMatchObject({
    status: 'complete',
    text: 'Grüße 🎉',
    reasoning: 'Hm.',
    responseId: 'msg_1',
    finishReason: 'stop',
    rawFinishReason: 'stop',
    output: [{ type: 'reasoning' }, { type: 'message' }],
  })
})

describe('ends properly', () => {
  test('with finish, or with [DONE] alone', async () => {
    expect(await read(text('Hi'), finish('stop'))).toMatchObject({ status: 'complete' })
    expect(await read(text('Hi'), finish())).toMatchObject({ status: 'complete' })
    expect(await read(text('Hi'), '[DONE]')).toMatchObject({
      status: 'complete',
      finishReason: undefined,
    })
  })

  test('but not with the end of a part, a step or the body', async () => {
    const cut = [text('Hi'), { type: 'text-end', id: '0' }, { type: 'finish-step' }]
    for (let length = 1; length <= cut.length; length++) {
      const outcome = await read(start, ...cut.slice(0, length))
      expect(outcome).toMatchObject({ status: 'error', text: 'Hi', error: { kind: 'truncated' } })
      expect(outcome.error?.message).toContain('finish or [DONE]')
    }
  })

  test.each([
    ['length', 'length'],
    ['content-filter', 'content-filter'],
    ['tool-calls', 'tool-calls'],
    ['other', 'other'],
  ])('for the reason %s', async (raw, finishReason) => {
    expect(await read(finish(raw))).toMatchObject({ finishReason, rawFinishReason: raw })
  })

  test('events after [DONE] are not read', async () => {
    expect(await read(text('Hi'), '[DONE]', text(' late'))).toMatchObject({ text: 'Hi' })
  })
})

describe('an answer with an open part at its end was cut', () => {
  const truncated = { status: 'error', error: { kind: 'truncated' } }

  test.each([
    ['text', { type: 'text-start', id: '0' }, { type: 'text-end', id: '0' }],
    ['reasoning', { type: 'reasoning-start', id: '0' }, { type: 'reasoning-end', id: '0' }],
    [
      'the input of a tool',
      { type: 'tool-input-start', toolCallId: 'c', toolName: 't' },
      { type: 'tool-input-available', toolCallId: 'c', toolName: 't', input: {} },
    ],
  ])('%s', async (_, start, end) => {
    expect(await read(text('Hi', '9'), start, finish('stop'), '[DONE]')).toMatchObject({
      ...truncated,
      text: 'Hi',
    })
    expect(await read(text('Hi', '9'), start, '[DONE]')).toMatchObject(truncated)
    expect(await read(text('Hi', '9'), start, end, finish('stop'))).toMatchObject({
      status: 'complete',
    })
    expect(await read(text('Hi', '9'), start, end, '[DONE]')).toMatchObject({ status: 'complete' })
  })

  test('a call with an open input is incomplete', async () => {
    const outcome = await read(
      { type: 'tool-input-start', toolCallId: 'c', toolName: 't' },
      { type: 'tool-input-delta', toolCallId: 'c', inputTextDelta: '{"a":1}' },
      finish('other'),
    )
    expect(outcome).toMatchObject({ ...truncated, toolCalls: [{ status: 'incomplete' }] })
  })
})

describe('reset-step removes the output of the step', () => {
  const say = (id: string, delta: string) => [
    { type: 'text-start', id },
    text(delta, id),
    { type: 'text-end', id },
  ]

  test('text, reasoning, calls, sources and files, but nothing of earlier steps', async () => {
    const call = { toolCallId: 'c', toolName: 't' }
    const outcome = await read(
      start,
      { type: 'start-step' },
      ...say('0', 'One. '),
      { type: 'finish-step' },
      { type: 'start-step' },
      { type: 'reasoning-start', id: 'r' },
      { type: 'reasoning-delta', id: 'r', delta: 'Hm.' },
      ...say('0', 'Half'),
      { type: 'source-url', sourceId: 's', url: 'https://a.example' },
      { type: 'file', url: 'data:image/png;base64,AAAA', mediaType: 'image/png' },
      { type: 'tool-input-available', ...call, input: { a: 1 } },
      { type: 'reset-step' },
      ...say('0', 'Two.'),
      { type: 'source-url', sourceId: 's', url: 'https://b.example' },
      { type: 'tool-input-start', ...call },
      { type: 'tool-input-delta', toolCallId: 'c', inputTextDelta: '{"b":2}' },
      { type: 'tool-input-available', ...call, input: { b: 2 } },
      { type: 'finish-step' },
      finish('tool-calls'),
    )
    expect(outcome).toMatchObject({
      status: 'complete',
      text: 'One. Two.',
      reasoning: '',
      images: [],
      annotations: [{ url: 'https://b.example' }],
      toolCalls: [{ id: 'c', arguments: '{"b":2}' }],
    })
    expect(outcome.output.map(({ type }) => type)).toEqual(['message', 'message', 'function_call'])
  })

  test('the whole message if no step began, each time it is sent', async () => {
    const outcome = await read(
      start,
      ...say('0', 'Half'),
      { type: 'reset-step' },
      { type: 'text-start', id: '0' },
      text('Hal'),
      { type: 'reset-step' },
      { type: 'reset-step' },
      ...say('0', 'Whole.'),
      finish('stop'),
    )
    expect(outcome).toMatchObject({ status: 'complete', text: 'Whole.' })
  })

  test('and a cut after it is truncated', async () => {
    const outcome = await read(start, ...say('0', 'Half'), { type: 'reset-step' }, '[DONE]')
    expect(outcome).toMatchObject({ status: 'complete', text: '', output: [] })
    expect(await read(start, ...say('0', 'Half'), { type: 'reset-step' })).toMatchObject({
      status: 'error',
      text: '',
      error: { kind: 'truncated' },
    })
  })
})

describe('fails', () => {
  test('with the text of an error, before and after content', async () => {
    const error = { type: 'error', errorText: 'Too many requests.' }
    expect(await read(error, '[DONE]')).toMatchObject({
      status: 'error',
      error: { kind: 'api', message: 'Too many requests.' },
    })
    expect(await read(start, text('Hi'), error, finish('error'), '[DONE]')).toMatchObject({
      status: 'error',
      text: 'Hi',
      error: { kind: 'api', message: 'Too many requests.' },
    })
  })

  test('with the finish reason error', async () => {
    expect(await read(text('Hi'), finish('error'), '[DONE]')).toMatchObject({
      status: 'error',
      error: { kind: 'api' },
    })
  })

  test("as truncated if the provider's stream ended without its end marker", async () => {
    const outcome = await read(text('Half'), finish('interrupted'), '[DONE]')
    expect(outcome).toMatchObject({ status: 'error', text: 'Half', error: { kind: 'truncated' } })
  })

  test('as truncated if the server aborted', async () => {
    const outcome = await read(text('Hi'), { type: 'abort', reason: 'deadline' }, '[DONE]')
    expect(outcome).toMatchObject({ status: 'error', text: 'Hi', error: { kind: 'truncated' } })
    expect(outcome.error?.message).toContain('deadline')
  })

  test('as a protocol error if an event is not JSON', async () => {
    expect(await read(text('Hi'), '{"type":"text-del{', finish())).toMatchObject({
      status: 'error',
      text: 'Hi',
      error: { kind: 'protocol' },
    })
  })
})

describe('tools', () => {
  const call = { toolCallId: 'call_1', toolName: 'weather' }
  const deltas = ['{"city": ', '"Paris"}'].map((inputTextDelta) => ({
    type: 'tool-input-delta',
    toolCallId: 'call_1',
    inputTextDelta,
  }))

  test('the arguments stay as the model wrote them if the parsed input is equal', async () => {
    const outcome = await read(
      { type: 'tool-input-start', ...call },
      ...deltas,
      { type: 'tool-input-available', ...call, input: { city: 'Paris' } },
      finish('tool-calls'),
    )
    expect(outcome.toolCalls).toEqual([
      {
        id: 'call_1',
        type: 'function',
        name: 'weather',
        arguments: '{"city": "Paris"}',
        status: 'completed',
      },
    ])
    expect(outcome.finishReason).toBe('tool-calls')
  })

  test('an input that the server repaired replaces them', async () => {
    const input = { city: 'Paris', unit: 'C' }
    const outcome = await read(
      { type: 'tool-input-start', ...call },
      ...deltas,
      { type: 'tool-input-available', ...call, input },
      finish('stop'),
    )
    expect(outcome.toolCalls[0]?.arguments).toBe(JSON.stringify(input))
    expect(outcome.finishReason).toBe('tool-calls')
  })

  test('an input without deltas is read, and so is an invalid one', async () => {
    const outcome = await read(
      { type: 'tool-input-available', ...call, input: {} },
      {
        type: 'tool-input-error',
        toolCallId: 'call_2',
        toolName: 'weather',
        input: '{"city',
        errorText: 'Not JSON.',
      },
      '[DONE]',
    )
    expect(outcome.toolCalls).toMatchObject([
      { id: 'call_1', arguments: '{}', status: 'completed' },
      { id: 'call_2', arguments: '{"city', status: 'failed' },
    ])
  })

  test('a call that the server could not read is answered by the server', async () => {
    const failed = { type: 'tool-input-error', ...call, input: '{"city', errorText: 'Not JSON.' }
    const outcome = await read(failed, text('20 °C'), finish('stop'), '[DONE]')
    expect(outcome).toMatchObject({
      status: 'complete',
      finishReason: 'stop',
      output: [
        { type: 'function_call', status: 'failed' },
        { type: 'function_call_output', output: 'Not JSON.', status: 'failed' },
        { type: 'message' },
      ],
    })
  })

  test('outputs are items, and a call with an output is not for the app', async () => {
    const outcome = await read(
      { type: 'tool-input-available', ...call, input: {} },
      { type: 'tool-output-available', toolCallId: 'call_1', output: { c: 1 }, preliminary: true },
      { type: 'tool-output-available', toolCallId: 'call_1', output: { c: 20 } },
      text('20 °C'),
      finish('stop'),
    )
    expect(outcome).toMatchObject({
      text: '20 °C',
      finishReason: 'stop',
      output: [
        { type: 'function_call', call_id: 'call_1' },
        {
          type: 'function_call_output',
          call_id: 'call_1',
          output: { c: 20 },
          status: 'completed',
        },
        { type: 'message' },
      ],
    })
  })

  test('a failed output does not fail the run', async () => {
    const outcome = await read(
      { type: 'tool-input-available', ...call, input: {} },
      { type: 'tool-output-error', toolCallId: 'call_1', errorText: 'Offline.' },
      text('No idea.'),
      finish('stop'),
    )
    expect(outcome).toMatchObject({
      status: 'complete',
      output: [{}, { output: 'Offline.', status: 'failed' }, {}],
    })
  })

  describe('a request for approval', () => {
    const input = { city: 'Paris' }
    const available = { type: 'tool-input-available', ...call, input }
    const request = { type: 'tool-approval-request', approvalId: 'ap', toolCallId: 'call_1' }

    test('waits for the user, and its call is not for the app', async () => {
      const outcome = await read(
        available,
        { ...request, reason: 'It costs money.', signature: 's' },
        finish('tool-calls'),
      )
      expect(outcome).toMatchObject({
        finishReason: 'approval',
        rawFinishReason: 'tool-calls',
        toolCalls: [],
        approvals: [
          {
            id: 'ap',
            name: 'weather',
            arguments: '{"city":"Paris"}',
            message: 'It costs money.',
            item: { signature: 's' },
          },
        ],
      })
    })

    test('that the server answers no longer waits', async () => {
      const answers = [
        { type: 'tool-approval-response', approvalId: 'ap', approved: true },
        { type: 'tool-output-denied', toolCallId: 'call_1' },
        { type: 'tool-output-available', toolCallId: 'call_1', output: 1 },
      ]
      for (const answer of answers) {
        expect(await read(available, request, answer, finish('stop'))).toMatchObject({
          approvals: [],
        })
      }
      const automatic = { ...request, isAutomatic: true }
      expect(await read(available, automatic, finish('stop'))).toMatchObject({ approvals: [] })
    })
  })

  test("calls of the provider's own tools are not for the app", async () => {
    const hosted = { toolCallId: 'ws_1', toolName: 'web_search', providerExecuted: true }
    const outcome = await read(
      { type: 'tool-input-start', ...hosted },
      { type: 'tool-input-delta', toolCallId: 'ws_1', inputTextDelta: '{}' },
      { type: 'tool-input-available', ...hosted, input: { query: 'x' } },
      { type: 'tool-output-available', toolCallId: 'ws_1', output: [1] },
      finish('stop'),
    )
    expect(outcome).toMatchObject({
      toolCalls: [],
      finishReason: 'stop',
      output: [
        { type: 'provider_tool_call', id: 'ws_1', name: 'web_search', input: { query: 'x' } },
        { type: 'provider_tool_output', call_id: 'ws_1', output: [1] },
      ],
    })
  })
})

test('a step that reuses the ids of parts does not write into the previous step', async () => {
  const outcome = await read(
    { type: 'text-start', id: '0' },
    text('One. '),
    { type: 'tool-input-available', toolCallId: 'c', toolName: 't', input: {} },
    { type: 'text-start', id: '0' },
    text('Two.'),
    { type: 'text-end', id: '0' },
    finish('stop'),
  )
  expect(outcome.status).toBe('complete')
  expect(outcome.text).toBe('One. Two.')
  expect(outcome.output.map(({ type }) => type)).toEqual(['message', 'function_call', 'message'])
})

test('sources are annotations, files and data are items', async () => {
  const weather = { type: 'data-weather', id: 'w', data: { c: 20 } }
  const outcome = await read(
    text('Hi'),
    { type: 'source-url', sourceId: 's', url: 'https://a.example', title: 'A' },
    { type: 'file', url: 'data:image/png;base64,AAAA', mediaType: 'image/png' },
    { type: 'file', url: 'https://a.example/b.pdf', mediaType: 'application/pdf' },
    { type: 'data-weather', id: 'w', data: { c: 1, old: true } },
    weather,
    { type: 'data-progress', data: 1, transient: true },
    finish('stop'),
  )
  expect(outcome.annotations).toEqual([
    { type: 'url_citation', sourceId: 's', url: 'https://a.example', title: 'A' },
  ])
  expect(outcome.images).toMatchObject([{ base64: 'AAAA', partial: false, format: 'png' }])
  expect(outcome.output.slice(2)).toEqual([
    { type: 'file', url: 'https://a.example/b.pdf', mediaType: 'application/pdf' },
    weather,
  ])
})

test('parts that older clients of the AI SDK reject: kept in the output, or ignored if unknown', async () => {
  const custom = { type: 'custom', kind: 'acme.receipt', providerMetadata: { acme: { id: 1 } } }
  const picture = {
    type: 'reasoning-file',
    mediaType: 'image/png',
    url: 'data:image/png;base64,aGk=',
  }
  const outcome = await read(
    start,
    custom,
    picture,
    { type: 'of-next-year' },
    text('Hi'),
    finish('stop'),
  )
  expect(outcome).toMatchObject({ status: 'complete', text: 'Hi', images: [] })
  expect(outcome.output).toEqual([custom, picture, expect.objectContaining({ type: 'message' })])
})

test('usage and model are read from the message metadata in any event', async () => {
  const usage = { inputTokens: 3, outputTokens: 4, totalTokens: 7, reasoningTokens: 1 }
  const outcome = await read(
    { ...start, messageMetadata: { model: 'm-1', createdAt: 1 } },
    text('Hi'),
    { ...finish('stop'), messageMetadata: { totalUsage: usage } },
    '[DONE]',
  )
  expect(outcome).toMatchObject({ model: 'm-1', usage: { ...usage, raw: usage } })
})

test('usage as in version 7, with nested details', async () => {
  const usage = {
    inputTokens: 9,
    inputTokenDetails: { noCacheTokens: 3, cacheReadTokens: 4, cacheWriteTokens: 2 },
    outputTokens: 5,
    outputTokenDetails: { textTokens: 4, reasoningTokens: 1 },
    totalTokens: 14,
  }
  const outcome = await read(text('Hi'), { ...finish('stop'), messageMetadata: { usage } })
  expect(outcome.usage).toEqual({
    inputTokens: 9,
    outputTokens: 5,
    totalTokens: 14,
    reasoningTokens: 1,
    cachedInputTokens: 4,
    cacheWriteTokens: 2,
    raw: usage,
  })
})

test('fields of the wrong type are treated as missing', async () => {
  const odd = [null, 1, 'x', [], { a: 1 }]
  const events = odd.flatMap((value) => [
    { type: 'text-delta', id: value, delta: value },
    { type: 'tool-input-available', toolCallId: value, toolName: value, input: value },
    { type: 'source-url', url: value },
    { type: 'file', url: value },
    { type: 'start', messageId: value, messageMetadata: value },
    { type: value },
  ])
  const body = [...events, finish('stop')].map(data).join('') + done
  const { readChunks, bytesOf } = await import('../support/read-body.ts')
  expect(await readChunks([bytesOf(body)], { format: aiSdkUi })).toMatchObject({
    status: 'complete',
    text: 'x',
  })
})
