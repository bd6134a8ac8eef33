import { beforeEach, describe, expect, test, vi } from 'vitest'
import {
  checkpointStore,
  resumable,
  type Checkpoint,
  type CheckpointStore,
} from '../../src/core.ts'
import { pass } from './support/fake-time.ts'
import { observe } from './support/observe.ts'
import { responseBody } from './support/responses-stream.ts'
import { events, text } from './support/resuming.ts'
import { stopTheWaits } from './support/stop-the-waits.ts'
import { turns } from './support/turns.ts'

beforeEach(() => sessionStorage.clear())

function memoryStore(initial?: Checkpoint) {
  let kept = initial
  const saves: Checkpoint[] = []
  const store: CheckpointStore = {
    load: () => kept,
    save(checkpoint) {
      saves.push(checkpoint)
      kept = checkpoint
    },
    clear() {
      kept = undefined
    },
  }
  return { store, saves, kept: () => kept }
}

/** Starts a run that has read the beginning of its response. */
async function begin(options: Parameters<typeof resumable>[0] = {}) {
  const observed = observe<string>({
    headers: { authorization: 'Bearer 1' },
    credentials: 'include',
    resume: resumable({ url: ({ responseId }) => `/responses/${responseId}`, ...options }),
  })
  const settled = observed.client.start('a')
  await turns()
  observed.requests[0]!.respond()
  observed.requests[0]!.send(responseBody(events, 0, 4))
  await turns()
  return { ...observed, settled }
}

describe('cancel', () => {
  const cancel = ({ responseId }: Checkpoint) => `/responses/${responseId}/cancel`

  test.each<[string, (run: Awaited<ReturnType<typeof begin>>) => void]>([
    ['abort', ({ client }) => client.abort()],
    ['reset', ({ client }) => client.reset()],
    ['a newer start', ({ client }) => void client.start('b')],
  ])('%s sends one small request with the headers of the app', async (_, end) => {
    const run = await begin({ cancel })
    end(run)
    await turns()
    const sent = run.requests.filter(({ url }) => url.endsWith('/cancel'))
    expect(sent.map(({ url }) => url)).toEqual(['/responses/resp_1/cancel'])
    const { init } = sent[0]!
    expect(init).toMatchObject({ method: 'POST', keepalive: true, credentials: 'include' })
    expect(init.body).toBeUndefined()
    expect(new Headers(init.headers).get('authorization')).toBe('Bearer 1')
  })

  test('an unmount does not cancel the run on the server', async () => {
    const { client, requests } = await begin({ cancel })
    client.abort('unmount')
    await turns()
    expect(requests).toHaveLength(1)
  })

  test('a run that is complete has nothing to cancel', async () => {
    const { client, requests, settled } = await begin({ cancel })
    requests[0]!.send(responseBody(events, 4))
    expect(await settled).toMatchObject({ status: 'complete', text })
    client.abort()
    await turns()
    expect(requests).toHaveLength(1)
  })

  test('a request that fails changes nothing', async () => {
    const { client, requests, settled, reports } = await begin({ cancel })
    client.abort()
    await turns()
    requests[1]!.fail(new TypeError('offline'))
    expect(await settled).toMatchObject({ status: 'aborted', abortReason: 'abort' })
    expect(reports).toEqual([])
  })
})

