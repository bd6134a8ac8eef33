import type { ScriptedStream } from './scripted-stream.ts'

/**
 * Plays a script as a `Response`, for an MSW or server handler, or for `readCompletion`. It plays as it is
 * read, at most one step ahead.
 *
 * @param signal breaks the body with the signal's reason, as `fetch` does
 * @example
 * http.post('/api/completion', () => scriptedResponse(completionStream({ text: 'Hello' })))
 */
export function scriptedResponse(stream: ScriptedStream, signal?: AbortSignal | null): Response {
  const { status = 200, headers = { 'content-type': 'text/event-stream' } } = stream
  // A Response with such a status must not have a body.
  const body = status === 204 || status === 304 ? null : scriptedBody(stream, signal)
  return new Response(body, { status, headers })
}

function scriptedBody(
  { steps, end = 'close' }: ScriptedStream,
  signal: AbortSignal | null | undefined,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let next = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let breakOff = () => {}
  const stop = () => {
    clearTimeout(timer)
    signal?.removeEventListener('abort', breakOff)
  }
  const silence = (ms: number) => new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)))

  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        breakOff = () => {
          stop()
          controller.error(signal?.reason)
        }
        if (signal?.aborted) breakOff()
        else signal?.addEventListener('abort', breakOff)
      },
      async pull(controller) {
        const step = steps[next]
        if (!step) {
          // A pull that never resolves simulates a server that sends nothing more.
          if (end === 'stall') return new Promise<void>(() => {})
          stop()
          if (end === 'cut') controller.error(new TypeError('network error'))
          else controller.close()
          return
        }
        next += 1
        if (step.delay) await silence(step.delay)
        const { send } = step
        controller.enqueue(typeof send === 'string' ? encoder.encode(send) : send)
      },
      cancel: stop,
    },
    { highWaterMark: 0 },
  )
}
