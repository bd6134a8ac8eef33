import { vi, type Mock } from 'vitest'
import { bytesOf } from './read-body.ts'

/** How a watched body ends after its last chunk. */
export type Ending = 'ends' | 'stays open' | Error

export interface WatchedBody {
  stream: ReadableStream<Uint8Array>
  /** Called when the reader cancels the body, with its reason. */
  cancel: Mock<(reason: unknown) => void>
  response(contentType?: string): Response
}

/** A body that records whether it was cancelled and released. */
export function watchedBody(chunks: readonly string[], ending: Ending = 'stays open'): WatchedBody {
  const cancel = vi.fn<(reason: unknown) => void>()
  let next = 0
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const chunk = chunks[next++]
        if (chunk !== undefined) controller.enqueue(bytesOf(chunk))
        else if (ending === 'ends') controller.close()
        else if (ending instanceof Error) controller.error(ending)
        // Never resolved, like a socket on which nothing more arrives.
        else return new Promise<void>(() => undefined)
        return undefined
      },
      cancel,
    },
    { highWaterMark: 0 },
  )
  return {
    stream,
    cancel,
    response: (contentType = 'text/event-stream') =>
      new Response(stream, { headers: { 'content-type': contentType } }),
  }
}

/** Lets all pending tasks run. */
export async function allTurns(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
}