describe('store', () => {
  test('keeps the checkpoint once, as soon as the response is known', async () => {
    const { store, saves } = memoryStore()
    const { requests } = await begin({ store })
    requests[0]!.send(responseBody(events, 4, 6))
    await turns()
    expect(saves).toHaveLength(1)
    expect(saves[0]).toMatchObject({ responseId: 'resp_1' })
  })

  test('is cleared by a complete run', async () => {
    const { store, kept } = memoryStore()
    const { requests, settled } = await begin({ store })
    requests[0]!.send(responseBody(events, 4))
    await settled
    expect(kept()).toBeUndefined()
  })

  test('is cleared by an abort, and kept by an unmount and by a failure', async () => {
    const aborted = memoryStore()
    const one = await begin({ store: aborted.store })
    one.client.abort()
    expect(aborted.kept()).toBeUndefined()

    const unmounted = memoryStore()
    const other = await begin({ store: unmounted.store })
    other.client.abort('unmount')
    expect(unmounted.kept()).toMatchObject({ responseId: 'resp_1' })

    const failed = memoryStore()
    const third = await begin({ store: failed.store, attempts: 0 })
    third.requests[0]!.fail(new TypeError('offline'))
    expect(await third.settled).toMatchObject({ status: 'error' })
    expect(failed.kept()).toMatchObject({ responseId: 'resp_1' })
  })

  test('is cleared when another run starts, so that a reload does not replay the earlier run', async () => {
    const { store, kept } = memoryStore()
    const { client, requests, settled } = await begin({ store, attempts: 0 })
    requests[0]!.fail(new TypeError('offline'))
    await settled
    expect(kept()).toMatchObject({ responseId: 'resp_1' })
    void client.start('another')
    expect(kept()).toBeUndefined()
  })

  test('restore replays the run of the earlier page from its beginning, without duplicates', async () => {
    const { store, kept } = memoryStore({ responseId: 'resp_1' })
    const { client, requests, published } = observe<string>({
      resume: resumable({ url: ({ responseId }) => `/responses/${responseId}`, store }),
    })
    void client.restore()
    void client.restore()
    await turns()
    expect(requests.map(({ url }) => url)).toEqual(['/responses/resp_1'])
    requests[0]!.respond()
    requests[0]!.send(responseBody(events, 0))
    await turns()
    expect(published.at(-1)).toMatchObject({ status: 'complete', text })
    expect(kept()).toBeUndefined()
  })

  test('an error that a store throws is reported and has no other effect', async () => {
    const fail = (): never => {
      throw new Error('full')
    }
    const { client, settled, requests, reports } = await begin({
      store: { load: fail, save: fail, clear: fail },
    })
    requests[0]!.send(responseBody(events, 4))
    expect(await settled).toMatchObject({ status: 'complete', text })
    const { client: next, reports: others } = observe({
      resume: resumable({ store: { load: fail, save: fail, clear: fail } }),
    })
    expect(next.restore()).toBeUndefined()
    expect(client.getState().status).toBe('complete')
    expect([...reports.splice(0), ...others.splice(0)].map(String)).toContain('Error: full')
  })

  test('restore does nothing without a store, or with an empty one', async () => {
    for (const resume of [undefined, resumable({}), resumable({ store: memoryStore().store })]) {
      const { client, requests } = observe<string>({ resume })
      void client.restore()
      await turns()
      expect(requests).toHaveLength(0)
      expect(client.getState().status).toBe('idle')
    }
  })

  test('a run that no longer exists on the server is removed from the store', async () => {
    const { store, kept } = memoryStore({ responseId: 'resp_1' })
    const { client, requests } = observe<string>({
      resume: resumable({ url: () => '/gone', store }),
    })
    void client.restore()
    await turns()
    requests[0]!.respond({ status: 404 })
    requests[0]!.end()
    await turns()
    expect(client.getState()).toMatchObject({ status: 'error' })
    expect(kept()).toBeUndefined()
  })
})

describe('checkpointStore', () => {
  test('round-trips through the storage', () => {
    const store = checkpointStore('key')
    expect(store.load()).toBeUndefined()
    store.save({ responseId: 'resp_1', sequenceNumber: 3 })
    expect(checkpointStore('key').load()).toEqual({ responseId: 'resp_1', sequenceNumber: 3 })
    expect(checkpointStore('other').load()).toBeUndefined()
    store.clear()
    expect(store.load()).toBeUndefined()
  })

  test.each(['{', 'null', '7', '"a"', '{}', '[]', '{"responseId":7}'])(
    'ignores %s, which is not a checkpoint',
    (stored) => {
      sessionStorage.setItem('key', stored)
      expect(checkpointStore('key').load()).toBeUndefined()
    },
  )

  test('a storage that rejects every access behaves like an empty one', () => {
    const refuse = vi.fn(() => {
      throw new DOMException('The operation is insecure.', 'SecurityError')
    })
    const store = checkpointStore('key', refuse)
    expect(store.load()).toBeUndefined()
    store.save({ responseId: 'a' })
    store.clear()
    expect(refuse).toHaveBeenCalledTimes(3)
  })
})

test('onResponse receives the response of every attempt, including errors', async () => {
  stopTheWaits()
  const seen: [number, string | null][] = []
  const { client, requests } = observe<string>({
    retry: { attempts: 1, delay: 0 },
    onResponse: ({ status, headers }) => seen.push([status, headers.get('x-request-id')]),
  })
  const settled = client.start('a')
  await turns()
  requests[0]!.respond({ status: 503, headers: { 'x-request-id': 'r1' } })
  requests[0]!.end()
  await pass(1)
  requests[1]!.respond({ headers: { 'x-request-id': 'r2' } })
  requests[1]!.send(responseBody(events, 0))
  expect(await settled).toMatchObject({ status: 'complete' })
  expect(seen).toEqual([
    [503, 'r1'],
    [200, 'r2'],
  ])
})
