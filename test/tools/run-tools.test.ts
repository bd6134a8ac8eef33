import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import {
  defineTools,
  responsesOutput,
  responsesTool,
  runTools,
  type RunToolsOptions,
} from '../../src/conversation.ts'
import { createCompletion } from '../../src/core.ts'
import { createControlledFetch } from '../../src/testing.ts'
import type { ToolResult } from '../../src/tools/tool-result.ts'
import { reply, rest } from '../conversation/support/start-talk.ts'

interface Body {
  input: unknown[]
  previous_response_id?: string | undefined
  tools?: object[]
}

const schema = z.object({ city: z.string() })
const toolCalls = [{ id: 'c1', name: 'weather', arguments: { city: 'Rome' } }]

function start(
  run: (input: { city: string }, context: { signal: AbortSignal }) => unknown,
  options: Partial<RunToolsOptions<Body>> = {},
  approve = false,
  completionOptions: { onFinish?: () => void } = {},
) {
  const { fetch, requests, nextRequest } = createControlledFetch()
  const completion = createCompletion<Body>({ url: '/api', fetch, ...completionOptions })
  const tools = defineTools({ weather: { schema, run, approve } })
  const done = runTools(completion, tools, {
    input: { input: [], tools: tools.describe().map(responsesTool) },
    next: (input, { responseId }, results) => ({
      ...input,
      previous_response_id: responseId,
      input: results.map(responsesOutput),
    }),
    ...options,
  })
  const answer = async (
    ...args: Parameters<typeof reply> extends [unknown, ...infer Rest] ? Rest : never
  ) => {
    reply(await nextRequest(), ...args)
    await rest()
  }
  return { completion, done, requests, answer }
}

const bodyOf = (request: { init: RequestInit }) => JSON.parse(request.init.body as string) as Body

test('starts again with the outputs, until an answer calls no tool', async () => {
  const { done, answer, requests } = start(({ city }) => `warm in ${city}`)
  await answer({ toolCalls })
  await answer({ text: 'Warm.' })
  expect(await done).toMatchObject({ state: { status: 'complete', text: 'Warm.' }, results: [] })
  expect(bodyOf(requests[0]!).tools).toMatchObject([{ name: 'weather', strict: true }])
  expect(bodyOf(requests[1]!)).toMatchObject({
    previous_response_id: 'resp_1',
    input: [{ type: 'function_call_output', call_id: 'c1', output: 'warm in Rome' }],
  })
})

test('its signal ends tools that ignore theirs', async () => {
  const controller = new AbortController()
  const { done, answer, requests } = start(() => new Promise(() => undefined), {
    signal: controller.signal,
  })
  await answer({ toolCalls })
  controller.abort()
  expect(await done).toMatchObject({ results: [{ status: 'aborted' }] })
  expect(requests).toHaveLength(1)
})

test('its signal ends the completion', async () => {
  const controller = new AbortController()
  const { done } = start(() => 1, { signal: controller.signal })
  controller.abort()
  expect(await done).toMatchObject({ state: { status: 'aborted' } })
})

test('a reset ends it', async () => {
  const { completion, done, answer, requests } = start(() => new Promise(() => undefined))
  await answer({ toolCalls })
  completion.reset()
  expect(await done).toMatchObject({ results: [{ status: 'aborted' }] })
  expect(requests).toHaveLength(1)
})

test('an approval is requested, and nothing runs without one', async () => {
  const run = vi.fn(() => 'warm')
  const refused = start(run, {}, true)
  await refused.answer({ toolCalls })
  expect(run).not.toHaveBeenCalled()
  const failing = start(run, { approve: () => Promise.reject(new Error('away')) }, true)
  await failing.answer({ toolCalls })
  expect(run).not.toHaveBeenCalled()
  const approved = start(run, { approve: ({ name }) => name === 'weather' }, true)
  await approved.answer({ toolCalls })
  expect(run).toHaveBeenCalledTimes(1)
  for (const { answer, done } of [refused, failing, approved]) {
    await answer({ text: 'ok' })
    await done
  }
})

test('the limit of steps ends it with the results', async () => {
  const { done, answer } = start(() => 'warm', { maxSteps: 1 })
  await answer({ toolCalls })
  expect(await done).toMatchObject({ results: [{ status: 'complete', output: 'warm' }] })
})

test('a call that was sent twice runs once', async () => {
  const run = vi.fn(() => 'warm')
  const { done, answer } = start(run, { maxSteps: 1 })
  await answer({ toolCalls: [...toolCalls, ...toolCalls] })
  expect((await done).results).toHaveLength(2)
  expect(run).toHaveBeenCalledTimes(1)
})

test('answers a tool search with the found tools', () => {
  const call = { id: 'call_1', name: 'tool_search', type: 'tool_search_call' } as const
  const tools = [{ type: 'function', name: 'tide' }]
  const answered = { type: 'tool_search_output', call_id: 'call_1', execution: 'client' }
  expect(responsesOutput({ ...call, status: 'complete', output: tools } as ToolResult)).toEqual({
    ...answered,
    tools,
  })
  expect(responsesOutput({ ...call, status: 'error' } as unknown as ToolResult)).toEqual({
    ...answered,
    tools: [],
  })
})

test.each([
  ['without approval, it does not run', undefined, 0, 'denied'],
  ['once it is approved, it runs', () => true, 1, 'complete'],
])('a computer call with pending safety checks: %s', async (_, approve, runs, status) => {
  const { fetch, nextRequest } = createControlledFetch()
  const completion = createCompletion<Body>({ url: '/api', fetch })
  const run = vi.fn(() => ({ type: 'computer_screenshot', image_url: 'data:,' }))
  const tools = defineTools({ computer: { definition: { type: 'computer' }, run } })
  const next = (input: Body) => input
  const done = runTools(completion, tools, { input: { input: [] }, next, approve, maxSteps: 1 })
  const item = {
    type: 'computer_call',
    id: 'cu_1',
    call_id: 'call_1',
    status: 'completed',
    action: { type: 'wait' },
    pending_safety_checks: [{ id: 'check_1', code: 'malicious', message: 'Look first.' }],
  }
  const request = await nextRequest()
  request.respond({ headers: { 'content-type': 'application/json' } })
  request.send(JSON.stringify({ object: 'response', id: 'r', status: 'completed', output: [item] }))
  request.end()
  expect((await done).results).toMatchObject([{ id: 'call_1', status }])
  expect(run).toHaveBeenCalledTimes(runs)
})

test('a callback that starts the completion again ends the loop, and no tool runs', async () => {
  const run = vi.fn(() => 'warm')
  const onFinish = vi.fn(() => void completion.start({ input: ['mine'] }))
  const { completion, done, answer } = start(run, {}, false, { onFinish })
  await answer({ toolCalls })
  expect(await done).toMatchObject({ state: { status: 'complete' }, results: [] })
  expect(run).not.toHaveBeenCalled()
  expect(onFinish).toHaveBeenCalledTimes(1)
  expect(completion.getState().status).toBe('connecting')
  completion.abort()
})
