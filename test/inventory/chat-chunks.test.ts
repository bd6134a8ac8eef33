// @vitest-environment node
import { describe, expect, test } from 'vitest'
import { openaiCompletions } from '../../src/core.ts'
import { folding, foldingChat } from '../support/folding.ts'
import { bytesOf, readChunks } from '../support/read-body.ts'
import { chatChunk, data, done } from '../support/wire-text.ts'
import { expectAgreement } from './support/agreement.ts'

interface Chunk {
  choices: object[]
}

const choice = (index: number, fields: object): Chunk => ({ choices: [{ index, ...fields }] })
const delta = (index: number, fields: object): Chunk => choice(index, { delta: fields })

describe('several choices', () => {
  test('each have their own text, calls, refusal, finish reason and log probabilities', () => {
    const { read, snapshot } = foldingChat()
    read(
      delta(0, { role: 'assistant', content: 'One' }),
      delta(2, { content: 'Three' }),
      delta(1, { tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: '{}' } }] }),
      choice(0, { delta: { content: '!' }, logprobs: { content: [{ token: '!' }] } }),
      delta(2, { refusal: 'No' }),
      choice(0, { delta: {}, finish_reason: 'stop' }),
      choice(1, { delta: {}, finish_reason: 'tool_calls' }),
      choice(2, { delta: {}, finish_reason: 'length' }),
    )
    const { choices, ...first } = snapshot()
    expect(choices).toMatchObject([
      { index: 0, text: 'One!', finishReason: 'stop', toolCalls: [], logprobs: [{ token: '!' }] },
      { index: 1, text: '', finishReason: 'tool-calls', toolCalls: [{ id: 'a', name: 'f' }] },
      { index: 2, text: 'Three', refusal: 'No', finishReason: 'length', logprobs: undefined },
    ])
    expect(first).toMatchObject({ text: 'One!', finishReason: 'stop', toolCalls: [] })
    for (const content of choices ?? []) expectAgreement(content)
  })

  test('arrive in one chunk or in many', () => {
    const { read, snapshot } = foldingChat()
    read({ choices: [1, 0].map((index) => ({ index, delta: { content: `${index}` } })) })
    read({ choices: [0, 1].map((index) => ({ index, delta: { content: '!' } })) })
    expect(snapshot().choices?.map(({ text }) => text)).toEqual(['0!', '1!'])
  })

  test('never put their text into the first one while it is empty', () => {
    const { read, snapshot } = foldingChat()
    read(delta(0, { role: 'assistant' }), delta(1, { content: 'b' }))
    expect(snapshot()).toMatchObject({ text: '', choices: [{ text: '' }, { text: 'b' }] })
    read(delta(0, { content: 'a' }))
    expect(snapshot()).toMatchObject({ text: 'a', choices: [{ text: 'a' }, { text: 'b' }] })
  })

  test('keep their identity while another grows, and when the usage arrives', () => {
    const { read, snapshot } = foldingChat()
    read(delta(0, { content: 'a' }), delta(1, { content: 'b' }))
    const before = snapshot().choices
    read(delta(1, { content: 'c' }), { choices: [], usage: { total_tokens: 3 } })
    const after = snapshot().choices
    expect(after?.[0]).toBe(before?.[0])
    expect(after?.[1]).not.toBe(before?.[1])
  })

  test('are open until each has finished', async () => {
    const two = [
      choice(0, { delta: { content: 'a' } }),
      choice(1, { delta: { content: 'b' } }),
      choice(0, { delta: {}, finish_reason: 'stop' }),
    ]
    const cut = await readChunks([bytesOf(two.map(data).join(''))])
    expect(cut).toMatchObject({ status: 'error', error: { kind: 'truncated' }, text: 'a' })
    const end = choice(1, { delta: {}, finish_reason: 'stop' })
    const whole = await readChunks([bytesOf([...two, end].map(data).join(''))])
    expect(whole).toMatchObject({ status: 'complete', finishReason: 'stop' })
  })

  test('are undefined if there is only one', () => {
    const { read, snapshot } = foldingChat()
    read(delta(0, { content: 'a' }))
    expect(snapshot().choices).toBeUndefined()
  })
})

