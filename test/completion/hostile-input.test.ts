import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { readEveryWay } from '../support/read-body.ts'
import { deepFreeze, foldingChat, foldingResponses } from '../support/folding.ts'
import { chatChunk, completed, data, done, textDelta } from '../support/wire-text.ts'

const cleanKeys = Reflect.ownKeys(Object.prototype)

afterEach(() => {
  expect(Reflect.ownKeys(Object.prototype)).toEqual(cleanKeys)
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
})

/** Written as text: a literal would set the prototype, where parsed JSON has a key of that name. */
const polluting = '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'

describe('names with a meaning in JavaScript have none here', () => {
  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'an event of type %s',
    async (type) => {
      const body =
        data(textDelta('a')) +
        data({ type, delta: 'x' }) +
        `event: ${type}\n` +
        data({ delta: 'x' })
      expect(await readEveryWay(body + data(textDelta('b')) + data(completed()))).toMatchObject({
        status: 'complete',
        text: 'ab',
      })
    },
  )

  test('keys of events, items, parts and fields', async () => {
    const inject = (event: object) =>
      data(JSON.stringify(event).replaceAll('"INJECT":1', polluting.slice(1, -1)))
    const body = [
      { ...textDelta('a'), INJECT: 1 },
      {
        type: 'response.output_item.added',
        output_index: 1,
        INJECT: 1,
        item: { type: '__proto__', INJECT: 1 },
      },
      {
        type: 'response.output_item.done',
        output_index: 0,
        item: {
          type: 'message',
          INJECT: 1,
          content: [{ type: 'output_text', text: 'a', INJECT: 1 }],
        },
      },
      { type: 'response.image_generation_call.partial_image', output_index: 2, INJECT: 1 },
      { ...completed(), INJECT: 1 },
    ]
    expect(await readEveryWay(body.map(inject).join(''))).toMatchObject({
      status: 'complete',
      text: 'a',
    })
  })

  test('keys of chunks, choices and calls', async () => {
    const call = `{"index":0,"id":"__proto__","function":{"name":"__proto__","arguments":"{}",${polluting.slice(1, -1)}},${polluting.slice(1, -1)}}`
    const chunk = `{"id":"__proto__",${polluting.slice(1, -1)},"choices":[{"index":0,${polluting.slice(1, -1)},"delta":{"content":"a","tool_calls":[${call}],${polluting.slice(1, -1)}}}]}`
    expect(await readEveryWay(data(chunk) + done)).toMatchObject({
      status: 'complete',
      text: 'a',
      responseId: '__proto__',
      toolCalls: [{ id: '__proto__', name: '__proto__', arguments: '{}' }],
    })
  })
})

describe('indexes of any size only determine an order', () => {
  test.each([4_294_967_296, 1e300, -1, 0.25, Number.MAX_SAFE_INTEGER])('%d', (index) => {
    const { read, snapshot } = foldingResponses()
    read(
      textDelta('a', index),
      textDelta('A', index),
      textDelta('b', 0, index),
      textDelta('B', 0, index),
    )
    expect(snapshot().text).toBe(index < 0 ? 'aAbB' : 'bBaA')
    expect(snapshot().output).toHaveLength(2)
  })

  test.each([4_294_967_296, 1e300, -1, 0.25])('of tool calls and choices: %d', (index) => {
    const { read, snapshot } = foldingChat()
    read({ choices: [{ index, delta: { tool_calls: [{ index, function: { name: 'f' } }] } }] })
    read({ choices: [{ index, delta: { tool_calls: [{ index, function: { arguments: '1' } }] } }] })
    expect(snapshot().toolCalls).toMatchObject([{ name: 'f', arguments: '1' }])
  })

  test.each(['0', null, {}, [], true])('invalid ones count as 0: %j', (index) => {
    const { read, snapshot } = foldingResponses()
    read({ ...textDelta('a'), output_index: index, content_index: index }, textDelta('b'))
    expect(snapshot().text).toBe('ab')
    expect(snapshot().output).toHaveLength(1)
  })
})

