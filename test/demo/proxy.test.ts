import { createServer as createHttpServer } from 'node:http'
import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { bodyLimit } from '../../stories/server/proxy/read-body.ts'
import { serveDemo } from '../../stories/server/serve-demo.ts'
import type { ServedDemo } from '../../stories/server/serve-demo.ts'
import { startUpstream } from '../../stories/server/upstream/upstream.ts'
import { readChunks } from './support/read-chunks.ts'
import { readEvents } from './support/read-events.ts'

const closing: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function serve(options: Partial<Parameters<typeof serveDemo>[0]> = {}): Promise<ServedDemo> {
  const demo = await serveDemo({ env: {}, speed: 500, ...options })
  closing.push(() => demo.close())
  return demo
}

function post(demo: ServedDemo, body: unknown, init: RequestInit & { path?: string } = {}) {
  return fetch(`${demo.url}${init.path ?? '/api/completion'}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...init,
  })
}

const model = 'gpt-4.1-mini'
const input = 'Bread in one sentence'
const messages = [{ role: 'user', content: input }]
const search = { type: 'web_search' }

test('forwards the bytes of a stream unchanged, with headers against buffering', async () => {
  const demo = await serve()
  const response = await post(demo, { model, input, stream: true })
  expect(response.status).toBe(200)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
    'x-request-id': expect.stringMatching(/^req_/) as string,
  })
  const events = readEvents(await response.text())
  expect(events[0]!.event).toBe('response.created')
  expect(events.at(-1)!.event).toBe('response.completed')
})

test('forwards chunks as they arrive, without collecting them', async () => {
  const demo = await serve({ speed: 20 })
  const prompt = 'Plan three days in Kyoto'
  const chunks = await readChunks(await post(demo, { model, input: prompt, stream: true }))
  expect(chunks.length).toBeGreaterThan(50)
})

test.each([
  ['/api/completion', { model, input }, '/v1/responses'],
  ['/api/completion', { model, messages }, '/v1/chat/completions'],
  ['/api/responses', { model, input }, '/v1/responses'],
  ['/api/chat/completions', { model, messages }, '/v1/chat/completions'],
])('sends a request to %s with %j to %s', async (path, body, upstreamPath) => {
  const demo = await serve()
  expect((await post(demo, body, { path })).status).toBe(200)
  expect(demo.upstream!.requests.map((request) => request.path)).toEqual([upstreamPath])
})

test('forwards an abort in mid-stream to the upstream within a second', async () => {
  const demo = await serve({ speed: 1 })
  const controller = new AbortController()
  const { signal } = controller
  const prompt = 'Plan three days in Kyoto'
  const response = await post(demo, { model, input: prompt, stream: true }, { signal })
  await response.body!.getReader().read()
  const abortedAt = performance.now()
  controller.abort()
  const [seen] = demo.upstream!.requests
  await seen!.settled
  expect(performance.now() - abortedAt).toBeLessThan(1000)
  expect(seen!.outcome).toBe('closed-by-client')
})

test('forwards an abort before the response to the upstream within a second', async () => {
  // Slow enough that the whole answer would take minutes.
  const demo = await serve({ speed: 0.01 })
  const controller = new AbortController()
  const pending = post(demo, { model, input }, { signal: controller.signal }).catch(() => 'aborted')
  await expect.poll(() => demo.upstream!.requests[0]?.body).toContain(input)
  const abortedAt = performance.now()
  controller.abort()
  expect(await pending).toBe('aborted')
  await demo.upstream!.requests[0]!.settled
  expect(performance.now() - abortedAt).toBeLessThan(1000)
  expect(demo.upstream!.requests[0]!.outcome).toBe('closed-by-client')
})

test('breaks the response where the upstream broke, instead of ending it', async () => {
  const demo = await serve()
  const response = await post(demo, { model, input: 'Cut the connection', stream: true })
  expect(response.status).toBe(200)
  await expect(response.text()).rejects.toThrow()
})

test('rejects a body over the limit, with or without a Content-Length', async () => {
  const demo = await serve()
  const tooLarge = JSON.stringify({ model, input: 'x'.repeat(bodyLimit) })
  const announced = await post(demo, tooLarge)
  const streamed = await post(demo, '', {
    body: new Blob([tooLarge]).stream(),
    duplex: 'half',
  } as RequestInit)
  for (const response of [announced, streamed]) {
    expect(response.status).toBe(413)
    expect(await response.json()).toMatchObject({ error: { code: 'request_too_large' } })
  }
  expect(demo.upstream!.requests).toEqual([])
})

test.each([
  ['GET', 405, { method: 'GET', body: null }, 'method_not_allowed'],
  ['text', 415, { headers: { 'content-type': 'text/plain' } }, 'unsupported_media_type'],
  ['broken JSON', 400, { body: '{' }, 'invalid_json'],
  ['a list', 400, { body: '[]' }, 'invalid_json'],
  ['files', 400, { body: JSON.stringify({ model, input, include: [] }) }, 'field_not_allowed'],
  [
    'hosted tools',
    400,
    { body: JSON.stringify({ model, input, tools: [search] }) },
    'tool_not_allowed',
  ],
  ['another model', 400, { body: JSON.stringify({ model: 'o3', input }) }, 'model_not_allowed'],
])('rejects %s with %i before it reaches the upstream', async (_, status, init, code) => {
  const demo = await serve()
  const response = await post(demo, { model, input }, init)
  expect(response.status).toBe(status)
  expect(await response.json()).toMatchObject({ error: { code } })
  expect(demo.upstream!.requests).toEqual([])
})

test.each([
  [400, { model, input: 5 }, { code: 'invalid_type', param: 'input' }],
  [429, { model, input: 'Rate limit me' }, { code: 'rate_limit_exceeded', type: 'tokens' }],
])('forwards an error %i of the API with its body and headers', async (status, body, error) => {
  const demo = await serve()
  const response = await post(demo, body)
  expect(response.status).toBe(status)
  expect(await response.json()).toMatchObject({ error })
  expect(response.headers.get('x-request-id')).toMatch(/^req_/)
  expect(response.headers.get('retry-after')).toBe(status === 429 ? '2' : null)
  expect(demo.upstream!.requests).toHaveLength(1)
})

test('uses the key and the base URL of the environment, and never exposes the key', async () => {
  const apiKey = 'sk-secret-0123456789'
  const api = await startUpstream({ apiKey, speed: 500 })
  closing.push(() => api.close())
  const withKey = (key: string) =>
    serve({ env: { OPENAI_API_KEY: key, OPENAI_BASE_URL: api.baseURL } })

  const demo = await withKey(apiKey)
  expect(demo.upstream).toBeUndefined()
  const answers = [
    await post(demo, { model, input, stream: true }),
    await post(demo, { model, messages }),
    await post(demo, { model, input: 'Rate limit me' }),
    await post(demo, '{'),
    await post(await withKey('sk-wrong-9876543210'), { model, input }),
  ]
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 429, 400, 401])
  expect(api.requests.at(0)!.headers['authorization']).toBe(`Bearer ${apiKey}`)
  for (const answer of answers) {
    const shown = JSON.stringify([...answer.headers]) + (await answer.text())
    expect(shown).not.toMatch(/sk-secret|sk-wrong|bearer|authorization/i)
  }
})

test('answers 502 if the provider cannot be reached', async () => {
  const unused = createServer().listen(0, '127.0.0.1')
  await new Promise((done) => unused.once('listening', done))
  const { port } = unused.address() as AddressInfo
  await new Promise((done) => unused.close(done))
  const demo = await serve({
    env: { OPENAI_API_KEY: 'sk-x', OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1` },
  })
  const response = await post(demo, { model, input })
  expect(response.status).toBe(502)
  expect(await response.json()).toMatchObject({ error: { code: 'upstream_unreachable' } })
})

