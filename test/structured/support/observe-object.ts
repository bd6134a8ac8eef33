import { onTestFinished } from 'vitest'
import {
  createStreamingObject,
  type ObjectSettledState,
  type ObjectState,
  type StreamingObjectOptions,
} from '../../../src/core.ts'
import { createControlledFetch, type ControlledRequest } from '../../../src/testing.ts'
import { deepFreeze } from '../../client/support/deep-freeze.ts'
import { turns } from '../../client/support/turns.ts'

/** A streaming object whose responses the test controls. What it publishes is frozen. */
export function observeObject<T = unknown, In = T>(
  options: Partial<StreamingObjectOptions<T, string, In>>,
) {
  const { fetch, requests } = createControlledFetch()
  const published: ObjectState<T, In>[] = []
  const finished: ObjectSettledState<T, In>[] = []
  const failed: ObjectSettledState<T, In>[] = []
  const client = createStreamingObject<T, string, In>({
    url: '/api/completion',
    fetch,
    publish: 'sync',
    ...options,
    onFinish(result) {
      finished.push(result)
      options.onFinish?.(result)
    },
    onError(error, result) {
      failed.push(result)
      options.onError?.(error, result)
    },
  })
  client.subscribe(() => published.push(deepFreeze(client.getState())))
  onTestFinished(() => client.reset())

  return {
    client,
    requests,
    published,
    finished,
    failed,
    /** Starts a run, and answers it with the first pieces of a body. */
    answer: async (...pieces: readonly string[]) => {
      const settled = client.start('go')
      await turns()
      const request = requests.at(-1)!
      request.respond()
      await sendAll(request, pieces)
      return { settled, request }
    },
  }
}

export async function sendAll(request: ControlledRequest, pieces: readonly string[]) {
  for (const piece of pieces) {
    request.send(piece)
    await turns()
  }
}
