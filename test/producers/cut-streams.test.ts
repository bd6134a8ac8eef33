// @vitest-environment node
import { callCompletionApi } from 'ai'
import { Stream } from 'openai/core/streaming'
import { expect, test, vi } from 'vitest'
import { aiSdkUi, readCompletion } from '../../src/core.ts'

/*
 * The README's comparison with other packages: each reads the same stream, which a proxy has ended cleanly in
 * the middle of the answer.
 */

const cut = (lines: readonly object[]) =>
  new Response(lines.map((line) => `data: ${JSON.stringify(line)}\n\n`).join(''), {
    headers: { 'content-type': 'text/event-stream' },
  })

const uiMessages = [
  { type: 'start' },
  { type: 'text-start', id: '0' },
  { type: 'text-delta', id: '0', delta: 'Take two pills, but nev' },
]

const chunks = [
  {
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta: { content: 'Take two pills, but nev' }, finish_reason: null }],
  },
]

test("the AI SDK's useCompletion reports a cut stream as finished", async () => {
  const onFinish = vi.fn()
  const onError = vi.fn()
  const text = await callCompletionApi({
    api: '/api/completion',
    prompt: 'How many?',
    credentials: undefined,
    headers: undefined,
    body: {},
    streamProtocol: undefined,
    setCompletion: () => {},
    setLoading: () => {},
    setError: () => {},
    setAbortController: () => {},
    onFinish,
    onError,
    fetch: async () => cut(uiMessages),
  })
  expect(text).toBe('Take two pills, but nev')
  expect(onFinish).toHaveBeenCalledOnce()
  expect(onError).not.toHaveBeenCalled()
})

test('the stream of the openai package ends without an error', async () => {
  const texts: string[] = []
  const stream = Stream.fromSSEResponse<{ choices: [{ delta: { content: string } }] }>(
    cut(chunks),
    new AbortController(),
  )
  for await (const { choices } of stream) texts.push(choices[0].delta.content)
  expect(texts).toEqual(['Take two pills, but nev'])
})

test.each([
  ['the UI messages of the AI SDK', uiMessages, aiSdkUi],
  ['Chat Completions', chunks, 'auto'],
] as const)('here it is an error, with its text: %s', async (_, lines, format) => {
  const { status, error, text } = await readCompletion(cut(lines), { format }).result
  expect({ status, kind: error?.kind }).toEqual({ status: 'error', kind: 'truncated' })
  expect(text).toBe('Take two pills, but nev')
})
