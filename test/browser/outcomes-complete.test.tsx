import { expect, test } from 'vitest'
import { chat, done, event, legacy, line, named, responses } from './support/bodies.ts'
import { renderCompletion } from './support/completion-page.tsx'
import { expectClosedBy } from './support/expect-closed.ts'
import { expectSettled, type ExpectedOutcome } from './support/expect-settled.ts'
import { end, head, prepareFault, write } from './support/fault.ts'
import { titled } from './support/titled.ts'

const pieces = ['Hello', ', ', 'wörld', ' 👋🏽']
const text = 'Hello, wörld 👋🏽'

interface Case {
  readonly what: string
  readonly contentType?: string
  readonly body: string
  readonly expected: Partial<ExpectedOutcome>
}

const sse = 'text/event-stream'
const ndjson = 'application/x-ndjson'
const json = 'application/json'

const wholes: readonly Case[] = [
  {
    what: 'a Responses stream',
    body: named(...responses.whole(pieces)),
    expected: { text, finishReason: 'stop', responseId: 'resp_1', model: 'gpt-5' },
  },
  {
    what: 'a Chat Completions stream',
    body: chat.whole(pieces),
    expected: { text, finishReason: 'stop', responseId: 'chatcmpl-1', model: 'gpt-5' },
  },
  {
    what: 'a Chat Completions stream that ends after its finish reason, without [DONE]',
    body: chat.text(text) + chat.finish('stop'),
    expected: { text, finishReason: 'stop' },
  },
  {
    what: 'a legacy Completions stream',
    body: legacy.whole(pieces),
    expected: { text, finishReason: 'stop', responseId: 'cmpl-1' },
  },
  {
    what: 'Responses events as newline-delimited JSON',
    contentType: ndjson,
    body: responses.whole(pieces).map(line).join(''),
    expected: { text, finishReason: 'stop', responseId: 'resp_1' },
  },
  {
    what: 'Chat Completions chunks as newline-delimited JSON',
    contentType: ndjson,
    body: [...pieces.map((content) => chat.chunk({ content })), chat.chunk({}, 'stop')]
      .map(line)
      .join(''),
    expected: { text, finishReason: 'stop' },
  },
  {
    what: 'plain text',
    contentType: 'text/plain; charset=utf-8',
    body: text,
    expected: { text, finishReason: undefined },
  },
  {
    what: '[DONE] with no finish reason',
    body: pieces.map(chat.text).join('') + done,
    expected: { text, finishReason: undefined },
  },
  {
    what: '[DONE] alone',
    body: done,
    expected: { text: '', finishReason: undefined },
  },
  {
    what: 'a whole Chat Completions object instead of a stream',
    contentType: json,
    body: JSON.stringify({
      id: 'chatcmpl-1',
      object: 'chat.completion',
      model: 'gpt-5',
      choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 5, completion_tokens: 7, total_tokens: 12 },
    }),
    expected: { text, finishReason: 'stop', responseId: 'chatcmpl-1' },
  },
  {
    what: 'a whole Responses object instead of a stream',
    contentType: json,
    body: JSON.stringify(responses.terminal('completed', text)['response']),
    expected: { text, finishReason: 'stop', responseId: 'resp_1' },
  },
]

const limits: readonly Case[] = [
  {
    what: 'the token limit of the Responses API',
    body: named(
      ...responses.opening(),
      responses.delta('Half a'),
      responses.terminal('incomplete', 'Half a', {
        incomplete_details: { reason: 'max_output_tokens' },
      }),
    ),
    expected: { text: 'Half a', finishReason: 'length' },
  },
  {
    what: 'the token limit of Chat Completions',
    body: chat.whole(['Half a'], 'length'),
    expected: { text: 'Half a', finishReason: 'length', rawFinishReason: 'length' },
  },
  {
    what: 'the content filter of the Responses API',
    body: named(
      ...responses.opening(),
      responses.delta('Half a'),
      responses.terminal('incomplete', 'Half a', {
        incomplete_details: { reason: 'content_filter' },
      }),
    ),
    expected: { text: 'Half a', finishReason: 'content-filter' },
  },
  {
    what: 'the content filter of Chat Completions',
    body: chat.whole(['Half a'], 'content_filter'),
    expected: { text: 'Half a', finishReason: 'content-filter', rawFinishReason: 'content_filter' },
  },
]

const refusal = "I'm sorry, I can't help with that."

