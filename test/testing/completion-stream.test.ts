import { readCompletion } from 'use-streaming-completion/core'
import {
  completionStream,
  scriptedResponse,
  type CompletionStreamOptions,
  type ScriptedCompletion,
} from 'use-streaming-completion/testing'
import { describe, expect, test } from 'vitest'

const read = (completion: ScriptedCompletion, options?: CompletionStreamOptions) =>
  readCompletion(scriptedResponse(completionStream(completion, options))).result

const text = 'Bread rises 🍞 because yeast breathes.\n\nIt takes its time.'

describe.each(['openai-responses', 'openai-chat'] as const)('%s', (format) => {
  test('has a text, its reasoning and its usage, and ends properly', async () => {
    const state = await read(
      { text, reasoning: 'Think first.', usage: { inputTokens: 3, outputTokens: 9 } },
      { format },
    )
    expect(state).toMatchObject({
      status: 'complete',
      finishReason: 'stop',
      text,
      reasoning: 'Think first.',
      responseId: 'resp_1',
      model: 'gpt-5-mini',
      usage: { inputTokens: 3, outputTokens: 9, totalTokens: 12 },
    })
  })

  test('has tool calls, with arguments given as a value or as JSON', async () => {
    const state = await read(
      {
        toolCalls: [
          { name: 'get_forecast', arguments: { city: 'Kyoto' } },
          { name: 'get_time', arguments: '{"zone":"JST"}', id: 'call_x' },
        ],
      },
      { format },
    )
    expect(state).toMatchObject({
      status: 'complete',
      finishReason: 'tool-calls',
      text: '',
      toolCalls: [
        { id: 'call_0', name: 'get_forecast', arguments: '{"city":"Kyoto"}' },
        { id: 'call_x', name: 'get_time', arguments: '{"zone":"JST"}' },
      ],
    })
  })

  test('has a refusal separate from the text', async () => {
    expect(await read({ refusal: 'No, sorry.' }, { format })).toMatchObject({
      status: 'complete',
      text: '',
      refusal: 'No, sorry.',
    })
  })

  test.each(['length', 'content-filter'] as const)('ends with %s', async (finishReason) => {
    expect(await read({ text, finishReason }, { format })).toMatchObject({
      status: 'complete',
      finishReason,
      text,
    })
  })

  test('reports an error of the provider after the text', async () => {
    const error = { message: 'Overloaded', code: 'overloaded' }
    expect(await read({ text, error }, { format })).toMatchObject({
      status: 'error',
      error: { kind: 'api', message: 'Overloaded', code: 'overloaded' },
      text,
    })
  })
})

test.each(['openai-completions', 'text'] as const)('%s has only the text', async (format) => {
  const state = await read({ text, reasoning: 'Not to be said.' }, { format })
  expect(state).toMatchObject({ status: 'complete', text, reasoning: '' })
})

test('deltas have the requested length, and never half a character', () => {
  const { steps } = completionStream({ text: '🍞🍞🍞' }, { format: 'text', deltaLength: 2 })
  expect(steps.map(({ send }) => send)).toEqual(['🍞🍞', '🍞'])
})

test('a delta is about a word by default', () => {
  const { steps } = completionStream({ text: 'One, two  three' }, { format: 'text' })
  expect(steps.map(({ send }) => send)).toEqual(['One,', ' two', '  three'])
})

test('a body cut by bytes is cut inside events and characters, and loses nothing', async () => {
  const options = { chunkBytes: 1 }
  const { steps } = completionStream({ text: '🍞' }, options)
  expect(steps.every(({ send }) => send.length === 1)).toBe(true)
  expect(await read({ text }, options)).toMatchObject({ status: 'complete', text })
})

test.each([
  ['close', { kind: 'truncated' }],
  ['cut', { kind: 'network', phase: 'body' }],
] as const)('a stream that stops after some events and ends by %s fails', async (end, error) => {
  const stream = { format: 'openai-chat', stopAfter: 3, end } as const
  expect(await read({ text: 'one two three' }, stream)).toMatchObject({
    status: 'error',
    error,
    text: 'one two',
  })
})

test.each([
  ['deltaLength', { deltaLength: 0 }],
  ['chunkBytes', { chunkBytes: Number.NaN }],
])('%s that cuts nothing is rejected', (name, options) => {
  expect(() => completionStream({ text }, options)).toThrow(name)
})
