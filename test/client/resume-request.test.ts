import { beforeEach, describe, expect, test } from 'vitest'
import { resumable } from '../../src/core.ts'
import { errorOf } from './support/expect-error.ts'
import { pass } from './support/fake-time.ts'
import { observe } from './support/observe.ts'
import { responseBody } from './support/responses-stream.ts'
import { events, started, text } from './support/resuming.ts'
import { stopTheWaits } from './support/stop-the-waits.ts'

beforeEach(stopTheWaits)

describe('the request that reopens', () => {
  test('has the current headers, the credentials and the fetch of the app', async () => {
    let token = 0
    const { serve, request } = await started(
      {},
      {
        credentials: 'include',
        headers: async () => ({ authorization: `Bearer ${++token}` }),
      },
    )
    await serve(0, responseBody(events, 0, 4))
    await pass(1000)
    const { init } = request(1)
    expect(new Headers(init.headers).get('authorization')).toBe('Bearer 2')
    expect(new Headers(init.headers).get('last-event-id')).toBeNull()
    expect(new Headers(init.headers).get('content-type')).toBeNull()
    expect(init.credentials).toBe('include')
  })

  test('is created by the source, which receives the position', async () => {
    const contexts: unknown[] = []
    const { client } = observe({
      resume: resumable({}),
      async *source(_, { attempt, resumeFrom }) {
        contexts.push([attempt, resumeFrom])
        const from = resumeFrom ? resumeFrom.sequenceNumber! + 1 : 0
        yield* events.slice(from, from + 3)
        throw new TypeError('network error')
      },
    })
    const settled = client.start('a')
    await pass(1000)
    await pass(1000)
    expect(await settled).toMatchObject({ status: 'complete', text })
    expect(contexts).toEqual([
      [1, undefined],
      [2, { responseId: 'resp_1', sequenceNumber: 2, lastEventId: undefined }],
      [3, { responseId: 'resp_1', sequenceNumber: 5, lastEventId: undefined }],
    ])
  })

  test('reports a missing url if there is no source', async () => {
    const { serve, settled } = await started({ url: undefined, attempts: 1 })
    await serve(0, responseBody(events, 0, 4))
    await pass(1000)
    expect(errorOf(await settled).message).toContain('The resumable option has no url')
  })
})
