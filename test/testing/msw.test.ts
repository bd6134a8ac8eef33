// @vitest-environment node
import { http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createCompletion } from '../../src/core.ts'
import {
  completionStream,
  httpFailure,
  scriptedResponse,
  type ScriptedStream,
} from '../../src/testing.ts'

const url = 'http://app.example/api/completion'
const server = setupServer()

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

/** Lets MSW answer with a script. */
function answerWith(stream: ScriptedStream) {
  server.use(http.post(url, ({ request }) => scriptedResponse(stream, request.signal)))
}

test('a script plays in a handler of MSW to its proper end', async () => {
  answerWith(completionStream({ text: 'Hello, world' }, { format: 'openai-chat', delay: 1 }))
  const { status, text } = await createCompletion({ url }).start('Hi')
  expect({ status, text }).toEqual({ status: 'complete', text: 'Hello, world' })
})

test('an HTTP failure keeps its status and its headers', async () => {
  answerWith(httpFailure(429, { error: { message: 'Too many' } }, { 'retry-after': '2' }))
  const { error } = await createCompletion({ url }).start('Hi')
  expect(error).toMatchObject({ kind: 'http', status: 429, retryAfter: 2000, message: 'Too many' })
})

test('a cut keeps the text and is not a success', async () => {
  answerWith(completionStream({ text: 'Hello, world' }, { stopAfter: 6, end: 'cut' }))
  const { status, error, text } = await createCompletion({ url }).start('Hi')
  expect({ status, kind: error?.kind }).toEqual({ status: 'error', kind: 'network' })
  expect(text).toMatch(/^Hello/)
})

test('an abort ends a script that has stalled', async () => {
  answerWith(completionStream({ text: 'Hello, world' }, { stopAfter: 6, end: 'stall' }))
  const { start, abort, subscribe, getState } = createCompletion({ url, publish: 'sync' })
  subscribe(() => {
    if (getState().text !== '') abort()
  })
  const { status, text } = await start('Hi')
  expect(status).toBe('aborted')
  expect(text).toMatch(/^Hello/)
})
