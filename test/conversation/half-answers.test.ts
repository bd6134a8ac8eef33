import { describe, expect, test } from 'vitest'
import {
  chatConversation,
  defineTools,
  responsesConversation,
  storedResponsesConversation,
  type ConversationApi,
  type UserInput,
} from '../../src/conversation.ts'
import { answersOf, begin, bodyOf, reply, rest, startTalk } from './support/start-talk.ts'

const chat = chatConversation as unknown as typeof responsesConversation
const question = { role: 'user', content: 'b' }

describe.each([
  ['responses', responsesConversation, 'input'],
  ['chat', chat, 'messages'],
] as const)('%s', (_, api, list) => {
  const said = async (request: Parameters<typeof bodyOf>[0]) =>
    (bodyOf(request) as unknown as Record<string, unknown[]>)[list]

  test('the displayed text of a cut answer is sent', async () => {
    const { conversation, nextRequest } = startTalk({ api })
    conversation.send('a')
    const request = await nextRequest()
    begin(request, 'Half')
    await rest()
    request.fail()
    await rest()
    expect(answersOf(conversation)).toMatchObject([{ status: 'error', text: 'Half' }])
    conversation.send('b')
    expect(await said(await nextRequest())).toEqual([
      { role: 'user', content: 'a' },
      { role: 'assistant', content: 'Half' },
      question,
    ])
    // The outcome stays with the turn.
    expect(answersOf(conversation)[0]).toMatchObject({
      status: 'error',
      error: { kind: 'network' },
    })
  })

  test('nothing of an answer without text is sent', async () => {
    const { conversation, nextRequest } = startTalk({ api })
    conversation.send('a')
    conversation.stop()
    conversation.send('b')
    expect(await said(await nextRequest())).toEqual([{ role: 'user', content: 'a' }, question])
  })
})

test('a refusal is sent as a refusal', async () => {
  const { conversation, answer, nextRequest } = startTalk({ api: chat })
  conversation.send('a')
  await answer({ refusal: 'I cannot.' })
  conversation.send('b')
  expect(bodyOf(await nextRequest())).toMatchObject({
    messages: [{}, { role: 'assistant', content: null, refusal: 'I cannot.' }, question],
  })
})

test('chat: instructions come first, calls are next to their outputs', async () => {
  const { conversation, nextRequest } = startTalk({
    api: chat,
    instructions: 'Be kind.',
    tools: defineTools({ time: { description: 'The time', run: () => 'noon' } }),
  })
  conversation.send('Time?')
  const request = await nextRequest()
  const { messages, tools } = bodyOf(request) as never as Record<string, unknown[]>
  expect(messages).toEqual([
    { role: 'system', content: 'Be kind.' },
    { role: 'user', content: 'Time?' },
  ])
  expect(tools).toEqual([
    {
      type: 'function',
      function: {
        name: 'time',
        description: 'The time',
        parameters: { type: 'object', properties: {}, additionalProperties: false },
        strict: true,
      },
    },
  ])
  reply(request, { toolCalls: [{ id: 'c1', name: 'time', arguments: {} }] }, 'openai-chat')
  expect(
    (bodyOf(await nextRequest()) as never as Record<string, unknown[]>).messages!.slice(2),
  ).toEqual([
    {
      role: 'assistant',
      content: null,
      tool_calls: [{ id: 'c1', type: 'function', function: { name: 'time', arguments: '{}' } }],
    },
    { role: 'tool', tool_call_id: 'c1', content: 'noon' },
  ])
})

test('chat: the signature of Gemini’s thoughts is sent back with its call', async () => {
  const { conversation, nextRequest } = startTalk({
    api: chat,
    tools: defineTools({ time: { run: () => 'noon' } }),
  })
  conversation.send('Time?')
  const request = await nextRequest()
  const extra_content = { google: { thought_signature: 'c2lnbmF0dXJl' } }
  const call = { id: 'c1', type: 'function', function: { name: 'time', arguments: '{}' } }
  request.respond()
  const delta = { role: 'assistant', tool_calls: [{ index: 0, ...call, extra_content }] }
  request.send({ object: 'chat.completion.chunk', choices: [{ index: 0, delta }] })
  const last = { index: 0, delta: {}, finish_reason: 'tool_calls' }
  request.send({ object: 'chat.completion.chunk', choices: [last] })
  request.send('data: [DONE]\n\n')
  const { messages } = bodyOf(await nextRequest()) as never as Record<string, unknown[]>
  expect(messages![1]).toMatchObject({ tool_calls: [{ ...call, extra_content }] })
  // It is also part of the saved document.
  expect(JSON.stringify(conversation)).toContain('c2lnbmF0dXJl')
})

