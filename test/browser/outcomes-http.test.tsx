import { expect, test } from 'vitest'
import { nextFrame, renderCompletion } from './support/completion-page.tsx'
import { expectSettled } from './support/expect-settled.ts'
import { end, head, prepareFault, write } from './support/fault.ts'
import { titled } from './support/titled.ts'

const json = { 'content-type': 'application/json' }
const html = { 'content-type': 'text/html; charset=utf-8' }

const badGateway = `<!doctype html><html><head><title>502 Bad Gateway</title></head>
<body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body></html>`

const cases = [
  {
    what: '401',
    status: 401,
    headers: { ...json, 'x-request-id': 'req_401' },
    body: {
      error: {
        message: 'Incorrect API key provided.',
        type: 'invalid_request_error',
        param: null,
        code: 'invalid_api_key',
      },
    },
    error: {
      code: 'invalid_api_key',
      type: 'invalid_request_error',
      requestId: 'req_401',
      retryAfter: undefined,
      message: expect.stringContaining('Incorrect API key provided.') as string,
    },
  },
  {
    what: '429 with Retry-After in seconds',
    status: 429,
    headers: { ...json, 'retry-after': '7', 'x-request-id': 'req_429' },
    body: {
      error: {
        message: 'Rate limit reached for gpt-5.',
        type: 'requests',
        param: null,
        code: 'rate_limit_exceeded',
      },
    },
    error: {
      code: 'rate_limit_exceeded',
      type: 'requests',
      requestId: 'req_429',
      retryAfter: 7000,
      message: expect.stringContaining('Rate limit reached for gpt-5.') as string,
    },
  },
  {
    what: '500 with JSON',
    status: 500,
    headers: json,
    body: { error: { message: 'The server had an error.', type: 'server_error', param: 'input' } },
    error: {
      type: 'server_error',
      param: 'input',
      code: undefined,
      message: expect.stringContaining('The server had an error.') as string,
    },
  },
]

test.each(titled(cases))('%s is an http error with what the provider said', async (_what, row) => {
  const fault = await prepareFault(
    head(row.status, row.headers),
    write(JSON.stringify(row.body)),
    end,
  )
  const page = await renderCompletion({ url: fault.url })
  await expectSettled(page, page.completion.start('Hi'), {
    status: 'error',
    text: '',
    abortReason: undefined,
    error: { kind: 'http', status: row.status, body: row.body, ...row.error },
  })
})

test('a 502 with HTML is an http error whose message contains no HTML', async () => {
  const fault = await prepareFault(head(502, html), write(badGateway), end)
  const page = await renderCompletion({ url: fault.url })
  const result = await expectSettled(page, page.completion.start('Hi'), {
    status: 'error',
    text: '',
    error: { kind: 'http', status: 502, code: undefined, type: undefined },
  })
  expect(result.error?.message).not.toContain('<')
  expect(result.error?.message).toContain('502')
  expect(result.error?.message.length).toBeLessThan(300)
})

test('a date in Retry-After is converted to milliseconds from now', async () => {
  const at = new Date(Date.now() + 30_000).toUTCString()
  const fault = await prepareFault(head(503, { ...json, 'retry-after': at }), write('{}'), end)
  const page = await renderCompletion({ url: fault.url })
  const result = await expectSettled(page, page.completion.start('Hi'), {
    status: 'error',
    text: '',
    error: { kind: 'http', status: 503 },
  })
  // An HTTP date has whole seconds.
  expect(result.error?.retryAfter).toBeGreaterThan(25_000)
  expect(result.error?.retryAfter).toBeLessThanOrEqual(30_000)
})

test('an abort while the body of an error response is read is an abort', async () => {
  const fault = await prepareFault(head(500, json), write('{"error":{"message":"Half of an ans'))
  const page = await renderCompletion({ url: fault.url })
  const closed = fault.closed()
  const run = page.completion.start('Hi')
  await fault.requested()
  await nextFrame()
  page.completion.abort()
  await expectSettled(page, run, { status: 'aborted', text: '', abortReason: 'abort' })
  expect(await closed).toEqual({ by: 'client' })
})
