import { expect, test } from 'vitest'
import { chat, done, line, named, responses } from './support/bodies.ts'
import { renderCompletion } from './support/completion-page.tsx'
import { expectSettled } from './support/expect-settled.ts'
import { end, head, prepareFault, write } from './support/fault.ts'
import { startStreaming } from './support/started.ts'
import { titled } from './support/titled.ts'

const sse = 'text/event-stream'
const ndjson = 'application/x-ndjson'

const cuts = [
  {
    what: 'a Chat Completions stream without a finish reason',
    contentType: sse,
    body: chat.text('Half'),
    text: 'Half',
  },
  {
    what: 'a Responses stream without its terminal event',
    contentType: sse,
    body: named(...responses.opening(), responses.delta('Half')),
    text: 'Half',
  },
  {
    what: 'a Responses stream with a complete message, without its terminal event',
    contentType: sse,
    body: named(...responses.whole(['Half']).slice(0, -1)),
    text: 'Half',
  },
  {
    what: 'a Responses stream with [DONE] instead of its terminal event',
    contentType: sse,
    body: named(...responses.opening(), responses.delta('Half')) + done,
    text: 'Half',
  },
  {
    what: 'a stream cut within an event',
    contentType: sse,
    body: `${chat.text('Half')}data: {"choices":[{"del`,
    text: 'Half',
  },
  {
    what: 'newline-delimited JSON without a finish reason',
    contentType: ndjson,
    body: line(chat.chunk({ content: 'Half' })),
    text: 'Half',
  },
  {
    what: 'an event stream with an empty body',
    contentType: sse,
    body: '',
    text: '',
  },
  {
    what: 'an event stream of comments only',
    contentType: sse,
    body: ': keep-alive\n\n: keep-alive\n\n',
    text: '',
  },
]

test.each(titled(cuts))(
  '%s that closes cleanly is truncated',
  async (_what, { contentType, body, text }) => {
    const fault = await prepareFault(head(200, { 'content-type': contentType }), write(body), end)
    const page = await renderCompletion({ url: fault.url })
    const result = await expectSettled(page, page.completion.start('Hi'), {
      status: 'error',
      text,
      finishReason: undefined,
      error: { kind: 'truncated' },
    })
    expect(result.error?.message).toMatch(/end/)
  },
)

test('a stream that closes while its text is on the page keeps that text', async () => {
  const { fault, page, run } = await startStreaming()
  await fault.perform(write(chat.text(' of it')), end)
  await expectSettled(page, run, {
    status: 'error',
    text: 'Half of it',
    error: { kind: 'truncated' },
  })
})
