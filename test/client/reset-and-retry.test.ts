import { describe, expect, test } from 'vitest'
import { createControlledFetch } from '../../src/testing.ts'
import { answer, textChunk } from './support/chat.ts'
import { observe } from './support/observe.ts'
import { stubFrames } from './support/stub-frames.ts'
import { turns } from './support/turns.ts'

type Observed = ReturnType<typeof observe<string>>

const ways: Record<string, (observed: Observed) => Promise<void>> = {
  idle: async () => undefined,
  async connecting({ client }) {
    void client.start('a')
    await turns()
  },
  async streaming({ client, requests }) {
    void client.start('a')
    await turns()
    requests[0]!.respond()
    requests[0]!.send(textChunk('partial'))
    await turns()
  },
  async complete({ client, requests }) {
    void client.start('a')
    await turns()
    requests[0]!.respond()
    requests[0]!.send(answer('whole'))
    await turns()
  },
  async aborted({ client }) {
    void client.start('a')
    await turns()
    client.abort()
  },
  async error({ client, requests }) {
    void client.start('a')
    await turns()
    requests[0]!.fail()
    await turns()
  },
}

describe('reset', () => {
  test.each(Object.entries(ways))('returns to idle from %s', async (status, lead) => {
    stubFrames()
    const observed = observe<string>({ publish: 'frame' })
    const { client, requests } = observed
    const idle = client.getState()
    await lead(observed)
    if (status === 'streaming') requests[0]!.send(textChunk(', queued for a frame'))
    expect(client.getState().status).toBe(status)

    client.reset()

    expect(client.getState()).toBe(idle)
    await turns()
    expect(client.getState()).toBe(idle)
    expect(requests.every((request) => request.closedByClient || status === 'error')).toBe(true)
  })

  test.each(['connecting', 'streaming'])(
    "ends the run that is %s as aborted, with the reason 'reset' and its text",
    async (status) => {
      const observed = observe<string>()
      await ways[status]!(observed)
      const { client, calls } = observed

      client.reset()

      expect(calls).toMatchObject([
        {
          name: 'onFinish',
          result: {
            status: 'aborted',
            abortReason: 'reset',
            text: status === 'streaming' ? 'partial' : '',
          },
          seen: { status: 'idle' },
        },
      ])
    },
  )

  test('publishes idle once, and nothing of the old run afterwards', async () => {
    const frames = stubFrames()
    const { client, requests, published } = observe({ publish: 'frame' })
    void client.start('a')
    await turns()
    requests[0]!.respond()
    requests[0]!.send(textChunk('one'))
    await turns()
    requests[0]!.send(textChunk(' two'))
    await turns()
    const count = published.length

    client.reset()
    frames.draw()
    await turns()
    frames.draw()

    expect(published.slice(count).map(({ status }) => status)).toEqual(['idle'])
  })

  test('does not end a run that is started in onFinish of the run that it ended', async () => {
    let started = false
    const { client, requests } = observe({
      onFinish() {
        if (started) return
        started = true
        void client.start('b')
      },
    })
    void client.start('a')
    await turns()
    client.reset()
    await turns()
    expect(client.getState().status).toBe('connecting')
    expect(requests.map(({ closedByClient }) => closedByClient)).toEqual([true, false])
  })
})

describe('retry', () => {
  test('resolves to the idle state, and sends nothing, before the first start', async () => {
    const { client, requests } = observe()
    expect(await client.retry()).toBe(client.getState())
    expect(client.getState().status).toBe('idle')
    await turns()
    expect(requests).toHaveLength(0)
  })

  test('sends the last input again after an error', async () => {
    const { client, requests } = observe()
    void client.start('first')
    client.abort()
    const failed = client.start({ prompt: 'last' })
    await turns()
    requests[0]!.fail()
    expect((await failed).status).toBe('error')

    const again = client.retry()
    expect(client.getState()).toMatchObject({ status: 'connecting', error: undefined })
    await turns()
    requests[1]!.respond()
    requests[1]!.send(answer('Hello'))

    expect(requests.map(({ init }) => init.body)).toEqual([
      '{"prompt":"last"}',
      '{"prompt":"last"}',
    ])
    expect(await again).toMatchObject({ status: 'complete', text: 'Hello' })
  })

  test('uses the current options', async () => {
    const { client, requests } = observe({ headers: { authorization: 'old' } })
    void client.start('a')
    await turns()
    requests[0]!.fail()
    await turns()
    const next = createControlledFetch()

    client.setOptions({ url: '/new', headers: { authorization: 'new' }, fetch: next.fetch })
    void client.retry()
    await turns()

    const [request] = next.requests
    expect(request!.url).toBe('/new')
    expect(new Headers(request!.init.headers).get('authorization')).toBe('new')
    expect(requests).toHaveLength(1)
  })

  test('during a run aborts it and starts its input again', async () => {
    const { client, requests } = observe()
    const first = client.start('a')
    await turns()
    requests[0]!.respond()
    requests[0]!.send(textChunk('partial'))
    await turns()

    void client.retry()
    await turns()

    expect(await first).toMatchObject({ abortReason: 'superseded', text: 'partial' })
    expect(client.getState()).toMatchObject({ status: 'connecting', text: '' })
    expect(requests.map(({ init }) => init.body)).toEqual(['{"input":"a"}', '{"input":"a"}'])
  })

  test('distinguishes an undefined input from no input', async () => {
    const { client, requests } = observe()
    void client.start(undefined)
    await turns()
    requests[0]!.fail()
    await turns()
    void client.retry()
    await turns()
    expect(requests).toHaveLength(2)
  })

  test('sends nothing after a reset, which clears the last input', async () => {
    const { client, requests } = observe()
    void client.start('a')
    client.reset()
    expect(await client.retry()).toBe(client.getState())
    await turns()
    expect(client.getState().status).toBe('idle')
    expect(requests).toHaveLength(0)
  })
})
