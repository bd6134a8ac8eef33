import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  connectionArgs,
  faults,
  speeds,
  type ConnectionArgs,
} from '../../stories/connection/connection-args.ts'
import {
  readConnectionQuery,
  withConnectionQuery,
} from '../../stories/connection/connection-query.ts'
import { simulatedFetch } from '../../stories/connection/simulated-fetch.ts'
import { followUrl } from '../../stories/resume/follow-url.ts'
import { serveDemo } from '../../stories/server/serve-demo.ts'
import type { ServedDemo } from '../../stories/server/serve-demo.ts'
import { createCompletion, resumable } from '../../src/core.ts'

let demo: ServedDemo

beforeAll(async () => {
  demo = await serveDemo({ env: {}, speed: 25 })
})
afterAll(() => demo.close())

type Fetch = (url: string | URL, init: RequestInit) => Promise<Response>

/** A story's connection, with a proxy and without one. */
const connections: Record<string, (args: Partial<ConnectionArgs>) => Fetch> = {
  'through the proxy': (args) => (url, init) =>
    fetch(withConnectionQuery(url, { ...connectionArgs, ...args }, demo.url), init),
  'simulated in the page': (args) => simulatedFetch({ ...connectionArgs, speed: 20, ...args }),
}

const prompt = 'Plan three days in Kyoto'
const requests = {
  responses: {
    url: '/api/responses',
    body: { model: 'gpt-4.1-mini', input: prompt, stream: true },
  },
  chat: {
    url: '/api/chat/completions',
    body: {
      model: 'gpt-4.1-mini',
      messages: [{ role: 'user', content: prompt }],
      stream: true,
    },
  },
}

describe.each(Object.entries(connections))('%s', (_, connect) => {
  /** Runs one request; counts the reads. */
  async function run(
    args: Partial<ConnectionArgs>,
    api: keyof typeof requests = 'responses',
    change: object = {},
  ) {
    const { url, body } = requests[api]
    let reads = 0
    const opened = connect(args)
    const completion = createCompletion<object>({
      url,
      timeouts: args.fault === 'stall' ? { idle: 500 } : undefined,
      async fetch(...request) {
        const response = await opened(...request)
        if (!response.ok || !response.body) return response
        const counted = response.body.pipeThrough(
          new TransformStream<Uint8Array, Uint8Array>({
            transform(bytes, controller) {
              reads += 1
              controller.enqueue(bytes)
            },
          }),
        )
        return new Response(counted, response)
      },
    })
    const result = await completion.start({ ...body, ...change })
    return { ...result, reads }
  }

  test.each(['responses', 'chat'] as const)('answers %s completely', async (api) => {
    const { status, finishReason, text } = await run({}, api)
    expect({ status, finishReason }).toEqual({ status: 'complete', finishReason: 'stop' })
    expect(text).toContain('Kyoto')
  })

  test.each([
    ['offline', 'network', undefined],
    ['HTTP 500', 'http', 500],
    ['rate limit', 'http', 429],
    ['login page', 'protocol', undefined],
  ] as const)('with the fault "%s" gives no answer, but an error of kind %s', async (...row) => {
    const [fault, kind, status] = row
    const { error, text } = await run({ fault })
    expect(error).toMatchObject({ kind, status })
    expect(text).toBe('')
    if (status === 429) expect(error?.retryAfter).toBe(2000)
  })

  test.each([
    ['cut', 'responses', 'network'],
    ['cut', 'chat', 'network'],
    ['stall', 'responses', 'timeout'],
    ['provider error', 'responses', 'api'],
    ['provider error', 'chat', 'api'],
  ] as const)('with the fault "%s" keeps some of the text (%s)', async (fault, api, kind) => {
    const whole = await run({}, api)
    const { error, text } = await run({ fault }, api)
    expect(error?.kind).toBe(kind)
    expect(text.length).toBeGreaterThan(50)
    expect(text.length).toBeLessThan(whole.text.length)
    expect(whole.text.startsWith(text)).toBe(true)
  })

  test('has the same text however it is cut', async () => {
    const short = (args: Partial<ConnectionArgs>) =>
      run(args, 'responses', { input: 'Kyoto, in one sentence' })
    const [sent, events, bytes, once] = await Promise.all([
      short({}),
      short({ chunking: 'one event' }),
      short({ chunking: 'one byte' }),
      short({ chunking: 'all at once' }),
    ])
    for (const { text, status } of [events, bytes, once]) {
      expect(status).toBe('complete')
      expect(text).toBe(sent.text)
    }
    expect(events.reads).toBeGreaterThan(sent.reads)
    expect(bytes.reads).toBeGreaterThan(events.reads)
    expect(once.reads).toBeLessThan(sent.reads / 2)
  })

  test('resumes a background response after every cut, without losing an event', async () => {
    const opened = connect({ fault: 'cut' })
    const { start } = createCompletion<object>({
      url: '/api/responses',
      fetch: opened,
      resume: resumable({ url: followUrl, delay: 5 }),
    })
    const body = { ...requests.responses.body, background: true }
    const { status, text, attempt } = await start(body)
    expect(status).toBe('complete')
    expect(attempt).toBeGreaterThan(3)
    expect(text).toBe((await run({})).text)
  })

  test('the moderation responds even if the streams fail', async () => {
    const response = await connect({ fault: 'HTTP 500' })('/api/moderations', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ input: 'contraband' }),
    })
    expect(await response.json()).toMatchObject({ results: [{ flagged: true }] })
  })
})

test('the query contains the controls, and an invalid value counts as the default', () => {
  for (const fault of faults) {
    for (const speed of speeds) {
      const args: ConnectionArgs = { speed, chunking: 'one byte', fault }
      expect(readConnectionQuery(withConnectionQuery('/api', args, demo.url))).toEqual(args)
    }
  }
  const url = new URL('/api?speed=1e9&chunking=whole&fault=%00', demo.url)
  expect(readConnectionQuery(url)).toEqual(connectionArgs)
  expect(withConnectionQuery('/api', connectionArgs, demo.url).search).toBe('')
})

test('the embedded upstream writes at the requested speed', async () => {
  const slow = await serveDemo({ env: {}, speed: 5 })
  const { url, body } = requests.responses
  const times: number[] = []
  for (const speed of [1, 20] as const) {
    const { start } = createCompletion<object>({
      url,
      fetch: (path, init) =>
        fetch(withConnectionQuery(path, { ...connectionArgs, speed }, slow.url), init),
    })
    const { timing } = await start({ ...body, input: 'Bread in one sentence' })
    times.push(timing.settledAt! - timing.startedAt)
  }
  await slow.close()
  expect(times[0]! / times[1]!).toBeGreaterThan(3)
})