describe('a delta that is not a string is ignored', () => {
  test.each<unknown>([1, null, {}, ['x'], true, { toString: 'x' }])('%j', (delta) => {
    const { read, snapshot } = foldingResponses()
    read(textDelta('a'), { ...textDelta(''), delta }, textDelta('b'))
    read({ type: 'response.audio.transcript.delta', delta })
    expect(snapshot()).toMatchObject({ text: 'ab', transcript: '' })

    const chat = foldingChat()
    chat.read(chatChunk({ content: 'a' }))
    chat.read(chatChunk({ content: { text: delta }, refusal: delta }))
    chat.read(chatChunk({ tool_calls: delta, function_call: delta, reasoning: delta }))
    chat.read(chatChunk({ content: 'b' }))
    expect(chat.snapshot()).toMatchObject({ text: 'ab', refusal: '', reasoning: '', toolCalls: [] })
  })
})

const fields = [
  'type',
  'item',
  'item_id',
  'output_index',
  'content_index',
  'summary_index',
  'annotation_index',
  'delta',
  'text',
  'refusal',
  'arguments',
  'input',
  'part',
  'annotation',
  'response',
  'output',
  'usage',
  'status',
  'content',
  'summary',
  'id',
  'name',
  'call_id',
  'choices',
  'index',
  'message',
  'tool_calls',
  'function',
  'custom',
  'finish_reason',
  'reasoning',
  'reasoning_details',
  'logprobs',
  'error',
  'code',
  'model',
  'object',
  'incomplete_details',
  'command_index',
  'output_format',
  'partial_image_b64',
  '__proto__',
  'constructor',
  'length',
]

const types = [
  'response.created',
  'response.output_item.added',
  'response.output_item.done',
  'response.content_part.added',
  'response.content_part.done',
  'response.output_text.delta',
  'response.output_text.done',
  'response.output_text.annotation.added',
  'response.refusal.delta',
  'response.reasoning_summary_part.added',
  'response.reasoning_summary_text.delta',
  'response.reasoning_text.done',
  'response.function_call_arguments.delta',
  'response.custom_tool_call_input.done',
  'response.image_generation_call.partial_image',
  'response.web_search_call.searching',
  'response.mcp_call_arguments.delta',
  'response.code_interpreter_call_code.done',
  'response.audio.transcript.delta',
  'message',
  'reasoning',
  'function_call',
  'custom_tool_call',
  'image_generation_call',
  'output_text',
  'summary_text',
  'refusal',
  'thinking',
  'text',
]

const { value: anything } = fc.letrec<{ value: unknown; object: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constantFrom(null, true, 0, 1, 2, -1, 0.5, 1e21, '', 'a', '0', ...types),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('object'),
  ),
  object: fc
    .array(fc.tuple(fc.constantFrom(...fields), tie('value')), { maxLength: 6 })
    // Not an assignment: a key __proto__ must become a key, as in parsed JSON.
    .map(
      (entries) =>
        JSON.parse(
          `{${entries.map(([key, value]) => `"${key}":${JSON.stringify(value)}`).join()}}`,
        ) as unknown,
    ),
}))

const responsesEvent: fc.Arbitrary<object> = fc
  .tuple(fc.constantFrom(...types), anything)
  .map(([type, value]) => ({
    output_index: 0,
    ...(value as object | null),
    type,
  }))

const chatEvent: fc.Arbitrary<object> = fc.tuple(anything, anything).map(([delta, choice]) => ({
  choices: [{ index: 0, ...(choice as object | null), finish_reason: null, error: null, delta }],
}))

test.each([
  ['Responses events', responsesEvent, foldingResponses, textDelta('End.', 1e9)],
  ['Chat chunks', chatEvent, foldingChat, chatChunk({ content: 'End.' })],
] as const)(
  '%s of any content throw nothing, write to nothing shown, and leave the rest readable',
  (_, event, folding, last) => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 8 }), fc.array(fc.boolean()), (events, shows) => {
        const { fold, ending, read, snapshot } = folding()
        for (const [at, event] of events.entries()) {
          read(deepFreeze(event))
          if (shows[at]) deepFreeze(snapshot())
        }
        const { text, reasoning, refusal, toolCalls } = snapshot()
        for (const channel of [text, reasoning, refusal]) expect(channel).toBeTypeOf('string')
        for (const call of toolCalls) {
          expect(call.name).toBeTypeOf('string')
          expect(call.arguments).toBeTypeOf('string')
        }
        if (ending()) return
        read(last)
        fold.close(true)
        expect(snapshot().text).toContain('End.')
        const { choices = [snapshot()] } = snapshot()
        const shown = choices.reduce((length, choice) => length + choice.text.length, 0)
        expect(fold.textLength).toBe(shown)
      }),
      { numRuns: 1000 },
    )
  },
)