describe('previous_response_id', () => {
  test('only new turns are sent', async () => {
    const { conversation, answer, nextRequest } = startTalk({ api: storedResponsesConversation })
    conversation.send('a')
    await answer({ text: 'A', responseId: 'resp_a' })
    conversation.send('b')
    expect(bodyOf(await nextRequest())).toEqual({
      previous_response_id: 'resp_a',
      input: [question],
      stream: true,
    })
  })

  test('turns after the last complete answer are sent again', async () => {
    const { conversation, answer, nextRequest, requests } = startTalk({
      api: storedResponsesConversation,
    })
    conversation.send('a')
    await answer({ text: 'A', responseId: 'resp_a' })
    conversation.send('x')
    begin(await nextRequest(), 'Half', 'resp_x')
    await rest()
    conversation.send('b')
    await rest()
    expect(bodyOf(requests[2]!)).toMatchObject({
      previous_response_id: 'resp_a',
      input: [{ role: 'user', content: 'x' }, { role: 'assistant', content: 'Half' }, question],
    })
  })

  test('outputs of tools are sent with the id of the answer that called them', async () => {
    const { conversation, answer, requests } = startTalk({
      api: storedResponsesConversation,
      tools: defineTools({ time: { run: () => 'noon' } }),
    })
    conversation.send('Time?')
    await answer({
      toolCalls: [{ id: 'c1', name: 'time', arguments: {} }],
      responseId: 'resp_t',
    })
    expect(bodyOf(requests[1]!)).toMatchObject({
      previous_response_id: 'resp_t',
      input: [{ type: 'function_call_output', call_id: 'c1', output: 'noon' }],
    })
  })
})

describe('a stored response that the provider no longer has', () => {
  const error = {
    message: "Previous response with id 'resp_a' not found.",
    type: 'invalid_request_error',
    param: 'previous_response_id',
    code: 'previous_response_not_found',
  }

  async function lost() {
    const talk = startTalk({
      api: storedResponsesConversation,
      tools: defineTools({ time: { run: () => 'noon' } }),
    })
    talk.conversation.send('Time?')
    await talk.answer({
      reasoning: 'A clock',
      toolCalls: [{ id: 'c1', name: 'time', arguments: {} }],
      responseId: 'resp_t',
    })
    await talk.answer({ text: 'Noon', responseId: 'resp_a' })
    talk.conversation.send('b')
    const rejected = await talk.nextRequest()
    expect(bodyOf(rejected)).toMatchObject({ previous_response_id: 'resp_a' })
    rejected.respond({ status: 400, headers: { 'content-type': 'application/json' } })
    rejected.send(JSON.stringify({ error }))
    rejected.end()
    await rest()
    expect(answersOf(talk.conversation).at(-1)).toMatchObject({ status: 'error' })
    return talk
  }

  const history = [
    { role: 'user', content: 'Time?' },
    { type: 'function_call', call_id: 'c1', name: 'time', arguments: '{}', status: 'completed' },
    { type: 'function_call_output', call_id: 'c1', output: 'noon' },
    { role: 'assistant', content: 'Noon' },
    { role: 'user', content: 'b' },
  ]

  test('regenerate sends the whole conversation, and later requests refer to its answer', async () => {
    const { conversation, nextRequest } = await lost()
    conversation.regenerate()
    const request = await nextRequest()
    // No reasoning and no ids: they are lost with the response.
    expect(bodyOf(request)).toEqual({
      input: history,
      tools: expect.anything() as unknown,
      stream: true,
    })
    reply(request, { text: 'B', responseId: 'resp_b' })
    await rest()
    conversation.send('c')
    expect(bodyOf(await nextRequest())).toMatchObject({
      previous_response_id: 'resp_b',
      input: [{ role: 'user', content: 'c' }],
    })
  })

  test('the next question sends the whole conversation', async () => {
    const { conversation, nextRequest } = await lost()
    conversation.send('c')
    expect(bodyOf(await nextRequest())).toEqual({
      input: [...history, { role: 'user', content: 'c' }],
      tools: expect.anything() as unknown,
      stream: true,
    })
  })
})

test('files and parts of a question are sent in the format of the API', async () => {
  const input = {
    text: 'What is this?',
    files: [
      { url: 'data:image/png;base64,AA==', type: 'image/png' },
      { url: 'data:application/pdf;base64,AA==', type: 'application/pdf', name: 'a.pdf' },
      { url: 'https://example.com/b.pdf' },
    ],
    parts: [{ type: 'input_audio' }],
  }
  const contentOf = async (api: ConversationApi<UserInput, never>) => {
    const { conversation, nextRequest } = startTalk({ api })
    conversation.send(input)
    expect(conversation.getState().turns[0]).toMatchObject({ text: 'What is this?', input })
    const body = bodyOf(await nextRequest()) as unknown as Record<string, { content: unknown }[]>
    return (body['input'] ?? body['messages'])![0]!.content
  }
  expect(await contentOf(responsesConversation as never)).toEqual([
    { type: 'input_text', text: 'What is this?' },
    { type: 'input_image', image_url: 'data:image/png;base64,AA==', detail: 'auto' },
    { type: 'input_file', filename: 'a.pdf', file_data: 'data:application/pdf;base64,AA==' },
    { type: 'input_file', file_url: 'https://example.com/b.pdf' },
    { type: 'input_audio' },
  ])
  expect(await contentOf(chatConversation as never)).toEqual([
    { type: 'text', text: 'What is this?' },
    { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } },
    { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,AA==' } },
    { type: 'file', file: { file_data: 'https://example.com/b.pdf' } },
    { type: 'input_audio' },
  ])
})
