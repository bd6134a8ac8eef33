import { describe, expect, test } from 'vitest'
import { gemini } from '../../src/core.ts'
import { readEveryWay } from '../support/read-body.ts'
import { data } from '../support/wire-text.ts'

const format = { format: gemini }
const read = (...chunks: (object | string)[]) => readEveryWay(chunks.map(data).join(''), format)

const chunk = (parts: object[], more: object = {}, candidate: object = {}) => ({
  candidates: [{ content: { role: 'model', parts }, index: 0, ...candidate }],
  modelVersion: 'gemini-3',
  responseId: 'resp_1',
  ...more,
})
const text = (value: string, more: object = {}) => chunk([{ text: value }], more)
const finished = (finishReason: string, more: object = {}) => ({
  candidates: [{ finishReason, index: 0 }],
  ...more,
})

test('text, thoughts and the last usage report', async () => {
  const last = {
    promptTokenCount: 8,
    candidatesTokenCount: 5,
    totalTokenCount: 33,
    cachedContentTokenCount: 4,
  }
  const outcome = await read(
    chunk([{ text: 'Hm.', thought: true }], {
      usageMetadata: { promptTokenCount: 8, thoughtsTokenCount: 20, totalTokenCount: 28 },
    }),
    text('Grüße'),
    text(' 🎉'),
    chunk(
      [{ text: '', thoughtSignature: 'c2ln' }],
      { usageMetadata: last },
      { finishReason: 'STOP' },
    ),
  )
  expect(outcome).toMatchObject({
    status: 'complete',
    text: 'Grüße 🎉',
    reasoning: 'Hm.',
    responseId: 'resp_1',
    model: 'gemini-3',
    finishReason: 'stop',
    rawFinishReason: 'STOP',
    usage: {
      inputTokens: 8,
      outputTokens: 25,
      totalTokens: 33,
      reasoningTokens: 20,
      cachedInputTokens: 4,
      raw: { ...last, thoughtsTokenCount: 20 },
    },
  })
})

describe('ends properly with the body, after a finish reason', () => {
  test('but not without one, whatever the marker', async () => {
    const truncated = { status: 'error', text: 'Hi', error: { kind: 'truncated' } }
    expect(await read(text('Hi'))).toMatchObject(truncated)
    expect(await read(text('Hi'), '[DONE]')).toMatchObject(truncated)
    expect(await read(text('Hi'), finished('FINISH_REASON_UNSPECIFIED'))).toMatchObject(truncated)
    expect((await read(text('Hi'))).error?.message).toContain('finishReason')
  })

  test('and events after the reason count', async () => {
    const usageMetadata = { promptTokenCount: 1 }
    const outcome = await read(text('Hi'), finished('STOP'), text('!'), { usageMetadata })
    expect(outcome).toMatchObject({ status: 'complete', text: 'Hi!', usage: { inputTokens: 1 } })
  })

  test.each([
    ['MAX_TOKENS', 'length'],
    ['SAFETY', 'content-filter'],
    ['RECITATION', 'content-filter'],
    ['PROHIBITED_CONTENT', 'content-filter'],
    ['IMAGE_SAFETY', 'content-filter'],
    ['LANGUAGE', 'other'],
  ])('%s', async (raw, finishReason) => {
    expect(await read(text('Hi'), finished(raw))).toMatchObject({
      status: 'complete',
      finishReason,
      rawFinishReason: raw,
    })
  })

  test('a prompt that was blocked', async () => {
    const blocked = { promptFeedback: { blockReason: 'SAFETY' }, usageMetadata: {} }
    expect(await read(blocked)).toMatchObject({
      status: 'complete',
      text: '',
      finishReason: 'content-filter',
      rawFinishReason: 'SAFETY',
    })
  })
})

test('an error in the stream is an error with its named status', async () => {
  const error = { code: 503, message: 'The model is overloaded.', status: 'UNAVAILABLE' }
  expect(await read(text('Half'), { error })).toMatchObject({
    status: 'error',
    text: 'Half',
    error: {
      kind: 'api',
      message: 'The model is overloaded.',
      code: '503',
      status: 503,
      type: 'UNAVAILABLE',
    },
  })
})