describe('tool calls', () => {
  const call = (fields: object) => chatChunk({ tool_calls: [fields] })

  test('are merged by their index; id and name arrive once', () => {
    const { read, snapshot } = foldingChat()
    read(
      call({ index: 0, id: 'a', type: 'function', function: { name: 'f', arguments: '' } }),
      call({ index: 1, id: 'b', type: 'function', function: { name: 'g', arguments: '' } }),
      call({ index: 0, function: { arguments: '{"n"' } }),
      call({ index: 1, function: { arguments: '[]' } }),
      call({ index: 0, function: { arguments: ':1}' } }),
      chatChunk({}, 'tool_calls'),
    )
    expect(snapshot().toolCalls).toMatchObject([
      { id: 'a', type: 'function', name: 'f', arguments: '{"n":1}' },
      { id: 'b', type: 'function', name: 'g', arguments: '[]' },
    ])
    expect(snapshot()).toMatchObject({ finishReason: 'tool-calls', text: '' })
    expectAgreement(snapshot())
  })

  test.each([
    ['with its input in one piece', [{ custom: { name: 'sql', input: 'SELECT ' } }]],
    [
      'with its type before its name',
      [{}, { custom: { name: 'sql' } }, { custom: { input: 'SELECT ' } }],
    ],
  ])('of a custom tool contain free text, %s', (_, pieces) => {
    const { read, snapshot } = foldingChat()
    for (const [at, piece] of pieces.entries()) {
      read(call({ index: 0, ...(at === 0 ? { id: 'a', type: 'custom' } : {}), ...piece }))
    }
    read(call({ index: 0, custom: { input: '1' } }))
    expect(snapshot().output).toMatchObject([{ type: 'custom_tool_call', input: 'SELECT 1' }])
    expect(snapshot().toolCalls).toMatchObject([
      { id: 'a', type: 'custom', name: 'sql', arguments: 'SELECT 1' },
    ])
  })

  test('by the deprecated function_call are one call with a generated id', () => {
    const { read, snapshot } = foldingChat()
    read(
      chatChunk({ function_call: { name: 'f', arguments: '' } }),
      chatChunk({ function_call: { arguments: '{"n"' } }),
      chatChunk({ function_call: { arguments: ':1}' } }),
      chatChunk({}, 'function_call'),
    )
    expect(snapshot()).toMatchObject({
      finishReason: 'tool-calls',
      rawFinishReason: 'function_call',
      toolCalls: [{ id: 'call_0', type: 'function', name: 'f', arguments: '{"n":1}' }],
    })
  })

  test('that the token limit cuts are not ready to run', async () => {
    const chunks = [
      call({ index: 0, id: 'a', function: { name: 'f', arguments: '{"n"' } }),
      chatChunk({}, 'length'),
    ]
    expect(await readChunks([bytesOf(chunks.map(data).join(''))])).toMatchObject({
      status: 'complete',
      finishReason: 'length',
      toolCalls: [{ status: 'incomplete' }],
    })
  })
})

describe('a refusal', () => {
  test('is separate from the text, and is the finish reason if there is no text', () => {
    const { read, snapshot } = foldingChat()
    read(chatChunk({ content: null, refusal: '' }), chatChunk({ refusal: "I'm " }))
    read(chatChunk({ refusal: 'sorry' }), chatChunk({}, 'stop'))
    expect(snapshot()).toMatchObject({
      text: '',
      refusal: "I'm sorry",
      finishReason: 'refusal',
      rawFinishReason: 'stop',
    })
    expectAgreement(snapshot())
  })
})

describe('spoken answers', () => {
  const audio = (fields: object) => chatChunk({ audio: fields })

  test('show their transcript; the last update has no finish reason', async () => {
    const { finish_reason: _, ...last } = {
      index: 0,
      delta: { audio: { expires_at: 1 } },
      finish_reason: null,
    }
    const chunks = [
      audio({ id: 'audio_1', transcript: 'Good ' }),
      audio({ data: 'UklGRg==' }),
      audio({ transcript: 'day' }),
      { choices: [last] },
    ]
    const body = chunks.map(data).join('') + done
    expect(await readChunks([bytesOf(body)])).toMatchObject({
      status: 'complete',
      text: '',
      transcript: 'Good day',
      finishReason: undefined,
    })
  })
})

