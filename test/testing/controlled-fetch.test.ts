import { describe, expect, test } from 'vitest'
import { createControlledFetch } from '../../src/testing.ts'
import { turns } from '../client/support/turns.ts'

/** Whether a promise is still open. */
async function isPending(promise: Promise<unknown>): Promise<boolean> {
  let pending = true
  promise.then(
    () => (pending = false),
    () => (pending = false),
  )
  await turns()
  return pending
}

describe('a controlled request', () => {
  test('has the url and the options of the request', () => {
    const { fetch, requests } = createControlledFetch()
    const init = { method: 'POST', body: '{}' }
    void fetch('/a', init)
    void fetch(new URL('https://example.com/b'), {})
    expect(requests.map(({ url }) => url)).toEqual(['/a', 'https://example.com/b'])
    expect(requests[0]!.init).toBe(init)
  })

  test('has no response until the test sends one', async () => {
    const { fetch, requests } = createControlledFetch()
    const answered = fetch('/', {})
    expect(await isPending(answered)).toBe(true)
    requests[0]!.respond()
    expect(await isPending(answered)).toBe(false)
  })

  test('responds with 200 and an event stream by default', async () => {
    const { fetch, requests } = createControlledFetch()
    const answered = fetch('/', {})
    requests[0]!.respond()
    const { status, headers, ok } = await answered
    expect([status, ok, headers.get('content-type')]).toEqual([200, true, 'text/event-stream'])
  })

  test('responds with the given status and headers', async () => {
    const { fetch, requests } = createControlledFetch()
    const answered = fetch('/', {})
    requests[0]!.respond({ status: 429, statusText: 'Slow down', headers: { 'retry-after': '1' } })
    const { status, statusText, headers } = await answered
    expect([status, statusText, headers.get('retry-after')]).toEqual([429, 'Slow down', '1'])
    expect(headers.get('content-type')).not.toBe('text/event-stream')
  })

  test('sends text and bytes unchanged, and anything else as a server-sent event', async () => {
    const { fetch, requests } = createControlledFetch()
    const answered = fetch('/', {})
    const [request] = requests
    request!.respond()
    request!.send('text, ')
    request!.send(new TextEncoder().encode('bytes\n'))
    request!.send({ type: 'event' })
    request!.end()
    expect(await (await answered).text()).toBe('text, bytes\ndata: {"type":"event"}\n\n')
  })

  test('sends chunks that were sent before the headers after them', async () => {
    const { fetch, requests } = createControlledFetch()
    const answered = fetch('/', {})
    requests[0]!.send('early')
    requests[0]!.end()
    requests[0]!.respond()
    expect(await (await answered).text()).toBe('early')
  })

  test('delivers every chunk in its own read, when it is sent', async () => {
    const { fetch, requests } = createControlledFetch()
    const answered = fetch('/', {})
    requests[0]!.respond()
    const reader = (await answered).body!.getReader()
    const first = reader.read()
    expect(await isPending(first)).toBe(true)
    requests[0]!.send('one')
    requests[0]!.send('two')
    const decoder = new TextDecoder()
    expect(decoder.decode((await first).value)).toBe('one')
    expect(decoder.decode((await reader.read()).value)).toBe('two')
  })
})

describe('a failure', () => {
  test('before the headers rejects the request', async () => {
    const { fetch, requests } = createControlledFetch()
    const answered = fetch('/', {})
    const error = new Error('offline')
    requests[0]!.fail(error)
    await expect(answered).rejects.toBe(error)
  })

  test('after them breaks the body', async () => {
    const { fetch, requests } = createControlledFetch()
    const answered = fetch('/', {})
    requests[0]!.respond()
    const reader = (await answered).body!.getReader()
    requests[0]!.fail()
    await expect(reader.read()).rejects.toThrow(TypeError)
  })

  test('does not count as closed by the client', () => {
    const { fetch, requests } = createControlledFetch()
    fetch('/', {}).catch(() => undefined)
    requests[0]!.fail()
    expect(requests[0]!.closedByClient).toBe(false)
  })
})

describe('a client that closes the connection', () => {
  test('by its signal before the headers: the request rejects with the reason', async () => {
    const { fetch, requests } = createControlledFetch()
    const controller = new AbortController()
    const answered = fetch('/', { signal: controller.signal })
    expect(requests[0]!.closedByClient).toBe(false)
    controller.abort('enough')
    await expect(answered).rejects.toBe('enough')
    expect(requests[0]!.closedByClient).toBe(true)
  })

  test('by its signal in the body: the body breaks with the reason', async () => {
    const { fetch, requests } = createControlledFetch()
    const controller = new AbortController()
    const answered = fetch('/', { signal: controller.signal })
    requests[0]!.respond()
    const reader = (await answered).body!.getReader()
    controller.abort('enough')
    await expect(reader.read()).rejects.toBe('enough')
    expect(requests[0]!.closedByClient).toBe(true)
  })

  test('by an already aborted signal: the request rejects immediately', async () => {
    const { fetch, requests } = createControlledFetch()
    const answered = fetch('/', { signal: AbortSignal.abort('too late') })
    await expect(answered).rejects.toBe('too late')
    expect(requests[0]!.closedByClient).toBe(true)
  })

  test('by cancelling the body', async () => {
    const { fetch, requests } = createControlledFetch()
    const answered = fetch('/', {})
    requests[0]!.respond()
    await (await answered).body!.cancel()
    expect(requests[0]!.closedByClient).toBe(true)
  })

  test('receives nothing that is sent later, and sending does not throw', async () => {
    const { fetch, requests } = createControlledFetch()
    const answered = fetch('/', {})
    const [request] = requests
    request!.respond()
    await (await answered).body!.cancel()
    expect(() => {
      request!.send('late')
      request!.end()
      request!.fail()
    }).not.toThrow()
  })

  test('by its signal after the end: does not count as closed', async () => {
    const { fetch, requests } = createControlledFetch()
    const controller = new AbortController()
    const answered = fetch('/', { signal: controller.signal })
    requests[0]!.respond()
    requests[0]!.send('whole')
    requests[0]!.end()
    expect(await (await answered).text()).toBe('whole')
    controller.abort()
    expect(requests[0]!.closedByClient).toBe(false)
  })
})

describe('nextRequest', () => {
  test('resolves to the requests in order, whether they were sent before or after', async () => {
    const { fetch, requests, nextRequest } = createControlledFetch()
    void fetch('/1', {})
    const first = nextRequest()
    const second = nextRequest()
    expect((await first).url).toBe('/1')
    expect(await isPending(second)).toBe(true)
    void fetch('/2', {})
    expect(await second).toBe(requests[1])
  })

  test('returns every request once', async () => {
    const { fetch, nextRequest } = createControlledFetch()
    void fetch('/1', {})
    void fetch('/2', {})
    expect((await nextRequest()).url).toBe('/1')
    expect((await nextRequest()).url).toBe('/2')
    expect(await isPending(nextRequest())).toBe(true)
  })
})

test('two controlled fetches are independent', () => {
  const one = createControlledFetch()
  const other = createControlledFetch()
  void one.fetch('/', {})
  expect(one.requests).toHaveLength(1)
  expect(other.requests).toHaveLength(0)
})
