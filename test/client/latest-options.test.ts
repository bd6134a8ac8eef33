import { describe, expect, test } from 'vitest'
import type { CompletionOptions } from '../../src/core.ts'
import { createControlledFetch } from '../../src/testing.ts'
import { answer, doneMarker, textChunk } from './support/chat.ts'
import { errorOf } from './support/expect-error.ts'
import { observe } from './support/observe.ts'
import { turns } from './support/turns.ts'

function sentHeader(init: RequestInit, name: string): string | null {
  return new Headers(init.headers).get(name)
}

describe('options that change between two starts', () => {
  test('the second request has the new url, method, headers, credentials and body', async () => {
    const { fetch, requests } = createControlledFetch()
    const { client } = observe<string>({ url: '/old', fetch, headers: { 'x-user': 'old' } })
    void client.start('a')
    await turns()

    client.setOptions({
      url: '/new',
      fetch,
      method: 'PUT',
      credentials: 'include',
      headers: { 'x-user': 'new' },
      body: (input) => ({ prompt: input }),
    })
    void client.start('b')
    await turns()

    const [old, next] = requests
    expect([old!.url, sentHeader(old!.init, 'x-user')]).toEqual(['/old', 'old'])
    expect([next!.url, sentHeader(next!.init, 'x-user')]).toEqual(['/new', 'new'])
    expect(next!.init).toMatchObject({
      method: 'PUT',
      credentials: 'include',
      body: '{"prompt":"b"}',
    })
  })

  test('a removed option no longer applies', async () => {
    const { fetch, requests } = createControlledFetch()
    const { client } = observe<string>({ url: '/', fetch, headers: { 'x-user': 'old' } })
    client.setOptions({ url: '/', fetch })
    void client.start('a')
    await turns()
    expect(sentHeader(requests[0]!.init, 'x-user')).toBeNull()
  })
})

describe('options that change during a run', () => {
  test('the latest callbacks are called, and the earlier ones are not', async () => {
    const called: string[] = []
    const callbacks = (name: string): Partial<CompletionOptions<string>> => ({
      onEvent: () => called.push(`${name} onEvent`),
      onError: () => called.push(`${name} onError`),
      onFinish: () => called.push(`${name} onFinish`),
    })
    const { client, requests } = observe<string>(callbacks('old'))
    void client.start('a')
    await turns()
    requests[0]!.respond()
    requests[0]!.send(textChunk('one'))
    await turns()

    client.setOptions(callbacks('new'))
    requests[0]!.send(textChunk(' two'))
    await turns()
    requests[0]!.fail()
    await turns()

    expect(called).toEqual(['old onEvent', 'new onEvent', 'new onError', 'new onFinish'])
  })

  test('a new publish mode takes effect with the next change', async () => {
    const { client, requests, published } = observe({ publish: { every: 60_000 } })
    void client.start('a')
    await turns()
    requests[0]!.respond()
    requests[0]!.send(textChunk('one'))
    await turns()
    requests[0]!.send(textChunk(' two'))
    await turns()
    expect(client.getState().text).toBe('one')

    client.setOptions({ publish: 'sync' })
    requests[0]!.send(textChunk(' three'))
    await turns()

    expect(client.getState().text).toBe('one two three')
    expect(published.filter(({ text }) => text !== '')).toHaveLength(2)
  })

  test('a limit that is set while text arrives applies from then on', async () => {
    const { client, requests } = observe<string>()
    const settled = client.start('a')
    await turns()
    requests[0]!.respond()
    requests[0]!.send(textChunk('a long text'))
    await turns()
    client.setOptions({ limits: { textLength: 5 } })
    requests[0]!.send(textChunk('.'))
    expect(errorOf(await settled).kind).toBe('limit')
  })
})

describe('headers as a function', () => {
  test('is called with the input, once per run', async () => {
    const asked: string[] = []
    const { client, requests } = observe<string>({
      headers(input) {
        asked.push(input)
        return { authorization: `token ${asked.length}` }
      },
    })
    for (const input of ['a', 'b']) {
      const settled = client.start(input)
      await turns()
      requests.at(-1)!.respond()
      requests.at(-1)!.send(answer('Hello'))
      await settled
    }
    expect(asked).toEqual(['a', 'b'])
    expect(requests.map(({ init }) => sentHeader(init, 'authorization'))).toEqual([
      'token 1',
      'token 2',
    ])
  })

  test('may be async', async () => {
    let give!: (headers: HeadersInit) => void
    const { client, requests } = observe({
      headers: () => new Promise<HeadersInit>((resolve) => (give = resolve)),
    })
    void client.start('a')
    await turns()
    expect(requests).toHaveLength(0)
    expect(client.getState().status).toBe('connecting')
    give([['authorization', 'fresh']])
    await turns()
    expect(sentHeader(requests[0]!.init, 'authorization')).toBe('fresh')
  })

  test('that resolve after an abort are not sent: there is no request', async () => {
    let give!: (headers: HeadersInit) => void
    const { client, requests } = observe({
      headers: () => new Promise<HeadersInit>((resolve) => (give = resolve)),
    })
    const settled = client.start('a')
    await turns()
    client.abort()
    give({ authorization: 'late' })
    await turns()
    expect(requests).toHaveLength(0)
    expect(await settled).toMatchObject({ status: 'aborted' })
  })

  test('that fail make the run fail', async () => {
    const { client, requests } = observe({
      headers: () => Promise.reject(new Error('the session is over')),
    })
    const error = errorOf(await client.start('a'))
    expect(error.kind).toBe('app')
    expect(error.message).toContain('the session is over')
    expect(requests).toHaveLength(0)
  })
})

test('a format that is set after the start and before the headers is used', async () => {
  const { client, requests } = observe()
  const settled = client.start('a')
  await turns()
  client.setOptions({ format: 'text' })
  requests[0]!.respond()
  requests[0]!.send(doneMarker)
  requests[0]!.end()
  expect(await settled).toMatchObject({ status: 'complete', text: doneMarker })
})
