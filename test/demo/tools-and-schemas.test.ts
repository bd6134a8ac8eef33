import { afterEach, beforeEach, expect, test } from 'vitest'
import { readCompletion } from 'use-streaming-completion/core'
import { serveDemo } from '../../stories/server/serve-demo.ts'
import type { ServedDemo } from '../../stories/server/serve-demo.ts'

let demo: ServedDemo

beforeEach(async () => {
  demo = await serveDemo({ env: {}, speed: 500 })
})
afterEach(() => demo.close())

function post(path: string, body: object): Promise<Response> {
  return fetch(`${demo.url}/api/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

const read = async (path: string, body: object) => readCompletion(post(path, body)).result

const model = 'gpt-4.1-mini'
const prompt = 'What will the weather be in Kyoto and in Lisbon?'
const parameters = { type: 'object', properties: { city: { type: 'string' } } }

test('a response calls its tools, and answers once it has their outputs', async () => {
  const tools = [{ type: 'function', name: 'get_forecast', parameters }]
  const first = await read('responses', { model, input: prompt, tools, stream: true })
  expect(first).toMatchObject({ status: 'complete', finishReason: 'tool-calls', text: '' })
  expect(
    first.toolCalls.map((call) => (JSON.parse(call.arguments) as { city: string }).city),
  ).toEqual(['Kyoto', 'Lisbon'])
  const input = first.toolCalls.map(({ id }, index) => ({
    type: 'function_call_output',
    call_id: id,
    output: `forecast ${index}`,
  }))
  const turn = { model, input, tools, previous_response_id: first.responseId, stream: true }
  const second = await read('responses', turn)
  expect(second).toMatchObject({ status: 'complete', finishReason: 'stop', toolCalls: [] })
  expect(second.text).toContain('- forecast 0\n- forecast 1')
})

test('a chat completion calls its tools, and answers once it has their outputs', async () => {
  const tools = [{ type: 'function', function: { name: 'get_forecast', parameters } }]
  const user = { role: 'user', content: prompt }
  const first = await read('chat/completions', { model, messages: [user], tools, stream: true })
  expect(first).toMatchObject({ status: 'complete', finishReason: 'tool-calls', text: '' })
  expect(first.toolCalls).toHaveLength(2)
  const messages = [
    user,
    {
      role: 'assistant',
      tool_calls: first.toolCalls.map(({ id, name, arguments: given }) => ({
        id,
        type: 'function',
        function: { name, arguments: given },
      })),
    },
    ...first.toolCalls.map(({ id }) => ({ role: 'tool', tool_call_id: id, content: 'sunny' })),
  ]
  const second = await read('chat/completions', { model, messages, tools, stream: true })
  expect(second).toMatchObject({ status: 'complete', finishReason: 'stop' })
  expect(second.text).toContain('- sunny\n- sunny')
})

test.each([
  ['responses', { input: 'Bread', text: { format: { type: 'json_schema', name: 'recipe' } } }],
  [
    'chat/completions',
    {
      messages: [{ role: 'user', content: 'Bread' }],
      response_format: { type: 'json_schema', json_schema: { name: 'recipe' } },
    },
  ],
])('%s answers in JSON that matches the schema', async (path, body) => {
  const { text } = await read(path, { model, stream: true, ...body })
  expect(JSON.parse(text)).toMatchObject({ title: 'Weekend sourdough', vegetarian: true })
})

test('a moderation distinguishes flagged text from other text', async () => {
  const flagged = async (input: string) => {
    const answer = (await (await post('moderations', { input })).json()) as {
      results: [{ flagged: boolean }]
    }
    return answer.results[0].flagged
  }
  expect(await flagged('Bread rises.')).toBe(false)
  expect(await flagged('This is contraband.')).toBe(true)
})