describe('fields of the whole completion', () => {
  test('usage follows the finish reason, in a chunk without choices', () => {
    const { read, snapshot } = foldingChat()
    const usage = {
      prompt_tokens: 3,
      prompt_tokens_details: { cached_tokens: 1 },
      completion_tokens: 2,
      completion_tokens_details: { reasoning_tokens: 1 },
      total_tokens: 5,
    }
    read({ ...chatChunk({ content: 'Hi' }), usage: null }, chatChunk({}, 'stop'))
    expect(snapshot().usage).toBeUndefined()
    read({ choices: [], usage })
    expect(snapshot().usage).toEqual({
      inputTokens: 3,
      outputTokens: 2,
      totalTokens: 5,
      reasoningTokens: 1,
      cachedInputTokens: 1,
      raw: usage,
    })
  })

  test('the first id and the latest service tier and model are used', () => {
    const { read, snapshot } = foldingChat()
    const chunk = (id: string, model: string, tier: string | null) => ({
      ...chatChunk({ content: 'a' }),
      id,
      model,
      service_tier: tier,
    })
    read(chunk('', '', null), chunk('a', 'router', 'auto'), chunk('b', 'gpt-5', 'flex'))
    read(chunk('', '', null))
    expect(snapshot()).toMatchObject({ responseId: 'a', model: 'gpt-5', serviceTier: 'flex' })
  })

  test('padding, fingerprint and time of creation change nothing', () => {
    const { read, snapshot } = foldingChat()
    read(chatChunk({ content: 'a' }))
    const before = snapshot()
    read({ choices: [], obfuscation: 'xxxx', system_fingerprint: 'fp', created: 1 })
    expect(snapshot()).toBe(before)
  })
})

describe('a final whole message repeats its deltas', () => {
  const whole = (message: object) => ({ choices: [{ index: 0, message, finish_reason: 'stop' }] })

  test.each([
    ['text', { content: 'Hi' }, { text: 'Hi' }],
    ['refusal', { refusal: 'No' }, { refusal: 'No' }],
    ['reasoning', { reasoning_content: 'Hm' }, { reasoning: 'Hm' }],
    ['transcript', { audio: { transcript: 'Hello' } }, { transcript: 'Hello' }],
    [
      'call',
      { tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: '{}' } }] },
      { toolCalls: [{ id: 'a', name: 'f', arguments: '{}' }] },
    ],
    [
      'deprecated call',
      { function_call: { name: 'f', arguments: '{}' } },
      { toolCalls: [{ name: 'f', arguments: '{}' }] },
    ],
  ])('and its %s is not duplicated', (_, fields, expected) => {
    const { read, snapshot } = foldingChat()
    read(chatChunk(fields), whole(fields))
    expect(snapshot()).toMatchObject(expected)
    expect(snapshot().output.length).toBeLessThan(2)
    const alone = foldingChat()
    alone.read(whole(fields))
    expect(alone.snapshot()).toMatchObject(expected)
  })

  test('and completes an unfinished transcript', () => {
    const { read, snapshot } = foldingChat()
    read(chatChunk({ audio: { transcript: 'Hel' } }), whole({ audio: { transcript: 'Hello' } }))
    expect(snapshot().transcript).toBe('Hello')
  })

  test('and its log probabilities are not duplicated', () => {
    const { read, snapshot } = foldingChat()
    const logprobs = { content: [{ token: 'Hi' }], refusal: null }
    read(choice(0, { delta: { content: 'Hi' }, logprobs }))
    read(choice(0, { message: { content: 'Hi' }, logprobs, finish_reason: 'stop' }))
    expect(snapshot().logprobs).toEqual([{ token: 'Hi' }])
  })
})

test('legacy completions append their text, choice by choice, and keep usage', () => {
  const { ending, read, snapshot } = folding(openaiCompletions)
  const chunk = (index: number, text: string, finish: string | null = null) => ({
    id: 'cmpl_1',
    object: 'text_completion',
    model: 'davinci',
    choices: [{ index, text, finish_reason: finish, logprobs: null }],
  })
  read(chunk(0, 'One'), chunk(1, 'Two'), chunk(0, '!', 'length'), chunk(1, '', 'stop'))
  read({ object: 'text_completion', choices: [], usage: { total_tokens: 4 } })
  expect(snapshot()).toMatchObject({
    text: 'One!',
    finishReason: 'length',
    model: 'davinci',
    choices: [{ text: 'One!' }, { text: 'Two', finishReason: 'stop' }],
    usage: { totalTokens: 4 },
  })
  expect(ending()).toBeUndefined()
})
