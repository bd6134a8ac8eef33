import { afterEach, expect, test } from 'vitest'
import { startUpstream } from '../../stories/server/upstream/upstream.ts'
import type { Upstream } from '../../stories/server/upstream/upstream.ts'
import { readChunks } from './support/read-chunks.ts'
import { readEvents } from './support/read-events.ts'

const apiKey = 'sk-test'
let upstream: Upstream | undefined

afterEach(() => upstream?.close())

async function start(options: { seed?: number; speed?: number } = {}): Promise<Upstream> {
  upstream = await startUpstream({ apiKey, speed: 500, ...options })
  return upstream
}

function post(path: string, body: unknown, init: RequestInit = {}): Promise<Response> {
  return fetch(`${upstream!.baseURL}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...init,
  })
}

const input = 'Plan three days in Kyoto'
const reasoning = { summary: 'detailed' }

test('streams a response from created to completed, with its reasoning and its usage', async () => {
  await start()
  const response = await post('/responses', { model: 'gpt-5-mini', input, reasoning, stream: true })
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  const events = readEvents(await response.text())
  expect(events.map(({ data }) => data['sequence_number'])).toEqual(events.map((_, index) => index))
  expect(events.map(({ event }) => event)).toEqual(events.map(({ data }) => data['type']))
  expect([...new Set(events.map(({ event }) => event))]).toEqual([
    'response.created',
    'response.in_progress',
    'response.output_item.added',
    'response.reasoning_summary_part.added',
    'response.reasoning_summary_text.delta',
    'response.reasoning_summary_text.done',
    'response.reasoning_summary_part.done',
    'response.output_item.done',
    'response.content_part.added',
    'response.output_text.delta',
    'response.output_text.done',
    'response.content_part.done',
    'response.completed',
  ])
  const text = events
    .filter(({ event }) => event === 'response.output_text.delta')
    .map(({ data }) => data['delta'])
    .join('')
  expect(text).toContain(input)
  expect(events.at(-1)!.data['response']).toMatchObject({
    status: 'completed',
    output: [{ type: 'reasoning' }, { type: 'message', content: [{ text }] }],
    usage: { output_tokens_details: { reasoning_tokens: expect.any(Number) as number } },
  })
})

test('streams a chat completion from the role to [DONE], with usage if requested', async () => {
  await start()
  const body = { model: 'gpt-4.1-mini', messages: [{ role: 'user', content: input }], stream: true }
  const plain = readEvents(await (await post('/chat/completions', body)).text())
  expect(plain[0]!.data).toMatchObject({ choices: [{ delta: { role: 'assistant', content: '' } }] })
  expect(plain.at(-2)!.data).toMatchObject({ choices: [{ delta: {}, finish_reason: 'stop' }] })
  expect(plain.at(-1)!.text).toBe('[DONE]')
  expect(plain.some(({ data }) => 'usage' in data)).toBe(false)

  const counted = { ...body, stream_options: { include_usage: true } }
  const events = readEvents(await (await post('/chat/completions', counted)).text())
  expect(events.at(-2)!.data).toMatchObject({
    choices: [],
    usage: { total_tokens: expect.any(Number) as number },
  })
})

test('answers with one JSON body if no stream was requested', async () => {
  await start()
  const whole = await post('/responses', { model: 'gpt-4.1-mini', input })
  expect(await whole.json()).toMatchObject({ object: 'response', status: 'completed' })
  const messages = [{ role: 'user', content: [{ type: 'text', text: input }] }]
  const chat = await post('/chat/completions', { model: 'gpt-4.1-mini', messages })
  expect(await chat.json()).toMatchObject({
    object: 'chat.completion',
    choices: [{ finish_reason: 'stop' }],
  })
})

test('answers the same prompt with the same text, and another prompt with another text', async () => {
  await start()
  const textOf = async (prompt: string) => {
    const response = await post('/responses', { model: 'gpt-4.1-mini', input: prompt })
    const body = (await response.json()) as { output: [{ content: [{ text: string }] }] }
    return body.output[0].content[0].text
  }
  expect(await textOf('How to bake bread')).toBe(await textOf('How to bake bread'))
  expect(await textOf('How to bake bread')).not.toBe(await textOf('How to bake my bread'))
})

test.each([
  ['no key', 401, {}, undefined, null],
  ['a wrong key', 401, { authorization: 'Bearer sk-wrong' }, undefined, 'invalid_api_key'],
  ['broken JSON', 400, undefined, '{', null],
  ['no model', 400, undefined, { input }, 'missing_required_parameter'],
  ['an unknown model', 404, undefined, { model: 'x', input }, 'model_not_found'],
  ['no input', 400, undefined, { model: 'gpt-5-mini' }, 'missing_required_parameter'],
  ['input of the wrong type', 400, undefined, { model: 'gpt-5-mini', input: 7 }, 'invalid_type'],
  [
    'a limit that is too small',
    400,
    undefined,
    { model: 'gpt-5-mini', input, max_output_tokens: 1 },
    'integer_below_min_value',
  ],
  [
    'a prompt that asks for a rate limit',
    429,
    undefined,
    { model: 'gpt-5-mini', input: 'Rate limit me' },
    'rate_limit_exceeded',
  ],
])(
  'rejects %s with %i and an error in the API’s format',
  async (_, status, headers, body, code) => {
    await start()
    const response = await post(
      '/responses',
      body ?? { model: 'gpt-5-mini', input },
      headers === undefined ? {} : { headers: headers as HeadersInit },
    )
    expect(response.status).toBe(status)
    expect(response.headers.get('x-request-id')).toMatch(/^req_/)
    expect(response.headers.get('retry-after')).toBe(status === 429 ? '2' : null)
    const { error } = (await response.json()) as { error: Record<string, unknown> }
    expect(error).toMatchObject({ code })
    expect(Object.keys(error)).toEqual(['message', 'type', 'param', 'code'])
  },
)

test('ends as the prompt asks: refusal, token limit, error, or no end at all', async () => {
  await start()
  const lastOf = async (prompt: string) => {
    const body = { model: 'gpt-4.1-mini', input: prompt, stream: true }
    return readEvents(await (await post('/responses', body)).text()).at(-1)!
  }
  expect((await lastOf('Please refuse this')).data['response']).toMatchObject({
    output: [{ content: [{ type: 'refusal' }] }],
  })
  const limited = await lastOf('Tell me about bread and hit the token limit')
  expect(limited).toMatchObject({
    event: 'response.incomplete',
    data: { response: { incomplete_details: { reason: 'max_output_tokens' } } },
  })
  expect((await lastOf('Fail in the middle')).event).toBe('response.failed')
  await expect(lastOf('Cut the connection')).rejects.toThrow()
})

test('cuts writes inside events and inside characters, and loses no byte', async () => {
  await start({ speed: 20 })
  const body = { model: 'gpt-4.1-mini', input: 'なぜ空は青いのですか', stream: true }
  const chunks = await readChunks(await post('/responses', body))
  const readsAsText = (chunk: Uint8Array) => {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(chunk)
    } catch {
      return undefined
    }
  }
  expect(chunks.filter((chunk) => readsAsText(chunk) === undefined).length).toBeGreaterThan(5)
  expect(chunks.filter((chunk) => readsAsText(chunk)?.endsWith('\n\n') === false)).not.toEqual([])
  const events = readEvents(Buffer.concat(chunks).toString('utf8'))
  expect(events.at(-1)!.event).toBe('response.completed')
  expect(Math.max(...chunks.map((chunk) => chunk.length))).toBeGreaterThan(
    4 * Math.min(...chunks.map((chunk) => chunk.length)),
  )
})

test('stops generating when the client disconnects, and records it', async () => {
  const { requests } = await start({ speed: 1 })
  const controller = new AbortController()
  const body = { model: 'gpt-4.1-mini', input, stream: true }
  const response = await post('/responses', body, { signal: controller.signal })
  await response.body!.getReader().read()
  expect(requests.map(({ outcome }) => outcome)).toEqual(['open'])
  const leftAt = performance.now()
  controller.abort()
  await requests[0]!.settled
  expect(performance.now() - leftAt).toBeLessThan(1000)
  expect(requests[0]).toMatchObject({ path: '/v1/responses', outcome: 'closed-by-client' })
})