const refusals: readonly Case[] = [
  {
    what: 'Chat Completions',
    body:
      event(chat.chunk({ role: 'assistant', content: null, refusal: "I'm sorry, " })) +
      event(chat.chunk({ refusal: "I can't help with that." })) +
      chat.finish('stop') +
      done,
    expected: { text: '', refusal, finishReason: 'refusal', rawFinishReason: 'stop' },
  },
  {
    what: 'the Responses API',
    body: named(...responses.refused(["I'm sorry, ", "I can't help with that."])),
    expected: { text: '', refusal, finishReason: 'refusal' },
  },
]

async function expectComplete({ contentType = sse, body, expected }: Case) {
  const fault = await prepareFault(head(200, { 'content-type': contentType }), write(body), end)
  const page = await renderCompletion({ url: fault.url })
  await expectSettled(page, page.completion.start({ input: 'Hi' }), {
    status: 'complete',
    text: '',
    error: undefined,
    abortReason: undefined,
    ...expected,
  })
}

test.each(titled(wholes))('%s completes with its text', (_what, row) => expectComplete(row))

test.each(titled(limits))('%s completes with the text so far and says why it ended', (_what, row) =>
  expectComplete(row),
)

test.each(titled(refusals))('a refusal of %s completes, apart from the text', (_what, row) =>
  expectComplete(row),
)

test('text is on the page while the stream is still open', async () => {
  const fault = await prepareFault(head(), write(chat.text('Hel')))
  const page = await renderCompletion({ url: fault.url })
  const run = page.completion.start('Hi')
  await expect.poll(() => page.shown()).toMatchObject({ status: 'streaming', text: 'Hel' })
  expect(page.callbacks).toEqual([])

  await fault.perform(write(chat.text('lo')))
  await expect.poll(() => page.shown()).toMatchObject({ status: 'streaming', text: 'Hello' })

  await fault.perform(write(chat.finish('stop') + done), end)
  await expectSettled(page, run, { status: 'complete', text: 'Hello' })
})

test('the status is connecting until the response has begun, then streaming', async () => {
  const fault = await prepareFault()
  const page = await renderCompletion({ url: fault.url })
  expect(page.shown().status).toBe('idle')
  const run = page.completion.start('Hi')
  await fault.requested()
  // The server may receive the request before React has rendered.
  await expect.poll(() => page.shown().status).toBe('connecting')

  // Firefox does not expose a response before the first byte of its body.
  await fault.perform(head(), write(': keep-alive\n\n'))
  await expect.poll(() => page.shown()).toMatchObject({ status: 'streaming', text: '' })

  await fault.perform(write(chat.whole(['Hello'])), end)
  await expectSettled(page, run, { status: 'complete', text: 'Hello' })
})

test.each(
  titled([
    { what: '[DONE]', body: chat.whole(pieces) },
    { what: 'response.completed', body: named(...responses.whole(pieces)) },
  ]),
)(
  '%s on a socket that never closes completes, and closes the connection',
  async (_what, { body }) => {
    const fault = await prepareFault(head(), write(body))
    const page = await renderCompletion({ url: fault.url })
    await expectClosedBy(fault, () => void page.completion.start('Hi'))
    await expect.poll(() => page.callbacks).toHaveLength(1)
    await expectSettled(page, Promise.resolve(page.callbacks[0]!.result), {
      status: 'complete',
      text,
    })
  },
)

test.each([1, 2, 3])(
  'a character that is split after byte %i is decoded correctly',
  async (cut) => {
    const body = chat.text('Hello') + chat.whole([' 👋🏽'])
    const bytes = [...new TextEncoder().encode(body)]
    const at = bytes.indexOf(0xf0) + cut
    const fault = await prepareFault(head(), { bytes: bytes.slice(0, at) })
    const page = await renderCompletion({ url: fault.url })
    const run = page.completion.start('Hi')
    // Only now has the page read the first part, and with it the beginning of the character.
    await expect.poll(() => page.shown().text).toBe('Hello')
    await fault.perform({ bytes: bytes.slice(at) }, end)
    await expectSettled(page, run, { status: 'complete', text: 'Hello 👋🏽' })
  },
)

test('the request has the input as JSON and the latest headers', async () => {
  const fault = await prepareFault(head(), write(chat.whole(['Hello'])), end)
  const page = await renderCompletion({
    url: fault.url,
    headers: () => Promise.resolve({ 'x-app': 'tests' }),
    credentials: 'include',
  })
  await expectSettled(page, page.completion.start({ model: 'gpt-5', input: 'Hi', stream: true }), {
    status: 'complete',
    text: 'Hello',
  })
  const request = await fault.requested()
  expect(request.method).toBe('POST')
  expect(request.headers).toMatchObject({ 'content-type': 'application/json', 'x-app': 'tests' })
  expect(JSON.parse(request.body)).toEqual({ model: 'gpt-5', input: 'Hi', stream: true })
})