/** Sends a request unchanged: `fetch` would normalise its path and its `Host`. */
async function sendRaw(demo: ServedDemo, head: string, body = ''): Promise<string> {
  const socket = connect(Number(new URL(demo.url).port), '127.0.0.1')
  socket.write(`${head}\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`)
  let answer = ''
  socket.on('data', (data) => (answer += data.toString()))
  await new Promise((done) => socket.once('close', done))
  return answer
}

test.each(['//', '///', '/\\', '/api//', '/%00', '*', '/a/%'])(
  'answers GET %s, which is not a file, and keeps serving',
  async (target) => {
    const demo = await serve({ directory: 'test/demo/support' })
    expect(await sendRaw(demo, `GET ${target} HTTP/1.1\r\nHost: localhost`)).toMatch(
      /^HTTP\/1\.1 404 /,
    )
    expect((await fetch(`${demo.url}/read-events.ts`)).status).toBe(200)
  },
)

const sendTo = (demo: ServedDemo, host: string) =>
  sendRaw(
    demo,
    `POST /api/completion HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json`,
    JSON.stringify({ model, input }),
  )

test.each([
  'attacker.example',
  'attacker.example:6006',
  'localhost.attacker.example',
  '127.0.0.1.x',
])(
  'rejects a request for the host %s, which DNS rebinding can point to this machine',
  async (host) => {
    const demo = await serve()
    const answer = await sendTo(demo, host)
    expect(answer).toMatch(/^HTTP\/1\.1 403 /)
    expect(answer).toContain('host_not_allowed')
    const follow = `GET /api/responses/resp_0 HTTP/1.1\r\nHost: ${host}`
    expect(await sendRaw(demo, follow)).toMatch(/^HTTP\/1\.1 403 /)
    expect(demo.upstream!.requests).toEqual([])
  },
)

