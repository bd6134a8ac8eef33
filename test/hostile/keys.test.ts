// @vitest-environment node
import { afterEach, describe, expect, test } from 'vitest'
import { bytesOf, readChunks } from '../support/read-body.ts'
import { chatChunk, completed, data, done, textDelta } from '../support/wire-text.ts'

const cleanKeys = Reflect.ownKeys(Object.prototype)
const cleanArrayKeys = Reflect.ownKeys(Array.prototype)

afterEach(() => {
  expect(Reflect.ownKeys(Object.prototype)).toEqual(cleanKeys)
  expect(Reflect.ownKeys(Array.prototype)).toEqual(cleanArrayKeys)
})

const names = ['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString', 'length']

/** As text: in a literal, `__proto__` would set the prototype, where parsed JSON has a key. */
const key = (name: string) => `"${name}":{"polluted":true,"text":"x","status":"x"}`

const readBody = (...events: (string | object)[]) =>
  readChunks([bytesOf(events.map(data).join(''))])

describe.each(names)('%s', (name) => {
  test('as the type of an event, of an item and of a part', async () => {
    const state = await readBody(
      textDelta('a'),
      { type: name, delta: 'x' },
      { type: `response.${name}.delta`, delta: 'x' },
      {
        type: 'response.output_item.added',
        output_index: 1,
        item: { type: name, id: name, status: 'in_progress' },
      },
      {
        type: 'response.content_part.added',
        output_index: 0,
        content_index: 0,
        part: { type: name, text: 'x' },
      },
      textDelta('b'),
      completed(),
    )
    expect(state).toMatchObject({ status: 'complete', text: 'ab' })
    expect(state.output.map(({ type }) => type)).toEqual(['message', name])
  })

  test('as the id of items, calls and of the response', async () => {
    const item = (type: string, fields: object) => ({ type, id: name, call_id: name, ...fields })
    const end: Record<string, unknown> = {
      ...completed([item('function_call', { name, arguments: '{}' })]),
    }
    const state = await readBody(
      { type: 'response.created', response: { id: name, model: name } },
      { type: 'response.output_item.added', item: item('function_call', { name, arguments: '' }) },
      { type: 'response.function_call_arguments.delta', item_id: name, delta: '{}' },
      { ...end, response: { ...(end['response'] as object), id: name } },
    )
    expect(state).toMatchObject({
      status: 'complete',
      responseId: name,
      toolCalls: [{ id: name, name, arguments: '{}' }],
    })
    expect(state.output).toHaveLength(1)
  })

  test('as a field of everything', async () => {
    const inject = (value: object) => JSON.stringify(value).replaceAll('{', `{${key(name)},`)
    const last = completed([
      { type: 'message', content: [{ type: 'output_text', text: 'ab', annotations: [] }] },
    ])
    const events = [textDelta('a'), textDelta('b'), last].map(inject)
    expect(await readBody(...events)).toMatchObject({ status: 'complete', text: 'ab' })

    // Without a brace, which would be confused with that of an object.
    const call = { index: 0, id: 'a', function: { name: 'f', arguments: '[]' } }
    const chunks = [{ content: 'ab' }, { tool_calls: [call] }].map((delta) => chatChunk(delta))
    const end = chatChunk({ refusal: null }, 'stop')
    const chat = await readBody(...[...chunks, end].map(inject), '[DONE]')
    expect(chat).toMatchObject({
      status: 'complete',
      text: 'ab',
      toolCalls: [{ id: 'a', name: 'f', arguments: '[]' }],
    })
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
})

test('a polluted usage, moderation and error are read correctly', async () => {
  const usage = `{${key('__proto__')},"total_tokens":5}`
  const body = `{"choices":[],"usage":${usage},"moderation":{${key('__proto__')}}}`
  const state = await readBody(chatChunk({ content: 'a' }, 'stop'), body, '[DONE]')
  expect(state.usage?.totalTokens).toBe(5)
  expect(state.moderation).toEqual({ input: undefined, output: undefined })
  const failed = await readBody(
    chatChunk({ content: 'a' }),
    `{"error":{${key('__proto__')}}}`,
    done,
  )
  expect(failed).toMatchObject({ status: 'error', text: 'a', error: { kind: 'api' } })
})
