import { createCompletion } from '../../src/core.ts'
import { bytesOf, type BodyOptions, type Bytes } from './read-body.ts'

/**
 * Reads a body chunk by chunk, and returns the text that was shown each time the reader requested more. The
 * first text is the one before any chunk, the last the one at the end of the body.
 */
export async function shownWhileReading(
  chunks: readonly (string | Bytes)[],
  { contentType = 'text/event-stream', ...options }: BodyOptions = {},
): Promise<string[]> {
  const shown: string[] = []
  let next = 0
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        shown.push(completion.getState().text)
        const chunk = chunks[next++]
        if (chunk === undefined) controller.close()
        else controller.enqueue(typeof chunk === 'string' ? bytesOf(chunk) : chunk)
      },
    },
    { highWaterMark: 0 },
  )
  const headers = contentType === null ? {} : { 'content-type': contentType }
  const completion = createCompletion({
    ...options,
    source: () => new Response(body, { headers }),
    publish: 'sync',
  })
  await completion.start(undefined)
  return shown
}
