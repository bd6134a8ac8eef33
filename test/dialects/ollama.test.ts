import { describe, expect, test } from 'vitest'
import { ollama } from '../../src/core.ts'
import { readEveryWay } from '../support/read-body.ts'

const options = { format: ollama, contentType: 'application/x-ndjson' }
const lines = (...values: object[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('')
const read = (...values: object[]) => readEveryWay(lines(...values), options)

const chat = (message: object, more: object = {}) => ({
  model: 'qwen3',
  created_at: '2025-07-07T20:22:19Z',
  message: { role: 'assistant', ...message },
  done: false,
  ...more,
})
const counts = {
  total_duration: 11,
  prompt_eval_count: 26,
  prompt_eval_duration: 1,
  eval_count: 298,
}
const last = (reason?: string) => ({
  ...chat({ content: '' }),
  done: true,
  ...(reason && { done_reason: reason }),
  ...counts,
})

test('/api/chat: text, thinking, usage', async () => {
  const outcome = await read(
    chat({ content: '', thinking: 'Hm.' }),
    chat({ content: 'Grüße' }),
    chat({ content: ' 🎉' }),
    last('stop'),
  )
  expect(outcome).toMatchObject({
    status: 'complete',
    text: 'Grüße 🎉',
    reasoning: 'Hm.',
    model: 'qwen3',
    finishReason: 'stop',
    rawFinishReason: 'stop',
    output: [{ type: 'reasoning' }, { type: 'message' }],
    usage: { inputTokens: 26, outputTokens: 298, totalTokens: undefined, raw: counts },
  })
})

test('/api/generate: text, thinking, usage, and no context in the usage', async () => {
  const outcome = await read(
    { model: 'qwen3', response: '', thinking: 'Hm.', done: false },
    { model: 'qwen3', response: 'Hi', done: false },
    {
      model: 'qwen3',
      response: '',
      done: true,
      done_reason: 'length',
      context: [1, 2],
      eval_count: 3,
    },
  )
  expect(outcome).toMatchObject({
    status: 'complete',
    text: 'Hi',
    reasoning: 'Hm.',
    finishReason: 'length',
  })
  expect(outcome.usage).toEqual({
    inputTokens: undefined,
    outputTokens: 3,
    totalTokens: undefined,
    reasoningTokens: undefined,
    cachedInputTokens: undefined,
    raw: { eval_count: 3 },
  })
})

test('row 32: an error in the middle of a stream', async () => {
  const message = 'an error was encountered while running the model'
  expect(await read({ response: ' Yes', done: false }, { error: message })).toMatchObject({
    status: 'error',
    text: ' Yes',
    error: { kind: 'api', message },
  })
  expect(await read({ error: 'model not found' })).toMatchObject({
    error: { kind: 'api', message: 'model not found' },
  })
})

describe('row 33: the end as servers send it', () => {
  const end = { message: { content: '' }, done: true }

  test('done without a reason', async () => {
    expect(await read(chat({ content: 'Hi' }), end)).toMatchObject({
      status: 'complete',
      text: 'Hi',
      finishReason: undefined,
    })
  })

  test('without a final line end', async () => {
    const body = lines(chat({ content: 'Hi' })) + JSON.stringify(end)
    expect(await readEveryWay(body, options)).toMatchObject({ status: 'complete', text: 'Hi' })
  })

  test('a reason without done', async () => {
    const reason = chat({ content: '' }, { done_reason: 'stop' })
    expect(await read(chat({ content: 'Hi' }), reason)).toMatchObject({
      status: 'complete',
      finishReason: 'stop',
    })
  })
})

describe('ends properly with done', () => {
  test('but not with the end of the body', async () => {
    const outcome = await read(chat({ content: 'Hi' }))
    expect(outcome).toMatchObject({ status: 'error', text: 'Hi', error: { kind: 'truncated' } })
    expect(outcome.error?.message).toContain('done')
  })

  test('but not within its last line', async () => {
    const body = lines(chat({ content: 'Hi' })) + JSON.stringify(last('stop')).slice(0, -1)
    expect(await readEveryWay(body, options)).toMatchObject({ error: { kind: 'truncated' } })
  })

  test('and later lines are not read', async () => {
    expect(await read(last('stop'), chat({ content: 'late' }))).toMatchObject({ text: '' })
  })
})

test('calls arrive complete, with or without an id', async () => {
  const tool = (id: string | undefined, city: string) => ({
    ...(id && { id }),
    function: { name: 'weather', arguments: { city } },
  })
  const outcome = await read(
    chat({ content: '', tool_calls: [tool(undefined, 'Rome'), tool('call_x', 'Oslo')] }),
    chat({ content: '', tool_calls: [tool(undefined, 'Bern')] }),
    last('stop'),
  )
  expect(outcome.toolCalls).toMatchObject([
    { id: 'call_0', name: 'weather', arguments: '{"city":"Rome"}', status: 'completed' },
    { id: 'call_x', arguments: '{"city":"Oslo"}' },
    { id: 'call_2', arguments: '{"city":"Bern"}' },
  ])
  expect(outcome).toMatchObject({ text: '', finishReason: 'tool-calls' })
  expect(outcome.output).toHaveLength(3)
})

test.each(['text/plain', 'application/json', null])('as %s', async (contentType) => {
  const body = lines(chat({ content: 'Hi' }), last('stop'))
  expect(await readEveryWay(body, { format: ollama, contentType })).toMatchObject({
    status: 'complete',
    text: 'Hi',
  })
})

test('lines that a proxy wrapped in server-sent events', async () => {
  const body = [chat({ content: 'Hi' }), last('stop')]
    .map((line) => `data: ${JSON.stringify(line)}\n\n`)
    .join('')
  expect(await readEveryWay(body, { format: ollama })).toMatchObject({ text: 'Hi' })
})

test('an answer that was not streamed', async () => {
  expect(await read({ ...last('stop'), message: { content: 'Hi' } })).toMatchObject({
    status: 'complete',
    text: 'Hi',
  })
})

test('fields of the wrong type are treated as missing', async () => {
  const odd: unknown[] = [null, 1, [], {}, [null], [{}], [{ function: 1 }]]
  const values = odd.flatMap((value) => [
    { message: value, model: value, done: 'true', prompt_eval_count: value },
    { message: { content: value, thinking: value, tool_calls: value }, done: 1 },
  ])
  expect(await read(...values, last('stop'))).toMatchObject({ status: 'complete', text: '' })
})