test.each([
  'localhost',
  'LOCALHOST:6006',
  'demo.localhost:1',
  '127.0.0.1',
  '127.1.2.3:80',
  '[::1]:6006',
])('answers a request for the host %s, which is this machine', async (host) => {
  expect(await sendTo(await serve(), host)).toMatch(/^HTTP\/1\.1 200 /)
})

test('answers the hosts that DEMO_ALLOWED_HOSTS lists', async () => {
  const demo = await serve({ env: { DEMO_ALLOWED_HOSTS: 'demo.example, Other.example:8443' } })
  for (const host of ['demo.example', 'other.example:8443']) {
    expect(await sendTo(demo, host)).toMatch(/^HTTP\/1\.1 200 /)
  }
  expect(await sendTo(demo, 'other.example')).toMatch(/^HTTP\/1\.1 403 /)
})

test.each([200, 400])(
  'hides the key in the headers of a provider that answers %i',
  async (status) => {
    const key = 'a-key-of-another-shape'
    const provider = createHttpServer((request, response) => {
      response.writeHead(status, {
        'content-type': 'application/json',
        'x-request-id': `for ${request.headers.authorization ?? ''} and sk-wrong-1234`,
      })
      response.end('{}')
    })
    provider.listen(0, '127.0.0.1')
    await new Promise((done) => provider.once('listening', done))
    closing.push(() => new Promise((done) => provider.close(done)))
    const { port } = provider.address() as AddressInfo
    const env = { OPENAI_API_KEY: key, OPENAI_BASE_URL: `http://127.0.0.1:${port}` }
    const response = await post(await serve({ env }), { model, input })
    expect(response.status).toBe(status)
    expect(response.headers.get('x-request-id')).toBe('for Bearer sk-*** and sk-***')
  },
)

test('serves no file outside its folder', async () => {
  const demo = await serve({ directory: 'test/demo/support' })
  expect((await fetch(`${demo.url}/read-events.ts`)).status).toBe(200)
  // `fetch` would normalise the path.
  const socket = connect(Number(new URL(demo.url).port), '127.0.0.1')
  socket.write('GET /..%2f../proxy.test.ts HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
  const head = await new Promise<string>((done) => {
    socket.once('data', (data) => done(data.toString()))
  })
  socket.destroy()
  expect(head).toMatch(/^HTTP\/1\.1 404 /)
})
