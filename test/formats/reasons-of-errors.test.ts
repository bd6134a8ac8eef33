// @vitest-environment node
import { describe, expect, test } from 'vitest'
import { readEveryWay } from '../support/read-body.ts'

const options = { contentType: 'text/event-stream' }
const data = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`
const hi = data({ choices: [{ index: 0, delta: { content: 'Hi' } }] })

describe("an error inside a stream has the server's message", () => {
  const message = 'no free worker'
  test.each<[string, unknown, object]>([
    ['metadata.raw', { error: { message: 'Provider error', metadata: { raw: message } } }, {}],
    [
      'JSON in metadata.raw',
      { error: { metadata: { raw: JSON.stringify({ error: { message } }) } } },
      {},
    ],
    ['a list', [{ error: { message, code: 503 } }], { status: 503, code: '503' }],
    ['errors', { success: false, errors: [{ code: 7003, message }] }, { code: '7003' }],
    ['detail', { detail: message }, {}],
    ['a list in detail', { detail: [{ loc: ['body'], msg: message }] }, {}],
    ['a status as text', { error: { message, status: '503' } }, { status: 503 }],
    ['a code as text', { error: { message, code: '429' } }, { status: 429, code: '429' }],
    ['a status next to the error', { error: { message }, status_code: 503 }, { status: 503 }],
    ['http_code', { error: { message, http_code: '429' } }, { status: 429 }],
    ['a code as a word', { code: 'Timeout', message, request_id: 'r' }, { code: 'Timeout' }],
    ['fields without an error', { code: 503, message }, { status: 503 }],
    [
      'base_resp',
      { choices: null, base_resp: { status_code: 1013, status_msg: message } },
      { code: '1013' },
    ],
    ['error_code and error_msg', { error_code: 336003, error_msg: message }, { code: '336003' }],
    ['camel case', { errorCode: 'E1', errorMessage: message }, { code: 'E1' }],
    ['capitals', { Error: { Code: 'E1', Message: message } }, { code: 'E1' }],
    ['an inner Error', { Response: { RequestId: 'r', Error: { Message: message } } }, {}],
    ['a result with an error', { result: { error: { message } } }, {}],
    ['fault', { fault: { faultstring: message } }, {}],
    ['a status as a word', { status: 'error', message }, {}],
    ['success: false', { success: false, message }, {}],
    ['code and msg', { code: 500, msg: message, data: null }, { status: 500, code: '500' }],
    ['exception', { exception: 'X', message }, {}],
    ['error_description', { error: 'invalid_token', error_description: message }, {}],
    ['a reason', { error: { reason: message } }, {}],
    [
      'RetryInfo',
      { error: { message, code: 429, details: [{ '@type': 'x' }, { retryDelay: '0.25s' }] } },
      { retryAfter: 250 },
    ],
  ])('%s', async (_, value, fields) => {
    expect(await readEveryWay(`${hi}${data(value)}data: [DONE]\n\n`, options)).toMatchObject({
      status: 'error',
      text: 'Hi',
      error: { kind: 'api', message, ...fields },
    })
  })
})

test.each([
  { error_code: 0, error_msg: 'success', trace: 't' },
  { status: 'ok', message: 'connected' },
  { response: 'words', data: { n: 1 } },
  { code: 0, message: 'Success' },
  { errorMessage: null },
])('%j alone is not an error', async (value) => {
  const good = data({ choices: [{ index: 0, delta: { content: 'Hi' }, finish_reason: 'stop' }] })
  expect(await readEveryWay(hi + data(value) + good, options)).toMatchObject({
    status: 'complete',
    text: 'HiHi',
  })
})

test.each([
  { error: { message: '', type: ' ', param: null, code: null } },
  { error: {} },
  { error: null },
  { error: '' },
  { error: { details: [{}, ''] } },
  { errors: [] },
  { base_resp: { status_code: 0, status_msg: '' } },
])('%j on a valid chunk is not an error', async (fields) => {
  const good = { choices: [{ index: 0, delta: { content: 'Hi' }, finish_reason: 'stop' }] }
  expect(await readEveryWay(data({ ...good, ...fields }), options)).toMatchObject({
    status: 'complete',
    text: 'Hi',
  })
})

test.each(['auto', 'openai-chat'] as const)(
  'a usage chunk of the other API is not a foreign format: %s',
  async (format) => {
    const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 }
    const end = data({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })
    const other = data({ object: 'text_completion', choices: [], usage })
    expect(
      await readEveryWay(`${hi}${end}${other}data: [DONE]\n\n`, { ...options, format }),
    ).toMatchObject({
      status: 'complete',
      text: 'Hi',
      usage: { totalTokens: 3 },
    })
  },
)

describe('an end marker counts only once an event was recognised', () => {
  test.each(['openai-chat', 'openai-completions', 'auto'] as const)('%s', async (format) => {
    const body = `${data({ token: 'Hi' })}data: [DONE]\n\n`
    const state = await readEveryWay(body, { ...options, format })
    expect(state).toMatchObject({ status: 'error', error: { kind: 'protocol' } })
    expect(state.error?.message).toContain('{"token":"Hi"}')
  })

  test.each(['event: ping\ndata: {}\n\n', data({ type: 'heartbeat', timestamp: 1 }), ': ping\n\n'])(
    'a keep-alive does not count as recognised: %j',
    async (ping) => {
      expect(await readEveryWay(`${ping}data: [DONE]\n\n`, options)).toMatchObject({
        status: 'complete',
        text: '',
      })
      expect(await readEveryWay(ping, options)).toMatchObject({ error: { kind: 'truncated' } })
    },
  )

  test("Azure's first chunk without choices is recognised", async () => {
    const first = data({ choices: [], prompt_filter_results: [{ prompt_index: 0 }] })
    expect(await readEveryWay(first, options)).toMatchObject({ error: { kind: 'truncated' } })
    const text = data({
      object: 'text_completion',
      choices: [{ text: 'Hi', finish_reason: 'stop' }],
    })
    expect(await readEveryWay(first + text, options)).toMatchObject({
      status: 'complete',
      text: 'Hi',
    })
  })
})
