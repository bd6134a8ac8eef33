import { vi } from 'vitest'
import { createCompletion, type CompletionOptions } from '../../../src/core.ts'
import { bodyOf, textChunk } from './chat.ts'
import { nextTask } from '../../../src/publishing/time-slice.ts'
import { turns } from './turns.ts'

/**
 * Starts a run that reads a response of the browser's own `fetch`, and shows its first text, '0'. The reader
 * has to wait for each chunk. Frames have to be stubbed.
 */
export async function startNativeRun(options: Partial<CompletionOptions> = {}) {
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  let body!: ReadableByteStreamController
  const stream = new ReadableStream({
    type: 'bytes',
    start: (controller) => void (body = controller),
  })
  const response = new Response(stream, { headers: { 'content-type': 'text/event-stream' } })
  const fetch = Object.assign(async () => response, {
    toString: () => 'function fetch() { [native code] }',
  })
  vi.stubGlobal('fetch', fetch)
  const client = createCompletion({ url: '/', ...options })
  const texts: string[] = []
  client.subscribe(() => texts.push(client.getState().text))
  const settled = client.start({})
  await turns()
  const send = async (text: string) => {
    now += 2
    body.enqueue(new TextEncoder().encode(text))
    await turns()
    // The work of other tests counts too: the run may have to wait for the next task.
    await nextTask()
    await turns()
  }
  await send(bodyOf(textChunk('0')))
  return {
    client,
    texts,
    settled,
    send,
    /** Whether the run waits for more data. */
    isReading: () => body.byobRequest !== null,
    /** Ends the run. All runs share one clock, which must not wait for a frame of this one. */
    async stop() {
      client.abort()
      for (let beat = 0; beat < 2; beat++) {
        vi.advanceTimersByTime(1000)
        await turns()
      }
      vi.unstubAllGlobals()
    },
  }
}
