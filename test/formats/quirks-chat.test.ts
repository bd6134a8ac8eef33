import { describe, expect, test } from 'vitest'
import { readEveryWay } from '../support/read-body.ts'
import { chatChunk, chatStream, data, done } from '../support/wire-text.ts'

const complete = { status: 'complete', text: 'Hello', reasoning: '', finishReason: 'stop' }

test("row 10: Azure's first chunk, with empty fields and no choice, is ignored", async () => {
  const first = {
    id: '',
    choices: [],
    created: 0,
    model: '',
    object: '',
    prompt_filter_results: [{}],
  }
  const body = data(first) + chatStream({ content: 'Hello' })
  expect(await readEveryWay(body)).toMatchObject({ ...complete, responseId: 'chat_1', model: 'm' })
})

test("row 11: Azure's filter results after the finish reason have no delta and change nothing", async () => {
  const tail = {
    id: '',
    choices: [
      {
        finish_reason: null,
        index: 0,
        content_filter_offsets: { check_offset: 4522 },
        content_filter_results: {},
      },
    ],
  }
  const body = [chatChunk({ content: 'Hello' }), chatChunk({}, 'stop'), tail].map(data).join('')
  expect(await readEveryWay(body + done)).toMatchObject(complete)
  expect(await readEveryWay(body)).toMatchObject(complete)
})

test('row 12: the usage that follows the finish reason is read', async () => {
  const chunks = [
    chatChunk({ content: 'Hello' }, 'stop'),
    { choices: [], usage: { prompt_tokens: 370, completion_tokens: 6, total_tokens: 376 } },
  ]
  const usage = { inputTokens: 370, outputTokens: 6, totalTokens: 376 }
  expect(await readEveryWay(chunks.map(data).join('') + done)).toMatchObject({ ...complete, usage })
  expect(await readEveryWay(chunks.map(data).join(''))).toMatchObject({ ...complete, usage })
})

test('row 13: a finish reason on every chunk does not end reading', async () => {
  const body = [
    chatChunk({ reasoning_content: 'Hm' }, 'stop'),
    chatChunk({ content: 'Hel' }, 'stop'),
    chatChunk({ content: 'lo' }, 'stop'),
  ]
    .map(data)
    .join('')
  expect(await readEveryWay(body + done)).toMatchObject({ ...complete, reasoning: 'Hm' })
})

describe('row 14: reasoning under any name goes to its own channel', () => {
  test.each([
    ['reasoning_content', { reasoning_content: 'Hm' }],
    ['reasoning', { reasoning: 'Hm' }],
    ['reasoning_details', { reasoning_details: [{ type: 'reasoning.text', text: 'Hm' }] }],
    [
      'reasoning_details summary',
      { reasoning_details: [{ type: 'reasoning.summary', summary: 'Hm' }] },
    ],
    [
      'two names in one delta',
      { reasoning: 'Hm', reasoning_details: [{ type: 'reasoning.text', text: 'Hm' }] },
    ],
    ['next to empty content', { content: '', reasoning_content: 'Hm' }],
  ])('%s', async (_, delta) => {
    const body = chatStream(delta, { content: 'Hello', reasoning_content: null })
    expect(await readEveryWay(body)).toMatchObject({ ...complete, reasoning: 'Hm' })
  })

  test('null reasoning next to content is ignored', async () => {
    const body = chatStream({ content: 'Hello', reasoning_content: null, reasoning: null })
    expect(await readEveryWay(body)).toMatchObject(complete)
  })
})

describe('row 15: content may be an array of parts', () => {
  test('thinking parts are reasoning', async () => {
    const thinking = [{ type: 'thinking', thinking: [{ type: 'text', text: 'Hm' }] }]
    const body = chatStream({ content: thinking }, { content: 'Hello' })
    expect(await readEveryWay(body)).toMatchObject({ ...complete, reasoning: 'Hm' })
  })

  test('references between text parts are not text', async () => {
    const content = [
      { type: 'text', text: 'Hel' },
      { type: 'reference', reference_ids: [1, 2] },
      { type: 'text', text: 'lo' },
    ]
    expect(await readEveryWay(chatStream({ content }))).toMatchObject(complete)
  })
})

describe('row 17: a final whole message repeats the deltas and is not appended', () => {
  test('instead of a delta', async () => {
    const body = [
      chatChunk({ content: 'Hel' }),
      chatChunk({ content: 'lo' }),
      { choices: [{ message: { content: 'Hello' }, finish_reason: 'stop' }] },
    ]
    expect(await readEveryWay(body.map(data).join(''))).toMatchObject(complete)
  })

  test('next to every delta', async () => {
    const both = (message: string, delta: string, finish: string | null) => ({
      choices: [
        {
          index: 0,
          message: { content: message },
          delta: { content: delta },
          finish_reason: finish,
        },
      ],
    })
    const body = [both('Hel', 'Hel', null), both('Hello', 'lo', null), both('Hello', '', 'stop')]
    expect(await readEveryWay(body.map(data).join('') + done)).toMatchObject(complete)
  })
})

describe('row 18: tool calls without an index', () => {
  const call = (id: string, name: string, text: string) => ({
    id,
    type: 'function',
    function: { name, arguments: text },
    extra_content: { google: { thought_signature: 'x' } },
  })

  test('are distinguished by their ids, and wait for the app even if the finish reason is stop', async () => {
    const body = chatStream(
      { role: 'assistant', tool_calls: [call('a', 'one', '{"n":1}')] },
      { tool_calls: [call('b', 'two', '{"n":2}')] },
    )
    expect(await readEveryWay(body)).toMatchObject({
      status: 'complete',
      finishReason: 'tool-calls',
      rawFinishReason: 'stop',
      toolCalls: [
        { id: 'a', name: 'one', arguments: '{"n":1}', status: 'completed' },
        { id: 'b', name: 'two', arguments: '{"n":2}', status: 'completed' },
      ],
    })
  })

  test('continue if a delta names nothing new', async () => {
    const body = chatStream(
      { tool_calls: [call('a', 'one', '{"n"')] },
      { tool_calls: [{ function: { arguments: ':1}' } }] },
    )
    expect(await readEveryWay(body)).toMatchObject({
      toolCalls: [{ id: 'a', name: 'one', arguments: '{"n":1}' }],
    })
  })
})

test('row 19: an empty role and null content are ignored', async () => {
  const body = chatStream({ role: 'assistant', content: null }, { role: '', content: 'Hello' })
  expect(await readEveryWay(body)).toMatchObject(complete)
})
