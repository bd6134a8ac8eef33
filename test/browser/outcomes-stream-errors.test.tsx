import { expect, test } from 'vitest'
import { ollama, type CompletionFormat } from '../../src/core.ts'
import { chat, done, event, line, named, responses } from './support/bodies.ts'
import { renderCompletion } from './support/completion-page.tsx'
import { expectClosedBy } from './support/expect-closed.ts'
import { expectSettled } from './support/expect-settled.ts'
import { end, head, prepareFault, write } from './support/fault.ts'
import { startStreaming } from './support/started.ts'
import { titled } from './support/titled.ts'

interface Case {
  readonly what: string
  readonly contentType?: string
  readonly format?: CompletionFormat
  readonly body: string
  readonly text?: string
  readonly error: Readonly<Record<string, unknown>>
}

const half = chat.text('Half a')
const halfResponse = named(...responses.opening(), responses.delta('Half a'))
const ndjson = 'application/x-ndjson'

const ollamaLines =
  line({ model: 'llama3', response: ' Yes', done: false }) +
  line({ error: 'an error was encountered while running the model' })

const badRequest = {
  object: 'error',
  message: 'max_tokens is too large',
  type: 'BadRequestError',
  param: null,
  code: 400,
}

const cases: readonly Case[] = [
  {
    what: 'an error object instead of a chunk',
    body:
      half + event({ error: { message: 'The server had an error', type: 'server_error' } }) + done,
    error: { message: 'The server had an error', type: 'server_error' },
  },
  {
    what: 'an error object, then [DONE]',
    body: half + event({ error: badRequest }) + done,
    error: {
      message: 'max_tokens is too large',
      type: 'BadRequestError',
      code: '400',
      status: 400,
    },
  },
  {
    what: 'an error object after the finish reason',
    body:
      half +
      chat.finish('length') +
      event({ error: { message: 'Token limit reached', code: 502 } }) +
      done,
    error: { message: 'Token limit reached', code: '502' },
  },
  {
    what: 'an error on a choice',
    body:
      half +
      event({
        id: 'gen-1',
        choices: [
          {
            index: 0,
            delta: { content: '' },
            finish_reason: 'error',
            error: { code: 502, message: 'Upstream went away' },
          },
        ],
      }) +
      done,
    error: { message: 'Upstream went away', code: '502' },
  },
  {
    what: 'a field named error instead of data',
    body: `${half}error: ${JSON.stringify({ code: 400, message: 'Too long', type: 'invalid_request_error' })}\n\n${done}`,
    error: { message: 'Too long', code: '400', type: 'invalid_request_error' },
  },
  {
    what: 'an event named error with flat data',
    body: half + event({ code: 400, details: 'Detector not found' }, 'error') + done,
    error: { message: 'Detector not found', code: '400' },
  },
  {
    what: 'an event named error with the error nested in it',
    body:
      half +
      event({ type: 'ping' }, 'ping') +
      event({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }, 'error'),
    error: { message: 'Overloaded', type: 'overloaded_error' },
  },
  {
    what: 'an error that is only a string',
    body: half + event({ error: 'Stream error: error decoding response body' }),
    error: { message: 'Stream error: error decoding response body' },
  },
  {
    what: 'an error of Chat Completions in a Responses stream',
    body: halfResponse + event({ error: { message: 'Rate limited', code: 'rate_limit' } }) + done,
    error: { message: 'Rate limited', code: 'rate_limit' },
  },
  {
    what: 'response.failed, then [DONE]',
    body:
      halfResponse +
      named(
        responses.terminal('failed', 'Half a', {
          error: { code: 'server_error', message: 'The model failed' },
        }),
      ) +
      done,
    error: { message: 'The model failed', code: 'server_error' },
  },
  {
    what: 'the error event of the Responses API',
    body:
      halfResponse +
      named({
        type: 'error',
        sequence_number: 2,
        code: 'insufficient_quota',
        message: 'You exceeded your current quota',
        param: null,
      }),
    error: { message: 'You exceeded your current quota', code: 'insufficient_quota' },
  },
  {
    what: 'the error event of the Responses API with the error nested in it',
    body:
      halfResponse +
      named({
        type: 'error',
        sequence_number: 2,
        error: { type: 'requests', code: 'rate_limit_exceeded', message: 'Slow down', param: null },
      }),
    error: { message: 'Slow down', type: 'requests', code: 'rate_limit_exceeded' },
  },
  {
    what: 'a line with an error among newline-delimited chunks',
    contentType: ndjson,
    body: line(chat.chunk({ content: 'Half a' })) + line({ error: 'the model stopped' }),
    error: { message: 'the model stopped' },
  },
  {
    what: 'a line with an error among lines of a format that the app passes',
    contentType: ndjson,
    format: ollama,
    body: ollamaLines,
    text: ' Yes',
    error: { message: 'an error was encountered while running the model' },
  },
]

test.each(titled(cases))('%s is an api error, and the text so far is kept', async (_what, row) => {
  const { contentType = 'text/event-stream', format = 'auto', body, text = 'Half a', error } = row
  const fault = await prepareFault(head(200, { 'content-type': contentType }), write(body), end)
  const page = await renderCompletion({ url: fault.url, format })
  await expectSettled(page, page.completion.start('Hi'), {
    status: 'error',
    text,
    abortReason: undefined,
    error: { kind: 'api', ...error },
  })
})

test('an error joined with [DONE] by a missing blank line is not a success', async () => {
  const error = JSON.stringify({ error: badRequest })
  const fault = await prepareFault(head(), write(`${half}data: ${error}\n${done}`), end)
  const page = await renderCompletion({ url: fault.url })
  await expectSettled(page, page.completion.start('Hi'), {
    status: 'error',
    text: 'Half a',
    error: { kind: expect.stringMatching(/^(api|protocol)$/) as string },
  })
})

test('an error on a socket that stays open settles the run and closes the connection', async () => {
  const { fault, page, run } = await startStreaming()
  await expectClosedBy(fault, () => {
    void fault.perform(write(event({ error: { message: 'The server had an error' } })))
  })
  await expectSettled(page, run, {
    status: 'error',
    text: 'Half',
    error: { kind: 'api', message: 'The server had an error' },
  })
})