test('calls arrive complete, with or without an id', async () => {
  const outcome = await read(
    text('Let me see.'),
    chunk([
      { functionCall: { name: 'weather', args: { city: 'Rome' } } },
      { functionCall: { name: 'time' } },
    ]),
    chunk([{ functionCall: { id: 'fc_1', name: 'weather', args: { city: 'Oslo' } } }]),
    finished('STOP'),
  )
  expect(outcome.toolCalls).toMatchObject([
    { id: 'call_0', name: 'weather', arguments: '{"city":"Rome"}', status: 'completed' },
    { id: 'call_1', name: 'time', arguments: '{}' },
    { id: 'fc_1', name: 'weather', arguments: '{"city":"Oslo"}' },
  ])
  expect(outcome.finishReason).toBe('tool-calls')
})

test('the first candidate is the answer', async () => {
  const second = { content: { parts: [{ text: 'No' }] }, index: 1, finishReason: 'STOP' }
  const first = chunk([{ text: 'Yes' }])
  const both = { ...first, candidates: [...first.candidates, second] }
  expect(await read(both, finished('STOP'))).toMatchObject({ text: 'Yes', choices: undefined })
  expect(await read(both)).toMatchObject({ error: { kind: 'truncated' } })
})

test('images and sources', async () => {
  const groundingMetadata = { groundingChunks: [{ web: { uri: 'https://a.example', title: 'A' } }] }
  const outcome = await read(
    chunk([{ text: 'Hi' }, { inlineData: { mimeType: 'image/png', data: 'AAAA' } }]),
    chunk([], {}, { groundingMetadata }),
    chunk([], {}, { groundingMetadata, finishReason: 'STOP' }),
  )
  expect(outcome.images).toMatchObject([{ base64: 'AAAA', format: 'png', partial: false }])
  expect(outcome.annotations).toEqual([
    { type: 'url_citation', url: 'https://a.example', title: 'A' },
  ])
})

test('citations of both APIs, each passage once', async () => {
  const citation = { startIndex: 2, endIndex: 5, uri: 'https://a.example', title: 'A' }
  const outcome = await read(
    chunk([{ text: 'Hello' }], {}, { citationMetadata: { citationSources: [citation] } }),
    chunk([], {}, { citationMetadata: { citations: [citation, { ...citation, startIndex: 9 }] } }),
    chunk([], {}, { citationMetadata: { citations: [{ endIndex: 2, uri: 'https://b.example' }] } }),
    finished('STOP'),
  )
  expect(outcome.annotations).toMatchObject([
    { type: 'url_citation', url: 'https://a.example', title: 'A', start_index: 2, end_index: 5 },
    { url: 'https://a.example', start_index: 9 },
    { url: 'https://b.example', start_index: 0, end_index: 2 },
  ])
})

test('names in snake case, as Python’s SDK writes them, but not those of the app', async () => {
  const call = { id: null, name: 'f', args: { my_key: [{ other_key: 1 }] } }
  const outcome = await read(
    { candidates: [{ content: { parts: [{ text: 'Hi' }] }, finish_reason: null, index: null }] },
    {
      candidates: [{ content: { parts: [{ function_call: call }] }, finish_reason: 'STOP' }],
      usage_metadata: { prompt_token_count: 4, candidates_token_count: 3, total_token_count: 7 },
      model_version: 'gemini-3',
      response_id: 'resp_1',
    },
  )
  expect(outcome).toMatchObject({
    status: 'complete',
    text: 'Hi',
    model: 'gemini-3',
    responseId: 'resp_1',
    finishReason: 'tool-calls',
    toolCalls: [{ name: 'f', arguments: '{"my_key":[{"other_key":1}]}' }],
    usage: { inputTokens: 4, outputTokens: 3, totalTokens: 7 },
  })
})

test('without alt=sse the chunks are one array', async () => {
  const body = JSON.stringify([text('He'), text('llo'), finished('STOP')], undefined, 1)
  const options = { ...format, contentType: 'application/json' }
  expect(await readEveryWay(body, options)).toMatchObject({ status: 'complete', text: 'Hello' })
})

test('fields of the wrong type are treated as missing', async () => {
  const odd: unknown[] = [null, 1, 'x', [], {}, [null], [{}], '__proto__']
  const chunks = odd.flatMap((value) => [
    { candidates: value, usageMetadata: value, promptFeedback: value },
    { candidates: [{ content: value, groundingMetadata: value, index: 0 }] },
    {
      candidates: [
        { content: { parts: [{ text: value, inlineData: value, functionCall: value }] } },
      ],
    },
  ])
  expect(await read(...chunks, finished('STOP'))).toMatchObject({
    status: 'complete',
    text: 'x__proto__',
  })
})
